//! Links sent by mail, stored as digests.

use shared::id::{InvitationId, PersonId};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Invitation,
    Reset,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }
}

/// A link to be stored.
#[derive(Clone, Debug)]
pub struct NewLink {
    pub id: InvitationId,
    pub person: PersonId,
    pub purpose: Purpose,
    pub token_hash: String,
    pub at: Timestamp,
    pub expires: Timestamp,
}

/// A new link makes the earlier ones of its purpose worthless.
pub async fn insert(tx: &mut Tx, new: &NewLink) -> Result<(), DbError> {
    let earlier = "DELETE FROM invitation WHERE person = $1 AND purpose = $2 AND used_at IS NULL";
    tx.execute(earlier, values![new.person, new.purpose.word()]).await?;
    let sql = "INSERT INTO invitation (id, person, purpose, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)";
    tx.execute(sql, values![new.id, new.person, new.purpose.word(), new.token_hash, new.at, new.expires]).await.map(|_| ())
}

/// Whose link this is, where it may still be used.
pub async fn find<Q: Query>(query: &Q, token_hash: &str, purpose: Purpose, now: Timestamp) -> Result<Option<PersonId>, DbError> {
    let sql = "SELECT i.person FROM invitation i JOIN person p ON p.id = i.person \
               WHERE i.token_hash = $1 AND i.purpose = $2 AND i.used_at IS NULL AND i.expires_at > $3 AND p.active";
    let row = query.one(sql, values![token_hash, purpose.word(), now]).await?;
    row.map(|row: Row| row.get("person")).transpose()
}

/// Uses a link up; 0 where somebody was faster.
pub async fn spend(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<u64, DbError> {
    tx.execute("UPDATE invitation SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL", values![token_hash, now]).await
}

/// Unused links of a person lose their worth.
pub async fn drop_unused(tx: &mut Tx, person: PersonId) -> Result<(), DbError> {
    tx.execute("DELETE FROM invitation WHERE person = $1 AND used_at IS NULL", values![person]).await.map(|_| ())
}
