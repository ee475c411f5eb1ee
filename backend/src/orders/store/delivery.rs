//! Delivery entries and what each posted.

use shared::id::{BudgetLineId, DeliveryId, OrderId, PersonId};
use shared::identity::api::PersonRef;
use shared::money::Cents;
use shared::orders::api::EntryMessage;
use shared::orders::{DeliveryState, DisputeReason};
use shared::time::{Date, Timestamp};

use super::{list_places, places};
use crate::db::{DbError, Query, Row, ToValue, Tx, Value, word};
use crate::values;

/// One entry of what a unit delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryRow {
    pub id: DeliveryId,
    pub order: OrderId,
    /// The first day of a stretch that ends on `day`.
    pub first: Option<Date>,
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
    /// Silence answered, and no person.
    pub by_policy: bool,
    pub dispute: Option<DisputeReason>,
    pub reason: String,
    /// When the receivers were told that silence will confirm it.
    pub told: Option<Timestamp>,
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
        first: row.get("first_day")?,
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
        by_policy: row.get("by_policy")?,
        dispute: row.get::<Option<String>>("dispute")?.as_deref().map(dispute).transpose()?,
        reason: row.get("reason")?,
        told: row.get("told")?,
    })
}

fn dispute(name: &str) -> Result<DisputeReason, DbError> {
    DisputeReason::parse(name).ok_or_else(|| DbError::Failed(format!("no such reason of a dispute: {name}")))
}

/// The entries of several orders, oldest day first.
pub async fn deliveries_of<Q: Query>(query: &Q, orders: &[OrderId]) -> Result<Vec<DeliveryRow>, DbError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{SELECT} WHERE d.order_id IN ({}) ORDER BY d.day, d.id", list_places(0, orders.len()));
    let rows = query.all(&sql, orders.iter().map(ToValue::to_value).collect()).await?;
    rows.iter().map(read).collect()
}

/// Writes a new entry.
pub async fn insert_delivery(tx: &mut Tx, entry: &DeliveryRow) -> Result<(), DbError> {
    let sql = "INSERT INTO delivery (id, order_id, day, quantity, note, state, logged_by, logged, first_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let state = word(&entry.state)?;
    let values = values![entry.id, entry.order, entry.day, entry.quantity, entry.note, state, entry.logged_by, entry.logged, entry.first];
    tx.execute(sql, values).await.map(|_| ())
}

/// Writes what became of an entry that still stands as `before`. Returns false where somebody was there first.
pub async fn change_delivery(tx: &mut Tx, before: DeliveryState, after: &DeliveryRow) -> Result<bool, DbError> {
    let sql = "UPDATE delivery SET state = $3, amount = $4, answered_by = $5, answered = $6, reason = $7, day = $8, quantity = $9, \
         note = $10, by_policy = $11, dispute = $12, told = $13, logged = $14, first_day = $15 WHERE id = $1 AND state = $2";
    let values = values![
        after.id,
        word(&before)?,
        word(&after.state)?,
        after.amount,
        after.answered_by,
        after.answered,
        after.reason,
        after.day,
        after.quantity,
        after.note,
        after.by_policy,
        after.dispute.map(DisputeReason::name),
        after.told,
        after.logged,
        after.first,
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Adds what somebody said about an entry. The caller holds the order's row, so that numbers do not meet.
pub async fn say(tx: &mut Tx, id: DeliveryId, (person, at): (PersonId, Timestamp), text: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO delivery_message (delivery, position, at, person, text) VALUES ($1, \
         (SELECT COALESCE(MAX(position), 0) + 1 FROM delivery_message WHERE delivery = $1), $2, $3, $4)";
    tx.execute(sql, values![id, at, person, text]).await.map(|_| ())
}

/// What was said about the entries of an order, oldest first.
pub async fn said<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<(DeliveryId, EntryMessage)>, DbError> {
    let sql = "SELECT m.delivery, m.at, m.person, p.name, m.text FROM delivery_message m JOIN delivery d ON d.id = m.delivery \
         JOIN person p ON p.id = m.person WHERE d.order_id = $1 ORDER BY m.delivery, m.position";
    let read = |row: &Row| {
        let by = PersonRef { id: row.get("person")?, name: row.get("name")? };
        Ok((row.get("delivery")?, EntryMessage { at: row.get("at")?, by, text: row.get("text")? }))
    };
    query.all(sql, values![order]).await?.iter().map(read).collect()
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
