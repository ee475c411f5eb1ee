//! Delivery entries and what each posted.

use shared::id::{BudgetLineId, DeliveryId, OrderId, PersonId};
use shared::money::Cents;
use shared::orders::DeliveryState;
use shared::time::{Date, Timestamp};

use super::places;
use crate::db::{DbError, Query, Row, Tx, Value, word};
use crate::values;

/// One entry of what a unit delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub order: OrderId,
    pub day: Date,
    pub quantity: u32,
    pub note: String,
    pub state: DeliveryState,
    /// What confirming posted; zero before.
    pub amount: Cents,
    pub logged_by: PersonId,
    pub logged_by_name: String,
    pub logged: Timestamp,
    pub answered_by: Option<PersonId>,
    pub answered_by_name: Option<String>,
    pub answered: Option<Timestamp>,
    pub reason: String,
}

/// What one delivery posted to one budget line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartRow {
    pub line: BudgetLineId,
    pub amount: Cents,
}

const SELECT: &str = "SELECT d.*, l.name AS logged_by_name, a.name AS answered_by_name FROM delivery d \
     JOIN person l ON l.id = d.logged_by LEFT JOIN person a ON a.id = d.answered_by ";

/// The entry, or nothing.
pub async fn delivery<Q: Query>(query: &Q, id: DeliveryId) -> Result<Option<DeliveryRow>, DbError> {
    let row = query.one(&format!("{SELECT} WHERE d.id = $1"), values![id]).await?;
    row.as_ref().map(read).transpose()
}

/// The entries of an order, oldest day first.
pub async fn deliveries<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<DeliveryRow>, DbError> {
    let rows = query.all(&format!("{SELECT} WHERE d.order_id = $1 ORDER BY d.day, d.id"), values![order]).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<DeliveryRow, DbError> {
    Ok(DeliveryRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        day: row.get("day")?,
        quantity: row.get("quantity")?,
        note: row.get("note")?,
        state: row.word("state")?,
        amount: row.get("amount")?,
        logged_by: row.get("logged_by")?,
        logged_by_name: row.get("logged_by_name")?,
        logged: row.get("logged")?,
        answered_by: row.get("answered_by")?,
        answered_by_name: row.get("answered_by_name")?,
        answered: row.get("answered")?,
        reason: row.get("reason")?,
    })
}

/// Writes a new entry.
pub async fn insert_delivery(tx: &mut Tx, entry: &DeliveryRow) -> Result<(), DbError> {
    let sql = "INSERT INTO delivery (id, order_id, day, quantity, note, state, logged_by, logged) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let state = word(&entry.state)?;
    let values = values![entry.id, entry.order, entry.day, entry.quantity, entry.note, state, entry.logged_by, entry.logged];
    tx.execute(sql, values).await.map(|_| ())
}

/// Writes the answer to an entry that still stands as `before`. Returns false where somebody was there first.
pub async fn change_delivery(tx: &mut Tx, before: DeliveryState, after: &DeliveryRow) -> Result<bool, DbError> {
    let sql = "UPDATE delivery SET state = $3, amount = $4, answered_by = $5, answered = $6, reason = $7 WHERE id = $1 AND state = $2";
    let values = values![after.id, word(&before)?, word(&after.state)?, after.amount, after.answered_by, after.answered, after.reason];
    Ok(tx.execute(sql, values).await? == 1)
}

/// What a confirmed entry posted.
pub async fn parts<Q: Query>(query: &Q, id: DeliveryId) -> Result<Vec<PartRow>, DbError> {
    let rows = query.all("SELECT line, amount FROM delivery_part WHERE delivery = $1 ORDER BY position", values![id]).await?;
    rows.iter().map(|row| Ok(PartRow { line: row.get("line")?, amount: row.get("amount")? })).collect()
}

/// Keeps what an entry posted.
pub async fn insert_parts(tx: &mut Tx, id: DeliveryId, parts: &[PartRow]) -> Result<(), DbError> {
    if parts.is_empty() {
        return Ok(());
    }
    let sql = format!("INSERT INTO delivery_part (delivery, position, line, amount) VALUES {}", places(parts.len(), 4));
    let values: Vec<Value> = parts.iter().enumerate().flat_map(|(at, part)| values![id, at, part.line, part.amount]).collect();
    tx.execute(&sql, values).await.map(|_| ())
}
