//! Texts of the budget's own pages: my school's budget, a line, the budget office, imports.

use crate::budget::CauseKind;
use crate::budget::api::ExceptionKind;
use crate::budget::import::{ImportKind, ImportState};
use crate::ledger::TransferKind;
use crate::money::whole;

pub const BUDGET_TITLE: &str = "Budget";
pub const YEAR: &str = "Fiscal year";
pub const ALL_FUNDS: &str = "All funds together";
pub const LINES_TITLE: &str = "By fund";
pub const LINES_LEAD: &str = "Open a fund to see every movement behind its numbers.";
pub const FUND: &str = "Fund";
pub const KIND: &str = "Kind";
pub const WHERE_IT_STANDS: &str = "Where it stands";
pub const GIVEN: &str = "Given";
pub const SPENT: &str = "Spent";
pub const COMMITTED: &str = "Committed";
pub const AWAITING: &str = "Awaiting approval";
pub const AVAILABLE: &str = "Available";
pub const PLANNED: &str = "In the plan";
pub const TOTAL: &str = "Total";
pub const DEFICIT: &str = "Opening deficit";
pub const NO_SCHOOL_TITLE: &str = "Choose a school";
pub const NO_SCHOOL_TEXT: &str = "Your role covers the district. Open a school from the budget office to see its budget.";
pub const TO_BUDGET_OFFICE: &str = "Go to the budget office";
pub const NO_LINES_TITLE: &str = "No money in this year yet";
pub const NO_LINES_TEXT: &str = "The budget office gives lines by importing the books. Look at another year, or ask the budget office.";
pub const WHY_THESE: &str = "What these words mean";
pub const MEANINGS: [(&str, &str); 5] = [
    ("Given", "What the books or the budget office put on the line, adjustments included."),
    ("Spent", "Confirmed deliveries, and actual spending of the books."),
    ("Committed", "Approved orders that are not delivered yet."),
    ("Awaiting approval", "Submitted orders; free again if they are returned."),
    ("Available", "What you may still buy from. Given = spent + committed + awaiting approval + available."),
];
pub const PLAN_TITLE: &str = "The school plan";
pub const PLAN_LEAD: &str = "Goals, the money behind them, and what was ordered for each.";
pub const PLAN_EMPTY: &str = "No goals are recorded for this year. Restricted funds that need a goal cannot pay until they are.";
pub const GOAL: &str = "Goal";
pub const INDICATOR: &str = "Measured by";
pub const PLAN_MONEY: &str = "Set aside";
pub const ORDERED: &str = "Ordered";
pub const RULE_TITLE: &str = "What this money may pay for";
pub const UNDECIDED: &str = "Waits for the budget office";
pub const UNDECIDED_TEXT: &str =
    "The budget office has yet to decide what this fund may pay for. Until then it pays for nothing; ask them, or use another fund.";
pub const ANY_CATEGORY: &str = "Any kind of service";
pub const ANY_OBJECT: &str = "Any object";
pub const OBJECTS: &str = "Objects";
pub const CATEGORIES: &str = "Kinds of service";
pub const LAST_DAY: &str = "Last day";
pub const NO_LAST_DAY: &str = "No last day";
pub const NEEDS: &str = "Must be on file";
pub const NEEDS_NOTHING: &str = "Nothing more";
pub const NEEDS_GOAL: &str = "A plan goal must be named";
pub const NEEDS_COUNCIL: &str = "The site council must have reviewed the plan line";
pub const QUOTE: &str = "The rule in its own words";
pub const SOURCE: &str = "Where the words stand";
pub const MOVEMENTS_TITLE: &str = "Every movement";
pub const MOVEMENTS_LEAD: &str = "Their sums are the numbers above. Each names the document behind it.";
pub const SHOW: &str = "Show";
pub const EVERYTHING: &str = "Everything";
pub const WHEN: &str = "When";
pub const WHAT: &str = "What happened";
pub const DOCUMENT: &str = "Document";
pub const BY: &str = "By";
pub const BY_POLICY: &str = "By policy";
pub const AMOUNT: &str = "Amount";
pub const NO_MOVEMENTS: &str = "Nothing moved here.";
pub const BOOKS_TITLE: &str = "The books behind this line";
pub const BOOKS_LEAD: &str =
    "Rows of the district's ledger, signed as they came. Only objects that a school decides over count as its money.";
pub const NOT_YOURS: &str = "Rows of objects that the district decides over";
pub const OBJECT: &str = "Object";
pub const FUNCTION: &str = "Function";
pub const BUDGET_AMOUNT: &str = "Budget";
pub const ACTUAL: &str = "Actual";
pub const DECIDES: &str = "School decides";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const OFFICE_TITLE: &str = "Budget office";
pub const OFFICE_TABS: &str = "Parts of the budget office";
pub const TAB_FUNDS: &str = "Funds";
pub const TAB_SCHOOLS: &str = "Schools";
pub const TAB_RULES: &str = "Fund rules";
pub const TAB_EXCEPTIONS: &str = "Exceptions";
pub const DISTRICT_TOTAL: &str = "All schools together";
pub const SCHOOLS: &str = "Schools";
pub const FUNDS: &str = "Funds";
pub const OPEN_EXCEPTIONS: &str = "Open exceptions";
pub const FUNDS_TO_DECIDE: &str = "Funds to decide";
pub const SCHOOL: &str = "School";
pub const NO_BOOKS_TITLE: &str = "No school has a budget yet";
pub const NO_BOOKS_TEXT: &str = "Import sites, ledger funds, resources, objects and functions, then the books.";
pub const TO_IMPORTS: &str = "Go to imports";
pub const RULES_LEAD: &str =
    "A fund without a decision pays for nothing. Decide what it may pay for; the rule's own words are shown to every school.";
pub const FIND_FUND: &str = "Find a fund by code or name";
pub const TO_DECIDE: &str = "To decide";
pub const DECIDED: &str = "Decided";
pub const DECIDE: &str = "Decide";
pub const CHANGE: &str = "Change";
pub const SAVE_RULE: &str = "Save the rule";
pub const RULE_SAVED: &str = "Decided. Schools see it at once.";
pub const WHICH: &str = "Which funds";
pub const ALL: &str = "All";
pub const CATEGORIES_HINT: &str = "None ticked means any kind of service.";
pub const OBJECTS_HINT: &str = "SACS objects, separated by spaces. Empty means any.";
pub const EXCEPTIONS_LEAD: &str =
    "Money below zero in the books, and cuts below what is committed. Never spendable; closed by the difference of a later import.";
pub const NO_EXCEPTIONS: &str = "Nothing stands below zero in this year.";
pub const REASON: &str = "Reason";
pub const OPENED: &str = "Opened";
pub const STATE: &str = "State";
pub const OPEN: &str = "Open";
pub const CLOSED: &str = "Closed";
pub const IMPORTS_TITLE: &str = "Imports";
pub const IMPORTS_LEAD: &str =
    "A file is checked first and published only if every row is good. Taking the same file twice changes nothing.";
pub const NEW_IMPORT: &str = "Take a file";
pub const FILE_KIND: &str = "What the file holds";
pub const DROP_HINT: &str = "CSV in UTF-8, separated by commas, semicolons or tabs; or a JSON list.";
pub const CHOOSE_FILE: &str = "Choose a file";
pub const CHECK_FILE: &str = "Check the file";
pub const CHOOSE_FIRST: &str = "Choose a file and say what it holds.";
pub const SENDING: &str = "Sending";
pub const CHECKING: &str = "Checking rows";
pub const EXPECTED: &str = "Columns it must have";
pub const EXPECTED_MORE: &str = "and, where there are some";
pub const PAST_IMPORTS: &str = "Imports so far";
pub const NO_IMPORTS: &str = "No file was taken yet.";
pub const FILE: &str = "File";
pub const ROWS: &str = "Rows";
pub const GOOD_ROWS: &str = "Good rows";
pub const REFUSED_ROWS: &str = "Refused rows";
pub const UNCHANGED_ROWS: &str = "As they are here";
pub const REPORT: &str = "What publishing does";
pub const REPORT_DONE: &str = "What publishing did";
pub const REMARKS: &str = "Remarks";
pub const PROBLEMS: &str = "What has to be corrected";
pub const PROBLEMS_CSV: &str = "Problems as CSV";
pub const LINE: &str = "Line";
pub const COLUMN: &str = "Column";
pub const PROBLEM: &str = "Problem";
pub const FOUND: &str = "Found";
pub const WHOLE_ROW: &str = "whole row";
pub const PUBLISH: &str = "Publish";
pub const DISCARD: &str = "Throw away";
pub const PUBLISHED: &str = "Published.";
pub const DISCARDED: &str = "Thrown away. Nothing was changed.";
pub const REFUSED_TEXT: &str = "Refused as a whole; nothing was changed. Correct these rows and take the file again.";
pub const READY_TEXT: &str = "Every row is good. Nothing is visible until you publish.";
pub const DIGEST: &str = "SHA-256 of the file";
pub const TAKEN: &str = "Taken";
pub const COMMAND_LINE: &str = "the command line";
pub const BACK_TO_IMPORTS: &str = "Imports";

pub fn budget_of(school: &str) -> String {
    format!("Budget of {school}")
}

pub fn as_of(day: &str) -> String {
    format!("Books as of {day}.")
}

pub fn deficit_notice(sum: &str) -> String {
    format!("{sum} was overspent before these books came in. It is not taken from what you may spend; the budget office settles it.")
}

pub fn line_title(fund: &str, school: &str) -> String {
    format!("{fund}, {school}")
}

pub fn goal_title(number: u8, title: &str) -> String {
    format!("{number}. {title}")
}

pub fn funds_wait(count: u32) -> String {
    if count == 1 { "1 fund waits for your decision".to_owned() } else { format!("{count} funds wait for your decision") }
}

pub fn more_problems(shown: usize, refused: u32) -> String {
    format!("The first {shown} problems in {refused} refused rows.")
}

pub fn rows_of(read: u32) -> String {
    format!("{} rows read", whole(read))
}

pub fn decide_fund(fund: &str) -> String {
    format!("What may {fund} pay for?")
}

/// A movement in a few words.
pub const fn movement(kind: TransferKind) -> &'static str {
    match kind {
        TransferKind::Allocation => "Money given",
        TransferKind::AllocationCut => "Money taken back",
        TransferKind::BooksActual => "Actual spending of the books",
        TransferKind::BooksActualReversal => "Books took actual spending back",
        TransferKind::OrderReserved => "Order, awaiting approval or resolved",
        TransferKind::OrderEncumbered => "Order approved",
        TransferKind::DeliverySpent => "Delivery confirmed",
        TransferKind::DeliveryEarned => "Earned by the unit",
        TransferKind::DeliverySpentReversal => "Delivery reversed",
        TransferKind::DeliveryEarnedReversal => "Earning reversed",
        TransferKind::OrderReleased => "Order released money",
    }
}

/// The document behind a movement.
pub const fn cause(kind: CauseKind) -> &'static str {
    kind.title()
}

pub const fn exception(kind: ExceptionKind) -> &'static str {
    kind.title()
}

/// What a kind of file holds, in a phrase.
pub const fn import_kind(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Sites => "Sites: schools and offices",
        ImportKind::LedgerFunds => "Ledger funds",
        ImportKind::Resources => "Resources: the funds of the screens",
        ImportKind::Objects => "Objects",
        ImportKind::Functions => "Functions",
        ImportKind::Books => "Books: budget and actual by account",
        ImportKind::Units => "Units of the central office",
        ImportKind::Enrollment => "Enrollment and need by school",
    }
}

pub const fn import_state(state: ImportState) -> &'static str {
    state.title()
}
