//! What a command leaves behind beside its change: the audit record and the effects on the outside.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use shared::id::{AuditRecordId, CommandId, PersonId, RequestId, SchoolId};
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

/// What is stored beside the record's readable columns.
pub(super) struct Sealed {
    pub salt: String,
    pub canonical: String,
    pub digest: String,
}

/// The record's canonical bytes and their digest.
///
/// Personal text (summary, reason, title) enters only as a digest with a salt, so that the trail can be published and the text
/// still be forgotten.
pub(super) fn seal(audit: &AuditRecord, id: AuditRecordId, chance: u128) -> Sealed {
    let salt = format!("{chance:032x}");
    let text = sha256_hex(format!("{salt}\n{}\n{}\n{}", audit.object_title, audit.summary, audit.reason).as_bytes());
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let canonical = format!(
        "chalkline-audit/1\nid={id}\nat={}\nactor={}\naction={}\nobject={}\nschool={}\ncommand={}\nrequest={}\ntext={text}\n",
        audit.at.micros(),
        or_dash(audit.actor.map(|a| a.to_string())),
        audit.action,
        audit.object.replace(['\n', '\r'], " "),
        or_dash(audit.school.map(|s| s.to_string())),
        audit.command_id,
        audit.request_id,
    );
    let digest = sha256_hex(canonical.as_bytes());
    Sealed { salt, canonical, digest }
}

fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
