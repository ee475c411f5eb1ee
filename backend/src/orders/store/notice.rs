//! Notices in the product.

use shared::id::{NoticeId, PersonId};
use shared::orders::api::NoticeView;
use shared::time::Timestamp;

use super::places;
use crate::db::{DbError, Query, Row, Tx, Value};
use crate::values;

/// How many notices the product shows; older ones stay in the database.
const SHOWN_NOTICES: u32 = 100;

/// A notice to be written.
#[derive(Clone, Debug)]
pub struct NewNotice {
    pub id: NoticeId,
    pub person: PersonId,
    pub at: Timestamp,
    pub text: String,
    pub link: String,
}

/// Writes notices at once.
pub async fn insert_notices(tx: &mut Tx, notices: &[NewNotice]) -> Result<(), DbError> {
    if notices.is_empty() {
        return Ok(());
    }
    let sql = format!("INSERT INTO notice (id, person, at, text, link, seen) VALUES {}", places(notices.len(), 6));
    let values: Vec<Value> = notices.iter().flat_map(|n| values![n.id, n.person, n.at, n.text, n.link, false]).collect();
    tx.execute(&sql, values).await.map(|_| ())
}

/// The person's notices, newest first.
pub async fn notices<Q: Query>(query: &Q, person: PersonId) -> Result<Vec<NoticeView>, DbError> {
    let sql = format!("SELECT id, at, text, link, seen FROM notice WHERE person = $1 ORDER BY id DESC LIMIT {SHOWN_NOTICES}");
    let rows = query.all(&sql, values![person]).await?;
    let read = |row: &Row| {
        Ok(NoticeView { id: row.get("id")?, at: row.get("at")?, text: row.get("text")?, link: row.get("link")?, read: row.get("seen")? })
    };
    rows.iter().map(read).collect()
}

/// Marks a notice of this person as read; false where they have no such notice.
pub async fn mark_read(tx: &mut Tx, person: PersonId, id: NoticeId) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE notice SET seen = TRUE WHERE id = $1 AND person = $2", values![id, person]).await? == 1)
}
