//! Whom people report to, and what is proposed.

use std::collections::BTreeMap;

use shared::id::{ManagerId, PersonId};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// A proposal of whom a person reports to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagerChange {
    pub id: ManagerId,
    pub person: PersonId,
    pub manager: Option<PersonId>,
    pub proposed_by: PersonId,
}

fn read(row: &Row) -> Result<ManagerChange, DbError> {
    Ok(ManagerChange { id: row.get("id")?, person: row.get("person")?, manager: row.get("manager")?, proposed_by: row.get("proposed_by")? })
}

/// The proposal, decided or not.
pub async fn change<Q: Query>(query: &Q, id: ManagerId) -> Result<Option<ManagerChange>, DbError> {
    let sql = "SELECT id, person, manager, proposed_by FROM manager_change WHERE id = $1";
    query.one(sql, values![id]).await?.as_ref().map(read).transpose()
}

/// What waits for a second person, by whom it is about.
pub async fn open<Q: Query>(query: &Q) -> Result<BTreeMap<PersonId, ManagerChange>, DbError> {
    let sql = "SELECT id, person, manager, proposed_by FROM manager_change WHERE state = 'proposed'";
    let rows = query.all(sql, values![]).await?;
    rows.iter().map(|row| read(row).map(|change| (change.person, change))).collect()
}

/// Whom each person reports to.
pub async fn managers<Q: Query>(query: &Q) -> Result<BTreeMap<PersonId, PersonId>, DbError> {
    let rows = query.all("SELECT id, reports_to FROM person WHERE reports_to IS NOT NULL", values![]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("reports_to")?))).collect()
}

/// Sets whom a person reports to, where the district is founded.
pub async fn set(tx: &mut Tx, person: PersonId, manager: PersonId) -> Result<(), DbError> {
    tx.execute("UPDATE person SET reports_to = $2 WHERE id = $1", values![person, manager]).await.map(|_| ())
}

/// Writes a proposal in place of one that still waits.
pub async fn propose(tx: &mut Tx, change: &ManagerChange, at: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE manager_change SET state = 'superseded' WHERE person = $1 AND state = 'proposed'";
    tx.execute(sql, values![change.person]).await?;
    let sql = "INSERT INTO manager_change (id, person, manager, state, proposed_by, proposed_at) VALUES ($1, $2, $3, 'proposed', $4, $5)";
    tx.execute(sql, values![change.id, change.person, change.manager, change.proposed_by, at]).await.map(|_| ())
}

/// Puts a proposal in force; false where it was decided or replaced meanwhile.
pub async fn confirm(tx: &mut Tx, change: &ManagerChange, by: PersonId) -> Result<bool, DbError> {
    let sql = "UPDATE manager_change SET state = 'confirmed', confirmed_by = $2 WHERE id = $1 AND state = 'proposed'";
    if tx.execute(sql, values![change.id, by]).await? == 0 {
        return Ok(false);
    }
    tx.execute("UPDATE person SET reports_to = $2 WHERE id = $1", values![change.person, change.manager]).await?;
    Ok(true)
}
