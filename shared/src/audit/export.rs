//! An export of the sealed trail: a head, then one entry a line, with every column as the database keeps it.

use serde::{Deserialize, Serialize};

use super::record::Stored;
use crate::id::{AuditRecordId, CommandId, PersonId, RequestId, SchoolId};
use crate::time::Timestamp;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// `chalkline-trail/1`.
    pub format: String,
    pub origin: String,
    /// Entries that follow.
    pub size: u64,
}

/// The one format there is.
pub const FORMAT: &str = "chalkline-trail/1";

/// One sealed record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its place in the tree, counted from zero.
    pub index: u64,
    pub id: AuditRecordId,
    pub at: Timestamp,
    pub actor: Option<PersonId>,
    pub action: String,
    pub object: String,
    pub others: Vec<String>,
    pub object_title: String,
    pub school: Option<SchoolId>,
    pub summary: String,
    pub reason: String,
    pub command_id: CommandId,
    pub request_id: RequestId,
    pub salt: String,
    pub canonical: String,
    pub digest: String,
}

impl Entry {
    /// The canonical bytes as the columns give them.
    pub fn canonical_of_columns(&self) -> String {
        let stored = Stored {
            id: self.id,
            at: self.at,
            actor: self.actor,
            action: &self.action,
            object: &self.object,
            others: &self.others,
            object_title: &self.object_title,
            school: self.school,
            summary: &self.summary,
            reason: &self.reason,
            command_id: self.command_id,
            request_id: self.request_id,
            salt: &self.salt,
        };
        stored.canonical()
    }
}
