//! Clocks that rest while the other side owes an answer: what is left of a promise, and when it is due after the rest.
//!
//! Times are those of the district's own clocks, so that a change to summer time neither gives nor takes an hour.

use crate::calendar::{ClockOf, SchoolCalendar};
use crate::time::Date;

/// A running day counts whole.
pub const DAY_SECONDS: u64 = 86_400;

/// What the district's clocks show: a day, and the seconds since its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    pub day: Date,
    /// Below [`DAY_SECONDS`].
    pub second: u32,
}

/// Seconds from `from` to `due` on days on which the clock runs; zero where it has come.
pub fn remaining(calendar: &SchoolCalendar, clock: ClockOf, from: Moment, due: Moment) -> u64 {
    if due <= from {
        return 0;
    }
    let runs = |day: Date| calendar.runs(clock, day);
    if from.day == due.day {
        return if runs(due.day) { u64::from(due.second - from.second) } else { 0 };
    }
    let first = if runs(from.day) { DAY_SECONDS - u64::from(from.second) } else { 0 };
    let last = if runs(due.day) { u64::from(due.second) } else { 0 };
    let between = calendar.between(clock, from.day, due.day.plus_days(-1));
    first + u64::from(between) * DAY_SECONDS + last
}

/// When `seconds` of running time after `from` have passed.
///
/// Invariant: [`remaining`] from `from` to the answer is `seconds`, whatever days are in between.
pub fn after(calendar: &SchoolCalendar, clock: ClockOf, from: Moment, seconds: u64) -> Moment {
    let first = if calendar.runs(clock, from.day) { DAY_SECONDS - u64::from(from.second) } else { 0 };
    if seconds == 0 || seconds < first {
        let second = u64::from(from.second) + seconds;
        return Moment { day: from.day, second: u32::try_from(second).unwrap_or(u32::MAX) };
    }
    let left = seconds - first;
    let days = u16::try_from(left / DAY_SECONDS + 1).unwrap_or(u16::MAX);
    let second = u32::try_from(left % DAY_SECONDS).unwrap_or(0);
    Moment { day: calendar.after(clock, from.day, days), second }
}

/// A promise whose clock rests: since when, and what was left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    pub since: Moment,
    pub left_seconds: u64,
}

/// Stops the clock of a promise. What is late already stays late: there is nothing left to keep.
pub fn rest(calendar: &SchoolCalendar, clock: ClockOf, now: Moment, due: Moment) -> Option<Rest> {
    (due > now).then(|| Rest { since: now, left_seconds: remaining(calendar, clock, now, due) })
}

/// When the promise is due once its clock runs again.
pub fn resume(calendar: &SchoolCalendar, clock: ClockOf, now: Moment, rest: Rest) -> Moment {
    after(calendar, clock, now, rest.left_seconds)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{DayKind, DaySpan};

    fn moment(day: &str, hour: u32) -> Moment {
        Moment { day: day.parse().unwrap(), second: hour * 3_600 }
    }

    fn calendar() -> SchoolCalendar {
        let span = |kind, first: &str, last: &str| DaySpan {
            kind,
            first: first.parse().unwrap(),
            last: last.parse().unwrap(),
            title: String::new(),
        };
        let district = vec![
            span(DayKind::Holiday, "2026-11-26", "2026-11-27"),
            span(DayKind::Break, "2026-12-21", "2027-01-01"),
            span(DayKind::Protected, "2027-04-12", "2027-04-16"),
        ];
        SchoolCalendar::new(district).with_own(vec![span(DayKind::Protected, "2026-12-09", "2026-12-10")])
    }

    #[test]
    fn a_rest_moves_the_due_time_by_the_working_time_that_was_left() {
        let calendar = calendar();
        // Two working days from Friday ten o'clock; asked on Monday at ten, answered on Thursday at ten.
        let due = after(&calendar, ClockOf::Office, moment("2026-11-20", 10), 2 * DAY_SECONDS);
        assert_eq!(due, moment("2026-11-24", 10));
        let rest = rest(&calendar, ClockOf::Office, moment("2026-11-23", 10), due).unwrap();
        assert_eq!(rest.left_seconds, DAY_SECONDS);
        // Thanksgiving and the weekend do not count.
        assert_eq!(resume(&calendar, ClockOf::Office, moment("2026-11-25", 10), rest), moment("2026-11-30", 10));
    }

    #[test]
    fn a_schools_clock_rests_on_its_own_days_and_in_breaks() {
        let calendar = calendar();
        let from = moment("2026-12-08", 9);
        assert_eq!(after(&calendar, ClockOf::School, from, 2 * DAY_SECONDS), moment("2026-12-14", 9));
        assert_eq!(after(&calendar, ClockOf::Office, from, 2 * DAY_SECONDS), moment("2026-12-10", 9));
        assert_eq!(after(&calendar, ClockOf::School, moment("2026-12-18", 9), DAY_SECONDS), moment("2027-01-04", 9));
    }

    #[test]
    fn a_rest_over_the_winter_break_and_the_year_gives_back_what_was_left() {
        let calendar = calendar();
        // Promised for Friday at ten, stopped on Thursday at four, answered on the last day of the year.
        let (from, due) = (moment("2026-12-16", 10), moment("2026-12-18", 10));
        assert_eq!(after(&calendar, ClockOf::Office, from, 2 * DAY_SECONDS), due);
        let stopped = rest(&calendar, ClockOf::Office, moment("2026-12-17", 16), due).unwrap();
        assert_eq!(stopped.left_seconds, 18 * 3_600);
        // The offices work through the break of the schools; the schools' own clock stands still in it.
        assert_eq!(resume(&calendar, ClockOf::Office, moment("2026-12-31", 16), stopped), moment("2027-01-01", 10));
        assert_eq!(resume(&calendar, ClockOf::School, moment("2026-12-31", 16), stopped), moment("2027-01-04", 18));
        assert_eq!(resume(&calendar, ClockOf::Office, moment("2027-06-30", 23), stopped), moment("2027-07-01", 17));
    }

    #[test]
    fn an_answer_on_a_closed_day_counts_from_the_next_midnight_on() {
        let calendar = calendar();
        let stopped = Rest { since: moment("2026-11-25", 10), left_seconds: DAY_SECONDS / 2 };
        // Thanksgiving, the day after and the weekend are closed: half a day from Monday's beginning.
        assert_eq!(resume(&calendar, ClockOf::Office, moment("2026-11-26", 15), stopped), moment("2026-11-30", 12));
    }

    #[test]
    fn what_is_late_stays_late() {
        let calendar = calendar();
        assert_eq!(rest(&calendar, ClockOf::Office, moment("2026-12-02", 10), moment("2026-12-01", 10)), None);
    }

    /// A day and hour within two school years, and a calendar with breaks in it.
    fn moments() -> impl Strategy<Value = Moment> {
        (0i32..700, 0u32..86_400).prop_map(|(days, second)| Moment { day: Date::new(2026, 7, 1).unwrap().plus_days(days), second })
    }

    fn clocks() -> impl Strategy<Value = ClockOf> {
        prop_oneof![Just(ClockOf::Office), Just(ClockOf::School)]
    }

    proptest! {
        #[test]
        fn counting_on_and_counting_back_agree(from in moments(), clock in clocks(), seconds in 0u64..40 * DAY_SECONDS) {
            let calendar = calendar();
            let due = after(&calendar, clock, from, seconds);
            prop_assert!(due >= from);
            prop_assert!(u64::from(due.second) < DAY_SECONDS);
            prop_assert_eq!(remaining(&calendar, clock, from, due), seconds);
        }

        #[test]
        fn working_time_is_conserved_over_any_pauses(
            from in moments(),
            clock in clocks(),
            promised in 1u64..10 * DAY_SECONDS,
            // Working time that passes before each question, and the wall-clock days that its answer takes.
            pauses in prop::collection::vec((1u64..3 * DAY_SECONDS, 0i32..40, 0u32..86_400), 0..5),
        ) {
            let calendar = calendar();
            let (mut now, mut due, mut worked) = (from, after(&calendar, clock, from, promised), 0);
            for (passes, days, second) in pauses {
                let asked = after(&calendar, clock, now, passes);
                let Some(rest) = rest(&calendar, clock, asked, due) else { break };
                worked += passes;
                let answered = Moment { day: asked.day.plus_days(days + 1), second };
                due = resume(&calendar, clock, answered, rest);
                now = answered;
                prop_assert_eq!(rest.left_seconds + worked, promised);
            }
            prop_assert_eq!(worked + remaining(&calendar, clock, now, due), promised);
        }
    }
}
