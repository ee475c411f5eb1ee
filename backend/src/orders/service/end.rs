//! How orders end, and what is said about them: withdraw, cancel by the terms, close with an answer, comment.

use std::sync::Arc;

use shared::id::OrderId;
use shared::money::{BasisPoints, Cents};
use shared::orders::api::{Closing, Comment, OrderAction, OrderReason, OrderView};
use shared::orders::split::{cancels_free, release};
use shared::orders::state::{MoneyEffect, OrderCommand};
use shared::text;
use shared::words::orders as words;

use super::approve::reason;
use super::change;
use super::contract;
use super::facts;
use super::money::{self, Earning};
use super::notices::Told;
use super::step::{Errand, Step};
use super::view;
use crate::app::App;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, service as identity};
use crate::orders::rules::{deliveries_open, draw_down};
use crate::orders::store::{self, EventKind};

/// Hours that one order can have saved.
const HOURS_LIMIT: u32 = 10_000;

/// The school takes its order back before the unit accepted.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn withdraw(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderReason) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_withdrawal).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_withdrawal(tx: Tx, errand: Errand<OrderReason>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Withdraw, errand.body.version)?;
    let reason = reason(&errand.body.reason)?;
    let effect = step.turn(OrderCommand::Withdraw)?;
    step.after.due = None;
    step.after.contract_draw = Cents::ZERO;
    step.event(EventKind::Withdrawn, words::WITHDRAWN, reason.clone());
    let order = step.after.clone();
    let text = words::tell_withdrawn(order.number, &order.school_name);
    step.tell(Told::unit(&order, text.clone()));
    let lapsed = change::lapse(&mut step).await?;
    step.write().await?;
    store::void_steps(&mut step.tx, order.id).await?;
    // A returned order holds neither money nor capacity.
    if effect != MoneyEffect::Untouched {
        contract::give_back_all(&mut step.tx, &step.before).await?;
        catalog::release_capacity(&mut step.tx, order.draw(), order.quantity).await?;
        catalog::give_guaranteed_back(&mut step.tx, order.guarantee(), order.quantity).await?;
        let mut splits = store::splits(&step.tx, &[order.id]).await?;
        let mut movements = if effect == MoneyEffect::Release { money::release(&mut splits) } else { money::give_back(&mut splits) };
        movements.extend(lapsed);
        step.book(&splits, &movements).await?;
    }
    step.commit(text, &reason).await
}

/// The school ends an accepted order by its terms: free until so many days before the start, later a share of what was not
/// delivered is kept by the unit.
///
/// # Errors
/// `NotInThisState`, also while a delivery waits for its receiver; `Stale`, `BadInput` without a reason.
pub async fn cancel(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderReason) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_cancellation).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_cancellation(tx: Tx, errand: Errand<OrderReason>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Cancel, errand.body.version)?;
    let reason = reason(&errand.body.reason)?;
    let order = step.before.clone();
    let deliveries = store::deliveries(&step.tx, order.id).await?;
    step.turn(OrderCommand::Cancel { deliveries_open: deliveries_open(&deliveries) })?;
    let bought = facts::bought(&step.tx, &order).await?;
    let today = identity::district(&step.tx).await?.day_of(step.ctx.now)?;
    let terms = &bought.service.content.terms;
    let fee = if cancels_free(terms, order.start, today) { BasisPoints(0) } else { terms.late_cancel_fee };
    let mut splits = store::splits(&step.tx, &[order.id]).await?;
    let releases = release(&draw_down(&splits), fee);
    let kept: Cents = releases.iter().map(|release| release.kept).sum();
    let freed: Cents = releases.iter().map(|release| release.freed).sum();
    step.after.due = None;
    let undrawn = contract::share_of(&order, freed);
    step.after.contract_draw = order.contract_draw.saturating_sub(undrawn);
    let text = words::cancelled(kept, freed);
    step.event(EventKind::Cancelled, text.clone(), reason.clone());
    step.tell(Told::unit(&order, words::tell_cancelled(order.number, &order.school_name)));
    let lapsed = change::lapse(&mut step).await?;
    step.write().await?;
    contract::give_back(&mut step.tx, &order, undrawn).await?;
    let undelivered = order.quantity.saturating_mul(order.units.saturating_sub(order.confirmed_units)) / order.units.max(1);
    catalog::release_capacity(&mut step.tx, order.draw(), undelivered).await?;
    store::free_bookings(&mut step.tx, order.id, today).await?;
    catalog::give_guaranteed_back(&mut step.tx, order.guarantee(), undelivered).await?;
    let earning = Earning { order: order.id, unit: order.unit, delivery: None };
    let mut movements = money::end(earning, &mut splits, &releases);
    movements.extend(lapsed);
    for split in &splits {
        store::purchase_amount(&mut step.tx, split).await?;
    }
    step.book(&splits, &movements).await?;
    step.commit(text, &reason).await
}

/// The buyer answers the one question and closes the order.
///
/// # Errors
/// `NotAllowed` for anyone but the buyer, `NotInThisState`, `Stale`, `BadInput` by field.
pub async fn close(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Closing) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_closing).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_closing(tx: Tx, errand: Errand<Closing>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    let mut closing = errand.body.clone();
    step.demand(OrderAction::Close, closing.version)?;
    if !(1..=5).contains(&closing.stars) {
        return Err(AppError::field("stars", words::STARS_RANGE));
    }
    if closing.hours_saved > HOURS_LIMIT {
        return Err(AppError::field("hours_saved", words::hours_range(HOURS_LIMIT)));
    }
    closing.comment =
        text::optional(&closing.comment, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("comment", error.message()))?;
    step.turn(OrderCommand::Close)?;
    step.after.due = None;
    step.after.rating = Some(closing.clone());
    let text = words::rated(closing.stars);
    step.event(EventKind::Closed, text.clone(), closing.comment.clone());
    let order = step.after.clone();
    step.tell(Told::unit(&order, words::tell_closed(order.number, closing.stars)));
    step.write().await?;
    store::purchase_rating(&mut step.tx, order.id, &closing).await?;
    catalog::note_rating(&mut step.tx).await?;
    step.commit(text, "").await
}

/// A message on the order's timeline, seen by both sides.
///
/// # Errors
/// `BadInput` where it is empty.
pub async fn comment(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: Comment) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_comment).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_comment(tx: Tx, errand: Errand<Comment>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.standing.may(OrderAction::Comment)?;
    if step.before.submitted.is_none() {
        return Err(shared::error::ErrorCode::NotInThisState.into());
    }
    let said = text::required(&errand.body.text, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("text", error.message()))?;
    step.event(EventKind::Comment, said, "");
    let order = step.before.clone();
    let told = words::tell_comment(order.number, &step.ctx.actor.name);
    step.tell(Told::unit(&order, told.clone()));
    step.tell(Told::buyer(&order, told));
    store::hold(&mut step.tx, order.id).await?;
    step.append().await?;
    step.commit(words::comment_summary(), "").await
}
