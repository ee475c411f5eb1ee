//! School days: weekends and the district's holidays do not count. Clocks and due dates go by these.

use crate::time::Date;

/// How many days a search for a school day may cross before it gives up: longer than any break.
const HORIZON_DAYS: i32 = 4_000;

/// The days on which nobody is expected to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolCalendar {
    /// In order, each once.
    holidays: Vec<Date>,
}

impl SchoolCalendar {
    pub fn new(mut holidays: Vec<Date>) -> Self {
        holidays.sort_unstable();
        holidays.dedup();
        Self { holidays }
    }

    pub fn is_school_day(&self, day: Date) -> bool {
        !day.is_weekend() && self.holidays.binary_search(&day).is_err()
    }

    /// The `count`th school day after `day`; `day` itself, or the next school day, for zero.
    pub fn after(&self, day: Date, count: u16) -> Date {
        if count == 0 {
            return self.days(day, 1).next().unwrap_or(day);
        }
        self.days(day.plus_days(1), 1).nth(usize::from(count) - 1).unwrap_or(day)
    }

    /// The first day of the window of `count` school days that ends with `day`, `day` included where it is one.
    pub fn window_start(&self, day: Date, count: u16) -> Date {
        self.days(day, -1).nth(usize::from(count.max(1)) - 1).unwrap_or(day)
    }

    /// School days after `from` up to and including `until`; zero where `until` is not later.
    pub fn between(&self, from: Date, until: Date) -> u32 {
        let days = self.days(from.plus_days(1), 1).take_while(|day| *day <= until).count();
        u32::try_from(days).unwrap_or(u32::MAX)
    }

    fn days(&self, from: Date, step: i32) -> impl Iterator<Item = Date> + '_ {
        (0..HORIZON_DAYS).map(move |offset| from.plus_days(offset * step)).filter(|day| self.is_school_day(*day))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn thanksgiving() -> SchoolCalendar {
        SchoolCalendar::new(vec![day("2026-11-27"), day("2026-11-26"), day("2026-11-26")])
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let calendar = thanksgiving();
        assert_eq!(calendar.after(day("2026-11-24"), 1), day("2026-11-25"));
        assert_eq!(calendar.after(day("2026-11-25"), 1), day("2026-11-30"));
        assert_eq!(calendar.after(day("2026-11-25"), 2), day("2026-12-01"));
        assert_eq!(calendar.after(day("2026-11-28"), 0), day("2026-11-30"));
        assert_eq!(calendar.after(day("2026-11-25"), 0), day("2026-11-25"));
        assert_eq!(calendar.between(day("2026-11-24"), day("2026-12-01")), 3);
        assert_eq!(calendar.between(day("2026-12-01"), day("2026-11-24")), 0);
    }

    #[test]
    fn a_window_of_five_school_days_reaches_back_over_the_break() {
        assert_eq!(thanksgiving().window_start(day("2026-12-01"), 5), day("2026-11-23"));
        assert_eq!(thanksgiving().window_start(day("2026-11-28"), 1), day("2026-11-25"));
    }

    proptest! {
        #[test]
        fn counting_forth_and_measuring_agree(offset in 0i32..2_000, count in 1u16..60, holidays in prop::collection::vec(0i32..2_100, 0..40)) {
            let start = day("2026-01-01");
            let calendar = SchoolCalendar::new(holidays.into_iter().map(|h| start.plus_days(h)).collect());
            let from = start.plus_days(offset);
            let due = calendar.after(from, count);
            prop_assert!(calendar.is_school_day(due));
            prop_assert_eq!(calendar.between(from, due), u32::from(count));
        }
    }
}
