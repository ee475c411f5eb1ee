//! Sealing: records that wait become entries of the tree, in chunks, each in one transaction that is fenced by the size it read.

use shared::audit::tree::leaf_hash;

use super::sealed::{self, NewEntry};
use crate::db::{Db, DbError, Technical, Tx};

/// Records of one transaction; short, so that nobody waits behind it.
const CHUNK: u32 = 200;

/// Seals all that waits; how many records that were.
///
/// # Errors
/// Those of the database. What was sealed before stays sealed.
pub async fn seal(db: &Db) -> Result<u64, DbError> {
    let mut all = 0;
    loop {
        let sealed = match db.technical((), |tx, ()| seal_chunk(tx)).await {
            // Another replica was quicker: it has sealed these.
            Err(DbError::Conflict) => return Ok(all),
            sealed => sealed?,
        };
        all += sealed;
        if sealed < u64::from(CHUNK) {
            return Ok(all);
        }
    }
}

async fn seal_chunk(mut tx: Tx) -> Result<u64, DbError> {
    // The edge first: had another sealed these between the two reads, the fence would not see it.
    let before = sealed::edge(&tx).await?;
    let waiting = sealed::waiting(&tx, CHUNK).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let (mut edge, mut entries, mut nodes) = (before.clone(), Vec::new(), Vec::new());
    for (record, canonical) in waiting {
        let hash = leaf_hash(canonical.as_bytes());
        entries.push(NewEntry { place: edge.size(), record, hash });
        nodes.extend(edge.push(hash));
    }
    let sealed = edge.size() - before.size();
    if !sealed::grow(&mut tx, before.size(), &edge).await? {
        return Err(DbError::Conflict);
    }
    sealed::insert(&mut tx, &entries, &nodes).await?;
    tx.commit_technical(Technical::Seal).await?;
    Ok(sealed)
}
