//! The dates of a fiscal year: read by everybody, set by the budget office.

use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{CalendarDayId, Id as _};
use shared::identity::policy::Permission;
use shared::orders::api::NewYearlyDate;
use shared::orders::dates::YearlyDates;
use shared::words::orders as words;

use crate::app::App;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target, service as identity};
use crate::orders::store;

/// The dates of a year; without one, of the year that is open today.
///
/// # Errors
/// Those of the database.
pub async fn yearly_dates(app: &App, year: Option<FiscalYear>) -> Result<YearlyDates, AppError> {
    let reader = app.db.reader();
    let year = match year {
        Some(year) => year,
        None => identity::district(&reader).await?.year_of(app.now())?,
    };
    dates_of(&reader, year).await
}

/// The dates of a year.
///
/// # Errors
/// Those of the database.
pub async fn dates_of<Q: Query>(query: &Q, year: FiscalYear) -> Result<YearlyDates, AppError> {
    let calendar = identity::district(query).await?.calendar;
    Ok(YearlyDates::of(year, calendar, &store::yearly_dates(query, year).await?))
}

/// Sets one date.
///
/// # Errors
/// `BadInput` where it lies in another year, or comes in the wrong order with another one.
pub async fn set_yearly_date(app: &App, ctx: CommandContext, body: NewYearlyDate) -> Result<YearlyDates, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let year = body.year;
    let id = CalendarDayId::from_bits(ctx.command_id.bits());
    app.db.command(&ctx.key(), id, (ctx.clone(), body), |tx, (ctx, body)| write(tx, ctx, body)).await?;
    yearly_dates(app, Some(year)).await
}

async fn write(mut tx: Tx, ctx: CommandContext, body: NewYearlyDate) -> Result<(), AppError> {
    let calendar = identity::district(&tx).await?.calendar;
    if calendar.year_of(body.day) != body.year {
        return Err(AppError::field("day", words::OTHER_YEAR));
    }
    store::set_yearly_date(&mut tx, body.year, (body.kind, body.day)).await?;
    let dates = dates_of(&tx, body.year).await?;
    if let Some((first, then)) = dates.out_of_order() {
        let message = words::dates_in_order(first.title(), then.title());
        return Err(AppError::Refused { code: ErrorCode::BadInput, message: None, fields: vec![shared::error::FieldError::new("day", message)] });
    }
    let summary = words::date_set(body.kind.title(), body.day);
    let fact = Fact { object: "yearly_dates".to_owned(), object_title: body.year.to_string(), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}
