//! Texts of the screens of audit.

pub const TRAIL: &str = "Trail";
pub const TRAIL_LEAD: &str =
    "Every change, newest first: who did what to what, and when. A record is written with the change or the change is not made.";
pub const EXPORT: &str = "Export as CSV";
pub const ACTION_FIND: &str = "Find an action, such as ApproveOrder or Delivery";
pub const ACTION: &str = "Action";
pub const OBJECT: &str = "What it is about";
pub const OBJECT_HINT: &str = "The identifier of an order, a person or an import";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const WHEN: &str = "When";
pub const WHO: &str = "Who";
pub const SCHOOL: &str = "School";
pub const WHAT: &str = "What changed";
pub const ALSO: &str = "The same command changed";
pub const RECORD: &str = "Record";
pub const SEALED: &str = "Digest";
pub const DIGEST: &str = "SHA-256 over the record's canonical bytes";
pub const BY_POLICY: &str = "The program itself";
pub const NO_RECORDS: &str = "No record matches. Take a filter away, or widen the days.";
