//! Changes that end without holding: refused by the other side, or taken back; the order stays as it is.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::ChangeId;
use shared::orders::api::{OrderReason, OrderView};
use shared::orders::change::{ChangeCommand, ChangeState, apply as turn};
use shared::orders::questions::Side;
use shared::words::orders as words;
use shared::words::orders::change as said;

use super::super::approve::reason;
use super::super::money;
use super::super::notices::{Audience, Told};
use super::super::step::Errand;
use super::{Answer, ToChange, apply, audience, may_bind, name_of, open, run, sides};
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::store::{self, ChangeRow, EventKind};

/// The other side refuses with a reason; what was reserved is available again.
///
/// # Errors
/// `NotYourOwn` for the side that proposed it; `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn refuse(app: &Arc<App>, ctx: &CommandContext, change: ChangeId, body: OrderReason) -> Result<OrderView, AppError> {
    run(app, ctx, ToChange { change, version: body.version, body: body.reason }, write_refusal).await
}

async fn write_refusal(tx: Tx, errand: Errand<ToChange<String>>) -> Result<(), AppError> {
    let answer = open(tx, &errand).await?;
    answer.demand_other_side()?;
    if answer.by == Side::School {
        may_bind(&answer.step.tx, &answer.step.ctx.actor, &answer.step.before, answer.step.ctx.now).await?;
    }
    let why = reason(&errand.body.body)?;
    let (_, after, _) = sides(&answer.row);
    let late = answer.lateness().await?;
    let told = said::tell_refused(answer.step.before.number, name_of(answer.by, &answer.step.before));
    let fact = (EventKind::ChangeRefused, said::refused(&after), words::and_late_words(&why, &late));
    end(answer, |reserved| ChangeCommand::Refuse { reserved }, (&why, fact, told)).await
}

/// Whoever proposed it takes it back; the school also while it waits for approval.
///
/// # Errors
/// `NotYourOwn` for the other side, which answers; `NotInThisState`, `Stale`, `BadInput` without a reason.
pub async fn withdraw(app: &Arc<App>, ctx: &CommandContext, change: ChangeId, body: OrderReason) -> Result<OrderView, AppError> {
    run(app, ctx, ToChange { change, version: body.version, body: body.reason }, write_withdrawal).await
}

/// Whether a side may take a change back.
pub(super) fn may_withdraw(by: Side, row: &ChangeRow) -> bool {
    row.state.is_open() && (by == row.side || (row.state == ChangeState::Approving && by == Side::School))
}

async fn write_withdrawal(tx: Tx, errand: Errand<ToChange<String>>) -> Result<(), AppError> {
    let answer = open(tx, &errand).await?;
    if !may_withdraw(answer.by, &answer.row) {
        return Err(ErrorCode::NotAllowed.into());
    }
    let why = reason(&errand.body.body)?;
    let (_, after, _) = sides(&answer.row);
    let told = said::tell_withdrawn(answer.step.before.number, name_of(answer.by, &answer.step.before));
    let fact = (EventKind::ChangeWithdrawn, said::withdrawn(&after), why.clone());
    end(answer, |reserved| ChangeCommand::Withdraw { reserved }, (&why, fact, told)).await
}

/// Ends a change without its having held: the order stays as it is.
async fn end(
    answer: Answer,
    command: fn(bool) -> ChangeCommand,
    (why, (kind, text, detail), told): (&str, (EventKind, String, String), String),
) -> Result<(), AppError> {
    let reserved = store::added(&answer.step.tx, answer.row.id).await?.iter().any(|part| part.pending.is_some());
    let outcome = turn(answer.row.state, command(reserved)).map_err(|_| AppError::refused(ErrorCode::NotInThisState))?;
    let next = answer.answered(outcome.state, why);
    let Answer { mut step, row, by } = answer;
    step.event(kind, text.clone(), detail);
    let order = step.before.clone();
    let other = if by == row.side { audience(by.other(), &order) } else { Audience::People(vec![row.proposed_by.0]) };
    step.tell(Told::of(other, &order, told));
    step.write().await?;
    let movements = apply::put_back(&mut step, &row, &next).await?;
    money::apply(&mut step.tx, &movements, money::unnamed).await?;
    step.commit_about(text, why, vec![row.id.to_string()]).await
}
