//! The steps of an approval: somebody of the step's role decides, or sends the order back.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::ApprovalState;
use shared::orders::api::{OrderAction, OrderReason, OrderVersion, OrderView};
use shared::orders::state::{Landing, OrderCommand};
use shared::text;
use shared::words::orders as words;

use super::answer::{CHOOSE_DAYS, start_due};
use super::change;
use super::contract;
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
use crate::identity::{CommandContext, Target};
use crate::orders::rules::{change_in_approval, landing};
use crate::orders::store::{self, ApprovalRow, Decision, EventKind};

/// Takes the caller's step; with the last one the money is encumbered, and what the unit said beside it takes effect.
///
/// # Errors
/// `NotYourOwn` for whoever drafted, edited or bought it, reports to somebody who did, or decided an earlier step; `Stale` or
/// `NotInThisState` where somebody was first.
pub async fn approve(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderVersion) -> Result<OrderView, AppError> {
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_approval).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_approval(tx: Tx, errand: Errand<OrderVersion>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    up_to_date(&step, errand.body.version)?;
    step.demand(OrderAction::Approve, errand.body.version)?;
    let steps = store::steps(&step.tx, errand.order).await?;
    if change_in_approval(&step.before) {
        return change::approve(step, &steps).await;
    }
    let next = steps.iter().find(|row| row.state == ApprovalState::Waiting).cloned();
    let then = landing(&step.before, next.is_some());
    step.turn(OrderCommand::Approve { then })?;
    let next = match next {
        Some(next) => Some(hand_on(&mut step, next).await?),
        None => {
            land(&mut step, then).await?;
            None
        }
    };
    step.write().await?;
    decide(&mut step, &steps, ApprovalState::Approved).await?;
    if let Some(next) = next {
        store::open(&mut step.tx, next.id, step.ctx.now, next.due.unwrap_or(step.ctx.now)).await?;
        return step.commit(words::step_summary(next.role), "").await;
    }
    step.move_money(money::approve).await?;
    let summary = words::approved_summary(step.before.price);
    step.commit(summary, "").await
}

/// Whoever decides such orders hears first that somebody was quicker, not that the step which is open now is another's.
fn up_to_date(step: &Step, version: u32) -> Result<(), AppError> {
    let school = Target::School(step.before.school, step.before.network);
    if step.ctx.actor.may(Permission::ApproveOrder, &school) { step.same_version(version) } else { Ok(()) }
}

/// Writes the decision on the open step; both names where the caller stands in for somebody.
pub(super) async fn decide(step: &mut Step, steps: &[ApprovalRow], state: ApprovalState) -> Result<(), AppError> {
    let open = steps.iter().find(|row| row.state == ApprovalState::Open).ok_or(AppError::refused(ErrorCode::NotInThisState))?;
    let decision = Decision { state, by: step.ctx.actor.person, acting_for: step.bench.acting_for, at: step.ctx.now };
    if store::decide(&mut step.tx, open.id, &decision).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

/// Another step follows: its clock starts now.
async fn hand_on(step: &mut Step, next: ApprovalRow) -> Result<ApprovalRow, AppError> {
    let time = calendar::time(&step.tx).await?;
    let due = time.later(ClockOf::Office, step.ctx.now, next.days)?;
    step.after.due = Some(due);
    step.event(EventKind::Step, words::step_taken(next.role), "");
    let order = step.after.clone();
    step.tell(Told::approvers(&order, next.role, words::tell_approver(order.number, &order.school_name, order.price)));
    Ok(ApprovalRow { due: Some(due), ..next })
}

/// The last step: the order goes on with whatever the unit has said meanwhile.
async fn land(step: &mut Step, then: Landing) -> Result<(), AppError> {
    let now = step.ctx.now;
    let time = calendar::school_time(&step.tx, step.before.school).await?;
    step.after.approved = Some(now);
    step.after.envelope = step.before.price;
    step.after.due = Some(match then {
        Landing::Available => start_due(step, step.before.start, &time.district)?,
        Landing::Countered => time.later(ClockOf::School, now, CHOOSE_DAYS)?,
        Landing::Unanswered | Landing::NextStep => match step.before.answer_due {
            Some(due) => due,
            None => {
                let bought = facts::bought(&step.tx, &step.before).await?;
                time.later(ClockOf::Office, now, u16::from(bought.service.content.level.reply_days))?
            }
        },
    });
    step.event(EventKind::Approved, words::APPROVED, "");
    let order = step.after.clone();
    let text = match then {
        Landing::Available => words::tell_approved_and_accepted(order.number, &order.title, order.start),
        Landing::Countered => words::tell_approved_choose(order.number),
        Landing::Unanswered | Landing::NextStep => words::tell_approved(order.number, &order.title),
    };
    step.tell(Told::buyer(&order, text));
    step.tell(Told::unit(
        &order,
        match then {
            Landing::Available => words::tell_unit_go(order.number, &order.school_name, order.start),
            Landing::Countered => words::tell_unit_waits(order.number, &order.school_name),
            Landing::Unanswered | Landing::NextStep => words::tell_unit(order.number, &order.school_name, &order.title),
        },
    ));
    Ok(())
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
    up_to_date(&step, errand.body.version)?;
    step.demand(OrderAction::Return, errand.body.version)?;
    let reason = reason(&errand.body.reason)?;
    let steps = store::steps(&step.tx, errand.order).await?;
    if change_in_approval(&step.before) {
        return change::send_back(step, &steps, &reason).await;
    }
    step.turn(OrderCommand::Return)?;
    (step.after.due, step.after.answer_due, step.after.contract_draw) = (None, None, Cents::ZERO);
    let text = words::returned_by(step.before.open_step);
    step.event(EventKind::Returned, text, reason.clone());
    let order = step.after.clone();
    step.tell(Told::buyer(&order, words::tell_returned(order.number, &reason)));
    step.tell(Told::unit(&order, words::tell_unit_returned(order.number, &order.school_name)));
    step.write().await?;
    decide(&mut step, &steps, ApprovalState::Returned).await?;
    store::void_steps(&mut step.tx, order.id).await?;
    // The order may come back changed; what was never approved is no purchase.
    store::forget_purchase(&mut step.tx, order.id).await?;
    catalog::release_capacity(&mut step.tx, order.draw(), order.quantity).await?;
    contract::give_back_all(&mut step.tx, &step.before).await?;
    catalog::give_guaranteed_back(&mut step.tx, order.guarantee(), order.quantity).await?;
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
