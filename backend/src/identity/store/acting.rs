//! Acting appointments in the database.

use shared::id::{ActingId, PersonId, SchoolId};
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, ToValue as _, Tx};
use crate::identity::store::people::Person;
use crate::values;

/// Appointments listed at once.
const LIMIT: u32 = 500;

/// An appointment as stored, with all names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActingRow {
    pub id: ActingId,
    pub school: (SchoolId, String),
    pub person: (PersonId, String),
    pub deputy: (PersonId, String),
    pub days: (Date, Date),
    pub span: (Timestamp, Timestamp),
    pub reason: String,
    pub proposed_by: (PersonId, String),
    pub confirmed_by: Option<(PersonId, String)>,
}

const SELECT: &str = "SELECT a.*, s.name AS school_name, p.name AS person_name, d.name AS deputy_name, b.name AS proposed_name, \
     c.name AS confirmed_name FROM acting a JOIN school s ON s.id = a.school JOIN person p ON p.id = a.person JOIN person d ON d.id = a.deputy \
     JOIN person b ON b.id = a.proposed_by LEFT JOIN person c ON c.id = a.confirmed_by WHERE a.ended_at IS NULL";

fn read(row: &Row) -> Result<ActingRow, DbError> {
    let (confirmed, name): (Option<PersonId>, Option<String>) = (row.get("confirmed_by")?, row.get("confirmed_name")?);
    Ok(ActingRow {
        id: row.get("id")?,
        school: (row.get("school")?, row.get("school_name")?),
        person: (row.get("person")?, row.get("person_name")?),
        deputy: (row.get("deputy")?, row.get("deputy_name")?),
        days: (row.get("first_day")?, row.get("last_day")?),
        span: (row.get("begins_at")?, row.get("ends_at")?),
        reason: row.get("reason")?,
        proposed_by: (row.get("proposed_by")?, row.get("proposed_name")?),
        confirmed_by: confirmed.zip(name),
    })
}

/// Appointments that have not run out, by day.
pub async fn open<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<ActingRow>, DbError> {
    let sql = format!("{SELECT} AND a.ends_at > $1 ORDER BY a.begins_at, a.id LIMIT {LIMIT}");
    query.all(&sql, values![now]).await?.iter().map(read).collect()
}

/// Confirmed appointments of which a person is one of the two and that have not run out, by day.
pub async fn of<Q: Query>(query: &Q, person: PersonId, now: Timestamp) -> Result<Vec<ActingRow>, DbError> {
    let sql = format!(
        "{SELECT} AND (a.person = $1 OR a.deputy = $1) AND a.confirmed_at IS NOT NULL AND a.ends_at > $2 ORDER BY a.begins_at, a.id LIMIT {LIMIT}"
    );
    query.all(&sql, values![person, now]).await?.iter().map(read).collect()
}

/// One appointment that was not ended.
pub async fn acting<Q: Query>(query: &Q, id: ActingId) -> Result<Option<ActingRow>, DbError> {
    query.one(&format!("{SELECT} AND a.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// Whether a principal is on leave, or somebody acts, at any time between two instants by another appointment than `spared`.
pub async fn meets<Q: Query>(query: &Q, row: &ActingRow, spared: ActingId) -> Result<(bool, bool), DbError> {
    let sql = "SELECT person, deputy FROM acting WHERE (person = $1 OR deputy = $2) AND id <> $3 AND ended_at IS NULL AND begins_at < $5 AND ends_at > $4";
    let found = query.all(sql, values![row.person.0, row.deputy.0, spared, row.span.0, row.span.1]).await?;
    let mut both = (false, false);
    for one in &found {
        both.0 |= one.get::<PersonId>("person")? == row.person.0;
        both.1 |= one.get::<PersonId>("deputy")? == row.deputy.0;
    }
    Ok(both)
}

/// For whom a person acted at a school at an instant.
pub async fn acted_for<Q: Query>(query: &Q, deputy: PersonId, school: SchoolId, at: Timestamp) -> Result<Option<(PersonId, String)>, DbError> {
    let sql = "SELECT a.person, p.name FROM acting a JOIN person p ON p.id = a.person WHERE a.deputy = $1 AND a.school = $2 \
               AND a.confirmed_at IS NOT NULL AND a.begins_at <= $3 AND a.ends_at > $3 AND (a.ended_at IS NULL OR a.ended_at > $3) \
               ORDER BY a.begins_at, a.id LIMIT 1";
    query.one(sql, values![deputy, school, at]).await?.map(|row| Ok((row.get("person")?, row.get("name")?))).transpose()
}

/// With whom a person was one of the two at any time from `since` to `now`.
pub async fn acted_with<Q: Query>(query: &Q, person: PersonId, (since, now): (Timestamp, Timestamp)) -> Result<Vec<PersonId>, DbError> {
    let sql = "SELECT person, deputy FROM acting WHERE (person = $1 OR deputy = $1) AND confirmed_at IS NOT NULL AND begins_at <= $3 \
               AND ends_at > $2 AND (ended_at IS NULL OR ended_at > $2)";
    let rows = query.all(sql, values![person, since, now]).await?;
    let other = |row: &Row| {
        let (one, two): (PersonId, PersonId) = (row.get("person")?, row.get("deputy")?);
        Ok(if one == person { two } else { one })
    };
    rows.iter().map(other).collect()
}

/// Active people who act at `now` for any of these.
pub async fn deputies<Q: Query>(query: &Q, people: &[PersonId], now: Timestamp) -> Result<Vec<Person>, DbError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..people.len() + 2).map(|at| format!("${at}")).collect();
    let sql = format!(
        "SELECT DISTINCT p.id, p.name, p.email, p.password, p.active FROM acting a JOIN person p ON p.id = a.deputy WHERE p.active \
         AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL AND a.begins_at <= $1 AND a.ends_at > $1 AND a.person IN ({}) ORDER BY p.name, p.id",
        marks.join(", ")
    );
    let mut values = values![now];
    values.extend(people.iter().map(|id| id.to_value()));
    query.all(&sql, values).await?.iter().map(super::people::person_of).collect()
}

pub async fn insert(tx: &mut Tx, row: &ActingRow, at: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO acting (id, school, person, deputy, first_day, last_day, begins_at, ends_at, reason, proposed_by, proposed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let (school, person, deputy, by) = (row.school.0, row.person.0, row.deputy.0, row.proposed_by.0);
    let values = values![row.id, school, person, deputy, row.days.0, row.days.1, row.span.0, row.span.1, row.reason, by, at];
    tx.execute(sql, values).await.map(|_| ())
}

/// Puts an appointment in force; false where somebody was first.
pub async fn confirm(tx: &mut Tx, id: ActingId, by: PersonId, at: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE acting SET confirmed_by = $2, confirmed_at = $3 WHERE id = $1 AND confirmed_at IS NULL AND ended_at IS NULL AND ends_at > $3";
    Ok(tx.execute(sql, values![id, by, at]).await? == 1)
}

/// Ends an appointment; false where it had ended.
pub async fn end(tx: &mut Tx, id: ActingId, by: PersonId, at: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE acting SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL AND ends_at > $3";
    Ok(tx.execute(sql, values![id, by, at]).await? == 1)
}
