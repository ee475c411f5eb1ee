//! Deadlines: working days of the district in its own zone, at the same hour of the day through every change of the clocks.

use shared::calendar::{Block, ClockOf, DaySpan, SchoolCalendar};
use shared::id::SchoolId;
use shared::orders::clock::{after, rest};
use shared::time::{Date, Timestamp};

use crate::calendar::store;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{District, service as identity};

/// How far back a school's own days still matter to a clock.
const LOOK_BACK_DAYS: i32 = 400;
/// Earlier than any calendar.
const FIRST_DAY: (i16, i8, i8) = (2000, 1, 1);

/// The district with its days, and with one school's own where the time is that school's.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    pub district: District,
    pub days: SchoolCalendar,
}

/// The district's working time: for what units and the budget office owe.
///
/// # Errors
/// Those of the database.
pub async fn time<Q: Query>(query: &Q) -> Result<WorkingTime, AppError> {
    let district = identity::district(query).await?;
    let days = SchoolCalendar::new(store::district(query).await?.into_iter().map(|row| row.span).collect());
    Ok(WorkingTime { district, days })
}

/// A school's working time: the district's with the days that the school protects itself.
///
/// # Errors
/// Those of the database.
pub async fn school_time<Q: Query>(query: &Q, school: SchoolId) -> Result<WorkingTime, AppError> {
    let WorkingTime { district, days } = time(query).await?;
    let (year, month, day) = FIRST_DAY;
    let since = Date::new(year, month, day).map_err(AppError::internal)?;
    let own = store::own(query, school, since).await?.into_iter().map(|row| row.span).collect();
    Ok(WorkingTime { district, days: days.with_own(own) })
}

/// What schools protect for themselves between two days: for a unit's calendar.
///
/// # Errors
/// Those of the database.
pub async fn days_of_schools<Q: Query>(query: &Q, first: Date, last: Date) -> Result<Vec<(SchoolId, DaySpan)>, AppError> {
    let rows = store::of_schools(query, first.plus_days(-LOOK_BACK_DAYS), last).await?;
    Ok(rows.into_iter().filter(|row| row.span.last >= first).filter_map(|row| Some((row.school?, row.span))).collect())
}

impl WorkingTime {
    /// The `days`th working day of the clock's owner after `now`, at the same hour of the day.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn later(&self, clock: ClockOf, now: Timestamp, days: u16) -> Result<Timestamp, AppError> {
        let due = self.days.after(clock, self.district.day_of(now)?, days);
        self.district.same_hour_on(now, due)
    }

    /// Working days from the day of `now` to that of `due`; zero where it has come. What is left of a promise when its clock is stopped.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn left(&self, clock: ClockOf, now: Timestamp, due: Timestamp) -> Result<u32, AppError> {
        Ok(self.days.between(clock, self.district.day_of(now)?, self.district.day_of(due)?))
    }

    /// Seconds of working time that are left of a promise when its clock stops at `now`; nothing where it is late already.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn rest(&self, clock: ClockOf, now: Timestamp, due: Timestamp) -> Result<Option<u64>, AppError> {
        let (now, due) = (self.district.moment_of(now)?, self.district.moment_of(due)?);
        Ok(rest(&self.days, clock, now, due).map(|rest| rest.left_seconds))
    }

    /// When a promise is due whose clock runs again from `now`, with so much working time left.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn resume(&self, clock: ClockOf, now: Timestamp, left_seconds: u64) -> Result<Timestamp, AppError> {
        let now = self.district.moment_of(now)?;
        self.district.instant_of(after(&self.days, clock, now, left_seconds))
    }

    /// Whether the clock runs at `now`.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn runs(&self, clock: ClockOf, now: Timestamp) -> Result<bool, AppError> {
        Ok(self.days.runs(clock, self.district.day_of(now)?))
    }

    /// Whether the schools are in a break at `now`.
    ///
    /// # Errors
    /// Internal where the district's zone is unknown.
    pub fn in_break(&self, now: Timestamp) -> Result<bool, AppError> {
        Ok(self.days.in_break(self.district.day_of(now)?))
    }

    /// Why nobody can be booked on `day`.
    pub fn block(&self, day: Date) -> Option<Block> {
        self.days.block(day)
    }
}
