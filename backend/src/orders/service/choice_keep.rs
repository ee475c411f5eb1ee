//! Keeping yearly choices: the budget office sets up groups, reopens the window, and gives the proposed offer to who chose none.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{CalendarDayId, ChoiceGroupId, Id as _, PackageId, SchoolId, ServiceId};
use shared::identity::policy::Permission;
use shared::orders::dates::YearlyKind;
use shared::orders::selection::{Assigning, ChoiceGroupView, ChoicePhase, ChoiceQuery, NewChoiceGroup, Reopening};
use shared::text;
use shared::words::orders::selection as words;

use super::choices::{choices, put_choice, window_on};
use super::notices::{Audience, Told, tell};
use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};
use crate::orders::store::{self, ChoiceRow, GroupRow};

/// The most schools that one offer has room for.
const CAPACITY_LIMIT: u32 = 10_000;
/// An offer of one is no choice, and nobody compares more than so many.
const OFFERS: std::ops::RangeInclusive<usize> = 2..=12;

/// The budget office sets up a group for the next year.
///
/// # Errors
/// `BadInput` by field; `NotInThisState` once the window has closed.
pub async fn make_group(app: &Arc<App>, ctx: &CommandContext, body: NewChoiceGroup) -> Result<Vec<ChoiceGroupView>, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let title = text::required(&body.title, text::TITLE_LIMIT).map_err(|error| AppError::field("title", error.message()))?;
    let about = text::optional(&body.about, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("about", error.message()))?;
    let offers = checked(app, &body).await?;
    let window = window_on(&app.db.reader(), ctx.now).await?;
    if matches!(window.phase, ChoicePhase::Again | ChoicePhase::Over) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::TOO_LATE_FOR_GROUP));
    }
    let row = GroupRow { id: app.id(ctx.now), year: window.year, title, about, minimum: body.minimum, proposed: body.proposed };
    let id = row.id;
    app.db.command(&ctx.key(), id, (ctx.clone(), row, offers), |tx, (ctx, row, offers)| write_group(tx, ctx, (row, offers))).await?;
    choices(app, &ctx.actor, ChoiceQuery::default()).await
}

/// The offers, where each is on the shelf once, has room, and can reach the minimum.
async fn checked(app: &App, body: &NewChoiceGroup) -> Result<Vec<(ServiceId, u32)>, AppError> {
    let shelf = catalog::catalog(app).await?.services;
    let mut offers: Vec<(ServiceId, u32)> = Vec::new();
    for (at, offer) in body.offers.iter().enumerate() {
        if shelf.iter().all(|service| service.id != offer.service) || offers.iter().any(|(known, _)| *known == offer.service) {
            return Err(AppError::field(&format!("offers.{at}.service"), words::SERVICE_GONE));
        }
        if !(1..=CAPACITY_LIMIT).contains(&offer.capacity) {
            return Err(AppError::field(&format!("offers.{at}.capacity"), words::CAPACITY_RANGE));
        }
        offers.push((offer.service, offer.capacity));
    }
    if !OFFERS.contains(&offers.len()) {
        return Err(AppError::field("offers", words::CHOOSE_OFFERS));
    }
    if body.minimum == 0 || offers.iter().any(|(_, capacity)| *capacity < body.minimum) {
        return Err(AppError::field("minimum", words::MINIMUM_RANGE));
    }
    if body.proposed.is_some_and(|proposed| offers.iter().all(|(service, _)| *service != proposed)) {
        return Err(AppError::field("proposed", words::PROPOSED_ELSEWHERE));
    }
    Ok(offers)
}

async fn write_group(mut tx: Tx, ctx: CommandContext, (row, offers): (GroupRow, Vec<(ServiceId, u32)>)) -> Result<(), AppError> {
    store::insert_group(&mut tx, &row, &offers, (ctx.actor.person, ctx.now)).await?;
    let summary = words::group_made(&row.title, offers.len());
    let fact = Fact { object: row.id.to_string(), object_title: row.title, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Lets schools without a choice that stands choose again, until a day.
///
/// # Errors
/// `NotInThisState` before the window has closed; `BadInput` for a day that is over, or in another year.
pub async fn reopen(app: &Arc<App>, ctx: &CommandContext, body: Reopening) -> Result<Vec<ChoiceGroupView>, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let id = CalendarDayId::from_bits(ctx.command_id.bits());
    app.db.command(&ctx.key(), id, (Arc::clone(app), ctx.clone(), body), |tx, (app, ctx, body)| write_reopening(tx, (app, ctx), body)).await?;
    choices(app, &ctx.actor, ChoiceQuery::default()).await
}

async fn write_reopening(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), body: Reopening) -> Result<(), AppError> {
    let window = window_on(&tx, ctx.now).await?;
    if matches!(window.phase, ChoicePhase::Before | ChoicePhase::Open) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::STILL_OPEN));
    }
    if body.until < window.today || window.begins.is_some_and(|first| body.until >= first) {
        return Err(AppError::field("until", words::REOPEN_UNTIL));
    }
    store::set_yearly_date(&mut tx, window.dates.year, (YearlyKind::ChooseAgain, body.until)).await?;
    let mut told = Vec::new();
    for group in store::choice_groups(&tx, window.year).await? {
        let (offers, chosen) = (store::choice_offers(&tx, group.id).await?, store::choices(&tx, group.id).await?);
        let stands = |school: SchoolId| {
            let own = chosen.iter().find(|choice| choice.school == school);
            own.is_some_and(|own| offers.iter().any(|offer| offer.service == own.service && !offer.failed))
        };
        let schools = budget::list_schools(&tx).await?;
        let without = schools.into_iter().filter(|school| !stands(school.id));
        told.extend(without.map(|school| to_school(school.id, words::tell_reopened(&group.title, body.until))));
    }
    let effects = tell(&mut tx, &app, &ctx, &told).await?;
    let summary = words::reopened(body.until);
    let fact = Fact { object: "yearly_dates".to_owned(), object_title: window.dates.year.to_string(), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), effects).await?)
}

/// A notice for who chooses for a school.
pub(super) fn to_school(school: SchoolId, text: String) -> Told {
    let audience = Audience::Who(Permission::SubmitOrder, Target::School(school, None));
    Told { audience, text, link: words::LINK.to_owned() }
}

/// Gives the group's proposed offer to a school without a choice that stands: a person's act, never the clock's.
///
/// # Errors
/// `NotInThisState` before all windows are over, or where the school has chosen; `BadInput` where the group proposes nothing.
pub async fn assign(app: &Arc<App>, ctx: &CommandContext, group: ChoiceGroupId, body: Assigning) -> Result<Vec<ChoiceGroupView>, AppError> {
    ctx.actor.demand(Permission::KeepCalendar, &Target::District)?;
    let reader = app.db.reader();
    let school = budget::school_facts(&reader, body.school).await?;
    let row = store::choice_group(&reader, group).await?.ok_or_else(AppError::not_found)?;
    let shelf = catalog::catalog(app).await?.services;
    let proposed = row.proposed.and_then(|id| shelf.iter().find(|service| service.id == id));
    let found = proposed.and_then(|service| service.packages.first().map(|package| (service, package.id)));
    let (service, package) = found.ok_or_else(|| AppError::field("proposed", words::NOTHING_PROPOSED))?;
    let offer = Offered { service: service.id, package, title: service.content.title.clone() };
    let input = (Arc::clone(app), ctx.clone(), (row, (school.id, school.name), offer));
    app.db.command(&ctx.key(), group, input, |tx, (app, ctx, what)| write_assignment(tx, (app, ctx), what)).await?;
    choices(app, &ctx.actor, ChoiceQuery::default()).await
}

/// The offer that is given.
#[derive(Clone)]
struct Offered {
    service: ServiceId,
    package: PackageId,
    title: String,
}

type Assignment = (GroupRow, (SchoolId, String), Offered);

async fn write_assignment(
    mut tx: Tx,
    (app, ctx): (Arc<App>, CommandContext),
    (group, (school, name), offer): Assignment,
) -> Result<(), AppError> {
    let window = window_on(&tx, ctx.now).await?;
    if window.phase != ChoicePhase::Over || window.year != group.year {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::ASSIGN_LATER));
    }
    let offers = store::choice_offers(&tx, group.id).await?;
    let own = store::choices(&tx, group.id).await?.into_iter().find(|choice| choice.school == school);
    let failed = |service: ServiceId| offers.iter().any(|known| known.service == service && known.failed);
    if own.as_ref().is_some_and(|own| !failed(own.service)) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::HAS_CHOSEN));
    }
    let by = (ctx.actor.person, ctx.actor.name.clone());
    let (service, package) = (offer.service, offer.package);
    let row = ChoiceRow { group: group.id, school, service, package, version: 1, assigned: true, by, at: ctx.now, draft: None };
    put_choice(&mut tx, own.as_ref(), &row).await?;
    let told = to_school(school, words::tell_assigned(&group.title, &offer.title));
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let summary = words::assigned(&offer.title, &name);
    let fact = Fact { object: group.id.to_string(), object_title: group.title, school: Some(school), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), effects).await?)
}
