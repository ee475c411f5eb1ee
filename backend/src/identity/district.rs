//! The district as every slice needs it: its name, its days and its fiscal years.

use jiff::tz::TimeZone;
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::orders::clock::Moment;
use shared::time::{Date, Timestamp};

use crate::error::AppError;

/// The one district of this deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct District {
    pub name: String,
    /// IANA name, e.g. `America/Los_Angeles`.
    pub zone: String,
    pub calendar: FiscalCalendar,
    /// True where the fictional demo district is loaded.
    pub demo: bool,
}

impl District {
    /// The district's own calendar day at `now`.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn day_of(&self, now: Timestamp) -> Result<Date, AppError> {
        let zone = TimeZone::get(&self.zone).map_err(|e| AppError::internal(format!("zone {}: {e}", self.zone)))?;
        let instant = jiff::Timestamp::from_microsecond(now.micros()).map_err(|e| AppError::internal(format!("instant: {e}")))?;
        Ok(Date::from_civil(instant.to_zoned(zone).date()))
    }

    /// The first instant of `day` in the district's zone.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn start_of(&self, day: Date) -> Result<Timestamp, AppError> {
        let zone = TimeZone::get(&self.zone).map_err(|e| AppError::internal(format!("zone {}: {e}", self.zone)))?;
        let instant = day.civil().to_zoned(zone).map_err(|e| AppError::internal(format!("day {day}: {e}")))?;
        Ok(Timestamp::from_micros(instant.timestamp().as_microsecond()))
    }

    /// The instant of `day` at which the district's clocks show what they show at `now`; an hour that a change of the clocks skips or
    /// repeats is taken as calendars commonly do.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn same_hour_on(&self, now: Timestamp, day: Date) -> Result<Timestamp, AppError> {
        let zone = TimeZone::get(&self.zone).map_err(|e| AppError::internal(format!("zone {}: {e}", self.zone)))?;
        let instant = jiff::Timestamp::from_microsecond(now.micros()).map_err(|e| AppError::internal(format!("instant: {e}")))?;
        let hour = instant.to_zoned(zone.clone()).time();
        let then = zone.to_ambiguous_zoned(day.civil().to_datetime(hour)).compatible();
        let then = then.map_err(|e| AppError::internal(format!("day {day}: {e}")))?;
        Ok(Timestamp::from_micros(then.timestamp().as_microsecond()))
    }

    /// What the district's clocks show at `now`.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn moment_of(&self, now: Timestamp) -> Result<Moment, AppError> {
        let zone = TimeZone::get(&self.zone).map_err(|e| AppError::internal(format!("zone {}: {e}", self.zone)))?;
        let instant = jiff::Timestamp::from_microsecond(now.micros()).map_err(|e| AppError::internal(format!("instant: {e}")))?;
        let shown = instant.to_zoned(zone);
        let seconds = i64::from(shown.hour()) * 3_600 + i64::from(shown.minute()) * 60 + i64::from(shown.second());
        Ok(Moment { day: Date::from_civil(shown.date()), second: u32::try_from(seconds).unwrap_or(0) })
    }

    /// The instant at which the district's clocks show `moment`; an hour that a change of the clocks skips or repeats is taken as
    /// calendars commonly do.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn instant_of(&self, moment: Moment) -> Result<Timestamp, AppError> {
        let zone = TimeZone::get(&self.zone).map_err(|e| AppError::internal(format!("zone {}: {e}", self.zone)))?;
        let (hours, rest) = (moment.second / 3_600, moment.second % 3_600);
        let part = |number: u32| i8::try_from(number).unwrap_or(0);
        let shown = moment.day.civil().at(part(hours), part(rest / 60), part(rest % 60), 0);
        let instant = zone.to_ambiguous_zoned(shown).compatible().map_err(|e| AppError::internal(format!("{shown}: {e}")))?;
        Ok(Timestamp::from_micros(instant.timestamp().as_microsecond()))
    }

    /// The fiscal year that holds `now`.
    ///
    /// # Errors
    /// Internal where the stored zone is unknown.
    pub fn year_of(&self, now: Timestamp) -> Result<FiscalYear, AppError> {
        Ok(self.calendar.year_of(self.day_of(now)?))
    }
}
