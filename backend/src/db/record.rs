//! What a command leaves behind beside its change: the audit record and the effects on the outside.

use serde::{Deserialize, Serialize};
pub use shared::audit::record::{Stored, digest_of};
use shared::id::{CommandId, PersonId, RequestId, SchoolId};
use shared::time::Timestamp;

use crate::ports::mailer::Mail;

/// One line of the audit trail, written in the same transaction as the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Absent for the command line and for what policy does by itself.
    pub actor: Option<PersonId>,
    /// The command's name: `ApproveOrder`.
    pub action: &'static str,
    /// Identifier of what was changed.
    pub object: String,
    /// What else the same command changed: found by each of these identifiers too.
    pub others: Vec<String>,
    /// `Order 1042`.
    pub object_title: String,
    pub school: Option<SchoolId>,
    /// What changed, in a sentence.
    pub summary: String,
    pub reason: String,
    pub command_id: CommandId,
    pub request_id: RequestId,
    pub at: Timestamp,
}

impl AuditRecord {
    /// A record about all of these, in their order; the first is its object.
    pub fn about(mut self, objects: impl IntoIterator<Item = String>) -> Self {
        let mut objects = objects.into_iter();
        self.object = objects.next().unwrap_or_default();
        self.others.extend(objects);
        self
    }
}

/// Something to be done outside the database, after the commit and at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "payload")]
pub enum Effect {
    Mail(Mail),
}

impl Effect {
    /// The stored name of the kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
        }
    }
}
