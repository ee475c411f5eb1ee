//! An entry in dispute: the receiver says what is wrong, both sides talk on the entry, the unit corrects it, takes it back or stands
//! by it, and then the budget office decides.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::id::DeliveryId;
use shared::identity::Role;
use shared::orders::DeliveryState;
use shared::orders::api::{Comment, Dispute, NewDelivery, OrderReason, OrderView, Settlement};
use shared::orders::state::{DeliveryCommand, OrderCommand};
use shared::text;
use shared::words::orders as words;

use super::approve::reason;
use super::deliver::{Answer, CONFIRM_DAYS, SETTLE_DAYS, ToEntry, run};
use super::notices::Told;
use super::step::Errand;
use super::stretch::{Checked, check};
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::rules::Standing;
use crate::orders::store::{self, EventKind, OrderRow};

/// The budget office has so many working days to decide between school and unit.
const DECIDE_DAYS: u16 = 2;

/// A receiver of the school disputes with a coded reason; nothing is spent. What silence confirmed stays spent until the budget
/// office has decided.
///
/// # Errors
/// `NotYourOwn` for the buyer, `NotInThisState`, `Stale`, `BadInput` without words.
pub async fn dispute(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: Dispute) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body }, write_dispute).await
}

async fn write_dispute(tx: Tx, errand: Errand<ToEntry<Dispute>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_dispute).await?;
    let body = &errand.body.body;
    let reason = reason(&body.reason)?;
    answer.entry.dispute = Some(body.dispute);
    let text = words::disputed(&answer.counted(), body.dispute);
    let order = answer.step.before.clone();
    let contests = answer.entry.state == DeliveryState::Confirmed;
    if contests {
        answer.step.turn(OrderCommand::ContestDelivery)?;
        answer.step.event(EventKind::Contested, text.clone(), reason.clone());
        answer.step.tell(Told::approvers(&order, Role::BudgetOfficer, words::tell_contested_office(order.number, &order.school_name)));
        answer.step.tell(Told::unit(&order, words::tell_contested_unit(order.number, &reason)));
        answer.step.tell(Told::buyer(&order, words::tell_contested_school(order.number)));
    } else {
        answer.step.turn(OrderCommand::DisputeDelivery)?;
        answer.owe(SETTLE_DAYS).await?;
        answer.step.event(EventKind::Disputed, text.clone(), reason.clone());
        answer.step.tell(Told::unit(&order, words::tell_disputed(order.number, &reason)));
    }
    let command = if contests { DeliveryCommand::Contest } else { DeliveryCommand::Dispute };
    answer.write(command, &reason).await?;
    answer.say(&reason).await?;
    answer.step.commit(text, &reason).await
}

impl Answer {
    /// The unit or the budget office owes the next word within so many working days.
    async fn owe(&mut self, days: u16) -> Result<(), AppError> {
        let time = calendar::time(&self.step.tx).await?;
        self.step.after.due = Some(time.later(ClockOf::Office, self.step.ctx.now, days)?);
        Ok(())
    }

    /// Keeps what was said with the entry; the order's row is held.
    async fn say(&mut self, text: &str) -> Result<(), AppError> {
        let who = (self.step.ctx.actor.person, self.step.ctx.now);
        Ok(store::say(&mut self.step.tx, self.entry.id, who, text).await?)
    }

    /// Tells all sides but the one that acts.
    fn tell_sides(&mut self, order: &OrderRow, text: &str) {
        self.step.tell(Told::unit(order, text.to_owned()));
        self.step.tell(Told::receivers(order, text.to_owned()));
        if matches!(self.entry.state, DeliveryState::StoodBy | DeliveryState::Contested) {
            self.step.tell(Told::approvers(order, Role::BudgetOfficer, text.to_owned()));
        }
    }
}

/// Either side, or the budget office, writes about an entry in dispute; the other sides are told.
///
/// # Errors
/// `NotInThisState` once it is settled, `BadInput` where it is empty.
pub async fn talk(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: Comment) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: 0, body }, write_message).await
}

async fn write_message(tx: Tx, errand: Errand<ToEntry<Comment>>) -> Result<(), AppError> {
    let step = super::step::Step::open(tx, &errand).await?;
    let entry = store::delivery(&step.tx, errand.body.delivery).await?.ok_or_else(AppError::not_found)?;
    step.standing.may_talk(&entry)?;
    let mut answer = Answer { step, entry };
    let said = text::required(&errand.body.body.text, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("text", error.message()))?;
    let order = answer.step.before.clone();
    let told = words::tell_entry_message(order.number, &answer.step.ctx.actor.name);
    answer.tell_sides(&order, &told);
    store::hold(&mut answer.step.tx, order.id).await?;
    answer.say(&said).await?;
    let summary = words::entry_message_summary(&answer.counted());
    answer.step.commit(summary, "").await
}

/// The unit writes an unconfirmed entry anew: another day, another quantity. It waits for the receiver again.
///
/// # Errors
/// As logging.
pub async fn correct(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: NewDelivery) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body }, write_correction).await
}

async fn write_correction(tx: Tx, errand: Errand<ToEntry<NewDelivery>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_retract).await?;
    let body = &errand.body.body;
    answer.step.turn(OrderCommand::AnswerDispute)?;
    let order = answer.step.before.clone();
    let time = calendar::school_time(&answer.step.tx, order.school).await?;
    let others = order.logged_units.saturating_sub(answer.entry.quantity);
    let mut standing = store::deliveries(&answer.step.tx, order.id).await?;
    standing.retain(|entry| entry.id != answer.entry.id);
    let today = time.district.day_of(answer.step.ctx.now)?;
    let Checked { first, quantity, note } = check(&order, body, (&standing, order.units.saturating_sub(others)), (&time, today))?;
    let was = words::entry_words(&answer.counted(), answer.entry.day);
    (answer.entry.first, answer.entry.day, answer.entry.quantity, answer.entry.note) = (first, body.day, quantity, note);
    (answer.entry.dispute, answer.entry.told) = (None, None);
    answer.step.after.logged_units = others + quantity;
    answer.step.after.due = Some(time.later(ClockOf::School, answer.step.ctx.now, CONFIRM_DAYS)?);
    let text = words::corrected(&was, &words::entry_words(&answer.counted(), body.day));
    answer.step.event(EventKind::Corrected, text.clone(), "");
    answer.step.tell(Told::receivers(&order, words::tell_corrected(order.number, &text)));
    // Nobody has answered the entry as it reads now, and the days of silence begin anew.
    (answer.entry.answered_by, answer.entry.answered, answer.entry.reason) = (None, None, String::new());
    answer.entry.logged = answer.step.ctx.now;
    answer.write_as_is(DeliveryCommand::Correct).await?;
    answer.step.commit(text, "").await
}

/// The unit stands by a disputed entry, and says why; the budget office decides.
///
/// # Errors
/// `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn stand_by(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: OrderReason) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body: body.reason }, write_stand).await
}

async fn write_stand(tx: Tx, errand: Errand<ToEntry<String>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_stand_by).await?;
    let said = reason(&errand.body.body)?;
    answer.step.turn(OrderCommand::AnswerDispute)?;
    answer.owe(DECIDE_DAYS).await?;
    let text = words::stood_by(&answer.counted());
    answer.step.event(EventKind::StoodBy, text.clone(), said.clone());
    let order = answer.step.before.clone();
    answer.step.tell(Told::approvers(&order, Role::BudgetOfficer, words::tell_stood_by_office(order.number, &order.unit_name, &order.school_name)));
    answer.step.tell(Told::receivers(&order, words::tell_stood_by_school(order.number, &order.unit_name)));
    // Who disputed it, and why, stays with the entry.
    answer.write_as_is(DeliveryCommand::StandBy).await?;
    answer.say(&said).await?;
    answer.step.commit(text, &said).await
}

/// The budget office decides between school and unit: the entry stands, or it is taken back.
///
/// # Errors
/// `NotYourOwn` for who bought, logged or answered it; `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn settle(app: &Arc<App>, ctx: &CommandContext, delivery: DeliveryId, body: Settlement) -> Result<OrderView, AppError> {
    run(app, ctx, ToEntry { delivery, version: body.version, body }, write_settlement).await
}

async fn write_settlement(tx: Tx, errand: Errand<ToEntry<Settlement>>) -> Result<(), AppError> {
    let mut answer = Answer::open(tx, &errand, Standing::may_settle).await?;
    let Settlement { stands, reason: raw, .. } = &errand.body.body;
    let reason = reason(raw)?;
    let (order, contested) = (answer.step.before.clone(), answer.entry.state == DeliveryState::Contested);
    let text = match (contested, *stands) {
        (true, false) => answer.unspend(&reason).await?,
        (true, true) => {
            let text = words::upheld(&answer.counted());
            answer.step.turn(OrderCommand::ContestDelivery)?;
            answer.step.event(EventKind::Upheld, text.clone(), reason.clone());
            answer.tell_sides(&order, &words::tell_upheld(order.number, &reason));
            answer.write(DeliveryCommand::Uphold, &reason).await?;
            text
        }
        (false, true) => {
            let text = words::upheld(&answer.counted());
            answer.step.event(EventKind::Upheld, text.clone(), reason.clone());
            answer.step.tell(Told::receivers(&order, words::tell_upheld(order.number, &reason)));
            answer.spend((DeliveryCommand::Uphold, &reason)).await?;
            text
        }
        (false, false) => {
            let text = words::overruled(&answer.counted());
            answer.step.turn(OrderCommand::RetractDelivery)?;
            answer.give_units_back();
            answer.step.event(EventKind::Overruled, text.clone(), reason.clone());
            answer.step.tell(Told::unit(&order, words::tell_overruled_unit(order.number, &reason)));
            answer.step.tell(Told::receivers(&order, words::tell_overruled_school(order.number)));
            answer.write(DeliveryCommand::Overrule, &reason).await?;
            text
        }
    };
    answer.say(&reason).await?;
    answer.step.commit(text, &reason).await
}
