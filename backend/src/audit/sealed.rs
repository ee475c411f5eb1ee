//! The sealed trail's SQL: the queue, the tree's nodes and edge, the checkpoints.

use shared::audit::checkpoint::Checkpoint;
use shared::audit::export::Entry;
use shared::audit::tree::{Edge, Hash, Node, Run, fold};
use shared::id::AuditRecordId;
use shared::time::Timestamp;

use super::store::others;
use crate::db::{DbError, Query, Row, ToValue, Tx, Value, placeholders, rows_of_placeholders};
use crate::values;

/// Rows of one INSERT.
const ROWS_AT_ONCE: usize = 100;

/// A record that becomes an entry.
pub struct NewEntry {
    pub place: u64,
    pub record: AuditRecordId,
    pub hash: Hash,
}

/// A checkpoint as it is kept.
#[derive(Clone, Debug)]
pub struct KeptNote {
    pub size: u64,
    pub root: Hash,
    pub note: String,
    pub at: Timestamp,
}

/// Records that wait to be sealed, oldest first, with their canonical bytes.
pub async fn waiting<Q: Query>(query: &Q, most: u32) -> Result<Vec<(AuditRecordId, String)>, DbError> {
    let sql = "SELECT u.record, a.canonical FROM unsealed u JOIN audit_record a ON a.id = u.record ORDER BY u.record LIMIT $1";
    query.all(sql, values![most]).await?.iter().map(|row| Ok((row.get("record")?, row.get("canonical")?))).collect()
}

/// How many wait.
pub async fn count_waiting<Q: Query>(query: &Q) -> Result<u64, DbError> {
    let row = query.one("SELECT COUNT(*) AS n FROM unsealed", Vec::new()).await?.ok_or_else(|| broken("a count", "it is missing"))?;
    number(&row, "n")
}

/// The tree's right edge.
pub async fn edge<Q: Query>(query: &Q) -> Result<Edge, DbError> {
    let row = tree(query).await?;
    let peaks: String = row.get("peaks")?;
    let peaks: Result<Vec<Hash>, DbError> = peaks.split_whitespace().map(|text| hash(text, "peaks")).collect();
    Edge::stored(number(&row, "size")?, peaks?).ok_or_else(|| broken("peaks", "they do not fit the size"))
}

/// The key that signs, as it was first used.
pub async fn public_key<Q: Query>(query: &Q) -> Result<Option<String>, DbError> {
    tree(query).await?.get("public_key")
}

async fn tree<Q: Query>(query: &Q) -> Result<Row, DbError> {
    let row = query.one("SELECT size, peaks, root, public_key FROM trail_tree WHERE id = 1", Vec::new()).await?;
    row.ok_or_else(|| broken("the trail's tree", "it is missing"))
}

/// Puts the new edge in place of the one of `size` entries; false where that has changed meanwhile.
pub async fn grow(tx: &mut Tx, size: u64, edge: &Edge) -> Result<bool, DbError> {
    let peaks: Vec<String> = edge.peaks().iter().map(ToString::to_string).collect();
    let sql = "UPDATE trail_tree SET size = $1, peaks = $2, root = $3 WHERE id = 1 AND size = $4";
    let values = values![signed(edge.size())?, peaks.join(" "), edge.root().to_string(), signed(size)?];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Writes entries with their nodes and takes them out of the queue.
pub async fn insert(tx: &mut Tx, entries: &[NewEntry], nodes: &[Node]) -> Result<(), DbError> {
    for chunk in entries.chunks(ROWS_AT_ONCE) {
        let mut values: Vec<Value> = Vec::new();
        for entry in chunk {
            values.extend(values![signed(entry.place)?, entry.record]);
        }
        let sql = format!("INSERT INTO leaf (place, record) VALUES {}", rows_of_placeholders(chunk.len(), 2));
        tx.execute(&sql, values).await?;
        let sql = format!("DELETE FROM unsealed WHERE record IN ({})", placeholders(1, chunk.len()));
        tx.execute(&sql, chunk.iter().map(|entry| entry.record.to_value()).collect()).await?;
    }
    let leaves = entries.iter().map(|entry| Node { level: 0, index: entry.place, hash: entry.hash });
    let all: Vec<Node> = leaves.chain(nodes.iter().copied()).collect();
    for chunk in all.chunks(ROWS_AT_ONCE) {
        let mut values: Vec<Value> = Vec::new();
        for node in chunk {
            values.extend(values![node.level, signed(node.index)?, node.hash.to_string()]);
        }
        let sql = format!("INSERT INTO trail_node (level, place, hash) VALUES {}", rows_of_placeholders(chunk.len(), 3));
        tx.execute(&sql, values).await?;
    }
    Ok(())
}

/// A record's canonical bytes and its place in the tree, absent while it waits; `None` where there is no such record.
pub async fn place<Q: Query>(query: &Q, record: AuditRecordId) -> Result<Option<(String, Option<u64>)>, DbError> {
    let sql = "SELECT a.canonical, l.place FROM audit_record a LEFT JOIN leaf l ON l.record = a.id WHERE a.id = $1";
    let Some(row) = query.one(sql, values![record]).await? else { return Ok(None) };
    let place: Option<i64> = row.get("place")?;
    Ok(Some((row.get("canonical")?, place.map(|place| u64::try_from(place).map_err(|_| broken("place", "it is negative"))).transpose()?)))
}

/// The steps of a proof.
pub async fn proof<Q: Query>(query: &Q, runs: &[Run]) -> Result<Vec<Hash>, DbError> {
    let mut steps = Vec::with_capacity(runs.len());
    for run in runs {
        let mut hashes = Vec::new();
        for (level, place) in run.nodes() {
            let sql = "SELECT hash FROM trail_node WHERE level = $1 AND place = $2";
            let row = query.one(sql, values![level, signed(place)?]).await?.ok_or_else(|| broken("a node of the trail", "it is missing"))?;
            hashes.push(hash(&row.get::<String>("hash")?, "hash")?);
        }
        steps.push(fold(&hashes).ok_or_else(|| broken("a node of the trail", "it is missing"))?);
    }
    Ok(steps)
}

/// Keeps a signed checkpoint; false where there is one of its size already.
pub async fn keep_note(tx: &mut Tx, checkpoint: &Checkpoint, note: &str) -> Result<bool, DbError> {
    let sql = "INSERT INTO trail_checkpoint (size, root, note, at, published) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    let values = values![signed(checkpoint.size)?, checkpoint.root.to_string(), note, checkpoint.at, false];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Remembers whose key signs, once; false where it is another's.
pub async fn claim_key(tx: &mut Tx, key: &str) -> Result<bool, DbError> {
    let sql = "UPDATE trail_tree SET public_key = $1 WHERE id = 1 AND (public_key IS NULL OR public_key = $1)";
    Ok(tx.execute(sql, values![key]).await? == 1)
}

/// The newest checkpoint.
pub async fn newest_note<Q: Query>(query: &Q) -> Result<Option<KeptNote>, DbError> {
    let rows = query.all("SELECT size, root, note, at FROM trail_checkpoint ORDER BY size DESC LIMIT 1", Vec::new()).await?;
    rows.first().map(kept).transpose()
}

/// Checkpoints that do not lie outside the database yet.
pub async fn unpublished<Q: Query>(query: &Q) -> Result<Vec<KeptNote>, DbError> {
    let sql = "SELECT size, root, note, at FROM trail_checkpoint WHERE published = $1 ORDER BY size";
    query.all(sql, values![false]).await?.iter().map(kept).collect()
}

pub async fn mark_published(tx: &mut Tx, size: u64) -> Result<(), DbError> {
    tx.execute("UPDATE trail_checkpoint SET published = $1 WHERE size = $2", values![true, signed(size)?]).await.map(|_| ())
}

fn kept(row: &Row) -> Result<KeptNote, DbError> {
    Ok(KeptNote { size: number(row, "size")?, root: hash(&row.get::<String>("root")?, "root")?, note: row.get("note")?, at: row.get("at")? })
}

/// Entries from `from` on, as the database keeps them.
pub async fn entries<Q: Query>(query: &Q, from: u64, most: u32) -> Result<Vec<Entry>, DbError> {
    let sql = "SELECT l.place, a.id, a.at, a.actor, a.action, a.object, a.object_title, a.school, a.summary, a.reason, a.command_id, a.request_id, \
               a.salt, a.canonical, a.digest FROM leaf l JOIN audit_record a ON a.id = l.record WHERE l.place >= $1 ORDER BY l.place LIMIT $2";
    let rows = query.all(sql, values![signed(from)?, most]).await?;
    let mut entries: Vec<Entry> = rows.iter().map(entry).collect::<Result<_, _>>()?;
    let ids: Vec<AuditRecordId> = entries.iter().map(|entry| entry.id).collect();
    let mut more = others(query, &ids).await?;
    for entry in &mut entries {
        entry.others = more.remove(&entry.id).unwrap_or_default();
    }
    Ok(entries)
}

fn entry(row: &Row) -> Result<Entry, DbError> {
    Ok(Entry {
        index: number(row, "place")?,
        id: row.get("id")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        action: row.get("action")?,
        object: row.get("object")?,
        others: Vec::new(),
        object_title: row.get("object_title")?,
        school: row.get("school")?,
        summary: row.get("summary")?,
        reason: row.get("reason")?,
        command_id: row.get("command_id")?,
        request_id: row.get("request_id")?,
        salt: row.get("salt")?,
        canonical: row.get("canonical")?,
        digest: row.get("digest")?,
    })
}

fn number(row: &Row, column: &str) -> Result<u64, DbError> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| broken(column, "it is negative"))
}

fn signed(number: u64) -> Result<i64, DbError> {
    i64::try_from(number).map_err(|_| broken("size", "it is too large"))
}

fn hash(text: &str, column: &str) -> Result<Hash, DbError> {
    text.parse().map_err(|_| broken(column, "it is no hash"))
}

fn broken(column: &str, why: &str) -> DbError {
    DbError::Row { column: column.to_owned(), why: why.to_owned() }
}
