//! Who stands in for whom.

use shared::id::{DelegationId, PersonId, SchoolId};
use shared::identity::Role;
use shared::money::Cents;
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// Delegations shown of one person.
const LIMIT: u32 = 100;

/// One delegation with the names of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DelegationRow {
    pub id: DelegationId,
    pub giver: PersonId,
    pub giver_name: String,
    pub taker: PersonId,
    pub taker_name: String,
    pub role: Role,
    pub school: Option<SchoolId>,
    pub school_name: Option<String>,
    pub first: Date,
    pub last: Date,
    pub cap: Option<Cents>,
}

const SELECT: &str = "SELECT d.*, g.name AS giver_name, t.name AS taker_name, s.name AS school_name FROM delegation d \
     JOIN person g ON g.id = d.giver JOIN person t ON t.id = d.taker LEFT JOIN school s ON s.id = d.school WHERE d.ended_at IS NULL ";

fn read(row: &Row) -> Result<DelegationRow, DbError> {
    Ok(DelegationRow {
        id: row.get("id")?,
        giver: row.get("giver")?,
        giver_name: row.get("giver_name")?,
        taker: row.get("taker")?,
        taker_name: row.get("taker_name")?,
        role: row.word("role")?,
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        first: row.get("first_day")?,
        last: row.get("last_day")?,
        cap: row.get("cap")?,
    })
}

/// What a person gave or was given, running or to come.
pub async fn delegations_of<Q: Query>(query: &Q, person: PersonId, today: Date) -> Result<Vec<DelegationRow>, DbError> {
    let sql = format!("{SELECT} AND (d.giver = $1 OR d.taker = $1) AND d.last_day >= $2 ORDER BY d.first_day, d.id LIMIT {LIMIT}");
    query.all(&sql, values![person, today]).await?.iter().map(read).collect()
}

/// For whom a person may decide today in this role.
pub async fn approvals_for<Q: Query>(query: &Q, taker: PersonId, role: Role, today: Date) -> Result<Vec<PersonId>, DbError> {
    let sql = format!("{SELECT} AND d.kind = 'approval' AND d.taker = $1 AND d.role = $2 AND d.first_day <= $3 AND d.last_day >= $3 ORDER BY d.id");
    let rows = query.all(&sql, values![taker, role.name(), today]).await?;
    rows.iter().map(|row| row.get("giver")).collect()
}

/// Up to how much a person may buy for a school today, and who said so.
pub async fn buying_cap<Q: Query>(query: &Q, taker: PersonId, school: SchoolId, today: Date) -> Result<Option<(PersonId, Cents)>, DbError> {
    let sql = format!(
        "{SELECT} AND d.kind = 'buying' AND d.taker = $1 AND d.school = $2 AND d.first_day <= $3 AND d.last_day >= $3 \
         ORDER BY d.cap DESC, d.id LIMIT 1"
    );
    let row = query.one(&sql, values![taker, school, today]).await?;
    row.map(|row| Ok((row.get("giver")?, row.get("cap")?))).transpose()
}

pub async fn delegation<Q: Query>(query: &Q, id: DelegationId) -> Result<Option<DelegationRow>, DbError> {
    query.one(&format!("{SELECT} AND d.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

pub async fn insert_delegation(tx: &mut Tx, row: &DelegationRow, at: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO delegation (id, kind, giver, taker, role, school, first_day, last_day, cap, given_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let kind = if row.cap.is_some() { "buying" } else { "approval" };
    let values = values![row.id, kind, row.giver, row.taker, row.role.name(), row.school, row.first, row.last, row.cap, at];
    tx.execute(sql, values).await.map(|_| ())
}

/// False where it has ended already.
pub async fn end_delegation(tx: &mut Tx, id: DelegationId, by: PersonId, at: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE delegation SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.execute(sql, values![id, by, at]).await? == 1)
}
