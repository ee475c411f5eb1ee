//! The budget office decides: approve or send back.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::id::OrderId;
use shared::orders::api::{OrderAction, OrderReason, OrderVersion, OrderView};
use shared::orders::state::OrderCommand;
use shared::text;
use shared::words::orders as words;

use super::facts;
use super::money;
use super::notices::Told;
use super::step::{Errand, Step};
use super::view;
use crate::app::App;
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::store::{self, EventKind};

/// Approves a submitted order; its money is encumbered.
///
/// # Errors
/// `NotYourOwn` for whoever drafted, edited or bought it; `Stale` or `NotInThisState` where somebody was first.
pub async fn approve(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderVersion) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_approval).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_approval(tx: Tx, errand: Errand<OrderVersion>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Approve, errand.body.version)?;
    step.turn(OrderCommand::Approve)?;
    let bought = facts::bought(&step.tx, &step.before).await?;
    let time = calendar::time(&step.tx).await?;
    let reply_days = u16::from(bought.service.content.level.reply_days);
    step.after.approved = Some(step.ctx.now);
    step.after.envelope = step.before.price;
    step.after.due = Some(time.later(ClockOf::Office, step.ctx.now, reply_days)?);
    step.event(EventKind::Approved, words::APPROVED, "");
    let order = step.after.clone();
    step.tell(Told::unit(&order, words::tell_unit(order.number, &order.school_name, &order.title)));
    step.tell(Told::buyer(&order, words::tell_approved(order.number, &order.title)));
    step.write().await?;
    step.move_money(money::approve).await?;
    step.commit(words::approved_summary(order.price), "").await
}

/// Sends a submitted order back with a reason; its money is free again.
///
/// # Errors
/// As [`approve`]; `BadInput` without a reason.
pub async fn send_back(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderReason) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_return).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_return(tx: Tx, errand: Errand<OrderReason>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    step.demand(OrderAction::Return, errand.body.version)?;
    let reason = reason(&errand.body.reason)?;
    step.turn(OrderCommand::Return)?;
    step.after.due = None;
    step.event(EventKind::Returned, words::RETURNED, reason.clone());
    let order = step.after.clone();
    step.tell(Told::buyer(&order, words::tell_returned(order.number, &reason)));
    step.write().await?;
    // The order may come back changed; what was never approved is no purchase.
    store::forget_purchase(&mut step.tx, order.id).await?;
    catalog::release_capacity(&mut step.tx, order.package, order.year, order.quantity).await?;
    step.move_money(money::give_back).await?;
    step.commit(words::returned_summary(order.price), &reason).await
}

/// A reason in a person's own words, which must be there.
///
/// # Errors
/// `BadInput` at the field `reason`.
pub fn reason(raw: &str) -> Result<String, AppError> {
    text::required(raw, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("reason", error.message()))
}
