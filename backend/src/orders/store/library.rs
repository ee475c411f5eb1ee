//! The library of published answers.

use shared::id::{LibraryEntryId, PersonId, QuestionId, ServiceId, UnitId};
use shared::identity::api::{PersonRef, UnitRef};
use shared::orders::questions::LibraryEntry;
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// The newest answers are shown; a district that has more of them finds the older ones by its list of questions.
const LIBRARY_LIMIT: u32 = 500;

const SELECT: &str = "SELECT l.id, l.unit, u.name AS unit_name, l.service, q.service_title, l.title, l.text, l.published_by, p.name, l.published, \
     l.question FROM library_entry l JOIN unit u ON u.id = l.unit JOIN question q ON q.id = l.question JOIN person p ON p.id = l.published_by \
     WHERE l.removed IS NULL";

fn read(row: &Row) -> Result<LibraryEntry, DbError> {
    Ok(LibraryEntry {
        id: row.get("id")?,
        unit: UnitRef { id: row.get("unit")?, name: row.get("unit_name")? },
        service: row.get("service")?,
        service_title: row.get("service_title")?,
        title: row.get("title")?,
        text: row.get("text")?,
        owner: PersonRef { id: row.get("published_by")?, name: row.get("name")? },
        published: row.get("published")?,
    })
}

/// Everything published, newest first.
pub async fn library<Q: Query>(query: &Q) -> Result<Vec<LibraryEntry>, DbError> {
    let sql = format!("{SELECT} ORDER BY l.published DESC, l.id LIMIT {LIBRARY_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(read).collect()
}

/// What was published of a question's answer.
pub async fn entry_of<Q: Query>(query: &Q, question: QuestionId) -> Result<Option<LibraryEntry>, DbError> {
    query.one(&format!("{SELECT} AND l.question = $1"), values![question]).await?.as_ref().map(read).transpose()
}

/// The question and the unit behind a published answer.
pub async fn behind<Q: Query>(query: &Q, entry: LibraryEntryId) -> Result<Option<(QuestionId, UnitId)>, DbError> {
    let row = query.one("SELECT question, unit FROM library_entry WHERE id = $1 AND removed IS NULL", values![entry]).await?;
    row.map(|row| Ok((row.get("question")?, row.get("unit")?))).transpose()
}

/// What is published, by whom.
pub struct NewEntry<'a> {
    pub id: LibraryEntryId,
    pub question: QuestionId,
    pub unit: UnitId,
    pub service: Option<ServiceId>,
    pub title: &'a str,
    pub text: &'a str,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Publishes an answer; false where it is published already.
pub async fn insert_entry(tx: &mut Tx, new: &NewEntry<'_>) -> Result<bool, DbError> {
    let sql = "INSERT INTO library_entry (id, question, unit, service, title, text, published_by, published) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let values = values![new.id, new.question, new.unit, new.service, new.title, new.text, new.by, new.at];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Takes a published answer out of the library; false where it is out already.
pub async fn remove_entry(tx: &mut Tx, id: LibraryEntryId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE library_entry SET removed = $2 WHERE id = $1 AND removed IS NULL", values![id, at]).await? == 1)
}
