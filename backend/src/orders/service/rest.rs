//! The clock of an order's next step: it rests while the other side owes an answer, and runs on with what was left.

use shared::calendar::ClockOf;
use shared::id::{OrderId, QuestionId, RestId, SchoolId};
use shared::orders::questions::Side;
use shared::time::Timestamp;
use shared::words::orders as words;

use crate::calendar::service::{self as calendar, WorkingTime};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::orders::rules::duty;
use crate::orders::store::{self, OrderRow, RestRow};

/// The time that a side's clock counts: a school's rests on its own days too.
async fn time_of<Q: Query>(query: &Q, clock: ClockOf, school: SchoolId) -> Result<WorkingTime, AppError> {
    match clock {
        ClockOf::Office => calendar::time(query).await,
        ClockOf::School => calendar::school_time(query, school).await,
    }
}

/// Stops the clock of what `asker` owes, where it owes the next step in time. The caller holds the order's row. True where it rests now.
///
/// # Errors
/// Those of the database.
pub async fn stop(tx: &mut Tx, order: &OrderRow, asker: Side, now: Timestamp) -> Result<bool, AppError> {
    let Some((side, clock, due)) = duty(order) else { return Ok(false) };
    if side != asker {
        return Ok(false);
    }
    if let Some(rest) = store::rest(&*tx, order.id).await? {
        if rest.due == due {
            return Ok(true);
        }
        // It was about a step that somebody took meanwhile.
        store::end_rest(tx, rest.id, now).await?;
    }
    let Some(left_seconds) = time_of(&*tx, clock, order.school).await?.rest(clock, now, due)? else { return Ok(false) };
    let id: RestId = tx.new_id(now);
    store::insert_rest(tx, &RestRow { id, order: order.id, side, due, since: now, left_seconds }).await?;
    Ok(true)
}

/// Lets the clock run again once `asker` has no open question any more, `answered` left aside; answers with what is due then.
///
/// Invariant: the working time that was left when it stopped is what is left now.
///
/// # Errors
/// Those of the database.
pub async fn run_on(
    tx: &mut Tx,
    order: OrderId,
    asker: Side,
    (answered, now): (QuestionId, Timestamp),
) -> Result<Option<Timestamp>, AppError> {
    store::hold(tx, order).await?;
    let Some(rest) = store::rest(&*tx, order).await?.filter(|rest| rest.side == asker) else { return Ok(None) };
    if store::has_open_question(&*tx, order, asker, answered).await? {
        return Ok(None);
    }
    store::end_rest(tx, rest.id, now).await?;
    let order = store::order(&*tx, order).await?.ok_or_else(AppError::not_found)?;
    let Some((_, clock, _)) = duty(&order).filter(|(_, _, due)| *due == rest.due) else { return Ok(None) };
    let due = time_of(&*tx, clock, order.school).await?.resume(clock, now, rest.left_seconds)?;
    store::move_due(tx, &order, due).await?;
    Ok(Some(due))
}

/// How late the unit's answer comes, in words; empty where it is in time.
///
/// # Errors
/// Those of the database.
pub async fn lateness<Q: Query>(query: &Q, order: &OrderRow, now: Timestamp) -> Result<String, AppError> {
    let Some((Side::Unit, clock, due)) = duty(order).filter(|(_, _, due)| *due < now && order.rests.is_none()) else {
        return Ok(String::new());
    };
    Ok(words::answered_late(time_of(query, clock, order.school).await?.left(clock, due, now)?))
}
