//! Questions and their answers.

use shared::id::{LibraryEntryId, NetworkId, OrderId, PersonId, QuestionId, SchoolId, ServiceId, UnitId};
use shared::orders::questions::{QuestionFilter, QuestionState, Side};
use shared::time::{Date, Timestamp};

use super::list::{Condition, Whose, like};
use crate::db::{DbError, Query, Row, Tx, Value};
use crate::values;

/// The most rows one page of questions has.
pub const QUESTIONS_PAGE: usize = 50;
/// The most questions that a desk shows, and that one thread or order holds.
const DESK_LIMIT: usize = 50;

/// A question with the names that every screen of it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionRow {
    pub id: QuestionId,
    pub version: u32,
    pub order: Option<(OrderId, u32)>,
    pub school: SchoolId,
    pub school_name: String,
    pub network: Option<NetworkId>,
    pub unit: UnitId,
    pub unit_name: String,
    pub unit_contact: String,
    pub service: Option<ServiceId>,
    pub service_title: String,
    pub side: Side,
    pub state: QuestionState,
    pub text: String,
    pub asked_by: PersonId,
    pub asked_by_name: String,
    pub asked: Timestamp,
    pub due: Timestamp,
    pub follows: Option<QuestionId>,
    pub answer: String,
    pub refused: bool,
    pub instead: String,
    pub answered_by: Option<(PersonId, String)>,
    pub answered_for: Option<(PersonId, String)>,
    pub answered: Option<Timestamp>,
    pub useful: Option<bool>,
    pub entry: Option<LibraryEntryId>,
    /// Whom it has climbed to.
    pub climbed_to: Option<String>,
    pub words: String,
}

const SELECT: &str = "SELECT o.*, s.name AS school_name, s.network AS network, u.name AS unit_name, u.contact AS unit_contact, \
     a.name AS asked_by_name, b.name AS answered_by_name, f.name AS answered_for_name, r.number AS order_number, l.id AS entry, \
     (SELECT m.to_name FROM climb m WHERE m.object = o.id AND m.due = o.due AND m.to_whom <> 'owner' ORDER BY m.level DESC LIMIT 1) AS climbed_to \
     FROM question o JOIN school s ON s.id = o.school JOIN unit u ON u.id = o.unit JOIN person a ON a.id = o.asked_by \
     LEFT JOIN person b ON b.id = o.answered_by LEFT JOIN person f ON f.id = o.answered_for LEFT JOIN orders r ON r.id = o.order_id \
     LEFT JOIN library_entry l ON l.question = o.id AND l.removed IS NULL ";

fn read(row: &Row) -> Result<QuestionRow, DbError> {
    let named = |id: &str, name: &str| -> Result<Option<(PersonId, String)>, DbError> {
        let (id, name): (Option<PersonId>, Option<String>) = (row.get(id)?, row.get(name)?);
        Ok(id.zip(name))
    };
    let (order, number): (Option<OrderId>, Option<u32>) = (row.get("order_id")?, row.get("order_number")?);
    Ok(QuestionRow {
        id: row.get("id")?,
        version: row.get("version")?,
        order: order.zip(number),
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        network: row.get("network")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        unit_contact: row.get("unit_contact")?,
        service: row.get("service")?,
        service_title: row.get("service_title")?,
        side: row.word("side")?,
        state: row.word("state")?,
        text: row.get("text")?,
        asked_by: row.get("asked_by")?,
        asked_by_name: row.get("asked_by_name")?,
        asked: row.get("asked")?,
        due: row.get("due")?,
        follows: row.get("follows")?,
        answer: row.get("answer")?,
        refused: row.get("refused")?,
        instead: row.get("instead")?,
        answered_by: named("answered_by", "answered_by_name")?,
        answered_for: named("answered_for", "answered_for_name")?,
        answered: row.get("answered")?,
        useful: row.get("useful")?,
        entry: row.get("entry")?,
        climbed_to: row.get("climbed_to")?,
        words: row.get("words")?,
    })
}

pub(super) async fn where_<Q: Query>(query: &Q, condition: &str, values: Vec<Value>) -> Result<Vec<QuestionRow>, DbError> {
    query.all(&format!("{SELECT} WHERE {condition}"), values).await?.iter().map(read).collect()
}

/// The question, or nothing.
pub async fn question<Q: Query>(query: &Q, id: QuestionId) -> Result<Option<QuestionRow>, DbError> {
    Ok(where_(query, "o.id = $1", values![id]).await?.pop())
}

/// The questions inside an order, oldest first.
pub async fn questions_of<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<QuestionRow>, DbError> {
    where_(query, &format!("o.order_id = $1 ORDER BY o.id LIMIT {DESK_LIMIT}"), values![order]).await
}

/// The questions that follow up this one, oldest first.
pub async fn follow_ups<Q: Query>(query: &Q, id: QuestionId) -> Result<Vec<QuestionRow>, DbError> {
    where_(query, &format!("o.follows = $1 ORDER BY o.id LIMIT {DESK_LIMIT}"), values![id]).await
}

/// One page of questions, newest first: one more row than the page holds where there is more.
pub async fn question_page<Q: Query>(query: &Q, whose: &Whose, filter: &QuestionFilter) -> Result<Vec<QuestionRow>, DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    if let Some(state) = filter.state {
        condition.and("o.state = ?", state.name().to_owned());
    }
    if let Some(service) = filter.service {
        condition.and("o.service = ?", service);
    }
    for word in filter.words.iter().flat_map(|words| words.split_whitespace()).take(8) {
        condition.and("o.words LIKE ? ESCAPE '!'", like(word));
    }
    if let Some(after) = &filter.after {
        condition.and("o.id < ?", after.clone());
    }
    let (sql, values) = condition.into_sql();
    where_(query, &format!("{sql} ORDER BY o.id DESC LIMIT {}", QUESTIONS_PAGE + 1), values).await
}

/// Open questions of a scope that one side asked, the most urgent first.
pub async fn open_questions<Q: Query>(query: &Q, whose: &Whose, side: Side) -> Result<Vec<QuestionRow>, DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    condition.and("o.side = ?", side.name().to_owned());
    condition.and("o.state = ?", QuestionState::Open.name().to_owned());
    let (sql, values) = condition.into_sql();
    where_(query, &format!("{sql} ORDER BY o.due, o.id LIMIT {DESK_LIMIT}"), values).await
}

/// What a person asked and was answered since `since`, and has not said whether it was of use.
pub async fn unrated<Q: Query>(query: &Q, person: PersonId, since: Timestamp) -> Result<Vec<QuestionRow>, DbError> {
    let sql =
        format!("o.asked_by = $1 AND o.state = 'answered' AND o.useful IS NULL AND o.answered > $2 ORDER BY o.id DESC LIMIT {DESK_LIMIT}");
    where_(query, &sql, values![person, since]).await
}

/// Whether a side's question of an order is open, `but` left aside.
pub async fn has_open_question<Q: Query>(query: &Q, order: OrderId, side: Side, but: QuestionId) -> Result<bool, DbError> {
    let sql = "SELECT id FROM question WHERE order_id = $1 AND side = $2 AND state = 'open' AND id <> $3 LIMIT 1";
    Ok(query.one(sql, values![order, side.name(), but]).await?.is_some())
}

/// Writes a new question.
pub async fn insert_question(tx: &mut Tx, q: &QuestionRow) -> Result<(), DbError> {
    let sql = "INSERT INTO question (id, version, order_id, school, unit, service, service_title, side, state, text, asked_by, asked, due, \
         follows, words) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let order = q.order.map(|(id, _)| id);
    let (side, state) = (q.side.name(), q.state.name());
    let values = values![
        q.id,
        q.version,
        order,
        q.school,
        q.unit,
        q.service,
        q.service_title,
        side,
        state,
        q.text,
        q.asked_by,
        q.asked,
        q.due,
        q.follows,
        q.words,
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Writes `after` over the row that still has the version of `before`; false where somebody was there first.
pub async fn change_question(tx: &mut Tx, before: &QuestionRow, after: &QuestionRow) -> Result<bool, DbError> {
    let sql = "UPDATE question SET version = version + 1, state = $3, answer = $4, refused = $5, instead = $6, answered_by = $7, \
         answered_for = $8, answered = $9, useful = $10, words = $11 WHERE id = $1 AND version = $2";
    let (by, absent) = (after.answered_by.as_ref().map(|(id, _)| *id), after.answered_for.as_ref().map(|(id, _)| *id));
    let (state, answered, useful) = (after.state.name(), after.answered, after.useful);
    let values =
        values![before.id, before.version, state, after.answer, after.refused, after.instead, by, absent, answered, useful, after.words,];
    Ok(tx.execute(sql, values).await? == 1)
}

/// In how many working days a unit and a school answer where no service promises it.
pub async fn question_policy<Q: Query>(query: &Q, day: Date) -> Result<(u16, u16), DbError> {
    let sql = "SELECT unit_days, school_days FROM question_policy WHERE from_day <= $1 ORDER BY from_day DESC LIMIT 1";
    let row = query.one(sql, values![day]).await?.ok_or_else(|| DbError::Failed("no question policy holds".to_owned()))?;
    Ok((row.get("unit_days")?, row.get("school_days")?))
}
