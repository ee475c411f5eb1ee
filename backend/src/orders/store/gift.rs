//! Days that one school gives to another.

use shared::catalog::UnitOfMeasure;
use shared::id::{GiftId, OrderId, PersonId, PlanGoalId, SchoolId, UnitId};
use shared::money::Cents;
use shared::orders::rescue::GiftState;
use shared::time::Timestamp;

use super::{Condition, Whose};
use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// More gifts than a page of them shows; the newest stand first.
const GIFTS_LIMIT: u32 = 200;

/// A gift with the names that its screens show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftRow {
    pub id: GiftId,
    pub version: u32,
    pub state: GiftState,
    pub order: OrderId,
    pub number: u32,
    pub title: String,
    pub tier_name: String,
    pub measure: UnitOfMeasure,
    pub unit: (UnitId, String),
    pub from: (SchoolId, String),
    pub to: (SchoolId, String),
    pub units: u32,
    pub value: Cents,
    pub goal: Option<PlanGoalId>,
    pub reason: String,
    pub offered_by: (PersonId, String),
    pub offered: Timestamp,
    pub taken_by: Option<(PersonId, String)>,
    pub taken: Option<Timestamp>,
    pub approved_by: Option<PersonId>,
    pub becomes: Option<OrderId>,
}

const SELECT: &str = "SELECT g.*, o.number, o.title, o.tier_name, o.measure, o.unit, u.name AS unit_name, f.name AS from_name, \
     t.name AS to_name, a.name AS offered_name, b.name AS taken_name FROM gift g JOIN orders o ON o.id = g.order_id \
     JOIN unit u ON u.id = o.unit JOIN school f ON f.id = g.from_school JOIN school t ON t.id = g.to_school \
     JOIN person a ON a.id = g.offered_by LEFT JOIN person b ON b.id = g.taken_by";

fn read(row: &Row) -> Result<GiftRow, DbError> {
    let taken: Option<PersonId> = row.get("taken_by")?;
    let taken_name: Option<String> = row.get("taken_name")?;
    Ok(GiftRow {
        id: row.get("id")?,
        version: row.get("version")?,
        state: row.word("state")?,
        order: row.get("order_id")?,
        number: row.get("number")?,
        title: row.get("title")?,
        tier_name: row.get("tier_name")?,
        measure: row.word("measure")?,
        unit: (row.get("unit")?, row.get("unit_name")?),
        from: (row.get("from_school")?, row.get("from_name")?),
        to: (row.get("to_school")?, row.get("to_name")?),
        units: row.get("units")?,
        value: row.get("value")?,
        goal: row.get("goal")?,
        reason: row.get("reason")?,
        offered_by: (row.get("offered_by")?, row.get("offered_name")?),
        offered: row.get("offered")?,
        taken_by: taken.zip(taken_name),
        taken: row.get("taken")?,
        approved_by: row.get("approved_by")?,
        becomes: row.get("becomes")?,
    })
}

/// One gift.
pub async fn gift<Q: Query>(query: &Q, id: GiftId) -> Result<Option<GiftRow>, DbError> {
    query.one(&format!("{SELECT} WHERE g.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// The gifts out of one order, newest first.
pub async fn gifts_of<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<GiftRow>, DbError> {
    let sql = format!("{SELECT} WHERE g.order_id = $1 ORDER BY g.id DESC LIMIT {GIFTS_LIMIT}");
    query.all(&sql, values![order]).await?.iter().map(read).collect()
}

/// The gifts that schools of a scope give or receive, newest first.
pub async fn gifts<Q: Query>(query: &Q, whose: &Whose) -> Result<Vec<GiftRow>, DbError> {
    let (mut from, mut to) = (Condition::default(), Condition::default());
    from.whose_schools(whose, ("g.from_school", "f.network"));
    to.skip(from.values.len());
    to.whose_schools(whose, ("g.to_school", "t.network"));
    let condition = if from.parts.is_empty() { "1 = 1".to_owned() } else { format!("({} OR {})", from.parts.join(" AND "), to.parts.join(" AND ")) };
    let mut values = from.values;
    values.extend(to.values);
    let sql = format!("{SELECT} WHERE {condition} ORDER BY g.id DESC LIMIT {GIFTS_LIMIT}");
    query.all(&sql, values).await?.iter().map(read).collect()
}

/// Writes a new gift.
pub async fn insert_gift(tx: &mut Tx, gift: &GiftRow) -> Result<(), DbError> {
    let sql = "INSERT INTO gift (id, version, state, order_id, from_school, to_school, units, value, reason, offered_by, offered) \
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let values = values![
        gift.id,
        word(&gift.state)?,
        gift.order,
        gift.from.0,
        gift.to.0,
        gift.units,
        gift.value,
        gift.reason,
        gift.offered_by.0,
        gift.offered,
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Writes `after` over the gift that still has the version of `before`; false where somebody was first.
pub async fn change_gift(tx: &mut Tx, before: &GiftRow, after: &GiftRow) -> Result<bool, DbError> {
    let sql = "UPDATE gift SET version = version + 1, state = $4, value = $5, goal = $6, taken_by = $7, taken = $8, approved_by = $9, \
         becomes = $10 WHERE id = $1 AND version = $2 AND state = $3";
    let values = values![
        before.id,
        before.version,
        word(&before.state)?,
        word(&after.state)?,
        after.value,
        after.goal,
        after.taken_by.as_ref().map(|(id, _)| *id),
        after.taken,
        after.approved_by,
        after.becomes,
    ];
    Ok(tx.execute(sql, values).await? == 1)
}

/// How many units of an order are offered and not yet gone.
pub async fn promised<Q: Query>(query: &Q, order: OrderId) -> Result<u32, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(units), 0) AS BIGINT) AS n FROM gift WHERE order_id = $1 AND state IN ('offered', 'taken')";
    query.one(sql, values![order]).await?.map_or(Ok(0), |row| row.get("n"))
}
