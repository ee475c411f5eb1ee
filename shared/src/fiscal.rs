//! Fiscal years of the district, 1 July to 30 June unless configured otherwise.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Date;

/// A fiscal year named by the calendar year in which it starts: 2026 is 2026–27.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = i32, description = "the calendar year in which the fiscal year starts"))]
pub struct FiscalYear(pub i16);

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }
}

/// Where the district's fiscal year begins. Source: DOMAIN 3; Education Code districts use 1 July.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FiscalCalendar {
    pub first_month: i8,
    pub first_day: i8,
}

impl Default for FiscalCalendar {
    fn default() -> Self {
        Self { first_month: 7, first_day: 1 }
    }
}

impl FiscalCalendar {
    /// The fiscal year that holds `date`.
    pub fn year_of(self, date: Date) -> FiscalYear {
        let begun = (date.month(), date.day()) >= (self.first_month, self.first_day);
        FiscalYear(if begun { date.year() } else { date.year() - 1 })
    }

    /// First day of `year`; `None` only for a year outside the calendar.
    pub fn first_day(self, year: FiscalYear) -> Option<Date> {
        Date::new(year.0, self.first_month, self.first_day).ok()
    }

    /// Last day of `year`.
    pub fn last_day(self, year: FiscalYear) -> Option<Date> {
        self.first_day(FiscalYear(year.0 + 1)).map(|day| day.plus_days(-1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_turns_on_the_first_of_july() {
        let calendar = FiscalCalendar::default();
        let day = |text: &str| text.parse::<Date>().map(|d| calendar.year_of(d));
        assert_eq!(day("2026-06-30"), Ok(FiscalYear(2025)));
        assert_eq!(day("2026-07-01"), Ok(FiscalYear(2026)));
        assert_eq!(FiscalYear(2026).to_string(), "2026–27");
        assert_eq!(calendar.last_day(FiscalYear(2026)).map(|d| d.to_string()), Some("2027-06-30".to_owned()));
    }
}
