//! What is said of a package's capacity.

use crate::time::Date;

pub const UNLIMITED: &str = "Starts are limited by the year alone";
pub const WRITE_A_NUMBER: &str = "Write a whole number up to 100,000.";

pub fn limited(most: u32, period: &str) -> String {
    format!("At most {most} start in one {period}")
}

pub fn next_start(day: Date) -> String {
    format!("next free start {}", day.to_words())
}

pub const WAITS: &str = "Nothing left now: join the waiting list";
