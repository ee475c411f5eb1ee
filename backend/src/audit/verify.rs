//! The trail's own audit: each record against its digest, each command against its record.

use shared::id::AuditRecordId;

use super::store::others;
use crate::db::{DbError, Query, Row, Stored, digest_of};
use crate::values;

/// Records read at once; bounds the memory.
const CHUNK: u32 = 1_000;
/// So many flaws are named of each law; one is bad enough.
const REPORTED: u32 = 100;

/// A place where the trail breaks a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub law: &'static str,
    /// The record or the command.
    pub place: String,
}

/// Looks at the whole trail; empty where it is sound.
///
/// # Errors
/// Only those of the database.
pub async fn verify(query: &impl Query) -> Result<Vec<Flaw>, DbError> {
    let mut flaws = Vec::new();
    let laws = [
        (
            "every command has its record",
            "SELECT c.id AS place FROM command AS c LEFT JOIN audit_record AS a ON a.command_id = c.id WHERE a.id IS NULL ORDER BY c.id LIMIT $1",
        ),
        (
            "every record has its command",
            "SELECT a.id AS place FROM audit_record AS a LEFT JOIN command AS c ON c.id = a.command_id WHERE c.id IS NULL ORDER BY a.id LIMIT $1",
        ),
    ];
    for (law, sql) in laws {
        for row in query.all(sql, values![REPORTED]).await? {
            flaws.push(Flaw { law, place: row.get("place")? });
        }
    }
    let mut after = String::new();
    loop {
        let sql = "SELECT id, at, actor, action, object, object_title, school, summary, reason, command_id, request_id, salt, canonical, digest \
                   FROM audit_record WHERE id > $1 ORDER BY id LIMIT $2";
        let rows = query.all(sql, values![after, CHUNK]).await?;
        let Some(last) = rows.last() else { return Ok(flaws) };
        after = last.get("id")?;
        let ids: Vec<AuditRecordId> = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        let others = others(query, &ids).await?;
        for (row, id) in rows.iter().zip(&ids) {
            if !is_sound(row, others.get(id).map_or(&[], Vec::as_slice))? {
                flaws.push(Flaw { law: "a record equals its canonical bytes and its digest", place: id.to_string() });
            }
        }
    }
}

fn is_sound(row: &Row, others: &[String]) -> Result<bool, DbError> {
    let text = |column| row.get::<String>(column);
    let (action, object, object_title) = (text("action")?, text("object")?, text("object_title")?);
    let (summary, reason, salt) = (text("summary")?, text("reason")?, text("salt")?);
    let id: AuditRecordId = row.get("id")?;
    let stored = Stored {
        id,
        at: row.get("at")?,
        actor: row.get("actor")?,
        action: &action,
        object: &object,
        others,
        object_title: &object_title,
        school: row.get("school")?,
        summary: &summary,
        reason: &reason,
        command_id: row.get("command_id")?,
        request_id: row.get("request_id")?,
        salt: &salt,
    };
    let canonical = stored.canonical();
    Ok(canonical == text("canonical")? && digest_of(&canonical) == text("digest")?)
}
