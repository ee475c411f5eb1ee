//! What can be imported, and what a refused row says. Reading rows is pure; files and databases are elsewhere.

pub mod columns;
pub mod encoding;
pub mod names;
pub mod row;
pub mod rows;

use serde::{Deserialize, Serialize};

use crate::catalog::words;

/// Most rows that one file may have.
pub const ROWS_LIMIT: usize = 500_000;
/// Most bytes that one file may have.
pub const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;
/// Most characters of one cell.
pub const CELL_LIMIT: usize = 20_000;
/// Most problems that are kept word for word; all are counted.
pub const PROBLEMS_LIMIT: usize = 1_000;
/// Most remarks that a report lists; the rest is counted.
pub const REMARKS_LIMIT: usize = 300;
/// Most characters of the offending text that a report quotes.
const QUOTE_LIMIT: usize = 60;

words! {
    /// The kinds of file a district comes in by, in the order they are usually taken.
    ImportKind {
        Sites = "sites", "Sites";
        /// The ledger's own funds (SACS fund segment).
        LedgerFunds = "ledger_funds", "Ledger funds";
        /// SACS resources: the funds of our screens.
        Resources = "resources", "Resources";
        Objects = "objects", "Objects";
        Functions = "functions", "Functions";
        /// Budget and actual by full account.
        Books = "books", "Books";
        /// Central-office units.
        Units = "units", "Units";
        /// Enrollment and need by school, matched by name.
        Enrollment = "enrollment", "Enrollment";
    }
}

words! {
    /// Where an import stands. Nothing of it is visible elsewhere before `Published`.
    ImportState {
        /// Rows are being read and checked.
        Checking = "checking", "Checking";
        /// Checked; may be published or discarded.
        Ready = "ready", "Ready";
        /// At least one row is bad; correct the file and take it again.
        Refused = "refused", "Refused";
        Publishing = "publishing", "Publishing";
        Published = "published", "Published";
        Discarded = "discarded", "Discarded";
    }
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

impl RowProblem {
    /// A problem of one cell; `text` is shortened here.
    pub fn new(line: u32, column: impl Into<String>, message: impl Into<String>, text: &str) -> Self {
        let short: String = text.chars().filter(|c| !c.is_control()).take(QUOTE_LIMIT).collect();
        let text = if text.chars().count() > QUOTE_LIMIT { format!("{short}…") } else { short };
        Self { line, column: column.into(), message: message.into(), text }
    }

    /// A problem of the whole file, told at its heading.
    pub fn of_file(message: impl Into<String>) -> Self {
        Self::new(1, "", message, "")
    }
}
