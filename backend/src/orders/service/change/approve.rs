//! The approval of a change: the steps of the order's own approval, taken by the same people through the same commands.

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::orders::ApprovalState;
use shared::orders::approval::Needed;
use shared::orders::change::{ChangeCommand, ChangeState, apply as turn};
use shared::words::orders as words;
use shared::words::orders::change as said;

use super::super::approve::decide;
use super::super::notices::{Audience, Told};
use super::super::step::Step;
use super::{apply, audience, judge_again, sides};
use crate::calendar::service as calendar;
use crate::error::AppError;
use crate::orders::store::{self, ApprovalRow, ChangeRow, EventKind};

async fn waiting(step: &Step) -> Result<ChangeRow, AppError> {
    let row = store::open_change(&step.tx, step.before.id).await?;
    row.filter(|row| row.state == ChangeState::Approving).ok_or(AppError::refused(ErrorCode::NotInThisState))
}

/// Takes the caller's step of a change's approval; with the last one the change holds. The caller of this has checked who decides.
///
/// # Errors
/// `NotInThisState`, `Stale`.
pub async fn approve(mut step: Step, steps: &[ApprovalRow]) -> Result<(), AppError> {
    let row = waiting(&step).await?;
    let next_step = steps.iter().find(|step| step.state == ApprovalState::Waiting).cloned();
    let command = if next_step.is_some() { ChangeCommand::ApproveStep } else { ChangeCommand::Approve };
    let outcome = turn(row.state, command).map_err(|_| AppError::refused(ErrorCode::NotInThisState))?;
    let order = step.before.clone();
    if let Some(next_step) = next_step {
        let due = calendar::time(&step.tx).await?.later(ClockOf::Office, step.ctx.now, next_step.days)?;
        step.event(EventKind::Step, words::step_taken(next_step.role), "");
        step.tell(Told::approvers(&order, next_step.role, said::tell_approver(order.number, &order.school_name, row.price)));
        step.write().await?;
        apply::change(&mut step, &row, &ChangeRow { due: Some(due), ..row.clone() }).await?;
        decide(&mut step, steps, ApprovalState::Approved).await?;
        store::open(&mut step.tx, next_step.id, step.ctx.now, due).await?;
        return step.commit_about(words::step_summary(next_step.role), "", vec![row.id.to_string()]).await;
    }
    let judged = judge_again(&step, &row).await?;
    step.event(EventKind::Approved, words::APPROVED, "");
    tell_all(&mut step, &row, &said::tell_approved(order.number));
    let next = ChangeRow { state: outcome.state, due: None, kept: 0, ..row.clone() };
    // Who decides has decided: the policy is not asked again.
    let decided = Needed { steps: steps.iter().map(|step| shared::orders::approval::PolicyStep { role: step.role, days: step.days }).collect(), because: String::new() };
    decide(&mut step, steps, ApprovalState::Approved).await?;
    let summary = apply::carry_out(&mut step, (&row, &next), judged, (outcome.money, &decided)).await?;
    step.commit_about(summary, "", vec![row.id.to_string()]).await
}

/// Sends a change back with a reason: the order stays as it is, and what was reserved is available again.
///
/// # Errors
/// `NotInThisState`, `Stale`.
pub async fn send_back(mut step: Step, steps: &[ApprovalRow], why: &str) -> Result<(), AppError> {
    let row = waiting(&step).await?;
    let outcome = turn(row.state, ChangeCommand::Return).map_err(|_| AppError::refused(ErrorCode::NotInThisState))?;
    let order = step.before.clone();
    let (_, after, _) = sides(&row);
    let text = words::returned_by(order.open_step);
    step.event(EventKind::Returned, text.clone(), words::and_late_words(&said::title(order.number, &after), why));
    tell_all(&mut step, &row, &said::tell_returned(order.number));
    step.write().await?;
    decide(&mut step, steps, ApprovalState::Returned).await?;
    let by = (step.ctx.actor.person, step.ctx.actor.name.clone());
    let next = ChangeRow { state: outcome.state, due: None, kept: 0, answered_by: Some(by), answered: Some(step.ctx.now), answer: why.to_owned(), ..row.clone() };
    let movements = apply::put_back(&mut step, &row, &next).await?;
    super::super::money::apply(&mut step.tx, &movements, super::super::money::unnamed).await?;
    step.commit_about(text, why, vec![row.id.to_string()]).await
}

/// Both sides hear what became of it.
fn tell_all(step: &mut Step, row: &ChangeRow, text: &str) {
    let order = step.before.clone();
    let people: Vec<_> = std::iter::once(row.proposed_by.0).chain(row.bought_by).collect();
    step.tell(Told::of(Audience::People(people), &order, text.to_owned()));
    step.tell(Told::of(audience(row.side.other(), &order), &order, text.to_owned()));
}
