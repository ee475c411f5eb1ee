//! Imports: their state and report, their staged rows, and what was wrong with the bad ones.

use shared::budget::api::ImportView;
use shared::budget::import::{ImportKind, ImportState, RowProblem};
use shared::id::{ImportId, PersonId};
use shared::identity::api::PersonRef;
use shared::page::{PAGE_LIMIT, Page};
use shared::time::Timestamp;

use super::insert_many;
use crate::db::{DbError, Query, Row, Tx, json};
use crate::values;

/// Most imports that the list answers with.
const IMPORTS_LIMIT: u32 = 200;
const SELECT: &str = "SELECT i.id, i.kind, i.file_name, i.digest, i.state, i.started_at, i.started_by, p.name AS person_name, i.touched_at, \
                      i.rows_read, i.rows_good, i.rows_refused, i.rows_unchanged, i.summary, i.remarks \
                      FROM import i LEFT JOIN person p ON p.id = i.started_by";

/// An import as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    pub view: ImportView,
    /// The last sign of life while it is checked.
    pub touched: Timestamp,
}

/// An import about to be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    pub id: ImportId,
    pub kind: ImportKind,
    pub file_name: String,
    pub digest: String,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// What checking found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub rows_read: u32,
    pub rows_good: u32,
    pub rows_refused: u32,
    pub rows_unchanged: u32,
    pub summary: Vec<String>,
    pub remarks: Vec<String>,
}

fn read(row: Row) -> Result<Import, DbError> {
    let by = match (row.get::<Option<PersonId>>("started_by")?, row.get::<Option<String>>("person_name")?) {
        (Some(id), Some(name)) => Some(PersonRef { id, name }),
        _ => None,
    };
    let view = ImportView {
        id: row.get("id")?,
        kind: row.word("kind")?,
        file_name: row.get("file_name")?,
        digest: row.get("digest")?,
        state: row.word("state")?,
        started: row.get("started_at")?,
        by,
        rows_read: row.get("rows_read")?,
        rows_good: row.get("rows_good")?,
        rows_refused: row.get("rows_refused")?,
        rows_unchanged: row.get("rows_unchanged")?,
        summary: row.json("summary")?,
        remarks: row.json("remarks")?,
    };
    Ok(Import { view, touched: row.get("touched_at")? })
}

pub async fn import(q: &impl Query, id: ImportId) -> Result<Option<Import>, DbError> {
    q.one(&format!("{SELECT} WHERE i.id = $1"), values![id]).await?.map(read).transpose()
}

/// The newest imports.
pub async fn imports(q: &impl Query) -> Result<Vec<Import>, DbError> {
    let rows = q.all(&format!("{SELECT} ORDER BY i.started_at DESC, i.id DESC LIMIT {IMPORTS_LIMIT}"), vec![]).await?;
    rows.into_iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx, import: &NewImport) -> Result<(), DbError> {
    let sql = "INSERT INTO import (id, kind, file_name, digest, state, started_at, started_by, touched_at, rows_read, rows_good, \
               rows_refused, rows_unchanged, summary, remarks) VALUES ($1, $2, $3, $4, 'checking', $5, $6, $5, 0, 0, 0, 0, '[]', '[]')";
    tx.execute(sql, values![import.id, import.kind.name(), import.file_name, import.digest, import.at, import.by]).await.map(|_| ())
}

/// Tells how far checking is.
pub async fn progress(tx: &mut Tx, id: ImportId, rows_read: usize, at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE import SET rows_read = $2, touched_at = $3 WHERE id = $1 AND state = 'checking'";
    tx.execute(sql, values![id, rows_read, at]).await.map(|_| ())
}

/// Stores what checking found; only once, and only while it is being checked.
pub async fn report(tx: &mut Tx, id: ImportId, state: ImportState, report: &Report) -> Result<bool, DbError> {
    let sql = "UPDATE import SET state = $2, rows_read = $3, rows_good = $4, rows_refused = $5, rows_unchanged = $6, summary = $7, \
               remarks = $8 WHERE id = $1 AND state = 'checking'";
    let (summary, remarks) = (json(&report.summary)?, json(&report.remarks)?);
    let values =
        values![id, state.name(), report.rows_read, report.rows_good, report.rows_refused, report.rows_unchanged, summary, remarks];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Takes a checked import to its end; false where it is no longer ready.
pub async fn finish(tx: &mut Tx, id: ImportId, state: ImportState, summary: &[String], at: Timestamp) -> Result<bool, DbError> {
    let published = (state == ImportState::Published).then_some(at);
    let sql = "UPDATE import SET state = $2, summary = $3, published_at = $4 WHERE id = $1 AND state = 'ready'";
    Ok(tx.execute(sql, values![id, state.name(), json(&summary)?, published]).await? == 1)
}

/// Throws away an import that was refused; false where it is in another state.
pub async fn discard_refused(tx: &mut Tx, id: ImportId) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE import SET state = 'discarded' WHERE id = $1 AND state IN ('refused', 'checking')", values![id]).await? == 1)
}

/// Stages rows of a small kind; `rows` are line and JSON.
pub async fn stage(tx: &mut Tx, id: ImportId, rows: &[(u32, String)]) -> Result<(), DbError> {
    let rows = rows.iter().map(|(line, content)| values![id, *line, content]).collect();
    insert_many(tx, "INSERT INTO import_row (import, line, content)", "", rows).await.map(|_| ())
}

/// The staged rows of a small kind, in the file's order.
pub async fn staged<T: serde::de::DeserializeOwned>(q: &impl Query, id: ImportId) -> Result<Vec<T>, DbError> {
    let rows = q.all("SELECT content FROM import_row WHERE import = $1 ORDER BY line", values![id]).await?;
    rows.iter().map(|row| row.json("content")).collect()
}

pub async fn insert_problems(tx: &mut Tx, id: ImportId, problems: &[RowProblem]) -> Result<(), DbError> {
    let row = |(at, p): (usize, &RowProblem)| values![id, at, p.line, p.column, p.message, p.text];
    let head = "INSERT INTO import_problem (import, position, line, field, message, found)";
    insert_many(tx, head, "", problems.iter().enumerate().map(row).collect()).await.map(|_| ())
}

/// What was wrong, a page at a time in the file's order; `after` is the last position seen.
pub async fn problems(q: &impl Query, id: ImportId, after: Option<i64>) -> Result<Page<RowProblem>, DbError> {
    let sql = format!(
        "SELECT position, line, field, message, found FROM import_problem WHERE import = $1 AND position > $2 ORDER BY position LIMIT {}",
        PAGE_LIMIT + 1
    );
    let rows = q.all(&sql, values![id, after.unwrap_or(-1)]).await?;
    let shown = rows.iter().take(PAGE_LIMIT as usize);
    let read = |row: &Row| {
        Ok(RowProblem { line: row.get("line")?, column: row.get("field")?, message: row.get("message")?, text: row.get("found")? })
    };
    let items = shown.clone().map(read).collect::<Result<Vec<_>, DbError>>()?;
    let more = rows.len() > items.len();
    let last = shown.last().map(|row| row.get::<i64>("position")).transpose()?;
    Ok(Page { items, next: last.filter(|_| more).map(|position| position.to_string()) })
}
