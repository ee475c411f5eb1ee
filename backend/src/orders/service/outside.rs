//! An outside provider's people: their own orders without money or others, and recording what was delivered.

use std::sync::Arc;

use shared::catalog::provider::Vetting;
use shared::error::ErrorCode;
use shared::id::{OrderId, ProviderId};
use shared::identity::Scope;
use shared::identity::policy::Permission;
use shared::orders::OrderState;
use shared::orders::api::NewDelivery;
use shared::orders::outside::{OwnEntry, OwnProvider, ProviderOrder, ProviderOrders, VisitDay};
use shared::orders::period::is_stretch;
use shared::time::{Date, Timestamp};

use super::deliver::log_on;
use super::step::{Errand, Step};
use super::stretch::next_day;
use crate::app::App;
use crate::catalog::service::{self as catalog, Brokered};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, District, Target, service as identity};
use crate::orders::rules::Standing;
use crate::orders::store::{self, OrderRow};

/// The orders of the caller's own providers.
///
/// # Errors
/// Those of the database.
pub async fn orders(app: &App, actor: &Actor, now: Timestamp) -> Result<ProviderOrders, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(now)?;
    let mut providers = Vec::new();
    for id in own(actor) {
        let Some(provider) = catalog::brokered(&reader, id).await? else { continue };
        let unit = catalog::unit_contact(&reader, provider.unit).await?;
        let lacks = provider.vetting.lacks(&provider.name, today);
        let mut shown = Vec::new();
        if let Some(before) = shown_before(&provider.vetting, (&district, today))? {
            for order in store::of_provider(&reader, (provider.unit, &provider.name), before).await? {
                shown.push(plain(&reader, &order, (today, lacks.is_empty())).await?);
            }
        }
        providers.push(OwnProvider { name: provider.name, unit: unit.name, contact: unit.contact, lacks, orders: shown });
    }
    Ok(ProviderOrders { today, providers })
}

fn own(actor: &Actor) -> Vec<ProviderId> {
    let held = |grant: &crate::identity::Grant| if let Scope::Provider(id) = grant.scope { Some(id) } else { None };
    actor.grants.iter().filter_map(held).collect()
}

/// Before when an order was submitted so that it is shown: what comes after the papers' last day is not, what came before stays.
fn shown_before(vetting: &Vetting, (district, today): (&District, Date)) -> Result<Option<Timestamp>, AppError> {
    vetting.covered_to(today).map(|day| district.start_of(day.plus_days(1))).transpose()
}

async fn plain<Q: Query>(query: &Q, order: &OrderRow, (today, vetted): (Date, bool)) -> Result<ProviderOrder, AppError> {
    let entries = store::deliveries(query, order.id).await?;
    let days = store::bookings_of_order(query, order.id).await?;
    let runs = matches!(order.state, OrderState::Accepted | OrderState::InDelivery);
    Ok(ProviderOrder {
        id: order.id,
        number: order.number,
        version: order.version,
        title: order.title.clone(),
        tier_name: order.tier_name.clone(),
        school: order.school_name.clone(),
        contact: if order.contact.is_empty() { order.unit_contact.clone() } else { order.contact.clone() },
        state: order.state,
        start: order.start,
        measure: order.measure,
        ordered: order.units,
        delivered: order.logged_units,
        confirmed: order.confirmed_units,
        days: days.into_iter().map(|visit| VisitDay { day: visit.day, part: visit.part }).collect(),
        may_log: vetted && runs && order.start <= today && (is_stretch(order.measure) || order.logged_units < order.units),
        from: is_stretch(order.measure).then(|| next_day(order, &entries)),
        entries: entries
            .into_iter()
            .map(|entry| OwnEntry { day: entry.day, quantity: entry.quantity, note: entry.note, state: entry.state })
            .collect(),
    })
}

/// The provider records what it delivered.
///
/// # Errors
/// `NotFound` for anybody else's order; `ProviderNotVetted` where a paper is missing or over; then as for the unit.
pub async fn log(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: NewDelivery) -> Result<ProviderOrders, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_log).await?;
    orders(app, &ctx.actor, ctx.now).await
}

async fn write_log(tx: Tx, errand: Errand<NewDelivery>) -> Result<(), AppError> {
    let actor = &errand.ctx.actor;
    let (order, provider) = own_order(&tx, actor, errand.order).await?;
    let district = identity::district(&tx).await?;
    let today = district.day_of(errand.ctx.now)?;
    // What it does not see is not there.
    let shown = shown_before(&provider.vetting, (&district, today))?;
    if order.submitted.is_none_or(|at| shown.is_none_or(|before| at >= before)) {
        return Err(AppError::not_found());
    }
    if let Some(lack) = provider.vetting.lacks(&provider.name, today).into_iter().next() {
        return Err(AppError::saying(ErrorCode::ProviderNotVetted, lack));
    }
    let standing = Standing { person: actor.person, delivers: true, ..Standing::of_policy() };
    log_on(Step::on(tx, &errand, (order, standing)), &errand.body).await
}

/// The order with its provider, where the caller works for that one.
async fn own_order<Q: Query>(query: &Q, actor: &Actor, id: OrderId) -> Result<(OrderRow, Brokered), AppError> {
    let order = store::order(query, id).await?.ok_or_else(AppError::not_found)?;
    let name = order.provider.clone().ok_or_else(AppError::not_found)?;
    let provider = catalog::brokered_as(query, order.unit, &name).await?.ok_or_else(AppError::not_found)?;
    actor.demand(Permission::LogProviderDelivery, &Target::Provider(provider.id))?;
    if store::PROVIDER_STATES.contains(&order.state) { Ok((order, provider)) } else { Err(AppError::not_found()) }
}
