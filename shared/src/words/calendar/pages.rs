//! Texts of the calendar's pages.

use crate::calendar::DayKind;
use crate::fiscal::FiscalYear;

pub const TITLE: &str = "Calendar";
pub const LEAD: &str = "Nobody is booked on these days, and clocks rest. Everybody reads the same calendar.";
pub const MONTH: &str = "Month";
pub const PREVIOUS: &str = "Previous month";
pub const NEXT: &str = "Next month";
pub const TODAY: &str = "Today";
pub const EXPORT: &str = "Download as CSV";
pub const WEEKDAYS: [(&str, &str); 7] = [
    ("Sun", "Sunday"),
    ("Mon", "Monday"),
    ("Tue", "Tuesday"),
    ("Wed", "Wednesday"),
    ("Thu", "Thursday"),
    ("Fri", "Friday"),
    ("Sat", "Saturday"),
];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

// The list
pub const DAYS: &str = "The district's days";
pub const WHEN: &str = "When";
pub const WHAT: &str = "What for";
pub const KIND: &str = "Kind";
pub const WEEKDAYS_COUNT: &str = "Weekdays";
pub const WHICH: &str = "Which days";
pub const FROM_TODAY: &str = "From today";
pub const ALL: &str = "All";
pub const FIND: &str = "Find a day by its name";
pub const NO_DAYS: &str = "No day fits. Show all, or change what you look for.";
pub const TAKE_OFF: &str = "Take off";
pub const ACT: &str = "Change";

// What the kinds mean
pub const MEANING: &str = "What the days mean";
pub const VISIT_KIND: &str = "Somebody comes to us";
pub const VISIT_LETTER: &str = "V";
pub const VISIT_TEXT: &str = "A unit has booked somebody for an order of ours.";
pub const OWN_KIND: &str = "Our school's protected day";

pub const fn meaning(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Holiday => "Schools and offices are closed. No clock runs.",
        DayKind::Break => "Schools are away, offices work. The schools' clocks rest.",
        DayKind::Protected => "School is held and left alone. Nobody is booked, no clock runs.",
    }
}

/// One letter, where a word has no room.
pub const fn letter(kind: DayKind) -> &'static str {
    match kind {
        DayKind::Holiday => "H",
        DayKind::Break => "B",
        DayKind::Protected => "P",
    }
}

// Keeping it
pub const KEEP: &str = "Keep the calendar";
pub const KEEP_TEXT: &str = "Add single days, or take in a file for a whole year. Every promised date follows at once.";
pub const ADD: &str = "Add days";
pub const FIRST: &str = "First day";
pub const LAST: &str = "Last day";
pub const LAST_HINT: &str = "Leave it empty for one day.";
pub const NAME: &str = "Name";
pub const NAME_HINT: &str = "As everybody reads it, for example Thanksgiving.";
pub const ADDED: &str = "Added to the calendar.";
pub const TAKEN_OFF: &str = "Taken off the calendar.";
pub const IMPORT: &str = "Take in a file";
pub const IMPORT_TEXT: &str =
    "A CSV file with the columns kind, first, last and title. It replaces what stands of the fiscal years that it names.";
pub const IMPORT_HINT: &str = "Kinds are holiday, break and protected; dates as 2026-11-26 or 11/26/2026.";
pub const FILE_UNREADABLE: &str = "This file cannot be read as text. Save it as CSV and choose it again.";
pub const FILE_GOOD: &str = "The file can be taken in";
pub const FILE_BAD: &str = "Correct these lines, then choose the file again";
pub const TAKE_IN: &str = "Take it in";
pub const CHOOSE_FILE: &str = "Choose a file first.";
pub const IMPORTED: &str = "The calendar was taken in.";

// The school's own days
pub const OWN: &str = "Days we protect";
pub const OWN_TEXT: &str = "On these days nobody is booked at our school and our clocks rest.";
pub const PROTECT: &str = "Protect days";
pub const PROTECT_HINT: &str = "What for, for example State tests.";
pub const FREE: &str = "Give free";
pub const ALLOWANCE: &str = "School days left to protect";
pub const OWN_NONE: &str = "No day is protected yet.";
pub const PROTECTED: &str = "Protected. Nobody is booked on these days.";
pub const FREED: &str = "Given free again.";
pub const NONE_LEFT: &str = "All of this year's days are protected. Give others free first.";

pub fn month_title(month: i8, year: i16) -> String {
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    format!("{name} {year}")
}

pub fn rows_of(rows: usize, years: &[FiscalYear]) -> String {
    let named: Vec<String> = years.iter().map(ToString::to_string).collect();
    format!("{} for {}.", if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }, named.join(", "))
}

pub fn allowance(used: u32, most: u32) -> String {
    format!("{used} of {most} used this fiscal year")
}

pub fn take_off(title: &str) -> String {
    format!("Take off the calendar: {title}")
}

pub fn give_free(title: &str) -> String {
    format!("Give free: {title}")
}
