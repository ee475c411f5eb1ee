//! Chiefs of divisions in the database.

use shared::catalog::Division;
use shared::id::PersonId;
use shared::identity::api::PersonRef;
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Tx};
use crate::values;

/// The chief of a division on `day` where one is named who still is an active executive, and since when.
pub async fn chief<Q: Query>(query: &Q, division: Division, day: Date) -> Result<Option<(PersonRef, Date)>, DbError> {
    let sql = "SELECT c.person, p.name, c.from_day FROM chief c JOIN person p ON p.id = c.person AND p.active \
               JOIN role_grant g ON g.person = p.id AND g.role = 'executive' AND g.state = 'held' \
               WHERE c.division = $1 AND c.from_day = (SELECT MAX(d.from_day) FROM chief d WHERE d.division = $1 AND d.from_day <= $2)";
    let row = query.one(sql, values![division.name(), day]).await?;
    row.map(|row| Ok((PersonRef { id: row.get("person")?, name: row.get("name")? }, row.get("from_day")?))).transpose()
}

/// Names a chief from `day` on; named twice on one day, the later word counts.
pub async fn put(tx: &mut Tx, (division, person): (Division, PersonId), day: Date, (by, at): (Option<PersonId>, Timestamp)) -> Result<(), DbError> {
    let sql = "INSERT INTO chief (division, from_day, person, named_by, named_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (division, from_day) DO UPDATE SET person = $3, named_by = $4, named_at = $5";
    tx.execute(sql, values![division.name(), day, person, by, at]).await.map(|_| ())
}
