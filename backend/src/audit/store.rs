//! The trail's SQL: read only; records are written by the transaction itself.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use shared::audit::api::AuditRecordView;
use shared::id::{AuditRecordId, IdError, PersonId, SchoolId};
use shared::identity::api::{PersonRef, SchoolRef};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, ToValue, Value, placeholders};

/// Which records are wanted; absent parts do not matter.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Part of the action's name.
    pub action: Option<String>,
    pub object: Option<String>,
    pub actor: Option<PersonId>,
    pub school: Option<SchoolId>,
    pub from: Option<Timestamp>,
    pub before: Option<Timestamp>,
}

/// A place in the trail: lists go on after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    at: Timestamp,
    id: AuditRecordId,
}

impl Position {
    pub fn of(record: &AuditRecordView) -> Self {
        Self { at: record.at, id: record.id }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.micros(), self.id)
    }
}

impl FromStr for Position {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (at, id) = text.split_once('.').ok_or(IdError)?;
        Ok(Self { at: Timestamp::from_micros(at.parse().map_err(|_| IdError)?), id: id.parse()? })
    }
}

/// At most `limit` records, newest first, after `after` where given.
pub async fn page<Q: Query>(
    query: &Q,
    selection: &Selection,
    after: Option<Position>,
    limit: u32,
) -> Result<Vec<AuditRecordView>, DbError> {
    let mut conditions: Vec<String> = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    let mut demand = |condition: &str, value: Value| {
        values.push(value);
        conditions.push(condition.replace('?', &format!("${}", values.len())));
    };
    if let Some(action) = &selection.action {
        demand("LOWER(a.action) LIKE ? ESCAPE '!'", pattern(action).to_value());
    }
    if let Some(object) = &selection.object {
        // The few records about it, whatever their time, rather than the whole trail by time.
        let found = "a.id IN (SELECT id FROM audit_record WHERE object = ? UNION SELECT record FROM audit_object WHERE object = ?)";
        demand(found, object.to_value());
    }
    if let Some(actor) = selection.actor {
        demand("a.actor = ?", actor.to_value());
    }
    if let Some(school) = selection.school {
        demand("a.school = ?", school.to_value());
    }
    if let Some(from) = selection.from {
        demand("a.at >= ?", from.to_value());
    }
    if let Some(before) = selection.before {
        demand("a.at < ?", before.to_value());
    }
    if let Some(Position { at, id }) = after {
        // The first condition lets both databases walk the index; the second parts those of one instant.
        demand("a.at <= ?", at.to_value());
        values.extend([at.to_value(), id.to_value()]);
        conditions.push(format!("(a.at, a.id) < (${}, ${})", values.len() - 1, values.len()));
    }
    let filter = if conditions.is_empty() { String::new() } else { format!("WHERE {}", conditions.join(" AND ")) };
    values.push(limit.to_value());
    let sql = format!(
        "SELECT a.id, a.at, a.actor, p.name AS actor_name, a.action, a.object, a.object_title, a.school, s.name AS school_name, a.summary, \
         a.reason, a.command_id, a.request_id, a.digest FROM audit_record AS a LEFT JOIN person AS p ON p.id = a.actor \
         LEFT JOIN school AS s ON s.id = a.school {filter} ORDER BY a.at DESC, a.id DESC LIMIT ${}",
        values.len()
    );
    let mut records: Vec<AuditRecordView> = query.all(&sql, values).await?.iter().map(record).collect::<Result<_, _>>()?;
    let ids: Vec<AuditRecordId> = records.iter().map(|record| record.id).collect();
    let mut others = others(query, &ids).await?;
    for record in &mut records {
        record.others = others.remove(&record.id).unwrap_or_default();
    }
    Ok(records)
}

/// What else these records are about, in the order in which they name it; records about one thing are left out.
pub async fn others<Q: Query>(query: &Q, records: &[AuditRecordId]) -> Result<BTreeMap<AuditRecordId, Vec<String>>, DbError> {
    let mut found: BTreeMap<AuditRecordId, Vec<String>> = BTreeMap::new();
    if records.is_empty() {
        return Ok(found);
    }
    let among = placeholders(1, records.len());
    let sql = format!("SELECT record, object FROM audit_object WHERE record IN ({among}) ORDER BY record, position");
    for row in query.all(&sql, records.iter().map(ToValue::to_value).collect()).await? {
        found.entry(row.get("record")?).or_default().push(row.get("object")?);
    }
    Ok(found)
}

/// `text` anywhere, letter case aside, its own wildcards taken literally.
fn pattern(text: &str) -> String {
    format!("%{}%", text.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

fn record(row: &Row) -> Result<AuditRecordView, DbError> {
    let actor: Option<PersonId> = row.get("actor")?;
    let actor_name: Option<String> = row.get("actor_name")?;
    let school: Option<SchoolId> = row.get("school")?;
    let school_name: Option<String> = row.get("school_name")?;
    Ok(AuditRecordView {
        id: row.get("id")?,
        at: row.get("at")?,
        actor: actor.map(|id| PersonRef { id, name: actor_name.unwrap_or_default() }),
        action: row.get("action")?,
        object: row.get("object")?,
        others: Vec::new(),
        object_title: row.get("object_title")?,
        school: school.map(|id| SchoolRef { id, name: school_name.unwrap_or_default() }),
        summary: row.get("summary")?,
        reason: row.get("reason")?,
        command: row.get("command_id")?,
        request: row.get("request_id")?,
        digest: row.get("digest")?,
    })
}
