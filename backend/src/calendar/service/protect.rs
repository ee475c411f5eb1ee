//! A principal protects days of the school: nobody is booked on them, and the school's clocks rest.

use shared::calendar::api::{NewProtectedDays, ProtectedDaysView};
use shared::calendar::{DayKind, DaySpan, file};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{CalendarDayId, SchoolId};
use shared::identity::api::SchoolRef;
use shared::identity::policy::Permission;
use shared::text::{TITLE_LIMIT, required};
use shared::time::{Date, Timestamp};
use shared::words::calendar as words;

use super::keep::seen;
use super::time;
use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::calendar::store::{self, DayRow};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target};

/// So many school days of a year a school may protect for itself, so that a clock cannot be stopped for good.
const MOST_DAYS: u32 = 20;

/// The days that a school protects, of the open year and later.
///
/// # Errors
/// `NotFound` outside the caller's scope.
pub async fn protected(app: &App, actor: &Actor, school: SchoolId) -> Result<ProtectedDaysView, AppError> {
    let reader = app.db.reader();
    let school = budget::school_facts(&reader, school).await?;
    let target = Target::School(school.id, school.network);
    actor.demand(Permission::ViewSchoolBudget, &target)?;
    let district = time(&reader).await?.district;
    let today = district.day_of(app.now())?;
    let year = district.calendar.year_of(today);
    let since = district.calendar.first_day(year).unwrap_or(today);
    let (used, most) = store::protected(&reader, school.id, year).await?.unwrap_or((0, MOST_DAYS));
    Ok(ProtectedDaysView {
        days: store::own(&reader, school.id, since).await?.into_iter().map(seen).collect(),
        may_change: actor.may(Permission::ProtectDays, &target),
        school: SchoolRef { id: school.id, name: school.name },
        today,
        year,
        used,
        most,
    })
}

/// Protects days that lie ahead, as long as the year's number allows.
///
/// # Errors
/// `NotFound` outside the caller's school; `BadInput` by field, also where none is left.
pub async fn protect(app: &App, ctx: CommandContext, school: SchoolId, new: NewProtectedDays) -> Result<ProtectedDaysView, AppError> {
    let known = own_school(app, &ctx, school).await?;
    let title = required(&new.title, TITLE_LIMIT).map_err(|error| AppError::field("title", error.message()))?;
    let span = DaySpan { kind: DayKind::Protected, first: new.first, last: new.last.unwrap_or(new.first), title };
    let span = file::check(span).map_err(|message| AppError::field("last", message))?;
    let id: CalendarDayId = app.id(ctx.now);
    let input = (ctx.clone(), known, DayRow { id, school: Some(school), span });
    app.db.command(&ctx.key(), id, input, |tx, (ctx, school, row)| write(tx, ctx, (school, row))).await?;
    protected(app, &ctx.actor, school).await
}

async fn own_school(app: &App, ctx: &CommandContext, school: SchoolId) -> Result<School, AppError> {
    let known = budget::school_facts(&app.db.reader(), school).await?;
    ctx.actor.demand(Permission::ProtectDays, &Target::School(known.id, known.network))?;
    Ok(known)
}

async fn write(mut tx: Tx, ctx: CommandContext, (school, row): (School, DayRow)) -> Result<(), AppError> {
    let time = time(&tx).await?;
    let (first, last) = (row.span.first, row.span.last);
    // The past is not protected afterwards: its clocks have run.
    if first < time.district.day_of(ctx.now)? {
        return Err(AppError::field("first", words::NOT_IN_PAST));
    }
    let year = time.district.calendar.year_of(first);
    if time.district.calendar.year_of(last) != year {
        return Err(AppError::field("last", words::ONE_YEAR));
    }
    let own = store::own(&tx, school.id, first).await?;
    if let Some(other) = own.iter().find(|other| other.span.first <= last && first <= other.span.last) {
        return Err(AppError::field("first", words::protected_already(&other.span)));
    }
    let days = time.days.school_days(first, last);
    if days == 0 {
        return Err(AppError::field("first", words::NO_SCHOOL_DAY));
    }
    if !store::take_protected(&mut tx, school.id, year, (days, MOST_DAYS)).await? {
        let used = store::protected(&tx, school.id, year).await?.map_or(0, |(used, _)| used);
        return Err(AppError::field("last", words::too_many(days, MOST_DAYS.saturating_sub(used), MOST_DAYS)));
    }
    store::insert(&mut tx, &row, (Some(ctx.actor.person), ctx.now)).await?;
    let summary = words::protected(&row.span);
    Ok(tx.commit(ctx.record(fact(&school, &row, summary)), Vec::new()).await?)
}

fn fact(school: &School, row: &DayRow, summary: String) -> Fact {
    Fact { object: row.id.to_string(), object_title: school.name.clone(), school: Some(school.id), summary, ..Fact::default() }
}

/// Gives protected days free again; their number may be used anew where they have not begun.
///
/// # Errors
/// `NotFound` for the district's days and other schools'; `NotInThisState` once they have begun.
pub async fn free(app: &App, ctx: CommandContext, day: CalendarDayId) -> Result<ProtectedDaysView, AppError> {
    let row = store::day(&app.db.reader(), day).await?;
    let Some(school) = row.as_ref().and_then(|row| row.school) else {
        return again(app, &ctx).await?.ok_or_else(AppError::not_found);
    };
    let known = own_school(app, &ctx, school).await?;
    app.db.command(&ctx.key(), school, (ctx.clone(), known), move |tx, (ctx, school)| give_free(tx, ctx, (school, day))).await?;
    protected(app, &ctx.actor, school).await
}

/// A command that ran before took the row away: its answer is the school as it stands.
async fn again(app: &App, ctx: &CommandContext) -> Result<Option<ProtectedDaysView>, AppError> {
    let Some(school) = app.db.answered(&ctx.key()).await?.and_then(|id| id.parse::<SchoolId>().ok()) else { return Ok(None) };
    protected(app, &ctx.actor, school).await.map(Some)
}

async fn give_free(mut tx: Tx, ctx: CommandContext, (school, day): (School, CalendarDayId)) -> Result<(), AppError> {
    let row = store::day(&tx, day).await?.ok_or_else(AppError::not_found)?;
    let time = time(&tx).await?;
    if row.span.first < time.district.day_of(ctx.now)? {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::BEGUN));
    }
    if !store::delete(&mut tx, day).await? {
        return Err(ErrorCode::Stale.into());
    }
    let year = time.district.calendar.year_of(row.span.first);
    store::give_protected(&mut tx, school.id, year, time.days.school_days(row.span.first, row.span.last)).await?;
    let summary = words::freed(&row.span);
    Ok(tx.commit(ctx.record(fact(&school, &row, summary)), Vec::new()).await?)
}

/// Protects days of a school within a larger command; the caller commits, and audits.
///
/// # Errors
/// Internal where the year's number does not allow them; those of the database.
pub async fn put_protected(tx: &mut Tx, school: SchoolId, span: DaySpan, (year, now): (FiscalYear, Timestamp)) -> Result<(), AppError> {
    let days = time(&*tx).await?.days.school_days(span.first, span.last);
    if !store::take_protected(tx, school, year, (days, MOST_DAYS)).await? {
        return Err(AppError::internal(format!("{days} protected days are too many")));
    }
    let row = DayRow { id: tx.new_id(now), school: Some(school), span };
    Ok(store::insert(tx, &row, (None, now)).await?)
}

/// The days that a school protects which end on `since` or later.
///
/// # Errors
/// Those of the database.
pub async fn own_days<Q: Query>(query: &Q, school: SchoolId, since: Date) -> Result<Vec<DaySpan>, AppError> {
    Ok(store::own(query, school, since).await?.into_iter().map(|row| row.span).collect())
}
