//! Absences in the database.

use shared::id::{AbsenceId, PersonId};
use shared::time::{Date, Timestamp};

use super::people::grant_of;
use crate::db::{DbError, Query, Row, Tx};
use crate::identity::actor::Lent;
use crate::values;

/// Absences listed for one person.
const ABSENCES_LIMIT: u32 = 50;

/// An absence as stored, with both names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceRow {
    pub id: AbsenceId,
    pub person: PersonId,
    pub person_name: String,
    pub deputy: PersonId,
    pub deputy_name: String,
    pub first: Date,
    pub last: Date,
    pub note: String,
}

/// An absence to be stored; it holds from one instant to another in the district's own days.
#[derive(Clone, Debug)]
pub struct NewAbsenceRow {
    pub id: AbsenceId,
    pub person: PersonId,
    pub deputy: PersonId,
    pub days: (Date, Date),
    pub span: (Timestamp, Timestamp),
    pub note: String,
    pub at: Timestamp,
}

const SELECT: &str = "SELECT a.id, a.person, p.name AS person_name, a.deputy, d.name AS deputy_name, a.first_day, a.last_day, a.note \
     FROM absence a JOIN person p ON p.id = a.person JOIN person d ON d.id = a.deputy WHERE a.ended_at IS NULL";

fn read(row: &Row) -> Result<AbsenceRow, DbError> {
    Ok(AbsenceRow {
        id: row.get("id")?,
        person: row.get("person")?,
        person_name: row.get("person_name")?,
        deputy: row.get("deputy")?,
        deputy_name: row.get("deputy_name")?,
        first: row.get("first_day")?,
        last: row.get("last_day")?,
        note: row.get("note")?,
    })
}

/// A person's absences that have not run out, by day.
pub async fn of_person<Q: Query>(query: &Q, person: PersonId, now: Timestamp) -> Result<Vec<AbsenceRow>, DbError> {
    let sql = format!("{SELECT} AND a.person = $1 AND a.ends_at > $2 ORDER BY a.begins_at, a.id LIMIT {ABSENCES_LIMIT}");
    query.all(&sql, values![person, now]).await?.iter().map(read).collect()
}

/// The absences in which a person stands in and that have not run out, by day.
pub async fn of_deputy<Q: Query>(query: &Q, deputy: PersonId, now: Timestamp) -> Result<Vec<AbsenceRow>, DbError> {
    let sql = format!("{SELECT} AND a.deputy = $1 AND a.ends_at > $2 ORDER BY a.begins_at, a.id LIMIT {ABSENCES_LIMIT}");
    query.all(&sql, values![deputy, now]).await?.iter().map(read).collect()
}

/// One absence that was not ended.
pub async fn absence<Q: Query>(query: &Q, id: AbsenceId) -> Result<Option<AbsenceRow>, DbError> {
    query.one(&format!("{SELECT} AND a.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// Whether a person is away at any time between two instants.
pub async fn is_away<Q: Query>(query: &Q, person: PersonId, (from, until): (Timestamp, Timestamp)) -> Result<bool, DbError> {
    let sql = "SELECT id FROM absence WHERE person = $1 AND ended_at IS NULL AND begins_at < $3 AND ends_at > $2 LIMIT 1";
    Ok(query.one(sql, values![person, from, until]).await?.is_some())
}

/// Who of these people is away now, and who acts for them.
pub async fn away_now<Q: Query>(query: &Q, people: &[PersonId], now: Timestamp) -> Result<Vec<AbsenceRow>, DbError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let marks: Vec<String> = (2..people.len() + 2).map(|at| format!("${at}")).collect();
    let sql =
        format!("{SELECT} AND a.begins_at <= $1 AND a.ends_at > $1 AND a.person IN ({}) ORDER BY a.begins_at, a.id", marks.join(", "));
    let mut values = values![now];
    values.extend(people.iter().map(crate::db::ToValue::to_value));
    query.all(&sql, values).await?.iter().map(read).collect()
}

/// What a person's absent colleagues lend at `now`, and the seats in which they act by appointment; which of it the person may take up is for the rules to say. Runs on every call.
pub async fn lent<Q: Query>(query: &Q, deputy: PersonId, now: Timestamp) -> Result<Vec<Lent>, DbError> {
    let sql = "SELECT a.person, p.name, g.role, g.scope_id, CAST(0 AS BIGINT) AS appointed, a.begins_at AS begins, g.id AS held \
               FROM absence a JOIN person p ON p.id = a.person JOIN role_grant g ON g.person = a.person AND g.state = 'held' \
               WHERE a.deputy = $1 AND a.ended_at IS NULL AND a.begins_at <= $2 AND a.ends_at > $2 AND p.active \
               UNION ALL \
               SELECT a.person, p.name, g.role, g.scope_id, CAST(1 AS BIGINT), a.begins_at, g.id \
               FROM acting a JOIN person p ON p.id = a.person JOIN role_grant g ON g.person = a.person AND g.state = 'held' \
               AND g.role = 'principal' AND g.scope_kind = 'school' AND g.scope_id = a.school \
               WHERE a.deputy = $1 AND a.confirmed_at IS NOT NULL AND a.ended_at IS NULL AND a.begins_at <= $2 AND a.ends_at > $2 AND p.active \
               ORDER BY appointed, begins, held";
    let rows = query.all(sql, values![deputy, now]).await?;
    let lent = |row: &Row| {
        let (person, name, appointed) = (row.get("person")?, row.get("name")?, row.get::<u32>("appointed")? == 1);
        Ok(Lent { grant: grant_of(row)?, person, name, appointed })
    };
    rows.iter().map(lent).collect()
}

pub async fn insert(tx: &mut Tx, new: &NewAbsenceRow) -> Result<(), DbError> {
    let sql = "INSERT INTO absence (id, person, deputy, first_day, last_day, begins_at, ends_at, note, set_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = values![new.id, new.person, new.deputy, new.days.0, new.days.1, new.span.0, new.span.1, new.note, new.at];
    tx.execute(sql, values).await.map(|_| ())
}

/// Ends an absence; false where it had ended.
pub async fn end(tx: &mut Tx, id: AbsenceId, at: Timestamp) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE absence SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", values![id, at]).await? == 1)
}
