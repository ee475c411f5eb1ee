//! The clock of an order's next step: it rests while the other side owes an answer, and runs on with what was left.

use shared::calendar::ClockOf;
use shared::id::{OrderId, QuestionId, RestId, SchoolId};
use shared::orders::change::ChangeState;
use shared::orders::questions::Side;
use shared::time::Timestamp;
use shared::words::orders as words;

use crate::calendar::service::{self as calendar, WorkingTime};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::orders::rules::duty;
use crate::orders::store::{self, ChangeRow, OrderRow, RestRow};

/// The time that a side's clock counts: a school's rests on its own days too.
async fn time_of<Q: Query>(query: &Q, clock: ClockOf, school: SchoolId) -> Result<WorkingTime, AppError> {
    match clock {
        ClockOf::Office => calendar::time(query).await,
        ClockOf::School => calendar::school_time(query, school).await,
    }
}

/// Stops the clocks of what `asker` owes in time: the order's next step, and the answer to a proposed change. The caller holds the order's
/// row. True where one rests now.
///
/// # Errors
/// Those of the database.
pub async fn stop(tx: &mut Tx, order: &OrderRow, asker: Side, now: Timestamp) -> Result<bool, AppError> {
    let change = stop_change(tx, order, asker, now).await?;
    Ok(stop_step(tx, order, asker, now).await? || change)
}

/// Whose time a change's answer counts.
const fn clock_of(asker: Side) -> ClockOf {
    match asker {
        Side::Unit => ClockOf::Office,
        Side::School => ClockOf::School,
    }
}

/// The change that `side` has to answer.
async fn owed_change<Q: Query>(query: &Q, order: OrderId, side: Side) -> Result<Option<ChangeRow>, AppError> {
    let row = store::open_change(query, order).await?;
    Ok(row.filter(|row| row.state == ChangeState::Proposed && row.side.other() == side))
}

async fn stop_change(tx: &mut Tx, order: &OrderRow, asker: Side, now: Timestamp) -> Result<bool, AppError> {
    let Some(row) = owed_change(&*tx, order.id, asker).await? else { return Ok(false) };
    let (Some(due), None) = (row.due, row.rests) else { return Ok(row.rests.is_some()) };
    let Some(left) = time_of(&*tx, clock_of(asker), order.school).await?.rest(clock_of(asker), now, due)? else { return Ok(false) };
    Ok(store::change_change(tx, &row, &ChangeRow { rests: Some((now, left)), ..row.clone() }).await?)
}

async fn run_change_on(tx: &mut Tx, order: &OrderRow, asker: Side, now: Timestamp) -> Result<(), AppError> {
    let Some(row) = owed_change(&*tx, order.id, asker).await? else { return Ok(()) };
    let Some((_, left)) = row.rests else { return Ok(()) };
    let due = time_of(&*tx, clock_of(asker), order.school).await?.resume(clock_of(asker), now, left)?;
    store::change_change(tx, &row, &ChangeRow { rests: None, due: Some(due), ..row.clone() }).await?;
    Ok(())
}

/// How late the answer to a change comes, in words; empty where it is in time.
///
/// # Errors
/// Those of the database.
pub async fn change_lateness<Q: Query>(query: &Q, row: &ChangeRow, (school, now): (SchoolId, Timestamp)) -> Result<String, AppError> {
    let clock = clock_of(row.side.other());
    match row.due.filter(|due| *due < now && row.rests.is_none()) {
        Some(due) => Ok(words::answered_late(time_of(query, clock, school).await?.left(clock, due, now)?)),
        None => Ok(String::new()),
    }
}

async fn stop_step(tx: &mut Tx, order: &OrderRow, asker: Side, now: Timestamp) -> Result<bool, AppError> {
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
    if store::has_open_question(&*tx, order, asker, answered).await? {
        return Ok(None);
    }
    let order = store::order(&*tx, order).await?.ok_or_else(AppError::not_found)?;
    run_change_on(tx, &order, asker, now).await?;
    let Some(rest) = store::rest(&*tx, order.id).await?.filter(|rest| rest.side == asker) else { return Ok(None) };
    store::end_rest(tx, rest.id, now).await?;
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
