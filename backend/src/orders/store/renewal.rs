//! Offers to renew as rows. Every change is one conditional write on the offer's version or state.

use shared::fiscal::FiscalYear;
use shared::id::{OrderId, PersonId, SchoolId, UnitId};
use shared::money::Cents;
use shared::orders::renewal::RenewalState;
use shared::time::Timestamp;

use super::order::{OrderRow, where_};
use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// More orders than a district renews in a year.
const OFFERS_LIMIT: usize = 20_000;

/// An offer with what its school answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenewalRow {
    pub order: OrderId,
    pub version: u32,
    pub school: SchoolId,
    pub unit: UnitId,
    pub year: FiscalYear,
    pub state: RenewalState,
    pub quantity: u32,
    pub reason: String,
    pub price: Option<Cents>,
    pub offered: Timestamp,
    pub by: Option<(PersonId, String)>,
    pub answered: Option<Timestamp>,
    pub draft: Option<OrderId>,
}

const RENEWAL: &str = "SELECT r.*, p.name AS by_name FROM renewal r LEFT JOIN person p ON p.id = r.answered_by";

fn read(row: &Row) -> Result<RenewalRow, DbError> {
    let (by, name): (Option<PersonId>, Option<String>) = (row.get("answered_by")?, row.get("by_name")?);
    Ok(RenewalRow {
        order: row.get("order_id")?,
        version: row.get("version")?,
        school: row.get("school")?,
        unit: row.get("unit")?,
        year: row.get("year")?,
        state: row.word("state")?,
        quantity: row.get("quantity")?,
        reason: row.get("reason")?,
        price: row.get("price")?,
        offered: row.get("offered")?,
        by: by.zip(name),
        answered: row.get("answered")?,
        draft: row.get("draft")?,
    })
}

/// This year's orders that a unit has accepted and nobody was offered to renew yet.
pub async fn not_offered<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<OrderRow>, DbError> {
    let condition = format!(
        "o.year = $1 AND o.state IN ('accepted', 'in_delivery', 'delivered', 'closed') \
         AND NOT EXISTS (SELECT 1 FROM renewal w WHERE w.order_id = o.id) ORDER BY o.school, o.number LIMIT {OFFERS_LIMIT}"
    );
    where_(query, &condition, values![year]).await
}

/// A school's offers for a year, with the orders behind them, by number.
pub async fn renewals_of<Q: Query>(query: &Q, school: SchoolId, year: FiscalYear) -> Result<Vec<(RenewalRow, OrderRow)>, DbError> {
    let sql = format!("{RENEWAL} WHERE r.school = $1 AND r.year = $2");
    with_orders(query, query.all(&sql, values![school, year]).await?, "o.id IN (SELECT order_id FROM renewal WHERE school = $1 AND year = $2)", values![school, year]).await
}

/// A unit's offers for a year, with the orders behind them, by number.
pub async fn renewals_with<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<Vec<(RenewalRow, OrderRow)>, DbError> {
    let sql = format!("{RENEWAL} WHERE r.unit = $1 AND r.year = $2");
    with_orders(query, query.all(&sql, values![unit, year]).await?, "o.id IN (SELECT order_id FROM renewal WHERE unit = $1 AND year = $2)", values![unit, year]).await
}

async fn with_orders<Q: Query>(
    query: &Q,
    rows: Vec<Row>,
    condition: &str,
    values: Vec<crate::db::Value>,
) -> Result<Vec<(RenewalRow, OrderRow)>, DbError> {
    let mut found: Vec<RenewalRow> = rows.iter().map(read).collect::<Result<_, _>>()?;
    let orders = where_(query, &format!("{condition} ORDER BY o.school, o.number"), values).await?;
    let mut both = Vec::with_capacity(found.len());
    for order in orders {
        if let Some(at) = found.iter().position(|row| row.order == order.id) {
            both.push((found.swap_remove(at), order));
        }
    }
    Ok(both)
}

/// The schools with offers for a year that nobody has answered.
pub async fn schools_with_open<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<SchoolId>, DbError> {
    let sql = "SELECT DISTINCT school FROM renewal WHERE year = $1 AND state = 'open' ORDER BY school";
    query.all(sql, values![year]).await?.iter().map(|row| row.get("school")).collect()
}

/// What was renewed for a year and stands in no cart yet.
pub async fn renewals_without_draft<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<RenewalRow>, DbError> {
    let sql = format!(
        "{RENEWAL} WHERE r.year = $1 AND r.draft IS NULL AND r.state IN ('renewed', 'changed') ORDER BY r.school, r.order_id LIMIT {OFFERS_LIMIT}"
    );
    query.all(&sql, values![year]).await?.iter().map(read).collect()
}

/// How many offers of a school stand where, and what they cost next year.
pub struct RoundRow {
    pub school: SchoolId,
    pub state: RenewalState,
    pub many: u32,
    pub sum: Cents,
}

/// The offers for a year, counted by school and state.
pub async fn round<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<RoundRow>, DbError> {
    let sql = "SELECT school, state, COUNT(*) AS many, CAST(COALESCE(SUM(price), 0) AS BIGINT) AS total FROM renewal WHERE year = $1 \
         GROUP BY school, state";
    let read = |row: &Row| {
        Ok(RoundRow { school: row.get("school")?, state: row.word("state")?, many: row.get("many")?, sum: row.get("total")? })
    };
    query.all(sql, values![year]).await?.iter().map(read).collect()
}

/// Makes the offer for an order; nothing where it was made before.
pub async fn offer_renewal(tx: &mut Tx, order: &OrderRow, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO renewal (order_id, version, school, unit, year, state, quantity, reason, offered) \
         VALUES ($1, 1, $2, $3, $4, 'open', $5, '', $6) ON CONFLICT (order_id) DO NOTHING";
    let year = FiscalYear(order.year.0 + 1);
    tx.execute(sql, values![order.id, order.school, order.unit, year, order.quantity, now]).await.map(|_| ())
}

/// Keeps an answer over the version that was seen; false where somebody answered meanwhile, or it is settled.
pub async fn answer_renewal(tx: &mut Tx, seen: u32, row: &RenewalRow) -> Result<bool, DbError> {
    let sql = "UPDATE renewal SET version = version + 1, state = $3, quantity = $4, reason = $5, price = $6, answered_by = $7, answered = $8 \
         WHERE order_id = $1 AND version = $2 AND draft IS NULL AND state <> 'gone'";
    let by = row.by.as_ref().map(|(id, _)| *id);
    let values = values![row.order, seen, word(&row.state)?, row.quantity, row.reason, row.price, by, row.answered];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Lets an offer lapse that nobody has answered; false where somebody has.
pub async fn lapse_renewal(tx: &mut Tx, order: OrderId) -> Result<bool, DbError> {
    let sql = "UPDATE renewal SET version = version + 1, state = 'lapsed' WHERE order_id = $1 AND state = 'open'";
    Ok(tx.execute(sql, values![order]).await? == 1)
}

/// Notes the draft that a renewal became; false where another run was first.
pub async fn renewal_drafted(tx: &mut Tx, order: OrderId, draft: OrderId) -> Result<bool, DbError> {
    let sql = "UPDATE renewal SET version = version + 1, draft = $2 WHERE order_id = $1 AND draft IS NULL AND state IN ('renewed', 'changed')";
    Ok(tx.execute(sql, values![order, draft]).await? == 1)
}

/// Notes that what was renewed cannot be ordered; false where another run was first.
pub async fn renewal_gone(tx: &mut Tx, order: OrderId) -> Result<bool, DbError> {
    let sql = "UPDATE renewal SET version = version + 1, state = 'gone' WHERE order_id = $1 AND draft IS NULL AND state IN ('renewed', 'changed')";
    Ok(tx.execute(sql, values![order]).await? == 1)
}
