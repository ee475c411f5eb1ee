//! The budget office keeps the district's days: one row at a time, or a whole year from a file.

use futures_util::{StreamExt as _, stream};
use shared::calendar::api::{CalendarDay, CalendarFile, CalendarView, NewCalendarDays};
use shared::calendar::{DaySpan, file};
use shared::error::ErrorCode;
use shared::id::{CalendarDayId, PersonId};
use shared::identity::policy::Permission;
use shared::text::{TITLE_LIMIT, required};
use shared::time::Timestamp;
use shared::words::calendar as words;

use crate::app::App;
use crate::calendar::store::{self, DayRow};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target, service as identity};
use crate::reply::Csv;

/// The district's calendar.
///
/// # Errors
/// Those of the database.
pub async fn view(app: &App) -> Result<CalendarView, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(app.now())?;
    // The version first, so that the rows are never older than it says.
    let version = store::revision(&reader).await?;
    let days = store::district(&reader).await?.into_iter().map(seen).collect();
    Ok(CalendarView { version, today, year: district.calendar.year_of(today), days })
}

/// The district's days as a file.
///
/// # Errors
/// Those of the database.
pub async fn export(app: &App) -> Result<Csv, AppError> {
    let rows: Vec<DaySpan> = store::district(&app.db.reader()).await?.into_iter().map(|row| row.span).collect();
    let text = file::write(&rows).into_bytes();
    Ok(Csv { name: "calendar.csv".to_owned(), chunks: stream::once(async { Ok(text) }).boxed() })
}

/// A number that differs whenever the district's days do.
///
/// # Errors
/// Those of the database.
pub async fn revision<Q: Query>(query: &Q) -> Result<u32, AppError> {
    Ok(store::revision(query).await?)
}

pub(super) fn seen(row: DayRow) -> CalendarDay {
    let weekdays = row.span.days().filter(|day| !day.is_weekend()).count();
    CalendarDay { id: row.id, span: row.span, weekdays: u32::try_from(weekdays).unwrap_or(u32::MAX) }
}

/// Adds days to the district's calendar.
///
/// # Errors
/// `BadInput` by field; `Stale` where the calendar changed since `version`.
pub async fn add(app: &App, ctx: CommandContext, new: NewCalendarDays) -> Result<CalendarView, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let title = required(&new.title, TITLE_LIMIT).map_err(|error| AppError::field("title", error.message()))?;
    let span = DaySpan { kind: new.kind, first: new.first, last: new.last.unwrap_or(new.first), title };
    let span = file::check(span).map_err(|message| AppError::field("last", message))?;
    let id: CalendarDayId = app.id(ctx.now);
    let input = (ctx.clone(), DayRow { id, school: None, span }, new.version);
    app.db
        .command(&ctx.key(), id, input, |mut tx, (ctx, row, version)| async move {
            changed(&mut tx, version).await?;
            store::insert(&mut tx, &row, (Some(ctx.actor.person), ctx.now)).await?;
            let fact = fact(&row.span, words::added(&row.span));
            Ok::<(), AppError>(tx.commit(ctx.record(fact), Vec::new()).await?)
        })
        .await?;
    view(app).await
}

/// Somebody who changed the calendar between our read and this write makes the page stale.
async fn changed(tx: &mut Tx, version: u32) -> Result<(), AppError> {
    if store::count_change(tx, version).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

fn fact(span: &DaySpan, summary: String) -> Fact {
    Fact { object: "calendar".to_owned(), object_title: span.title.clone(), summary, ..Fact::default() }
}

/// Takes days off the district's calendar.
///
/// # Errors
/// `NotFound` also for a school's own days; `Stale`.
pub async fn remove(app: &App, ctx: CommandContext, day: CalendarDayId, version: u32) -> Result<CalendarView, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    app.db
        .command(&ctx.key(), day, ctx.clone(), move |mut tx, ctx| async move {
            let row = store::day(&tx, day).await?.filter(|row| row.school.is_none()).ok_or_else(AppError::not_found)?;
            changed(&mut tx, version).await?;
            if !store::delete(&mut tx, day).await? {
                return Err(ErrorCode::Stale.into());
            }
            let fact = fact(&row.span, words::removed(&row.span));
            Ok::<(), AppError>(tx.commit(ctx.record(fact), Vec::new()).await?)
        })
        .await?;
    view(app).await
}

/// Takes a file of dates in. It replaces what stands of the fiscal years that its rows begin in; the same file twice changes nothing.
///
/// # Errors
/// `BadInput` with every wrong line; `Stale`.
pub async fn import(app: &App, ctx: CommandContext, body: CalendarFile) -> Result<CalendarView, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let rows = file::read(&body.csv).map_err(AppError::fields)?;
    let input = (ctx.clone(), rows, body.version);
    let id: CalendarDayId = app.id(ctx.now);
    app.db.command(&ctx.key(), id, input, |tx, (ctx, rows, version)| replace(tx, ctx, (rows, version))).await?;
    view(app).await
}

async fn replace(mut tx: Tx, ctx: CommandContext, (rows, version): (Vec<DaySpan>, u32)) -> Result<(), AppError> {
    changed(&mut tx, version).await?;
    let calendar = identity::district(&tx).await?.calendar;
    let years = file::years(&rows, calendar);
    let standing = store::district(&tx).await?.into_iter().filter(|row| years.contains(&calendar.year_of(row.span.first)));
    let (mut kept, mut gone) = (Vec::new(), 0u32);
    for row in standing {
        if rows.contains(&row.span) && !kept.contains(&row.span) {
            kept.push(row.span);
        } else {
            store::delete(&mut tx, row.id).await?;
            gone += 1;
        }
    }
    let new: Vec<DaySpan> = rows.into_iter().filter(|row| !kept.contains(row)).collect();
    let named: Vec<String> = years.iter().map(ToString::to_string).collect();
    let summary = words::imported(new.len(), gone, kept.len());
    put(&mut tx, new, (Some(ctx.actor.person), ctx.now)).await?;
    let fact = Fact { object: "calendar".to_owned(), object_title: named.join(", "), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Writes days of the district; the caller commits, and audits.
///
/// # Errors
/// Those of the database.
pub async fn put(tx: &mut Tx, spans: Vec<DaySpan>, by: (Option<PersonId>, Timestamp)) -> Result<(), AppError> {
    for span in spans {
        let row = DayRow { id: tx.new_id(by.1), school: None, span };
        store::insert(tx, &row, by).await?;
    }
    Ok(())
}
