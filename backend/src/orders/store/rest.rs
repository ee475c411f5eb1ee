//! Clocks of orders that rest while the other side owes an answer.

use shared::id::{OrderId, RestId};
use shared::orders::OrderState;
use shared::orders::questions::Side;
use shared::time::Timestamp;

use super::order::OrderRow;
use crate::db::{DbError, Query, Tx};
use crate::values;

/// A clock at rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestRow {
    pub id: RestId,
    pub order: OrderId,
    /// Whose clock it is.
    pub side: Side,
    /// What was due when it stopped; the rest means that step and no later one.
    pub due: Timestamp,
    pub since: Timestamp,
    pub left_seconds: u64,
}

/// The rest of an order's clock that was not ended.
pub async fn rest<Q: Query>(query: &Q, order: OrderId) -> Result<Option<RestRow>, DbError> {
    let sql = "SELECT id, order_id, side, due, since, left_seconds FROM order_rest WHERE order_id = $1 AND ended IS NULL";
    let Some(row) = query.one(sql, values![order]).await? else { return Ok(None) };
    Ok(Some(RestRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        side: row.word("side")?,
        due: row.get("due")?,
        since: row.get("since")?,
        left_seconds: row.get("left_seconds")?,
    }))
}

/// Stops a clock.
pub async fn insert_rest(tx: &mut Tx, rest: &RestRow) -> Result<(), DbError> {
    let sql = "INSERT INTO order_rest (id, order_id, side, due, since, left_seconds) VALUES ($1, $2, $3, $4, $5, $6)";
    let values = values![rest.id, rest.order, rest.side.name(), rest.due, rest.since, rest.left_seconds];
    tx.execute(sql, values).await.map(|_| ())
}

/// Lets the clock run again.
pub async fn end_rest(tx: &mut Tx, id: RestId, at: Timestamp) -> Result<(), DbError> {
    tx.execute("UPDATE order_rest SET ended = $2 WHERE id = $1 AND ended IS NULL", values![id, at]).await.map(|_| ())
}

/// Moves what is due next, without any other change of the order: beside an open approval, the unit's answer. The caller holds the
/// order's row.
pub async fn move_due(tx: &mut Tx, order: &OrderRow, due: Timestamp) -> Result<(), DbError> {
    let sql = if order.state == OrderState::Submitted {
        "UPDATE orders SET answer_due = $2, version = version + 1 WHERE id = $1"
    } else {
        "UPDATE orders SET due = $2, version = version + 1 WHERE id = $1"
    };
    tx.execute(sql, values![order.id, due]).await.map(|_| ())
}
