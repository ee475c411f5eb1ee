//! The days of the demo district: all of them follow from the anchor, the day on which the story is told.

use jiff::tz::TimeZone;
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::time::{Date, Timestamp};

use crate::error::AppError;

/// How far back the history reaches, in calendar days.
const HISTORY_DAYS: i32 = 45;
/// With fewer days of the fiscal year behind it, the district has no history yet.
const LEAST_HISTORY_DAYS: i32 = 14;

/// The anchor with its fiscal year and zone.
#[derive(Clone, Debug)]
pub struct Days {
    pub anchor: Date,
    pub year: FiscalYear,
    pub first: Date,
    pub last: Date,
    zone: TimeZone,
}

impl Days {
    /// # Errors
    /// Internal where the zone is unknown or the anchor lies outside the calendar.
    pub fn new(anchor: Date, zone: &str) -> Result<Self, AppError> {
        let zone = TimeZone::get(zone).map_err(|error| AppError::internal(format!("zone {zone}: {error}")))?;
        let calendar = FiscalCalendar::default();
        let year = calendar.year_of(anchor);
        let edge = || AppError::internal("the anchor lies outside the calendar");
        let (first, last) = (calendar.first_day(year).ok_or_else(edge)?, calendar.last_day(year).ok_or_else(edge)?);
        Ok(Self { anchor, year, first, last, zone })
    }

    /// Whether enough of the year has passed for a history.
    pub fn has_history(&self) -> bool {
        self.anchor.days_since(self.first) >= LEAST_HISTORY_DAYS
    }

    /// The school day that lies `days` before the anchor, closer together where the fiscal year is younger than the history.
    pub fn ago(&self, days: i32) -> Date {
        let room = self.anchor.days_since(self.first).clamp(1, HISTORY_DAYS);
        let mut day = self.anchor.plus_days(-(days * room / HISTORY_DAYS).max(1));
        while day.is_weekend() {
            day = day.plus_days(-1);
        }
        day.max(self.first)
    }

    /// The school day that lies `days` after the anchor, within the fiscal year.
    pub fn ahead(&self, days: i32) -> Date {
        let mut day = self.anchor.plus_days(days);
        while day.is_weekend() {
            day = day.plus_days(1);
        }
        day.min(self.last)
    }

    /// `minutes` after midnight of `day` in the district's zone.
    ///
    /// # Errors
    /// Internal where there is no such instant.
    pub fn at(&self, day: Date, minutes: u32) -> Result<Timestamp, AppError> {
        let midnight = self.zone.to_ambiguous_zoned(day.civil().at(0, 0, 0, 0)).compatible();
        let midnight = midnight.map_err(|error| AppError::internal(format!("{day}: {error}")))?;
        Ok(Timestamp::from_micros(midnight.timestamp().as_microsecond()).plus_seconds(i64::from(minutes) * 60))
    }

    /// A day of the fiscal year by month and day; the anchor where there is none.
    pub fn in_year(&self, month: i8, day: i8) -> Date {
        let year = if (month, day) >= (self.first.month(), self.first.day()) { self.year.0 } else { self.year.0 + 1 };
        Date::new(year, month, day).unwrap_or(self.anchor)
    }
}
