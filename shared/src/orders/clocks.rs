//! The district's own clocks as dated rows: after how many school days silence confirms, and to whom what is late climbs. Rows that hold
//! are never changed; who was promised one clock is not held to another.

use serde::{Deserialize, Serialize};

use super::climb::{ClimbStep, Duty};
use super::silence::SilencePolicy;
use crate::contract::Empty;
use crate::endpoints;
use crate::error::FieldError;
use crate::time::Date;
use crate::words::orders::clocks as words;

endpoints! {
    /// What holds, what held, and what will hold; everybody may know.
    GetClocks: Get "/api/clocks" Inside Read Json, path (), query Empty, body Empty, reply Clocks;
    /// The budget office says from which day on silence confirms after how many days.
    SetSilence: Put "/api/clocks/silence" May(SetPolicy) Command Json, path (), query Empty, body NewSilence, reply Clocks;
    /// … and to whom what is late climbs.
    SetClimbing: Put "/api/clocks/climbing" May(SetPolicy) Command Json, path (), query Empty, body NewClimbing, reply Clocks;
}

/// The most days of either clock.
pub const DAYS_LIMIT: u16 = 60;
/// The most levels that something climbs.
pub const LEVELS_LIMIT: usize = 5;

/// All dated rows, the newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Clocks {
    pub silence: Vec<SilenceRow>,
    pub climbing: Vec<ClimbingRow>,
    /// Whether the caller may set rows.
    pub may: bool,
}

/// Where a dated row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    Ahead,
    Now,
    Before,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SilenceRow {
    pub from: Date,
    pub policy: SilencePolicy,
    pub holds: Holds,
    /// Where it comes from: the product's start, or the reason that was given.
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClimbingRow {
    pub duty: Duty,
    pub from: Date,
    /// Lowest level first.
    pub steps: Vec<ClimbStep>,
    pub holds: Holds,
    pub source: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewSilence {
    pub from: Date,
    /// School days; zero for never.
    pub days: u16,
    pub notice_days: u16,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewClimbing {
    pub duty: Duty,
    pub from: Date,
    pub steps: Vec<ClimbStep>,
    pub reason: String,
}

/// Of rows that are sorted with the newest first, where each stands on `today`.
pub fn holding(from: impl IntoIterator<Item = Date>, today: Date) -> Vec<Holds> {
    let mut found = false;
    let stand = |day: Date| {
        if day > today {
            return Holds::Ahead;
        }
        if std::mem::replace(&mut found, true) { Holds::Before } else { Holds::Now }
    };
    from.into_iter().map(stand).collect()
}

fn from_tomorrow(from: Date, today: Date) -> Option<FieldError> {
    (from <= today).then(|| FieldError::new("from", words::FROM_TOMORROW))
}

/// What is wrong with a row for silence, field by field.
pub fn check_silence(new: &NewSilence, today: Date) -> Vec<FieldError> {
    let mut faults: Vec<FieldError> = from_tomorrow(new.from, today).into_iter().collect();
    if new.days > DAYS_LIMIT {
        faults.push(FieldError::new("days", words::too_many_days(DAYS_LIMIT)));
    }
    // Silence that nobody was told of confirms nothing.
    if new.days > 0 && !(1..=new.days).contains(&new.notice_days) || new.days == 0 && new.notice_days != 0 {
        faults.push(FieldError::new("notice_days", words::NOTICE_WITHIN));
    }
    faults
}

/// What is wrong with a way up, field by field: one to five levels in order, each later than or with the one before.
pub fn check_climbing(new: &NewClimbing, today: Date) -> Vec<FieldError> {
    let mut faults: Vec<FieldError> = from_tomorrow(new.from, today).into_iter().collect();
    if new.steps.is_empty() || new.steps.len() > LEVELS_LIMIT {
        faults.push(FieldError::new("steps", words::levels_between(LEVELS_LIMIT)));
    }
    for (at, step) in new.steps.iter().enumerate() {
        let after_the_last = at.checked_sub(1).and_then(|before| new.steps.get(before)).is_none_or(|before| before.after_days <= step.after_days);
        if usize::from(step.level) != at + 1 || !after_the_last || step.after_days > u32::from(DAYS_LIMIT) {
            faults.push(FieldError::new(format!("steps.{at}.after_days"), words::in_order(DAYS_LIMIT)));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::climb::ToWhom;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn fields(faults: &[FieldError]) -> Vec<&str> {
        faults.iter().map(|fault| fault.field.as_str()).collect()
    }

    #[test]
    fn of_the_rows_whose_day_has_come_the_newest_holds() {
        let rows = ["2027-01-01", "2026-11-20", "2026-09-01", "2000-01-01"].map(day);
        assert_eq!(holding(rows, day("2026-11-20")), [Holds::Ahead, Holds::Now, Holds::Before, Holds::Before]);
        assert_eq!(holding(rows, day("2026-11-19")), [Holds::Ahead, Holds::Ahead, Holds::Now, Holds::Before]);
    }

    #[test]
    fn silence_is_told_of_before_and_never_set_for_a_day_that_has_begun() {
        let new = |from: &str, days, notice_days| NewSilence { from: day(from), days, notice_days, reason: String::new() };
        let today = day("2026-11-20");
        let wrong = |new: &NewSilence| check_silence(new, today).iter().map(|fault| fault.field.clone()).collect::<Vec<_>>();
        assert_eq!(wrong(&new("2026-11-21", 10, 3)), Vec::<String>::new());
        assert_eq!(wrong(&new("2026-11-21", 0, 0)), Vec::<String>::new(), "never");
        assert_eq!(wrong(&new("2026-11-20", 10, 0)), ["from", "notice_days"]);
        assert_eq!(wrong(&new("2026-11-21", 61, 62)), ["days", "notice_days"]);
        assert_eq!(wrong(&new("2026-11-21", 0, 1)), ["notice_days"]);
    }

    #[test]
    fn a_way_up_has_levels_in_order() {
        let step = |level, after_days, to| ClimbStep { level, after_days, to };
        let new = |steps| NewClimbing { duty: Duty::Answer, from: day("2026-12-01"), steps, reason: String::new() };
        let today = day("2026-11-20");
        let right = new(vec![step(1, 0, ToWhom::Owner), step(2, 2, ToWhom::Chief), step(3, 2, ToWhom::Executive)]);
        assert_eq!(check_climbing(&right, today), []);
        assert_eq!(fields(&check_climbing(&new(Vec::new()), today)), ["steps"]);
        let back = new(vec![step(1, 3, ToWhom::Owner), step(2, 1, ToWhom::Chief), step(4, 61, ToWhom::Executive)]);
        assert_eq!(fields(&check_climbing(&back, today)), ["steps.1.after_days", "steps.2.after_days"]);
    }
}
