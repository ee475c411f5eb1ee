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
