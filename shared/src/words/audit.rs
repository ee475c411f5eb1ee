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
pub const SEAL: &str = "The seal";
pub const SEALED_RECORDS: &str = "Sealed records";
pub const WAITING_RECORDS: &str = "Waiting to be sealed";
pub const NOT_SIGNED: &str = "Nothing is signed yet; the first checkpoint follows within the hour.";
pub const SEAL_WHY: &str = "How the trail proves itself";
pub const SEAL_EXPLAINED: &str = "Each record becomes an entry of a tree of hashes. The root over all entries is signed every hour and laid down outside the database. \
     Whoever keeps a checkpoint can hold any later export against it: chalkline-verify does, without this program or its database.";
pub const ROOT: &str = "Root over all sealed records";
pub const PUBLIC_KEY: &str = "Key that checkpoints are held against";
pub const NOTE: &str = "The newest checkpoint, as published";
pub const CHECK_SEAL: &str = "Check the seal";
pub const NOT_SEALED_YET: &str = "This record is seconds old and not sealed yet. Check again in a moment.";
pub const NOT_PROVED: &str = "This record does not lead to the signed root. Tell the auditor, and hold an export against the checkpoints that you kept.";

pub fn signed(size: u64) -> String {
    format!("The newest checkpoint vouches for {} records; it was published", crate::money::whole(size))
}

/// The proof held, under a published checkpoint.
pub fn proved(place: u64, size: u64, steps: usize) -> String {
    format!("Sealed: entry {} of {} leads to the signed root in {steps} steps, checked by your browser.", place + 1, size)
}

/// The proof held, but no checkpoint has signed the root yet.
pub fn proved_unsigned(place: u64, size: u64, steps: usize) -> String {
    format!("Entry {} of {} leads to the root in {steps} steps. The next checkpoint will sign it.", place + 1, size)
}
