//! The demo district's calendar: that of 2026–27, moved by whole weeks into the fiscal year of the anchor.

use shared::calendar::{DayKind, DaySpan, file};
use shared::fiscal::FiscalCalendar;
use shared::time::Date;

use super::cast::Cast;
use super::days::Days;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;

const FILE: &str = include_str!("../../demo/calendar.csv");
/// The fiscal year that the file is written for.
const WRITTEN_FOR: i16 = 2026;
/// Fifty-two weeks, and one more each sixth year, keep holidays on their weekday and near their date.
const YEAR_DAYS: i32 = 364;

/// Writes the district's days, and what two schools protect for themselves.
pub async fn put(tx: &mut Tx, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let rows = file::read(FILE).map_err(|faults| AppError::internal(format!("the demo's calendar: {faults:?}")))?;
    let years = i32::from(days.year.0 - WRITTEN_FOR);
    let shift = years * YEAR_DAYS + years.div_euclid(6) * 7;
    let moved = |day: Date| day.plus_days(shift);
    let spans = rows.into_iter().map(|row| DaySpan { first: moved(row.first), last: moved(row.last), ..row }).collect();
    let now = days.at(days.first, 8 * 60)?;
    calendar::put(tx, spans, (None, now)).await?;
    let schools: Vec<_> = cast.schools.values().map(|school| school.id).collect();
    for school in schools {
        for (month, day, length, title) in [(12, 1, 1, "Walk-throughs with the site council"), (3, 9, 1, "Report cards and family evenings")] {
            let first = school_day(days.in_year(month, day));
            let span = DaySpan { kind: DayKind::Protected, first, last: school_day(first.plus_days(length)), title: title.to_owned() };
            let year = FiscalCalendar::default().year_of(first);
            calendar::put_protected(tx, school, span, (year, now)).await?;
        }
    }
    Ok(())
}

fn school_day(mut day: Date) -> Date {
    while day.is_weekend() {
        day = day.plus_days(1);
    }
    day
}
