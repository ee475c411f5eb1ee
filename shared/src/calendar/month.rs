//! A month as calendars draw it: whole weeks, Sunday first.

use std::fmt;
use std::str::FromStr;

use crate::time::{Date, DateError};

/// A month of a year, written `2026-11`; held by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(Date);

impl Month {
    pub fn of(day: Date) -> Self {
        Self(day.plus_days(1 - i32::from(day.day())))
    }

    pub const fn first(self) -> Date {
        self.0
    }

    pub fn last(self) -> Date {
        self.next().0.plus_days(-1)
    }

    #[must_use]
    pub fn next(self) -> Self {
        Self::of(self.0.plus_days(31))
    }

    #[must_use]
    pub fn previous(self) -> Self {
        Self::of(self.0.plus_days(-1))
    }

    pub fn holds(self, day: Date) -> bool {
        Self::of(day) == self
    }

    /// Its weeks from Sunday to Saturday, with the days of its neighbours that fill the first and the last.
    pub fn weeks(self) -> Vec<[Date; 7]> {
        let start = week_of(self.0)[0];
        let weeks = self.last().days_since(start) / 7 + 1;
        (0..weeks).map(|week| week_of(start.plus_days(week * 7))).collect()
    }
}

/// The week of `day`, Sunday first.
pub fn week_of(day: Date) -> [Date; 7] {
    let start = day.plus_days(-i32::from(day.weekday()));
    [0, 1, 2, 3, 4, 5, 6].map(|offset| start.plus_days(offset))
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        format!("{text}-01").parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn november_2026_begins_on_a_sunday_and_has_five_weeks() {
        let month: Month = "2026-11".parse().expect("a month");
        let weeks = month.weeks();
        assert_eq!((weeks.len(), weeks[0][0].to_string(), weeks[4][6].to_string()), (5, "2026-11-01".to_owned(), "2026-12-05".to_owned()));
        assert_eq!((month.next().to_string(), month.previous().to_string()), ("2026-12".to_owned(), "2026-10".to_owned()));
        assert_eq!("2027-02".parse::<Month>().expect("a month").weeks().len(), 5);
        assert!("2026-13".parse::<Month>().is_err() && "2026".parse::<Month>().is_err() && "2026-11-01".parse::<Month>().is_err());
    }

    proptest! {
        #[test]
        fn weeks_hold_every_day_once_and_begin_on_sundays(offset in 0i32..40_000) {
            let day = Date::new(2000, 1, 1).map_err(|e| TestCaseError::fail(e.to_string()))?.plus_days(offset);
            let month = Month::of(day);
            prop_assert!(month.first() <= day && day <= month.last() && month.holds(day));
            let all: Vec<Date> = month.weeks().into_iter().flatten().collect();
            prop_assert_eq!(all.iter().filter(|other| **other == day).count(), 1);
            prop_assert!(all.windows(2).all(|pair| pair[1] == pair[0].plus_days(1)));
            prop_assert_eq!(all[0].weekday(), 0);
            prop_assert!(!month.holds(all[0]) || all[0] == month.first());
            prop_assert_eq!(month.next().previous(), month);
        }
    }
}
