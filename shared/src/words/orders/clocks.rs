//! Texts of the district's own clocks.

pub const TITLE: &str = "Clocks";
pub const SILENCE: &str = "When silence confirms";
pub const SILENCE_LEAD: &str =
    "An entry that no receiver answers is confirmed after these school days. Never where restricted money pays or an outside provider delivers, and never in a break.";
pub const CLIMBING: &str = "Where late things go";
pub const CLIMBING_LEAD: &str = "What is not answered in the promised time climbs, so many working days after it.";
pub const FROM: &str = "From";
pub const DAYS: &str = "School days until silence confirms";
pub const DAYS_HINT: &str = "0: silence never confirms.";
pub const NOTICE_DAYS: &str = "Receivers are told so many days before";
pub const REASON: &str = "Why";
pub const SET_SILENCE: &str = "Set what silence does";
pub const SET_CLIMBING: &str = "Set where late things go";
pub const DUTY: &str = "What is late";
pub const AFTER_DAYS: &str = "Working days after";
pub const TO_WHOM: &str = "To";
pub const ADD_LEVEL: &str = "Add a level";
pub const TAKE_LEVEL: &str = "Take the last level away";
pub const SET: &str = "Set from that day on";
pub const DONE: &str = "Set.";
pub const AHEAD: &str = "From then on";
pub const NOW: &str = "Holds";
pub const BEFORE: &str = "Earlier";
pub const FROM_TOMORROW: &str = "Choose tomorrow or later: what is under way keeps the clock that it began with.";
pub const NOTICE_WITHIN: &str = "Tell the receivers at least one day before, and not before the entry is logged.";

pub fn too_many_days(most: u16) -> String {
    format!("At most {most} days.")
}

pub fn levels_between(most: usize) -> String {
    format!("Name one to {most} levels.")
}

pub fn in_order(most: u16) -> String {
    format!("Each level comes with or after the one before, at most {most} working days late.")
}

pub fn level(number: usize) -> String {
    format!("Level {number}")
}

/// What a row for silence says.
pub fn silence_words(days: u16, notice_days: u16) -> String {
    match days {
        0 => "Silence never confirms".to_owned(),
        1 => "Confirmed after 1 school day, told on the day before".to_owned(),
        _ => format!("Confirmed after {days} school days, told {notice_days} before"),
    }
}

/// What one level says.
pub fn step_words(after_days: u32, to: &str) -> String {
    match after_days {
        0 => format!("{to} at once"),
        1 => format!("{to} after 1 working day"),
        _ => format!("{to} after {after_days} working days"),
    }
}

/// What the audit record says.
pub fn set(what: &str, from: &str) -> String {
    format!("{what}: from {from}")
}
