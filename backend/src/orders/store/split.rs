//! How an order is paid: its shares of budget lines, and what became of each.

use shared::id::{BudgetLineId, FundId, OrderId, TransferId};
use shared::money::Cents;

use super::{list_places, places};
use crate::db::{DbError, Query, Row, ToValue, Tx, Value};
use crate::values;

/// Orders asked for in one query.
const ORDERS_AT_ONCE: usize = 500;

/// One share of an order's price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitRow {
    pub order: OrderId,
    pub position: u32,
    pub line: BudgetLineId,
    pub amount: Cents,
    pub spent: Cents,
    pub released: Cents,
    /// The pending transfer while the order awaits approval.
    pub pending: Option<TransferId>,
}

impl SplitRow {
    /// What is still committed.
    pub fn open(&self) -> Cents {
        self.amount.saturating_sub(self.spent).saturating_sub(self.released)
    }
}

/// The shares of several orders, by order and position.
pub async fn splits<Q: Query>(query: &Q, orders: &[OrderId]) -> Result<Vec<SplitRow>, DbError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT order_id, position, line, amount, spent, released, pending FROM order_split WHERE order_id IN ({}) ORDER BY order_id, position",
        list_places(0, orders.len())
    );
    let rows = query.all(&sql, orders.iter().map(ToValue::to_value).collect()).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SplitRow, DbError> {
    Ok(SplitRow {
        order: row.get("order_id")?,
        position: row.get("position")?,
        line: row.get("line")?,
        amount: row.get("amount")?,
        spent: row.get("spent")?,
        released: row.get("released")?,
        pending: row.get("pending")?,
    })
}

/// Which funds pay for these orders.
pub async fn funds_of<Q: Query>(query: &Q, orders: &[OrderId]) -> Result<Vec<(OrderId, FundId)>, DbError> {
    let mut found = Vec::new();
    for some in orders.chunks(ORDERS_AT_ONCE) {
        let sql = format!(
            "SELECT DISTINCT x.order_id, b.fund FROM order_split x JOIN budget_line b ON b.id = x.line WHERE x.order_id IN ({})",
            list_places(0, some.len())
        );
        for row in query.all(&sql, some.iter().map(ToValue::to_value).collect()).await? {
            found.push((row.get("order_id")?, row.get("fund")?));
        }
    }
    Ok(found)
}

/// Forgets the shares of drafts, which no transfer stands behind yet.
pub async fn forget_splits(tx: &mut Tx, orders: &[OrderId]) -> Result<(), DbError> {
    if orders.is_empty() {
        return Ok(());
    }
    let sql = format!("DELETE FROM order_split WHERE order_id IN ({})", list_places(0, orders.len()));
    tx.execute(&sql, orders.iter().map(ToValue::to_value).collect()).await.map(|_| ())
}

/// Writes the shares of one or several orders at once.
pub async fn insert_splits(tx: &mut Tx, splits: &[SplitRow]) -> Result<(), DbError> {
    if splits.is_empty() {
        return Ok(());
    }
    let sql =
        format!("INSERT INTO order_split (order_id, position, line, amount, spent, released, pending) VALUES {}", places(splits.len(), 7));
    let values: Vec<Value> =
        splits.iter().flat_map(|s| values![s.order, s.position, s.line, s.amount, s.spent, s.released, s.pending]).collect();
    tx.execute(&sql, values).await.map(|_| ())
}

/// Writes what became of a share. The caller holds the order's row.
pub async fn change_split(tx: &mut Tx, split: &SplitRow) -> Result<(), DbError> {
    let sql = "UPDATE order_split SET amount = $3, spent = $4, released = $5, pending = $6 WHERE order_id = $1 AND position = $2";
    let values = values![split.order, split.position, split.amount, split.spent, split.released, split.pending];
    match tx.execute(sql, values).await? {
        1 => Ok(()),
        _ => Err(DbError::Misuse(format!("order {} has no share {}", split.order, split.position))),
    }
}
