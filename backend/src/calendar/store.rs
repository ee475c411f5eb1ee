//! The rows of the calendar.

use shared::calendar::DaySpan;
use shared::fiscal::FiscalYear;
use shared::id::{CalendarDayId, PersonId, SchoolId};
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// More rows than a district keeps of many years, or a school of its own.
const ROWS_LIMIT: u32 = 2_000;
const COLUMNS: &str = "SELECT id, school, kind, first_day, last_day, title FROM calendar_day";

/// A row with its identity; without a school it is the district's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    pub id: CalendarDayId,
    pub school: Option<SchoolId>,
    pub span: DaySpan,
}

fn read(row: &Row) -> Result<DayRow, DbError> {
    let span =
        DaySpan { kind: row.word("kind")?, first: row.get("first_day")?, last: row.get("last_day")?, title: row.get("title")? };
    Ok(DayRow { id: row.get("id")?, school: row.get("school")?, span })
}

/// The district's days, by date.
pub async fn district<Q: Query>(query: &Q) -> Result<Vec<DayRow>, DbError> {
    let sql = format!("{COLUMNS} WHERE school IS NULL ORDER BY first_day, id LIMIT {ROWS_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(read).collect()
}

/// What a school protects from `since` on, by date.
pub async fn own<Q: Query>(query: &Q, school: SchoolId, since: Date) -> Result<Vec<DayRow>, DbError> {
    let sql = format!("{COLUMNS} WHERE school = $1 AND last_day >= $2 ORDER BY first_day, id LIMIT {ROWS_LIMIT}");
    query.all(&sql, values![school, since]).await?.iter().map(read).collect()
}

/// What all schools protect between two days, by date.
pub async fn of_schools<Q: Query>(query: &Q, first: Date, last: Date) -> Result<Vec<DayRow>, DbError> {
    let sql = format!(
        "{COLUMNS} WHERE school IS NOT NULL AND first_day <= $2 AND last_day >= $1 ORDER BY first_day, id LIMIT {ROWS_LIMIT}"
    );
    query.all(&sql, values![first, last]).await?.iter().map(read).collect()
}

/// One row.
pub async fn day<Q: Query>(query: &Q, id: CalendarDayId) -> Result<Option<DayRow>, DbError> {
    query.one(&format!("{COLUMNS} WHERE id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// Writes a row.
pub async fn insert(tx: &mut Tx, row: &DayRow, (by, now): (Option<PersonId>, Timestamp)) -> Result<(), DbError> {
    let DayRow { id, school, span } = row;
    let sql = "INSERT INTO calendar_day (id, school, kind, first_day, last_day, title, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = values![id, school, word(&span.kind)?, span.first, span.last, span.title, by, now];
    tx.execute(sql, values).await.map(|_| ())
}

/// Takes a row out; false where somebody was first.
pub async fn delete(tx: &mut Tx, id: CalendarDayId) -> Result<bool, DbError> {
    Ok(tx.execute("DELETE FROM calendar_day WHERE id = $1", values![id]).await? == 1)
}

/// The number of the district's calendar as it stands.
pub async fn revision<Q: Query>(query: &Q) -> Result<u32, DbError> {
    let row = query.one("SELECT revision FROM calendar_revision WHERE id = 1", values![]).await?;
    row.ok_or_else(|| DbError::Failed("the calendar has no revision".to_owned()))?.get("revision")
}

/// Counts a change; false where the calendar is no longer the one that was read.
pub async fn count_change(tx: &mut Tx, version: u32) -> Result<bool, DbError> {
    let sql = "UPDATE calendar_revision SET revision = revision + 1 WHERE id = 1 AND revision = $1";
    Ok(tx.execute(sql, values![version]).await? == 1)
}

/// Takes `days` of a school's year for protection, where so many are left.
///
/// Invariant: one write decides, however often a principal asks at once.
pub async fn take_protected(tx: &mut Tx, school: SchoolId, year: FiscalYear, (days, most): (u32, u32)) -> Result<bool, DbError> {
    let sql = "INSERT INTO protected_days (school, year, used, most) VALUES ($1, $2, 0, $3) ON CONFLICT (school, year) DO NOTHING";
    tx.execute(sql, values![school, year, most]).await?;
    let sql = "UPDATE protected_days SET used = used + $3 WHERE school = $1 AND year = $2 AND used + $3 <= most";
    Ok(tx.execute(sql, values![school, year, days]).await? == 1)
}

/// Gives protected days back.
pub async fn give_protected(tx: &mut Tx, school: SchoolId, year: FiscalYear, days: u32) -> Result<(), DbError> {
    let sql = "UPDATE protected_days SET used = CASE WHEN used > $3 THEN used - $3 ELSE 0 END WHERE school = $1 AND year = $2";
    tx.execute(sql, values![school, year, days]).await.map(|_| ())
}

/// How many days of the year are protected, and the most that may be; nothing where the school never protected one.
pub async fn protected<Q: Query>(query: &Q, school: SchoolId, year: FiscalYear) -> Result<Option<(u32, u32)>, DbError> {
    let sql = "SELECT used, most FROM protected_days WHERE school = $1 AND year = $2";
    let row = query.one(sql, values![school, year]).await?;
    row.map(|row| Ok((row.get("used")?, row.get("most")?))).transpose()
}
