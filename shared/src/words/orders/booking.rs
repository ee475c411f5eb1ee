//! What is said of bookings, of the unit's team and of its days.

use crate::orders::booking::Bookable;
use crate::time::Date;
use crate::words::calendar::dates;

pub const DAY_PASSED: &str = "This day has passed.";
pub const OTHER_YEAR: &str = "This day lies outside the order's fiscal year.";
pub const NOT_BOOKABLE_NOW: &str = "Days are booked once the order is accepted and until it is delivered.";
pub const NO_TEAM: &str = "Nobody of the unit can be booked yet. The unit's head adds the team on the unit's calendar.";
pub const STAFF_UNKNOWN: &str = "Choose somebody of the unit's team.";
pub const NAME_TAKEN: &str = "Somebody of this name is in the team already. Add an initial.";
pub const NO_WEEKDAY: &str = "Choose at least one weekday, or mark that this person has left.";
pub const WEEKDAYS_WRONG: &str = "Choose weekdays from Monday to Friday.";
pub const PAST_AWAY: &str = "Choose a day from today on.";

pub fn day_is(day: Date, what: &str) -> String {
    format!("{} is {what}.", day.to_words())
}

pub fn unit_away(day: Date, title: &str) -> String {
    format!("The unit is away on {} ({title}).", day.to_words())
}

pub fn staff_away(name: &str, day: Date, title: &str) -> String {
    format!("{name} is away on {} ({title}).", day.to_words())
}

pub fn not_at_work(name: &str, day: Date) -> String {
    format!("{name} does not work on the weekday of {}.", day.to_words())
}

pub fn booked_already(name: &str, day: Date, part: &str) -> String {
    format!("{name} is booked on {} already ({part}).", day.to_words())
}

pub fn gone(name: &str) -> String {
    format!("{name} is no longer in the team.")
}

/// What to do next after a refusal.
pub fn next_free(name: &str, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("The next day on which {name} is free is {}.", day.to_words()),
        None => format!("{name} has no free day left in this order's year. Choose somebody else."),
    }
}

pub fn left_to_book(left: Bookable) -> String {
    match (left.halves, left.left) {
        (_, 0) => "All is booked".to_owned(),
        (true, 1) => "Half a day to book".to_owned(),
        (true, halves) if halves % 2 == 0 => counted(halves / 2, "day"),
        (true, halves) => format!("{}½ days to book", halves / 2),
        (false, left) => counted(left, "visit"),
    }
}

fn counted(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what} to book") } else { format!("{count} {what}s to book") }
}

pub fn too_many(left: Bookable) -> String {
    format!("This is more than was ordered. {}; take another booking back first.", left_to_book(left))
}

pub fn has_bookings(count: usize, first: Date) -> String {
    let bookings = if count == 1 { "1 booking lies".to_owned() } else { format!("{count} bookings lie") };
    format!("{bookings} on these days, the first on {}. Move them first.", first.to_words())
}

// The timeline, notices, the audit record.
pub fn booked(name: &str, day: Date, part: &str) -> String {
    format!("{name} comes on {} ({part})", day.to_words())
}

pub fn unbooked(name: &str, day: Date) -> String {
    format!("{name} does not come on {} after all", day.to_words())
}

pub fn tell_booked(number: u32, name: &str, day: Date) -> String {
    format!("{name} comes on {} for order {number}", day.to_words())
}

pub fn tell_unbooked(number: u32, name: &str, day: Date) -> String {
    format!("The visit of {name} on {} for order {number} was taken back", day.to_words())
}

pub fn staff_added(name: &str) -> String {
    format!("Added {name} to the team")
}

pub fn staff_changed(name: &str) -> String {
    format!("Changed {name} in the team")
}

pub fn staff_left(name: &str) -> String {
    format!("{name} left the team")
}

pub fn away_added(who: &str, first: Date, last: Date, title: &str) -> String {
    format!("{who} away {}: {title}", dates(first, last))
}

pub fn away_removed(who: &str, first: Date, last: Date) -> String {
    format!("{who} can be booked again {}", dates(first, last))
}

pub const WHOLE_UNIT: &str = "The whole unit";

// iCalendar
pub const PRODUCT_ID: &str = "-//Chalkline//Chalkline//EN";
pub const FALLBACK_HOST: &str = "chalkline.invalid";

pub fn event_for_unit(school: &str, staff: &str) -> String {
    format!("{school}: {staff}")
}

pub fn event_for_school(title: &str, staff: &str) -> String {
    format!("{title}: {staff}")
}

pub fn event_detail(number: u32, title: &str, unit: &str) -> String {
    format!("Order {number}, {title}\n{unit}")
}

pub fn calendar_name(of: &str) -> String {
    format!("{of}: bookings")
}

// The screens
pub const CALENDAR_TITLE: &str = "Our days";
pub const CALENDAR_LEAD: &str = "Who of us is where on which day, what is still free, and what has to be booked.";
pub const CALENDAR_LINK: &str = "Our days";
pub const TO_BOARD: &str = "Our board";
pub const WEEK: &str = "Week";
pub const MONTH: &str = "Month";
pub const SHOW: &str = "Show";
pub const PREVIOUS: &str = "Earlier";
pub const NEXT: &str = "Later";
pub const TODAY: &str = "Today";
pub const GRID: &str = "Team and days";
pub const PERSON: &str = "Person";
pub const FREE: &str = "Free";
pub const TEAM: &str = "Team";
pub const TEAM_LEAD: &str = "Named people who can be booked, with the weekdays on which they work.";
pub const TEAM_EMPTY: &str = "Nobody can be booked yet";
pub const TEAM_EMPTY_TEXT: &str = "Add the people who go to schools. Then days can be booked on accepted orders.";
pub const ADD_PERSON: &str = "Add a person";
pub const CHANGE_PERSON: &str = "Change";
pub const NAME: &str = "Name";
pub const WORKS_ON: &str = "Works on";
pub const HAS_LEFT: &str = "Has left the team";
pub const HAS_LEFT_HINT: &str = "What was booked stays; nothing new can be booked.";
pub const SAVED: &str = "Saved.";
pub const AWAY: &str = "Away";
pub const AWAY_LEAD: &str = "Blackout days of the unit and absences of single people. Nobody is booked on them.";
pub const ADD_AWAY: &str = "Add days away";
pub const WHO: &str = "Who";
pub const FIRST: &str = "First day";
pub const LAST: &str = "Last day";
pub const LAST_HINT: &str = "Leave it empty for one day.";
pub const WHY: &str = "What for";
pub const NO_AWAY: &str = "Nobody is away in the days shown.";
pub const REMOVE_AWAY: &str = "Remove";
pub const AWAY_SAVED: &str = "Nobody is booked on these days.";
pub const AWAY_REMOVED: &str = "These days can be booked again.";
pub const TO_BOOK: &str = "To book";
pub const TO_BOOK_EMPTY: &str = "Everything accepted is booked.";
pub const CONFLICT: &str = "In the way";
pub const CONFLICTS: &str = "Move these";
pub const NO_CONFLICTS: &str = "Nothing stands in the way of what is booked.";
pub const SHORT_WHOLE: &str = "D";
pub const SHORT_MORNING: &str = "AM";
pub const SHORT_AFTERNOON: &str = "PM";
pub const ICS: &str = "Add to my calendar (.ics)";
pub const CAPACITY: &str = "Capacity";
pub const CAPACITY_LEAD: &str = "Sold, left and waiting this year. How many you can deliver stands in your menu.";
pub const PACKAGE: &str = "Package";
pub const CAN_DELIVER: &str = "Can deliver";
pub const SOLD: &str = "Sold";
pub const LEFT: &str = "Left";
pub const WAITING: &str = "Waiting";
pub const STARTS: &str = "Starts";
pub const NOT_COUNTED: &str = "Not counted";
pub const CHANGE_LIMIT: &str = "Limit starts";
pub const LIMIT_PERIOD: &str = "How the year is divided";
pub const LIMIT_NONE: &str = "Not limited";
pub const LIMIT_TERM: &str = "By term";
pub const LIMIT_MONTH: &str = "By month";
pub const LIMIT_MOST: &str = "At most";
pub const LIMIT_HINT: &str = "In the package's own quantity: days, sessions or packages that may start in one term or month.";
pub const LIMIT_SAVED: &str = "The shelf shows it at once.";
pub const DAYS_CARD: &str = "Days";
pub const DAYS_EMPTY: &str = "No day is booked yet.";
pub const BOOK: &str = "Book a day";
pub const STAFF: &str = "Who comes";
pub const DAY: &str = "Day";
pub const PART: &str = "How long";
pub const BOOKED: &str = "Booked. The school was told.";
pub const TAKE_BACK: &str = "Take back";
pub const TAKEN_BACK: &str = "Taken back. The school was told.";
pub const VISITS: &str = "Who comes to us";
pub const VISITS_EMPTY: &str = "Nobody is booked for these days. Days appear here once a unit books them.";
pub const WRITE_A_NUMBER: &str = "Write a whole number.";

pub fn first_free(name: &str, day: Option<Date>) -> String {
    match day {
        Some(day) => format!("{name}, free from {}", day.to_words()),
        None => format!("{name}, no free day left"),
    }
}

pub fn free_halves(free: u32, all: u32) -> String {
    let days = |halves: u32| if halves % 2 == 0 { (halves / 2).to_string() } else { format!("{}½", halves / 2) };
    format!("{} of {} days free", days(free), days(all))
}

pub fn booking_words(school: &str, title: &str, part: &str) -> String {
    format!("{school}, {title} ({part})")
}

pub fn take_back(name: &str, day: Date) -> String {
    format!("Take back {name} on {}", day.to_words())
}

pub fn change_person(name: &str) -> String {
    format!("Change {name}")
}

pub fn remove_away(title: &str) -> String {
    format!("Remove {title}")
}

pub fn change_limit(title: &str) -> String {
    format!("Limit starts of {title}")
}

pub fn limit_words(most: u32, period: &str) -> String {
    format!("At most {most} a {period}")
}

pub fn part_left(first: Date, left: u32) -> String {
    format!("{} from {}", left, first.to_words())
}
