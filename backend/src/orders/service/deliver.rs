//! Delivery: the unit logs, a receiver of the school confirms or disputes, the unit takes back, the budget office reverses.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::DeliveryId;
use shared::id::OrderId;
use shared::orders::DeliveryState;
use shared::orders::api::{NewDelivery, OrderAction, OrderReason, OrderVersion, OrderView};
use shared::orders::split::delivery_split;
use shared::orders::state::{DeliveryCommand, MoneyEffect, OrderCommand};
use shared::text;
use shared::words::orders as words;

use super::approve::reason;
use super::money::{self, Earning};
use super::notices::Told;
use super::step::{Errand, Step};
use super::view;
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::rules::{Standing, draw_down, progress, turn_delivery};
use crate::orders::store::{self, DeliveryRow, EventKind, PartRow};

/// A receiver has so many school days to confirm or dispute.
const CONFIRM_DAYS: u16 = 5;
/// The unit has so many school days to settle a dispute, and to deliver what is next.
const SETTLE_DAYS: u16 = 5;
/// The buyer has so many school days for the one question.
const CLOSE_DAYS: u16 = 10;

/// The unit records what it delivered: not before the start, not in the future, not beyond what was ordered.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` by field.
pub async fn log(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: NewDelivery) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_log).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_log(tx: Tx, errand: Errand<NewDelivery>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    let body = &errand.body;
    step.demand(OrderAction::LogDelivery, body.version)?;
    let note = text::optional(&body.note, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    let time = calendar::school_time(&step.tx, step.before.school).await?;
    let left = step.before.units.saturating_sub(step.before.logged_units);
    if body.quantity == 0 || body.quantity > left {
        return Err(AppError::field("quantity", words::units_left(left)));
    }
    if body.day < step.before.start {
        return Err(AppError::field("day", words::not_before(step.before.start)));
    }
    if body.day > time.district.day_of(step.ctx.now)? {
        return Err(AppError::field("day", words::NOT_IN_FUTURE));
    }
    step.turn(OrderCommand::LogDelivery)?;
    step.after.logged_units += body.quantity;
    step.after.due = Some(time.later(ClockOf::School, step.ctx.now, CONFIRM_DAYS)?);
    let counted = words::counted(body.quantity, step.before.measure.title());
    step.event(EventKind::Logged, words::logged(&counted, body.day), note.clone());
    let order = step.after.clone();
    step.tell(Told::receivers(&order, words::tell_logged(order.number, &counted)));
    step.write().await?;
    let entry = DeliveryRow {
        id: step.tx.new_id(step.ctx.now),
        order: order.id,
        day: body.day,
        quantity: body.quantity,
        note,
        state: DeliveryState::Logged,
        amount: shared::money::Cents::ZERO,
        logged_by: step.ctx.actor.person,
        logged_by_name: String::new(),
        logged: step.ctx.now,
        answered_by: None,
        answered_by_name: None,
        answered: None,
        reason: String::new(),
    };
    store::insert_delivery(&mut step.tx, &entry).await?;
    step.commit(words::logged(&counted, body.day), "").await
}

/// An entry with its order, being answered.
struct Answer {
    step: Step,
    entry: DeliveryRow,
}

/// What is done to an entry.
#[derive(Clone)]
struct ToEntry {
    delivery: DeliveryId,
    version: u32,
    reason: String,
}

impl Answer {
    async fn open(tx: Tx, errand: &Errand<ToEntry>, may: fn(&Standing, &DeliveryRow) -> Result<(), ErrorCode>) -> Result<Self, AppError> {
        let step = Step::open(tx, errand).await?;
        let entry = store::delivery(&step.tx, errand.body.delivery).await?.ok_or_else(AppError::not_found)?;
        may(&step.standing, &entry)?;
        step.same_version(errand.body.version)?;
        Ok(Self { step, entry })
    }

    /// Writes the entry's new state; the order's row is held.
    async fn write(&mut self, command: DeliveryCommand, reason: &str) -> Result<(), AppError> {
        let before = self.entry.state;
        self.entry.state = turn_delivery(before, command)?;
        self.entry.answered_by = Some(self.step.ctx.actor.person);
        self.entry.answered = Some(self.step.ctx.now);
        self.entry.reason = reason.to_owned();
        self.step.write().await?;
        if store::change_delivery(&mut self.step.tx, before, &self.entry).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
    }

    fn counted(&self) -> String {
        words::counted(self.entry.quantity, self.step.before.measure.title())
    }

    fn earning(&self) -> Earning {
        Earning { order: self.step.before.id, unit: self.step.before.unit, delivery: Some(self.entry.id) }
    }
}

async fn order_of(app: &App, delivery: DeliveryId) -> Result<OrderId, AppError> {
    let entry = store::delivery(&app.db.reader(), delivery).await?.ok_or_else(AppError::not_found)?;
    Ok(entry.order)
}

/// A receiver of the school, not the buyer, confirms: spent at the school, earned at the unit.
///
/// # Errors
/// `NotYourOwn` for the buyer, `NotInThisState`, `Stale`.
pub async fn confirm(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderVersion) -> Result<OrderView, AppError> {
    let order = order_of(app, delivery).await?;
    let body = ToEntry { delivery, version: body.version, reason: String::new() };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_confirmation).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_confirmation(tx: Tx, errand: Errand<ToEntry>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_answer).await?;
    let order = answer.step.before.clone();
    let mut splits = store::splits(&answer.step.tx, &[order.id]).await?;
    let progress = progress(&order, &splits);
    let quantity = answer.entry.quantity;
    let amount = progress.next_amount(quantity).ok_or(AppError::refused(ErrorCode::NotInThisState))?;
    let parts = delivery_split(&draw_down(&splits), amount).ok_or_else(|| AppError::internal("a delivery above what is encumbered"))?;
    let completes = progress.completes(quantity);
    answer.step.turn(OrderCommand::ConfirmDelivery { completes })?;
    let time = calendar::school_time(&answer.step.tx, order.school).await?;
    let (clock, days) = if completes { (ClockOf::School, CLOSE_DAYS) } else { (ClockOf::Office, SETTLE_DAYS) };
    answer.step.after.confirmed_units += quantity;
    answer.step.after.due = Some(time.later(clock, answer.step.ctx.now, days)?);
    answer.entry.amount = amount;
    let text = words::confirmed(&answer.counted(), amount);
    answer.step.event(EventKind::Confirmed, text.clone(), "");
    answer.step.tell(Told::unit(&order, words::tell_confirmed(order.number, amount)));
    if completes {
        answer.step.tell(Told::buyer(&order, words::tell_delivered(order.number)));
    }
    answer.write(DeliveryCommand::Confirm, "").await?;
    let rows: Vec<PartRow> = parts.iter().map(|part| PartRow { line: part.line, amount: part.amount }).collect();
    store::insert_parts(&mut answer.step.tx, answer.entry.id, &rows).await?;
    let movements = money::spend(answer.earning(), &mut splits, &parts);
    answer.step.book(&splits, &movements).await?;
    answer.step.commit(text, "").await
}

/// A receiver of the school disputes with a reason; nothing is spent.
///
/// # Errors
/// As [`confirm`]; `BadInput` without a reason.
pub async fn dispute(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderReason) -> Result<OrderView, AppError> {
    let order = order_of(app, delivery).await?;
    let body = ToEntry { delivery, version: body.version, reason: body.reason };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_dispute).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_dispute(tx: Tx, errand: Errand<ToEntry>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_answer).await?;
    let reason = reason(&errand.body.reason)?;
    answer.step.turn(OrderCommand::DisputeDelivery)?;
    let time = calendar::time(&answer.step.tx).await?;
    answer.step.after.due = Some(time.later(ClockOf::Office, answer.step.ctx.now, SETTLE_DAYS)?);
    let text = words::disputed(&answer.counted());
    answer.step.event(EventKind::Disputed, text.clone(), reason.clone());
    let order = answer.step.before.clone();
    answer.step.tell(Told::unit(&order, words::tell_disputed(order.number, &reason)));
    answer.write(DeliveryCommand::Dispute, &reason).await?;
    answer.step.commit(text, &reason).await
}

/// The unit takes back an entry that is logged or disputed; its units may be logged again.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn retract(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderReason) -> Result<OrderView, AppError> {
    let order = order_of(app, delivery).await?;
    let body = ToEntry { delivery, version: body.version, reason: body.reason };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_retraction).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_retraction(tx: Tx, errand: Errand<ToEntry>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_retract).await?;
    let reason = reason(&errand.body.reason)?;
    answer.step.turn(OrderCommand::RetractDelivery)?;
    answer.step.after.logged_units = answer.step.before.logged_units.saturating_sub(answer.entry.quantity);
    let text = words::retracted(&answer.counted());
    answer.step.event(EventKind::Retracted, text.clone(), reason.clone());
    let order = answer.step.before.clone();
    answer.step.tell(Told::receivers(&order, words::tell_retracted(order.number)));
    answer.write(DeliveryCommand::Retract, &reason).await?;
    answer.step.commit(text, &reason).await
}

/// The budget office reverses a confirmed entry, by new transfers; the units are owed again.
///
/// # Errors
/// `NotYourOwn` for who logged or confirmed it, `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn reverse(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderReason) -> Result<OrderView, AppError> {
    let order = order_of(app, delivery).await?;
    let body = ToEntry { delivery, version: body.version, reason: body.reason };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_reversal).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_reversal(tx: Tx, errand: Errand<ToEntry>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_reverse).await?;
    let reason = reason(&errand.body.reason)?;
    let effect = answer.step.turn(OrderCommand::ReverseDelivery)?;
    let (order, quantity) = (answer.step.before.clone(), answer.entry.quantity);
    answer.step.after.logged_units = order.logged_units.saturating_sub(quantity);
    answer.step.after.confirmed_units = order.confirmed_units.saturating_sub(quantity);
    let amount = answer.entry.amount;
    let text = words::reversed(&answer.counted(), amount);
    answer.step.event(EventKind::Reversed, text.clone(), reason.clone());
    answer.step.tell(Told::unit(&order, words::tell_reversed(order.number, amount)));
    answer.step.tell(Told::buyer(&order, words::tell_reversed(order.number, amount)));
    answer.write(DeliveryCommand::Reverse, &reason).await?;
    let parts = store::parts(&answer.step.tx, answer.entry.id).await?;
    let mut splits = store::splits(&answer.step.tx, &[order.id]).await?;
    let mut movements = money::unspend(answer.earning(), &mut splits, &parts);
    if effect == MoneyEffect::UnspendAndRelease {
        movements.extend(money::release(&mut splits));
    }
    answer.step.book(&splits, &movements).await?;
    answer.step.commit(text, &reason).await
}
