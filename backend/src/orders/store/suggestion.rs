//! Suggested carts, and what is said beside a cart.

use shared::id::{CartCommentId, OrderId, PackageId, PersonId, PlanGoalId, SchoolId, SuggestionId};
use shared::identity::Scope;
use shared::identity::api::PersonRef;
use shared::orders::support::{CartComment, SuggestionState};
use shared::time::{Date, Timestamp};

use super::{list_places, places};
use crate::db::{DbError, Query, Row, ToValue as _, Tx, Value, word};
use crate::values;

/// Suggestions of one school that are shown; older answered ones stay in the database.
const SHOWN: u32 = 50;
/// The newest words beside a cart that are shown.
const SHOWN_COMMENTS: u32 = 100;

/// A suggested cart as it is kept.
#[derive(Clone, Debug)]
pub struct SuggestionRow {
    pub id: SuggestionId,
    pub school: SchoolId,
    pub title: String,
    pub note: String,
    pub state: SuggestionState,
    pub version: u32,
    pub by: PersonRef,
    pub made: Timestamp,
    pub answered_by: Option<PersonRef>,
    pub answered: Option<Timestamp>,
    pub answer: String,
    pub lines: Vec<SuggestedRow>,
}

#[derive(Clone, Debug)]
pub struct SuggestedRow {
    pub position: u32,
    pub package: PackageId,
    pub title: String,
    pub tier_name: String,
    pub quantity: u32,
    pub start: Option<Date>,
    pub goal: Option<PlanGoalId>,
    pub reason: String,
    pub order: Option<OrderId>,
}

const SUGGESTIONS: &str = "SELECT g.id, g.school, g.title, g.note, g.state, g.version, g.made_by, g.made, m.name AS maker, g.answered_by, \
     g.answered, a.name AS answerer, g.answer FROM suggestion g JOIN person m ON m.id = g.made_by LEFT JOIN person a ON a.id = g.answered_by";

fn read(row: &Row) -> Result<SuggestionRow, DbError> {
    let answered_by: Option<PersonId> = row.get("answered_by")?;
    let answerer: Option<String> = row.get("answerer")?;
    Ok(SuggestionRow {
        id: row.get("id")?,
        school: row.get("school")?,
        title: row.get("title")?,
        note: row.get("note")?,
        state: row.word("state")?,
        version: row.get("version")?,
        by: PersonRef { id: row.get("made_by")?, name: row.get("maker")? },
        made: row.get("made")?,
        answered_by: answered_by.zip(answerer).map(|(id, name)| PersonRef { id, name }),
        answered: row.get("answered")?,
        answer: row.get("answer")?,
        lines: Vec::new(),
    })
}

async fn with_lines<Q: Query>(query: &Q, rows: Vec<Row>) -> Result<Vec<SuggestionRow>, DbError> {
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let sql = format!(
        "SELECT suggestion, position, package, title, tier_name, quantity, start_day, goal, reason, order_id FROM suggestion_line \
         WHERE suggestion IN ({}) ORDER BY suggestion, position",
        list_places(0, found.len())
    );
    let ids = found.iter().map(|one| one.id.to_value()).collect();
    for row in query.all(&sql, ids).await? {
        let id: SuggestionId = row.get("suggestion")?;
        let line = SuggestedRow {
            position: row.get("position")?,
            package: row.get("package")?,
            title: row.get("title")?,
            tier_name: row.get("tier_name")?,
            quantity: row.get("quantity")?,
            start: row.get("start_day")?,
            goal: row.get("goal")?,
            reason: row.get("reason")?,
            order: row.get("order_id")?,
        };
        found.iter_mut().filter(|one| one.id == id).for_each(|one| one.lines.push(line.clone()));
    }
    Ok(found)
}

/// What was suggested to a school, the newest first.
pub async fn suggestions<Q: Query>(query: &Q, school: SchoolId) -> Result<Vec<SuggestionRow>, DbError> {
    let sql = format!("{SUGGESTIONS} WHERE g.school = $1 ORDER BY g.id DESC LIMIT {SHOWN}");
    let rows = query.all(&sql, values![school]).await?;
    with_lines(query, rows).await
}

/// One suggestion.
pub async fn suggestion<Q: Query>(query: &Q, id: SuggestionId) -> Result<Option<SuggestionRow>, DbError> {
    let rows = query.all(&format!("{SUGGESTIONS} WHERE g.id = $1"), values![id]).await?;
    Ok(with_lines(query, rows).await?.pop())
}

/// Suggestions that wait for an answer, with their school's name: those to a school, or those to a network's schools; the oldest first.
pub async fn open_suggestions<Q: Query>(query: &Q, scope: Scope) -> Result<Vec<(SuggestionRow, String)>, DbError> {
    let (column, value) = match scope {
        Scope::School(id) => ("s.id", id.to_value()),
        Scope::Network(id) => ("s.network", id.to_value()),
        Scope::District | Scope::Unit(_) | Scope::Provider(_) => return Ok(Vec::new()),
    };
    let sql = SUGGESTIONS.replace(" FROM suggestion g", ", s.name AS school_name FROM suggestion g JOIN school s ON s.id = g.school");
    let rows = query.all(&format!("{sql} WHERE g.state = 'open' AND {column} = $1 ORDER BY g.id LIMIT {SHOWN}"), vec![value]).await?;
    rows.iter().map(|row| Ok((read(row)?, row.get("school_name")?))).collect()
}

/// Writes a suggestion with its lines.
pub async fn insert_suggestion(tx: &mut Tx, row: &SuggestionRow) -> Result<(), DbError> {
    let sql = "INSERT INTO suggestion (id, school, title, note, state, version, made_by, made) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.execute(sql, values![row.id, row.school, row.title, row.note, word(&row.state)?, row.version, row.by.id, row.made]).await?;
    let sql = format!(
        "INSERT INTO suggestion_line (suggestion, position, package, title, tier_name, quantity, start_day, goal, reason) VALUES {}",
        places(row.lines.len(), 9)
    );
    let line = |l: &SuggestedRow| values![row.id, l.position, l.package, l.title, l.tier_name, l.quantity, l.start, l.goal, l.reason];
    let values: Vec<Value> = row.lines.iter().flat_map(line).collect();
    tx.execute(&sql, values).await.map(|_| ())
}

/// How a suggestion was answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub state: SuggestionState,
    pub by: PersonId,
    pub at: Timestamp,
    pub word: String,
}

/// Answers a suggestion; false where somebody was first, or looked at another version.
pub async fn answer_suggestion(tx: &mut Tx, id: SuggestionId, version: u32, answer: &Answer) -> Result<bool, DbError> {
    let sql = "UPDATE suggestion SET state = $3, answered_by = $4, answered = $5, answer = $6, version = version + 1 \
               WHERE id = $1 AND version = $2 AND state = 'open'";
    let values = values![id, version, word(&answer.state)?, answer.by, answer.at, answer.word];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Notes which draft a suggested line became.
pub async fn line_became(tx: &mut Tx, id: SuggestionId, position: u32, order: OrderId) -> Result<(), DbError> {
    let sql = "UPDATE suggestion_line SET order_id = $3 WHERE suggestion = $1 AND position = $2";
    tx.execute(sql, values![id, position, order]).await.map(|_| ())
}

/// What was said beside a school's cart, the newest last.
pub async fn cart_comments<Q: Query>(query: &Q, school: SchoolId) -> Result<Vec<CartComment>, DbError> {
    let sql = format!(
        "SELECT c.person, p.name, c.at, c.text FROM cart_comment c JOIN person p ON p.id = c.person WHERE c.school = $1 \
         ORDER BY c.id DESC LIMIT {SHOWN_COMMENTS}"
    );
    let rows = query.all(&sql, values![school]).await?;
    let read = |row: &Row| {
        let by = PersonRef { id: row.get("person")?, name: row.get("name")? };
        Ok(CartComment { by, at: row.get("at")?, text: row.get("text")? })
    };
    rows.iter().rev().map(read).collect()
}

/// Writes a word beside a school's cart.
pub async fn insert_comment(tx: &mut Tx, id: CartCommentId, school: SchoolId, said: (PersonId, Timestamp, &str)) -> Result<(), DbError> {
    let (person, at, text) = said;
    let sql = "INSERT INTO cart_comment (id, school, person, at, text) VALUES ($1, $2, $3, $4, $5)";
    tx.execute(sql, values![id, school, person, at, text]).await.map(|_| ())
}
