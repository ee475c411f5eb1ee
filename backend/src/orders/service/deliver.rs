//! Delivery: the unit logs, a receiver of the school confirms, the unit takes back, the budget office reverses.

use std::future::Future;
use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::DeliveryId;
use shared::id::OrderId;
use shared::money::Cents;
use shared::orders::DeliveryState;
use shared::orders::api::{NewDelivery, OrderAction, OrderReason, OrderVersion, OrderView};
use shared::orders::split::delivery_split;
use shared::orders::state::{DeliveryCommand, MoneyEffect, OrderCommand};
use shared::words::orders as words;

use super::approve::reason;
use super::change;
use super::money::{self, Earning};
use super::notices::Told;
use super::step::{Errand, Step};
use super::stretch::{Checked, check, lay_out};
use super::view;
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::rules::{Standing, draw_down, progress, turn_delivery};
use crate::orders::store::{self, DeliveryRow, EventKind, PartRow, SplitRow};

/// A receiver has so many school days to confirm or dispute.
pub(super) const CONFIRM_DAYS: u16 = 5;
/// The unit has so many school days to settle a dispute, and to deliver what is next.
pub(super) const SETTLE_DAYS: u16 = 5;
/// The buyer has so many school days for the one question.
pub(super) const CLOSE_DAYS: u16 = 10;

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
    log_on(Step::open(tx, &errand).await?, &errand.body).await
}

/// Records on an order that was opened already, by the unit or by the outside provider behind it.
///
/// # Errors
/// As [`log`].
pub(super) async fn log_on(mut step: Step, body: &NewDelivery) -> Result<(), AppError> {
    step.demand(OrderAction::LogDelivery, body.version)?;
    let time = calendar::school_time(&step.tx, step.before.school).await?;
    lay_out(&mut step.after, &time);
    let left = step.after.units.saturating_sub(step.after.logged_units);
    let others = store::deliveries(&step.tx, step.before.id).await?;
    let today = time.district.day_of(step.ctx.now)?;
    let Checked { first, quantity, note } = check(&step.after, body, (&others, left), (&time, today))?;
    step.turn(OrderCommand::LogDelivery)?;
    step.after.logged_units += quantity;
    step.after.due = Some(time.later(ClockOf::School, step.ctx.now, CONFIRM_DAYS)?);
    let counted = words::counted(quantity, step.after.unit_word());
    step.event(EventKind::Logged, words::logged(&counted, body.day), note.clone());
    let order = step.after.clone();
    step.tell(Told::receivers(&order, words::tell_logged(order.number, &counted)));
    step.write().await?;
    let entry = DeliveryRow {
        id: step.tx.new_id(step.ctx.now),
        order: order.id,
        first,
        day: body.day,
        quantity,
        note,
        state: DeliveryState::Logged,
        amount: Cents::ZERO,
        logged_by: step.ctx.actor.person,
        logged_by_name: String::new(),
        logged: step.ctx.now,
        answered_by: None,
        answered_by_name: None,
        answered: None,
        by_policy: false,
        dispute: None,
        reason: String::new(),
        told: None,
    };
    store::insert_delivery(&mut step.tx, &entry).await?;
    step.commit(words::logged(&counted, body.day), "").await
}

/// An entry with its order, being answered.
pub(super) struct Answer {
    pub step: Step,
    pub entry: DeliveryRow,
}

/// What is done to an entry.
#[derive(Clone)]
pub(super) struct ToEntry<B> {
    pub delivery: DeliveryId,
    pub version: u32,
    pub body: B,
}

/// A refusal, or leave, for the caller to do something with an entry.
pub(super) type May = fn(&Standing, &DeliveryRow) -> Result<(), ErrorCode>;

impl Answer {
    /// Reads the entry with its order, and refuses whoever may not, or looked at it before the last change.
    pub async fn open<B>(tx: Tx, errand: &Errand<ToEntry<B>>, may: May) -> Result<Self, AppError> {
        let step = Step::open(tx, errand).await?;
        let entry = store::delivery(&step.tx, errand.body.delivery).await?.ok_or_else(AppError::not_found)?;
        may(&step.standing, &entry)?;
        step.same_version(errand.body.version)?;
        Ok(Self { step, entry })
    }

    /// Writes the entry's new state; the order's row is held.
    pub async fn write(&mut self, command: DeliveryCommand, reason: &str) -> Result<(), AppError> {
        self.entry.answered_by = self.step.ctx.actor.known();
        self.entry.answered = Some(self.step.ctx.now);
        self.entry.reason = reason.to_owned();
        self.write_as_is(command).await
    }

    /// As [`Answer::write`]; who answered it last stays with it.
    pub async fn write_as_is(&mut self, command: DeliveryCommand) -> Result<(), AppError> {
        let before = self.entry.state;
        self.entry.state = turn_delivery(before, command)?;
        self.step.write().await?;
        if store::change_delivery(&mut self.step.tx, before, &self.entry).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
    }

    pub fn counted(&self) -> String {
        words::counted(self.entry.quantity, self.step.before.unit_word())
    }

    pub fn earning(&self) -> Earning {
        Earning { order: self.step.before.id, unit: self.step.before.unit, delivery: Some(self.entry.id) }
    }
}

/// Does something to an entry in a transaction of its order.
pub(super) async fn run<B, F, Fut>(app: &Arc<App>, ctx: &CommandContext, what: ToEntry<B>, write: F) -> Result<OrderView, AppError>
where
    B: Clone + Send + Sync + 'static,
    F: Fn(Tx, Errand<ToEntry<B>>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let entry = store::delivery(&app.db.reader(), what.delivery).await?.ok_or_else(AppError::not_found)?;
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: entry.order, body: what };
    app.db.command(&ctx.key(), entry.order, errand, write).await?;
    view::order(app, &ctx.actor, entry.order).await
}

/// A receiver of the school, not the buyer, confirms: spent at the school, earned at the unit.
///
/// # Errors
/// `NotYourOwn` for the buyer, `NotInThisState`, `Stale`.
pub async fn confirm(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderVersion) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body: () }, write_confirmation).await
}

async fn write_confirmation(tx: Tx, errand: Errand<ToEntry<()>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_answer).await?;
    let (amount, _) = answer.due_amount().await?;
    let text = words::confirmed(&answer.counted(), amount);
    answer.step.event(EventKind::Confirmed, text.clone(), "");
    answer.spend((DeliveryCommand::Confirm, "")).await?;
    answer.step.commit(text, "").await
}

impl Answer {
    /// What confirming the entry posts, and the order's shares.
    ///
    /// # Errors
    /// `NotInThisState` where that is more than is left to deliver.
    pub async fn due_amount(&self) -> Result<(Cents, Vec<SplitRow>), AppError> {
        let splits = store::splits(&self.step.tx, &[self.step.before.id]).await?;
        let progress = progress(&self.step.before, &splits);
        let amount = progress.next_amount(self.entry.quantity).ok_or(AppError::refused(ErrorCode::NotInThisState))?;
        Ok((amount, splits))
    }

    /// The entry counts: its money is spent at the school and earned at the unit, and both are told. The caller wrote the timeline.
    ///
    /// # Errors
    /// `NotInThisState`, `Stale`; those of the ledger.
    pub async fn spend(&mut self, (command, reason): (DeliveryCommand, &str)) -> Result<(), AppError> {
        let order = self.step.before.clone();
        let (amount, mut splits) = self.due_amount().await?;
        let parts = delivery_split(&draw_down(&splits), amount).ok_or_else(|| AppError::internal("a delivery above what is encumbered"))?;
        let completes = progress(&order, &splits).completes(self.entry.quantity);
        self.step.turn(OrderCommand::ConfirmDelivery { completes })?;
        let time = calendar::school_time(&self.step.tx, order.school).await?;
        let (clock, days) = if completes { (ClockOf::School, CLOSE_DAYS) } else { (ClockOf::Office, SETTLE_DAYS) };
        self.step.after.confirmed_units += self.entry.quantity;
        self.step.after.due = Some(time.later(clock, self.step.ctx.now, days)?);
        self.entry.amount = amount;
        self.step.tell(Told::unit(&order, words::tell_confirmed(order.number, amount)));
        if completes {
            self.step.tell(Told::buyer(&order, words::tell_delivered(order.number)));
        }
        // What is delivered whole is no longer changed.
        let lapsed = if completes { change::lapse(&mut self.step).await? } else { Vec::new() };
        self.write(command, reason).await?;
        let rows: Vec<PartRow> = parts.iter().map(|part| PartRow { line: part.line, amount: part.amount }).collect();
        store::insert_parts(&mut self.step.tx, self.entry.id, &rows).await?;
        let mut movements = money::spend(self.earning(), &mut splits, &parts);
        movements.extend(lapsed);
        self.step.book(&splits, &movements).await
    }

    /// The entry's units may be logged again.
    pub const fn give_units_back(&mut self) {
        self.step.after.logged_units = self.step.before.logged_units.saturating_sub(self.entry.quantity);
    }
}

/// The unit takes back an entry that is logged or disputed; its units may be logged again.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn retract(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderReason) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body: body.reason }, write_retraction).await
}

async fn write_retraction(tx: Tx, errand: Errand<ToEntry<String>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_retract).await?;
    let reason = reason(&errand.body.body)?;
    answer.step.turn(OrderCommand::RetractDelivery)?;
    answer.give_units_back();
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
    run(app, ctx, ToEntry { delivery, version: body.version, body: body.reason }, write_reversal).await
}

async fn write_reversal(tx: Tx, errand: Errand<ToEntry<String>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_reverse).await?;
    let reason = reason(&errand.body.body)?;
    let text = answer.unspend(&reason).await?;
    answer.step.commit(text, &reason).await
}

impl Answer {
    /// Takes back what a confirmed entry spent, and tells both sides what to do next.
    ///
    /// # Errors
    /// `NotInThisState`, `Stale`; those of the ledger.
    pub async fn unspend(&mut self, reason: &str) -> Result<String, AppError> {
        let effect = self.step.turn(OrderCommand::ReverseDelivery)?;
        let (order, quantity) = (self.step.before.clone(), self.entry.quantity);
        self.step.after.logged_units = order.logged_units.saturating_sub(quantity);
        self.step.after.confirmed_units = order.confirmed_units.saturating_sub(quantity);
        let amount = self.entry.amount;
        let text = words::reversed(&self.counted(), amount);
        self.step.event(EventKind::Reversed, text.clone(), reason.to_owned());
        self.step.tell(Told::unit(&order, words::tell_reversed_unit(order.number, amount)));
        self.step.tell(Told::buyer(&order, words::tell_reversed_school(order.number, amount)));
        self.step.tell(Told::receivers(&order, words::tell_reversed_school(order.number, amount)));
        self.write(DeliveryCommand::Reverse, reason).await?;
        let parts = store::parts(&self.step.tx, self.entry.id).await?;
        let mut splits = store::splits(&self.step.tx, &[order.id]).await?;
        let mut movements = money::unspend(self.earning(), &mut splits, &parts);
        if effect == MoneyEffect::UnspendAndRelease {
            movements.extend(money::release(&mut splits));
        }
        self.step.book(&splits, &movements).await?;
        Ok(text)
    }
}
