//! What climbed, how far, and to whom.

use std::collections::BTreeSet;

use shared::id::{ClimbId, PersonId};
use shared::orders::climb::{ClimbStep, Duty, ToWhom};
use shared::time::{Date, Timestamp};

use super::list_places;
use super::order::{OrderRow, where_ as orders_where};
use super::question::{QuestionRow, where_ as questions_where};
use crate::db::{DbError, Query, ToValue, Tx, Value};
use crate::values;

/// So many overdue things one run of the job looks at; the next run goes on.
const RUN_LIMIT: u32 = 200;

/// The policy of a duty on `day`, lowest level first.
pub async fn climb_steps<Q: Query>(query: &Q, duty: Duty, day: Date) -> Result<Vec<ClimbStep>, DbError> {
    let sql = "SELECT level, after_days, to_whom FROM climb_step WHERE duty = $1 \
         AND from_day = (SELECT MAX(from_day) FROM climb_step WHERE duty = $1 AND from_day <= $2) ORDER BY level";
    let rows = query.all(sql, values![duty.name(), day]).await?;
    rows.iter().map(|row| Ok(ClimbStep { level: row.get("level")?, after_days: row.get("after_days")?, to: row.word("to_whom")? })).collect()
}

/// The highest level that something reached with what was due then; zero before the first.
pub async fn level<Q: Query>(query: &Q, object: &str, due: Timestamp) -> Result<u8, DbError> {
    let sql = "SELECT COALESCE(MAX(level), 0) AS level FROM climb WHERE object = $1 AND due = $2";
    query.one(sql, values![object, due]).await?.map_or(Ok(0), |row| row.get("level"))
}

/// Orders whose answer or approval is due and not there, where the clock does not rest, longest waiting first.
pub async fn overdue_orders<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<OrderRow>, DbError> {
    let sql = format!(
        "o.state IN ('submitted', 'approved') AND (o.due <= $1 OR (o.state = 'submitted' AND o.answered IS NULL AND o.answer_due <= $1)) \
         AND NOT EXISTS (SELECT x.id FROM order_rest x WHERE x.order_id = o.id AND x.ended IS NULL) ORDER BY o.due, o.number LIMIT {RUN_LIMIT}"
    );
    orders_where(query, &sql, values![now]).await
}

/// Questions to units that are due and not answered, longest waiting first.
pub async fn overdue_questions<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<QuestionRow>, DbError> {
    let sql = format!("o.state = 'open' AND o.side = 'school' AND o.due <= $1 ORDER BY o.due, o.id LIMIT {RUN_LIMIT}");
    questions_where(query, &sql, values![now]).await
}

/// One level that something reaches.
#[derive(Clone, Debug)]
pub struct NewClimb {
    pub id: ClimbId,
    pub duty: Duty,
    pub object: String,
    pub due: Timestamp,
    pub level: u8,
    pub to: ToWhom,
    pub to_name: String,
    pub owners: Vec<PersonId>,
    pub at: Timestamp,
}

/// Writes a level; false where another replica was first.
pub async fn insert_climb(tx: &mut Tx, climb: &NewClimb) -> Result<bool, DbError> {
    let sql = "INSERT INTO climb (id, duty, object, due, level, to_whom, to_name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let (duty, to) = (climb.duty.name(), climb.to.name());
    let values = values![climb.id, duty, climb.object, climb.due, climb.level, to, climb.to_name, climb.at];
    if tx.execute(sql, values).await? == 0 {
        return Ok(false);
    }
    for person in &climb.owners {
        tx.execute("INSERT INTO climb_owner (climb, person) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![climb.id, person]).await?;
    }
    Ok(true)
}

/// What climbed to one of these people, where what was due then is still due: `due` says so.
fn climbed(people: &BTreeSet<PersonId>, due: &str) -> (String, Vec<Value>) {
    let sql = format!(
        "EXISTS (SELECT m.id FROM climb m JOIN climb_owner w ON w.climb = m.id \
         WHERE m.object = o.id AND ({due}) AND m.to_whom <> 'owner' AND w.person IN ({}))",
        list_places(0, people.len())
    );
    (sql, people.iter().map(ToValue::to_value).collect())
}

/// Orders that climbed to one of these people and still wait, the longest waiting first.
pub async fn climbed_orders<Q: Query>(query: &Q, people: &BTreeSet<PersonId>) -> Result<Vec<OrderRow>, DbError> {
    let (sql, values) = climbed(people, "m.due = o.due OR (m.due = o.answer_due AND o.answered IS NULL)");
    orders_where(query, &format!("o.state IN ('submitted', 'approved') AND {sql} ORDER BY o.due, o.number LIMIT {RUN_LIMIT}"), values).await
}

/// Questions that climbed to one of these people and still wait, the longest waiting first.
pub async fn climbed_questions<Q: Query>(query: &Q, people: &BTreeSet<PersonId>) -> Result<Vec<QuestionRow>, DbError> {
    let (sql, values) = climbed(people, "m.due = o.due");
    questions_where(query, &format!("o.state = 'open' AND {sql} ORDER BY o.due, o.id LIMIT {RUN_LIMIT}"), values).await
}
