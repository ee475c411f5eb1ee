//! Sessions, known browsers and throttles in the database.

use shared::id::{PersonId, SessionId};
use shared::time::Timestamp;

use super::people::grant_of;
use crate::db::{DbError, Query, Row, Tx};
use crate::identity::actor::Grant;
use crate::identity::rules::{ABSOLUTE_SECONDS, Allowance, IDLE_SECONDS};
use crate::values;

/// Open sessions listed for one person.
const SESSIONS_LIMIT: u32 = 200;

/// A session with its person and the roles they hold.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub id: SessionId,
    pub person: PersonId,
    pub name: String,
    pub csrf_token: String,
    pub begun: Timestamp,
    pub seen: Timestamp,
    pub grants: Vec<Grant>,
}

/// A session to be stored; `secret_hash` is the digest of what the browser keeps.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub id: SessionId,
    pub person: PersonId,
    pub secret_hash: String,
    pub csrf_token: String,
    pub browser: String,
    pub at: Timestamp,
}

/// One of a person's own sessions.
#[derive(Clone, Debug)]
pub struct OwnSession {
    pub id: SessionId,
    pub begun: Timestamp,
    pub seen: Timestamp,
    pub browser: String,
}

/// The session of an active person, whatever its age, in one query: this runs on every call.
pub async fn by_secret<Q: Query>(query: &Q, secret_hash: &str) -> Result<Option<SessionRow>, DbError> {
    let sql = "SELECT s.id, s.person, p.name, s.csrf_token, s.begun_at, s.seen_at, g.role, g.scope_id FROM session s \
               JOIN person p ON p.id = s.person LEFT JOIN role_grant g ON g.person = s.person AND g.state = 'held' \
               WHERE s.secret_hash = $1 AND p.active ORDER BY g.id";
    let rows = query.all(sql, values![secret_hash]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let held = |row: &Row| match row.get::<Option<String>>("role")? {
        Some(_) => grant_of(row).map(Some),
        None => Ok(None),
    };
    let grants = rows.iter().filter_map(|row| held(row).transpose()).collect::<Result<Vec<Grant>, DbError>>()?;
    let (id, person, name, csrf_token) = (first.get("id")?, first.get("person")?, first.get("name")?, first.get("csrf_token")?);
    Ok(Some(SessionRow { id, person, name, csrf_token, begun: first.get("begun_at")?, seen: first.get("seen_at")?, grants }))
}

pub async fn of_person<Q: Query>(query: &Q, person: PersonId, now: Timestamp) -> Result<Vec<OwnSession>, DbError> {
    let sql = format!(
        "SELECT id, begun_at, seen_at, browser FROM session WHERE person = $1 AND seen_at > $2 AND begun_at > $3 \
         ORDER BY seen_at DESC, id LIMIT {SESSIONS_LIMIT}"
    );
    let rows = query.all(&sql, values![person, now.plus_seconds(-IDLE_SECONDS), now.plus_seconds(-ABSOLUTE_SECONDS)]).await?;
    let read = |row: &Row| {
        Ok(OwnSession { id: row.get("id")?, begun: row.get("begun_at")?, seen: row.get("seen_at")?, browser: row.get("browser")? })
    };
    rows.iter().map(read).collect()
}

pub async fn insert(tx: &mut Tx, new: &NewSession) -> Result<(), DbError> {
    let sql = "INSERT INTO session (id, person, secret_hash, csrf_token, begun_at, seen_at, browser) VALUES ($1, $2, $3, $4, $5, $5, $6)";
    tx.execute(sql, values![new.id, new.person, new.secret_hash, new.csrf_token, new.at, new.browser]).await.map(|_| ())
}

pub async fn mark_seen(tx: &mut Tx, id: SessionId, now: Timestamp) -> Result<(), DbError> {
    tx.execute("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", values![id, now]).await.map(|_| ())
}

/// Gives a session a new secret; the old one is dead.
pub async fn rotate(tx: &mut Tx, id: SessionId, secret_hash: &str) -> Result<(), DbError> {
    tx.execute("UPDATE session SET secret_hash = $2 WHERE id = $1", values![id, secret_hash]).await.map(|_| ())
}

pub async fn end(tx: &mut Tx, id: SessionId) -> Result<(), DbError> {
    tx.execute("DELETE FROM session WHERE id = $1", values![id]).await.map(|_| ())
}

/// Ends a person's sessions, but for `spared`.
pub async fn end_all(tx: &mut Tx, person: PersonId, spared: Option<SessionId>) -> Result<(), DbError> {
    let spared = spared.map(|id| id.to_string()).unwrap_or_default();
    tx.execute("DELETE FROM session WHERE person = $1 AND id <> $2", values![person, spared]).await.map(|_| ())
}

/// Removes what has run out: sessions, and throttles that no longer hold anybody back.
pub async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<(), DbError> {
    let (idle, old) = (now.plus_seconds(-IDLE_SECONDS), now.plus_seconds(-ABSOLUTE_SECONDS));
    tx.execute("DELETE FROM session WHERE seen_at <= $1 OR begun_at <= $2", values![idle, old]).await?;
    tx.execute("DELETE FROM throttle WHERE used_until <= $1", values![now]).await.map(|_| ())
}

/// Takes one try from the allowance of `key`; false where it is used up. One statement, so that replicas share the count.
pub async fn take_try(tx: &mut Tx, key: &str, allowance: Allowance, now: Timestamp) -> Result<bool, DbError> {
    let sql = "INSERT INTO throttle (key, used_until) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE \
               SET used_until = CASE WHEN throttle.used_until > $3 THEN throttle.used_until ELSE $3 END + $4 \
               WHERE throttle.used_until <= $5";
    let step = allowance.interval_seconds * 1_000_000;
    let values = values![key, now.plus_seconds(allowance.interval_seconds), now, step, allowance.horizon(now)];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Gives a good try back.
pub async fn give_back(tx: &mut Tx, key: &str, allowance: Allowance) -> Result<(), DbError> {
    let step = allowance.interval_seconds * 1_000_000;
    tx.execute("UPDATE throttle SET used_until = used_until - $2 WHERE key = $1", values![key, step]).await.map(|_| ())
}

/// Whether the browser with this secret has signed this person in before.
pub async fn is_known_device<Q: Query>(query: &Q, secret_hash: &str, person: PersonId) -> Result<bool, DbError> {
    let sql = "SELECT person FROM known_device WHERE secret_hash = $1 AND person = $2";
    Ok(query.one(sql, values![secret_hash, person]).await?.is_some())
}

pub async fn keep_device(tx: &mut Tx, secret_hash: &str, person: PersonId, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO known_device (secret_hash, person, seen_at) VALUES ($1, $2, $3) ON CONFLICT (secret_hash, person) DO UPDATE SET seen_at = $3";
    tx.execute(sql, values![secret_hash, person, now]).await.map(|_| ())
}
