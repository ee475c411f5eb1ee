//! What can be imported, and what a refused row says. Reading rows is pure; files and databases are elsewhere.

use serde::{Deserialize, Serialize};

/// The kinds of file a district comes in by, in the order they are usually taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    Sites,
    /// The ledger's own funds (SACS fund segment).
    LedgerFunds,
    /// SACS resources: the funds of our screens.
    Resources,
    Objects,
    Functions,
    /// Budget and actual by full account.
    Books,
    /// Central-office units.
    Units,
    /// Enrollment and need by school, matched by name.
    Enrollment,
}

/// Where an import stands. Nothing of it is visible elsewhere before `Published`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// Rows are being read and checked.
    Checking,
    /// Checked; may be published or discarded.
    Ready,
    /// At least one row is bad; correct the file and take it again.
    Refused,
    Publishing,
    Published,
    Discarded,
}

/// A refused row: where and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RowProblem {
    /// Line of the file, the heading being line 1.
    pub line: u32,
    /// The column's name, or empty where the whole row is meant.
    pub column: String,
    pub message: String,
    /// The offending text, shortened.
    pub text: String,
}
