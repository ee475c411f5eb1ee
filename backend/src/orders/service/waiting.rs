//! The waiting list: joining, what is offered in turn and for how long, taking it, leaving.
//!
//! Invariant: what is freed goes to the first in line. Whoever comes by is refused while somebody waits, an offer is kept out of
//! what can be sold, and all of it is decided behind the lock of the package's row.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::catalog::api::CatalogService;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{OrderId, PackageId, PlaceId, SchoolId, UnitId};
use shared::identity::api::{SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::orders::api::NewDraft;
use shared::orders::waiting::{NewPlace, PlaceState, PlaceView, WaitingList};
use shared::words::orders::waiting as words;

use super::cart::{new_draft, put_draft};
use super::facts::{self, school_side};
use super::notices::{Audience, Told, tell};
use super::view::tier_name;
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::service::{self as catalog, Draw};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target};
use crate::orders::store::{self, OrderRow, PlaceRow};

/// A school has so many school days to submit what it took.
const CART_DAYS: u16 = 5;
/// Places that ended are shown for so long.
const SHOWN_DAYS: i64 = 60;
/// More than is wanted by anybody.
const MOST: u32 = 100_000;

/// The school's places in line, and those offered to it.
///
/// # Errors
/// `NotFound` outside the caller's scope.
pub async fn waiting_list(app: &App, actor: &Actor, school: SchoolId) -> Result<WaitingList, AppError> {
    let reader = app.db.reader();
    let known = budget::school_facts(&reader, school).await?;
    let target = Target::School(known.id, known.network);
    actor.demand(Permission::ViewSchoolBudget, &target)?;
    let places = store::places_of_school(&reader, school, app.now().plus_days(-SHOWN_DAYS)).await?;
    let may_change = actor.may(Permission::DraftOrder, &target);
    Ok(WaitingList { places: views(&reader, places).await?, may_change })
}

/// Who waits for the unit's packages, in order.
///
/// # Errors
/// `NotFound` outside the caller's unit.
pub async fn unit_waiting(app: &App, actor: &Actor, unit: UnitId) -> Result<WaitingList, AppError> {
    actor.demand(Permission::LogDelivery, &Target::Unit(unit))?;
    let reader = app.db.reader();
    let places = store::places_of_unit(&reader, unit).await?;
    Ok(WaitingList { places: views(&reader, places).await?, may_change: false })
}

pub(super) async fn views<Q: Query>(query: &Q, places: Vec<PlaceRow>) -> Result<Vec<PlaceView>, AppError> {
    let mut lines: BTreeMap<(PackageId, FiscalYear), Vec<PlaceId>> = BTreeMap::new();
    let mut named: BTreeMap<PackageId, (CatalogService, String, String)> = BTreeMap::new();
    let mut views = Vec::with_capacity(places.len());
    for place in places {
        let key = (place.package, place.year);
        if place.state == PlaceState::Waiting && !lines.contains_key(&key) {
            let line = store::line(query, place.package, place.year).await?;
            lines.insert(key, line.into_iter().map(|other| other.id).collect());
        }
        if !named.contains_key(&place.package) {
            named.insert(place.package, names(query, place.package).await?);
        }
        let Some((service, unit, tier)) = named.get(&place.package) else { continue };
        let ahead = lines.get(&key).and_then(|line| line.iter().position(|other| *other == place.id));
        views.push(PlaceView {
            id: place.id,
            school: SchoolRef { id: place.school, name: place.school_name },
            unit: UnitRef { id: place.unit, name: unit.clone() },
            service: service.id,
            package: place.package,
            title: service.content.title.clone(),
            tier_name: tier.clone(),
            quantity: place.quantity,
            start: place.start,
            joined: place.joined,
            state: place.state,
            position: ahead.and_then(|ahead| u32::try_from(ahead + 1).ok()),
            held: place.held,
            expires: place.expires,
            draft: place.draft,
        });
    }
    Ok(views)
}

/// A package's service, unit and tier in words, on the shelf or not.
async fn names<Q: Query>(query: &Q, package: PackageId) -> Result<(CatalogService, String, String), AppError> {
    let found = catalog::latest(query, package).await?;
    let unit = catalog::unit_contact(query, found.service.unit).await?.name;
    let content = &found.package.content;
    let tier = if content.name.is_empty() { content.tier.title().to_owned() } else { content.name.clone() };
    Ok((found.service, unit, tier))
}

/// What a place's command carries.
#[derive(Clone)]
pub(super) struct Errand {
    app: Arc<App>,
    pub ctx: CommandContext,
    pub place: PlaceRow,
    pub title: String,
}

impl Errand {
    pub async fn of(app: &Arc<App>, ctx: &CommandContext, place: PlaceRow) -> Result<Self, AppError> {
        let (service, _, tier) = names(&app.db.reader(), place.package).await?;
        Ok(Self { app: Arc::clone(app), ctx: ctx.clone(), place, title: format!("{} {tier}", service.content.title) })
    }

    fn fact(&self, summary: String) -> Fact {
        let object_title = self.title.clone();
        Fact { object: self.place.id.to_string(), object_title, school: Some(self.place.school), summary, ..Fact::default() }
    }

    pub fn told_school(&self, text: String) -> Told {
        let audience = Audience::Who(Permission::DraftOrder, Target::School(self.place.school, None));
        Told { audience, text, link: words::LINK.to_owned() }
    }

    /// Tells people, audits and commits.
    pub async fn finish(&self, mut tx: Tx, summary: String, told: Vec<Told>) -> Result<(), AppError> {
        let effects = tell(&mut tx, &self.app, &self.ctx, &told).await?;
        Ok(tx.commit(self.ctx.record(self.fact(summary)), effects).await?)
    }
}

/// Takes a place in line for a package of which nothing is left.
///
/// # Errors
/// `PackageNotOnSale`; `BadInput` by field, also where so many are still left, and where the school stands in line already.
pub async fn join(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: NewPlace) -> Result<WaitingList, AppError> {
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::DraftOrder, school).await?;
    let found = facts::on_sale(&app.db.reader(), body.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    if body.quantity == 0 || body.quantity > MOST {
        return Err(AppError::field("quantity", words::QUANTITY_WRONG));
    }
    if body.start < side.today || side.district.calendar.year_of(body.start) != side.year || found.service.menu_year != side.year {
        return Err(AppError::field("start", words::START_WRONG));
    }
    let place = PlaceRow {
        id: app.id(ctx.now),
        school,
        school_name: side.school.name.clone(),
        unit: found.service.unit,
        package: body.package,
        year: side.year,
        quantity: body.quantity,
        start: body.start,
        joined: ctx.now,
        joined_by: ctx.actor.person,
        state: PlaceState::Waiting,
        held: 0,
        expires: None,
        draft: None,
    };
    let title = format!("{} {}", found.service.content.title, tier_name(&found));
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), title, place };
    app.db.command(&ctx.key(), errand.place.id, errand, write_joining).await?;
    waiting_list(app, &ctx.actor, school).await
}

async fn write_joining(mut tx: Tx, errand: Errand) -> Result<(), AppError> {
    let place = &errand.place;
    catalog::take_turn(&mut tx, place.package, place.year).await?;
    let nobody_waits = store::line(&tx, place.package, place.year).await?.is_empty();
    // Whoever could simply buy does not wait; but nobody passes those who do.
    if nobody_waits && catalog::free_capacity(&tx, place.draw()).await? >= place.quantity {
        return Err(AppError::field("quantity", words::STILL_LEFT));
    }
    if !store::insert_place(&mut tx, place).await? {
        return Err(AppError::field("package", words::TWICE));
    }
    catalog::wait(&mut tx, place.draw()).await?;
    let summary = words::joined(place.quantity, &errand.title);
    let unit = Told {
        audience: Audience::Who(Permission::AnswerOrder, Target::Unit(place.unit)),
        text: words::tell_joined(&place.school_name, place.quantity, &errand.title),
        link: words::UNIT_LINK.to_owned(),
    };
    errand.finish(tx, summary, vec![unit]).await
}

/// Ends a place and gives back what was kept for it.
pub(super) async fn end(tx: &mut Tx, place: &PlaceRow, state: PlaceState) -> Result<(), AppError> {
    catalog::take_turn(tx, place.package, place.year).await?;
    let after = PlaceRow { state, held: 0, expires: None, ..place.clone() };
    if !store::change_place(tx, place.state, &after).await? {
        return Err(ErrorCode::Stale.into());
    }
    if place.state.is_held() {
        catalog::release_capacity(tx, place.draw(), place.held).await
    } else {
        catalog::wait_no_longer(tx, place.draw()).await
    }
}

/// A place that the caller may answer for.
async fn own_place(app: &App, ctx: &CommandContext, id: PlaceId) -> Result<PlaceRow, AppError> {
    let reader = app.db.reader();
    let place = store::place(&reader, id).await?.ok_or_else(AppError::not_found)?;
    let network = budget::network_of(&reader, place.school).await?;
    ctx.actor.demand(Permission::DraftOrder, &Target::School(place.school, network))?;
    Ok(place)
}

/// Leaves the line, or passes on what was offered.
///
/// # Errors
/// `NotFound` outside the caller's school; `NotInThisState` where it is over.
pub async fn leave(app: &Arc<App>, ctx: &CommandContext, id: PlaceId) -> Result<WaitingList, AppError> {
    let place = own_place(app, ctx, id).await?;
    let school = place.school;
    let errand = Errand::of(app, ctx, place).await?;
    app.db.command(&ctx.key(), id, errand, write_leaving).await?;
    waiting_list(app, &ctx.actor, school).await
}

async fn write_leaving(mut tx: Tx, mut errand: Errand) -> Result<(), AppError> {
    errand.place = store::place(&tx, errand.place.id).await?.ok_or_else(AppError::not_found)?;
    if errand.place.state.is_over() {
        return Err(ErrorCode::NotInThisState.into());
    }
    end(&mut tx, &errand.place, PlaceState::Left).await?;
    let summary = words::left(&errand.title);
    errand.finish(tx, summary, Vec::new()).await
}

/// Takes what was offered: it goes into the cart and is kept for the school.
///
/// # Errors
/// `NotFound` outside the caller's school; `NotInThisState` where the offer is over; `PackageNotOnSale`.
pub async fn accept_place(app: &Arc<App>, ctx: &CommandContext, id: PlaceId) -> Result<WaitingList, AppError> {
    let place = own_place(app, ctx, id).await?;
    let school = place.school;
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::DraftOrder, school).await?;
    let found = facts::on_sale(&app.db.reader(), place.package).await?.ok_or(AppError::refused(ErrorCode::PackageNotOnSale))?;
    let body = NewDraft {
        package: place.package,
        quantity: place.held.max(1),
        start: Some(place.start),
        goal: None,
        choices: shared::catalog::choice::Choices::default(),
    };
    let draft = new_draft(app, ctx, &side, (&found, &body))?;
    let errand = Errand::of(app, ctx, place).await?;
    app.db.command(&ctx.key(), id, (errand, draft), |tx, (errand, draft)| write_acceptance(tx, errand, draft)).await?;
    waiting_list(app, &ctx.actor, school).await
}

async fn write_acceptance(mut tx: Tx, errand: Errand, draft: OrderRow) -> Result<(), AppError> {
    let (place, now) = (&errand.place, errand.ctx.now);
    if place.state != PlaceState::Offered || place.expires.is_none_or(|expires| expires <= now) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::OVER));
    }
    let draft = put_draft(&mut tx, &errand.ctx, draft, String::new()).await?;
    let time = calendar::school_time(&tx, place.school).await?;
    let expires = Some(time.later(ClockOf::School, now, CART_DAYS)?);
    let after = PlaceRow { state: PlaceState::Accepted, draft: Some(draft.id), expires, ..place.clone() };
    if !store::change_place(&mut tx, PlaceState::Offered, &after).await? {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::OVER));
    }
    let summary = words::accepted(place.held, &errand.title);
    errand.finish(tx, summary, Vec::new()).await
}

/// How many are kept for each of these drafts.
pub(super) async fn kept_for<Q: Query>(query: &Q, drafts: &[OrderId]) -> Result<BTreeMap<OrderId, u32>, AppError> {
    let places = store::places_of_drafts(query, drafts).await?;
    Ok(places.into_iter().filter_map(|place| Some((place.draft?, place.held))).collect())
}

/// Draws an order's capacity while it is submitted: what was kept for it first, the rest as anybody's.
pub(super) async fn draw(tx: &mut Tx, order: &OrderRow) -> Result<(), AppError> {
    let draw = Draw { package: order.package, year: order.year, start: order.start };
    let Some(place) = store::places_of_drafts(&*tx, &[order.id]).await?.into_iter().next() else {
        return catalog::reserve_capacity(tx, draw, order.quantity).await;
    };
    end(tx, &place, PlaceState::Ordered).await?;
    let as_offered = order.quantity <= place.held && draw == place.draw();
    if as_offered {
        catalog::reserve_in_turn(tx, draw, order.quantity).await
    } else {
        catalog::reserve_capacity(tx, draw, order.quantity).await
    }
}

/// A draft is taken out of the cart: what was kept for it goes to the next.
pub(super) async fn give_up(tx: &mut Tx, draft: OrderId) -> Result<(), AppError> {
    for place in store::places_of_drafts(&*tx, &[draft]).await? {
        end(tx, &place, PlaceState::Left).await?;
    }
    Ok(())
}
