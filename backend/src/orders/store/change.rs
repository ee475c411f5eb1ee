//! Changes of running orders, and the shares of what they add.

use std::collections::BTreeSet;

use shared::id::{BudgetLineId, ChangeId, OrderId, PackageId, PersonId, TransferId};
use shared::identity::Scope;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::change::ChangeState;
use shared::orders::questions::Side;
use shared::time::{Date, Timestamp};

use super::{list_places, places};
use crate::db::{DbError, Query, Row, ToValue, Tx, Value};
use crate::values;

/// More changes than one order ever has.
const CHANGES_LIMIT: u32 = 200;

/// A change with the names that its screens show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    pub id: ChangeId,
    pub order: OrderId,
    pub side: Side,
    pub state: ChangeState,
    pub was_package: PackageId,
    pub was_tier: String,
    pub was_quantity: u32,
    pub was_start: Date,
    pub was_price: Cents,
    pub package: PackageId,
    pub package_version: u32,
    pub tier_name: String,
    pub quantity: u32,
    pub start: Date,
    pub price: Cents,
    pub working: String,
    pub reason: String,
    pub proposed_by: (PersonId, String),
    pub proposed: Timestamp,
    pub due: Option<Timestamp>,
    /// Since when its clock rests, and how much was left.
    pub rests: Option<(Timestamp, u64)>,
    pub answered_by: Option<(PersonId, String)>,
    pub answered: Option<Timestamp>,
    pub answer: String,
    /// Who proposed or agreed for the school, where it adds to the price.
    pub bought_by: Option<PersonId>,
    /// What of the unit's capacity is kept for it.
    pub kept: u32,
    pub climbed_to: Option<String>,
}

/// One fund's share of what a change adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedRow {
    pub line: BudgetLineId,
    pub amount: Cents,
    /// The pending transfer until it is approved or ends.
    pub pending: Option<TransferId>,
}

const SELECT: &str = "SELECT c.*, p.name AS proposed_name, a.name AS answered_name, \
     (SELECT m.to_name FROM climb m WHERE m.object = c.id AND m.due = c.due AND m.to_whom <> 'owner' ORDER BY m.level DESC LIMIT 1) AS climbed_to \
     FROM order_change c JOIN orders o ON o.id = c.order_id JOIN person p ON p.id = c.proposed_by LEFT JOIN person a ON a.id = c.answered_by ";

fn read(row: &Row) -> Result<ChangeRow, DbError> {
    let rests: Option<Timestamp> = row.get("rests")?;
    let answered_by: Option<PersonId> = row.get("answered_by")?;
    let left: Option<u64> = row.get("left_seconds")?;
    Ok(ChangeRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        side: row.word("side")?,
        state: row.word("state")?,
        was_package: row.get("was_package")?,
        was_tier: row.get("was_tier")?,
        was_quantity: row.get("was_quantity")?,
        was_start: row.get("was_start")?,
        was_price: row.get("was_price")?,
        package: row.get("package")?,
        package_version: row.get("package_version")?,
        tier_name: row.get("tier_name")?,
        quantity: row.get("quantity")?,
        start: row.get("start")?,
        price: row.get("price")?,
        working: row.get("working")?,
        reason: row.get("reason")?,
        proposed_by: (row.get("proposed_by")?, row.get("proposed_name")?),
        proposed: row.get("proposed")?,
        due: row.get("due")?,
        rests: rests.zip(left),
        answered_by: answered_by.zip(row.get("answered_name")?),
        answered: row.get("answered")?,
        answer: row.get("answer")?,
        bought_by: row.get("bought_by")?,
        kept: row.get("kept")?,
        climbed_to: row.get("climbed_to")?,
    })
}

async fn where_<Q: Query>(query: &Q, condition: &str, values: Vec<Value>) -> Result<Vec<ChangeRow>, DbError> {
    let sql = format!("{SELECT} WHERE {condition} LIMIT {CHANGES_LIMIT}");
    query.all(&sql, values).await?.iter().map(read).collect()
}

/// One change.
pub async fn change_by_id<Q: Query>(query: &Q, id: ChangeId) -> Result<Option<ChangeRow>, DbError> {
    Ok(where_(query, "c.id = $1", values![id]).await?.into_iter().next())
}

/// The order's change that somebody still has to act on.
pub async fn open_change<Q: Query>(query: &Q, order: OrderId) -> Result<Option<ChangeRow>, DbError> {
    Ok(where_(query, "c.order_id = $1 AND c.state IN ('proposed', 'approving')", values![order]).await?.into_iter().next())
}

/// All changes of an order, the latest first.
pub async fn changes_of<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<ChangeRow>, DbError> {
    where_(query, "c.order_id = $1 ORDER BY c.id DESC", values![order]).await
}

/// Open changes of the orders of these schools and units, the most urgent first.
pub async fn open_changes<Q: Query>(query: &Q, scopes: &[Scope]) -> Result<Vec<ChangeRow>, DbError> {
    let (mut options, mut values): (Vec<String>, Vec<Value>) = (Vec::new(), Vec::new());
    for scope in scopes {
        let (column, value) = match scope {
            Scope::School(id) => ("o.school", id.to_value()),
            Scope::Unit(id) => ("o.unit", id.to_value()),
            Scope::District | Scope::Network(_) | Scope::Provider(_) => continue,
        };
        values.push(value);
        options.push(format!("{column} = ${}", values.len()));
    }
    if options.is_empty() {
        return Ok(Vec::new());
    }
    where_(query, &format!("c.state IN ('proposed', 'approving') AND ({}) ORDER BY c.due, c.id", options.join(" OR ")), values).await
}

/// Changes that wait for a unit or an approver beyond the promised time, where the clock does not rest.
pub async fn overdue_changes<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<ChangeRow>, DbError> {
    let waits = "((c.state = 'proposed' AND c.side = 'school') OR c.state = 'approving') AND c.due <= $1 AND c.rests IS NULL ORDER BY c.due, c.id";
    where_(query, waits, values![now]).await
}

/// Changes that climbed to one of these people and still wait, the longest waiting first.
pub async fn climbed_changes<Q: Query>(query: &Q, people: &BTreeSet<PersonId>) -> Result<Vec<ChangeRow>, DbError> {
    let sql = format!(
        "c.state IN ('proposed', 'approving') AND EXISTS (SELECT m.id FROM climb m JOIN climb_owner w ON w.climb = m.id \
         WHERE m.object = c.id AND m.due = c.due AND m.to_whom <> 'owner' AND w.person IN ({})) ORDER BY c.due, c.id",
        list_places(0, people.len())
    );
    where_(query, &sql, people.iter().map(ToValue::to_value).collect()).await
}

/// Who made the order cost more than it did, beside its buyer, and for whom they acted: they bought it too.
pub async fn bought_more<Q: Query>(query: &Q, order: OrderId) -> Result<BTreeSet<PersonId>, DbError> {
    let sql = "SELECT bought_by AS person FROM order_change WHERE order_id = $1 AND bought_by IS NOT NULL AND state IN ('proposed', 'approving', 'done') \
         UNION SELECT e.for_person FROM order_event e JOIN order_change c ON c.order_id = e.order_id AND c.bought_by = e.person \
         WHERE e.order_id = $1 AND e.for_person IS NOT NULL AND e.kind IN ('change_proposed', 'change_agreed') \
         AND c.state IN ('proposed', 'approving', 'done')";
    query.all(sql, values![order]).await?.iter().map(|row| row.get("person")).collect()
}

/// Writes a new change. The caller holds the order's row; the index refuses a second open one.
pub async fn insert_change(tx: &mut Tx, row: &ChangeRow) -> Result<(), DbError> {
    let sql = "INSERT INTO order_change (id, order_id, side, state, was_package, was_tier, was_quantity, was_start, was_price, package, \
         package_version, tier_name, quantity, start, price, working, reason, proposed_by, proposed, due, bought_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
    let values = values![
        row.id,
        row.order,
        row.side.name(),
        row.state.name(),
        row.was_package,
        row.was_tier,
        row.was_quantity,
        row.was_start,
        row.was_price,
        row.package,
        row.package_version,
        row.tier_name,
        row.quantity,
        row.start,
        row.price,
        row.working,
        row.reason,
        row.proposed_by.0,
        row.proposed,
        row.due,
        row.bought_by,
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Writes `after` over the change that still stands in the state of `before`; false where somebody was first.
pub async fn change_change(tx: &mut Tx, before: &ChangeRow, after: &ChangeRow) -> Result<bool, DbError> {
    let sql = "UPDATE order_change SET state = $3, due = $4, rests = $5, left_seconds = $6, answered_by = $7, answered = $8, answer = $9, \
         bought_by = $10, kept = $11 WHERE id = $1 AND state = $2";
    let values = values![
        before.id,
        before.state.name(),
        after.state.name(),
        after.due,
        after.rests.map(|(since, _)| since),
        after.rests.map(|(_, left)| left),
        after.answered_by.as_ref().map(|(id, _)| *id),
        after.answered,
        after.answer,
        after.bought_by,
        after.kept,
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// The shares of what a change adds.
pub async fn added<Q: Query>(query: &Q, change: ChangeId) -> Result<Vec<AddedRow>, DbError> {
    let sql = "SELECT line, amount, pending FROM order_change_part WHERE change = $1 ORDER BY position";
    let read = |row: &Row| Ok(AddedRow { line: row.get("line")?, amount: row.get("amount")?, pending: row.get("pending")? });
    query.all(sql, values![change]).await?.iter().map(read).collect()
}

/// Writes the shares of what a change adds, with the transfers that reserve them.
pub async fn insert_added(tx: &mut Tx, change: ChangeId, parts: &[SplitPart], pending: &[TransferId]) -> Result<(), DbError> {
    if parts.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = Vec::new();
    for (position, part) in parts.iter().enumerate() {
        values.extend(values![change, position, part.line, part.amount, pending.get(position).copied()]);
    }
    let sql = format!("INSERT INTO order_change_part (change, position, line, amount, pending) VALUES {}", places(parts.len(), 5));
    tx.execute(&sql, values).await.map(|_| ())
}

/// The reservation is over: posted or given back.
pub async fn settle_added(tx: &mut Tx, change: ChangeId) -> Result<(), DbError> {
    tx.execute("UPDATE order_change_part SET pending = NULL WHERE change = $1", values![change]).await.map(|_| ())
}
