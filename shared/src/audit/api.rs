//! Endpoints of audit: the chronological explorer and its export.

use serde::{Deserialize, Serialize};

use crate::contract::Empty;
use crate::endpoints;
use crate::id::{AuditRecordId, CommandId, PersonId, RequestId, SchoolId};
use crate::identity::api::{PersonRef, SchoolRef};
use crate::page::Page;
use crate::time::{Date, Timestamp};

endpoints! {
    /// Audit records, newest first, filtered.
    ListAuditRecords: Get "/api/audit" May(ViewAudit) Read Json, path (), query AuditFilter, body Empty, reply Page<AuditRecordView>;
    /// The same as a CSV file, safe against formulas.
    ExportAudit: Get "/api/audit/export" May(ViewAudit) Read Csv, path (), query AuditFilter, body Empty, reply Empty;
    /// How far the trail is sealed, and the newest published checkpoint.
    GetTrail: Get "/api/audit/trail" May(ViewAudit) Read Json, path (), query Empty, body Empty, reply TrailView;
    /// What proves that a record is in the tree.
    GetTrailProof: Get "/api/audit/{record}/proof" May(ViewAudit) Read Json, path AuditRecordId, query Empty, body Empty, reply TrailProof;
}

/// The trail as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrailView {
    /// Entries of the tree.
    pub sealed: u64,
    /// Records that have no place in it yet.
    pub waiting: u64,
    /// The root over all entries, in hexadecimal.
    pub root: String,
    pub checkpoint: Option<CheckpointView>,
    /// What a reader holds checkpoints against; absent before the first.
    pub public_key: Option<String>,
}

/// The newest checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CheckpointView {
    /// Entries that it vouches for.
    pub size: u64,
    pub at: Timestamp,
    /// The signed note, as it was published.
    pub note: String,
}

/// What leads from a record to the root; hashes in hexadecimal, from below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TrailProof {
    /// The record's canonical bytes.
    pub canonical: String,
    /// Absent while the record waits to be sealed.
    pub inclusion: Option<Inclusion>,
}

/// A record's place in the tree, and the way from there to the root.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inclusion {
    /// Counted from zero.
    pub place: u64,
    /// Entries of the tree that the root is of: those of the newest checkpoint that holds the record, else all.
    pub size: u64,
    pub root: String,
    pub steps: Vec<String>,
    /// True where a published checkpoint signs this root.
    pub signed: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditFilter {
    /// Part of the action's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Identifier of the object: an order, a person, an import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AuditRecordView {
    pub id: AuditRecordId,
    pub at: Timestamp,
    /// Absent for the command line and the policy itself.
    pub actor: Option<PersonRef>,
    /// The command's name: `ApproveOrder`.
    pub action: String,
    /// Identifier of what was changed; where there were several, of the first.
    pub object: String,
    /// Identifiers of what else the same command changed; the record is found by each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// `Order 1042`.
    pub object_title: String,
    pub school: Option<SchoolRef>,
    /// What changed, in a sentence.
    pub summary: String,
    pub reason: String,
    pub command: CommandId,
    pub request: RequestId,
    /// SHA-256 over the record's canonical bytes, in hexadecimal.
    pub digest: String,
}
