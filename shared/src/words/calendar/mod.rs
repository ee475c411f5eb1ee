//! Texts of the calendar: the district's days, the school's own.

pub mod pages;

use crate::calendar::DaySpan;
use crate::time::Date;

pub const NOT_IN_PAST: &str = "Choose a day from today on; what has passed cannot be protected.";
pub const ONE_YEAR: &str = "Keep to one fiscal year; protect the days of the next in a second step.";
pub const NO_SCHOOL_DAY: &str = "There is no school on these days already. Choose school days.";
pub const BEGUN: &str = "These days have begun. Protected days can be given free until the day before.";

/// `24 Nov 2026`, `23 Nov 2026 to 27 Nov 2026`.
pub fn dates(first: Date, last: Date) -> String {
    if first == last { first.to_words() } else { format!("{} to {}", first.to_words(), last.to_words()) }
}

fn named(span: &DaySpan) -> String {
    format!("{}, {}: {}", span.kind.title(), dates(span.first, span.last), span.title)
}

/// For the audit record.
pub fn added(span: &DaySpan) -> String {
    format!("Added to the calendar: {}", named(span))
}

pub fn removed(span: &DaySpan) -> String {
    format!("Taken off the calendar: {}", named(span))
}

pub fn imported(new: usize, gone: u32, kept: usize) -> String {
    format!("Took a calendar file in: {new} rows new, {gone} gone, {kept} unchanged")
}

pub fn protected(span: &DaySpan) -> String {
    format!("Protected {}: {}", dates(span.first, span.last), span.title)
}

pub fn freed(span: &DaySpan) -> String {
    format!("Gave free {}: {}", dates(span.first, span.last), span.title)
}

pub fn protected_already(other: &DaySpan) -> String {
    format!("{} is protected already ({}). Choose other days.", dates(other.first, other.last), other.title)
}

/// Why a principal cannot protect so many days.
pub fn too_many(wanted: u32, left: u32, most: u32) -> String {
    format!("These are {wanted} school days; {left} of the year's {most} are left. Choose fewer, or give others free.")
}
