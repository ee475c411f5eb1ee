//! Endpoints of budget: what a school has, why, and how a district comes in.

use serde::{Deserialize, Serialize};

use super::import::{ImportKind, ImportState, RowProblem};
use super::{CauseKind, FundFamily, FundKind, FundRule, FundRules, MoneyStates};
use crate::catalog::{GradeSpan, SchoolFacts, words};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{BudgetLineId, ExceptionId, FundId, ImportId, NetworkId, PlanGoalId, SchoolId, TransferId};
use crate::identity::api::{PersonRef, SchoolRef};
use crate::ledger::TransferKind;
use crate::money::Cents;
use crate::page::Page;
use crate::time::{Date, Timestamp};

endpoints! {
    /// All schools by name, with the facts that prices and comparisons use.
    ListSchools: Get "/api/schools" Inside Read Json, path (), query Empty, body Empty, reply Vec<SchoolView>;
    /// One school with the facts that prices and comparisons use.
    GetSchool: Get "/api/schools/{school}" Inside Read Json, path SchoolId, query Empty, body Empty, reply SchoolView;
    /// Schools and networks that a role can be held for, by name.
    ListPlaces: Get "/api/places" May(ViewPeople) Read Json, path (), query Empty, body Empty, reply Places;
    /// A school's budget lines of one fiscal year.
    GetSchoolBudget: Get "/api/schools/{school}/budget" May(ViewSchoolBudget) Read Json, path SchoolId, query YearQuery, body Empty, reply SchoolBudget;
    /// One budget line down to the documents that moved its money.
    GetBudgetLine: Get "/api/budget-lines/{line}" May(ViewSchoolBudget) Read Json, path BudgetLineId, query Empty, body Empty, reply BudgetLineDetail;
    /// The school's plan: goals and the money behind them.
    GetPlan: Get "/api/schools/{school}/plan" Inside Read Json, path SchoolId, query YearQuery, body Empty, reply Vec<PlanGoalView>;
    /// Every fund with its rules.
    ListFunds: Get "/api/funds" Inside Read Json, path (), query Empty, body Empty, reply Vec<FundView>;
    /// Decides what a fund may pay for.
    DecideFundRule: Put "/api/funds/{fund}/rule" May(DecideFundRules) Command Json, path FundId, query Empty, body FundRule, reply FundView;
    /// The district at a glance, by school and by fund.
    GetDistrictBudget: Get "/api/budget-office" May(ViewDistrictBudget) Read Json, path (), query YearQuery, body Empty, reply DistrictBudget;
    /// Opening deficits and other money below zero, with their owners.
    ListExceptions: Get "/api/exceptions" May(ViewDistrictBudget) Read Json, path (), query YearQuery, body Empty, reply Vec<ExceptionView>;
    /// All imports, newest first.
    ListImports: Get "/api/imports" May(ViewDistrictBudget) Read Json, path (), query Empty, body Empty, reply Vec<ImportView>;
    /// Takes one file, stages its rows and checks each; publishes nothing.
    StartImport: Post "/api/imports" May(ImportDistrict) Command Upload, path (), query ImportQuery, body Empty, reply ImportView;
    /// State, progress and report of an import.
    GetImport: Get "/api/imports/{import}" May(ViewDistrictBudget) Read Json, path ImportId, query Empty, body Empty, reply ImportView;
    /// The refused rows of an import, a page at a time.
    ListImportProblems: Get "/api/imports/{import}/problems" May(ViewDistrictBudget) Read Json, path ImportId, query AfterQuery, body Empty, reply Page<RowProblem>;
    /// Publishes a checked import in one step.
    PublishImport: Post "/api/imports/{import}/publish" May(ImportDistrict) Command Json, path ImportId, query Empty, body Empty, reply ImportView;
    /// Throws a checked import away.
    DiscardImport: Post "/api/imports/{import}/discard" May(ImportDistrict) Command Json, path ImportId, query Empty, body Empty, reply ImportView;
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct YearQuery {
    /// The open year where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<FiscalYear>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AfterQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Units, the other kind of place, stand in the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Places {
    pub schools: Vec<SchoolRef>,
    pub networks: Vec<NetworkRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NetworkRef {
    pub id: NetworkId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolView {
    pub id: SchoolId,
    /// The three digits of the account code's site segment.
    pub code: String,
    pub name: String,
    pub span: GradeSpan,
    pub network: Option<String>,
    pub facts: SchoolFacts,
    /// Where enrollment and need come from, with their year.
    pub facts_source: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolBudget {
    pub school: SchoolRef,
    pub school_code: String,
    pub year: FiscalYear,
    /// Years this school has lines in, newest first.
    pub years: Vec<FiscalYear>,
    pub total: MoneyStates,
    pub lines: Vec<BudgetLineView>,
    /// Overspent before the district came in; not spendable, shown beside the lines.
    pub opening_deficit: Cents,
    /// When the books that stand behind the lines were last taken in.
    pub books_as_of: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BudgetLineView {
    pub id: BudgetLineId,
    pub fund: FundView,
    pub money: MoneyStates,
    pub opening_deficit: Cents,
    /// Sum of this year's plan lines for the fund, where the plan names one.
    pub planned: Option<Cents>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FundView {
    pub id: FundId,
    /// The SACS resource code, padded.
    pub code: String,
    pub title: String,
    pub kind: FundKind,
    pub family: FundFamily,
    /// The SACS fund (two digits) that the school's money of this resource sits in.
    pub sacs_fund: String,
    /// What the money is for, in a sentence.
    pub intent: String,
    pub rules: FundRules,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BudgetLineDetail {
    pub school: SchoolRef,
    pub year: FiscalYear,
    pub line: BudgetLineView,
    /// Every movement, newest first; their sums are the states.
    pub movements: Vec<MovementView>,
    /// The rows of the books behind an imported allocation, signed.
    pub books: Vec<BooksRowView>,
}

/// One transfer seen from a budget line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MovementView {
    pub transfer: TransferId,
    pub at: Timestamp,
    pub kind: TransferKind,
    /// What the movement did to each state; the sum over all movements is the line.
    pub change: MoneyStates,
    pub cause: CauseKind,
    /// Identifier of the order, import or allocation behind it.
    pub cause_id: String,
    /// `Order 1042 · Elementary mathematics coaching, Plus`.
    pub cause_title: String,
    pub by: Option<PersonRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BooksRowView {
    pub object: String,
    pub object_title: String,
    pub function: String,
    pub budget: Cents,
    pub actual: Cents,
    /// Whether the mapping counts the object as the school's to spend.
    pub discretionary: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanGoalView {
    pub id: PlanGoalId,
    pub number: u8,
    pub title: String,
    pub indicator: String,
    /// Categories that serve it.
    pub categories: Vec<crate::catalog::Category>,
    pub lines: Vec<PlanLineView>,
    /// Ordered so far under this goal.
    pub ordered: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanLineView {
    pub fund: FundId,
    pub amount: Cents,
    /// Ordered so far from this fund under this goal; the rest may still be ordered.
    pub ordered: Cents,
    pub council_reviewed: Option<Date>,
    pub board_approved: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DistrictBudget {
    pub year: FiscalYear,
    pub years: Vec<FiscalYear>,
    pub total: MoneyStates,
    pub schools: Vec<SchoolTotal>,
    pub funds: Vec<FundTotal>,
    pub undecided_funds: u32,
    pub exceptions: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolTotal {
    pub school: SchoolRef,
    pub code: String,
    pub money: MoneyStates,
    pub opening_deficit: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FundTotal {
    pub fund: FundView,
    pub money: MoneyStates,
    pub opening_deficit: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ExceptionView {
    pub id: ExceptionId,
    pub school: SchoolRef,
    pub fund_code: String,
    pub fund_title: String,
    pub year: FiscalYear,
    /// `opening_deficit` or `shortfall`.
    pub kind: ExceptionKind,
    pub amount: Cents,
    pub reason: String,
    pub opened: Timestamp,
    /// Absent until closed by the difference of a later import.
    pub closed: Option<Timestamp>,
}

words! {
    /// Why money stands below zero.
    ExceptionKind {
        /// Overspent in the books before the district came in.
        OpeningDeficit = "opening_deficit", "Opening deficit";
        /// Cut below what is committed.
        Shortfall = "shortfall", "Shortfall";
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportQuery {
    pub kind: Option<ImportKind>,
    /// The file's own name, for the report.
    pub file_name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ImportView {
    pub id: ImportId,
    pub kind: ImportKind,
    pub file_name: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub digest: String,
    pub state: ImportState,
    pub started: Timestamp,
    pub by: Option<PersonRef>,
    pub rows_read: u32,
    pub rows_good: u32,
    pub rows_refused: u32,
    /// Rows that equal what is there; publishing changes nothing for them.
    pub rows_unchanged: u32,
    /// What publishing will do (or did), in sentences with figures.
    pub summary: Vec<String>,
    /// Names in the file that match nothing here, and the like; nothing is lost silently.
    pub remarks: Vec<String>,
}
