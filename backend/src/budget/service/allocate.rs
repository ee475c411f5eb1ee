//! Opening lines and giving them money, and setting up what they stand on; for the demo district and for tests.
//!
//! None of these commits: the caller's command has one audit record for all of it.

use shared::budget::CauseKind;
use shared::budget::api::PlanGoalView;
use shared::budget::{FundRule, FundRules};
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundRuleId, NetworkId, SchoolId};
use shared::ledger::{Cause, NewTransfer, TransferKind};
use shared::money::Cents;
use shared::time::Timestamp;

use crate::budget::store::fund::{self, FundRow, NewRule};
use crate::budget::store::line::{self, NewLine};
use crate::budget::store::plan;
use crate::budget::store::school::{self, School};
use crate::db::Tx;
use crate::error::AppError;
use crate::ledger;

/// Money given to a line.
#[derive(Clone, Debug)]
pub struct NewAllocation {
    pub line: BudgetLineId,
    pub amount: Cents,
    /// The document behind it.
    pub document: String,
}

/// Writes a network.
///
/// # Errors
/// Those of the database.
pub async fn put_network(tx: &mut Tx, id: NetworkId, name: &str) -> Result<(), AppError> {
    Ok(school::put_network(tx, id, name).await?)
}

/// Writes a school whole.
///
/// # Errors
/// Those of the database.
pub async fn put_school(tx: &mut Tx, school: &School) -> Result<(), AppError> {
    Ok(school::put_school(tx, school).await?)
}

/// Writes a fund, with its rule where it has one.
///
/// # Errors
/// Those of the database.
pub async fn put_fund(tx: &mut Tx, row: &FundRow, now: Timestamp) -> Result<(), AppError> {
    fund::put_funds(tx, std::slice::from_ref(row)).await?;
    if let FundRules::Decided(rule) = &row.view.rules {
        let rule: FundRule = rule.clone();
        let id: FundRuleId = tx.new_id(now);
        fund::put_rules(tx, &[NewRule { id, fund: row.view.id, starter: true, rule, by: None, at: now }]).await?;
    }
    Ok(())
}

/// Writes a goal of a school's plan with its lines.
///
/// # Errors
/// Those of the database.
pub async fn put_goal(tx: &mut Tx, school: SchoolId, year: FiscalYear, goal: &PlanGoalView) -> Result<(), AppError> {
    Ok(plan::put_goal(tx, school, year, goal).await?)
}

/// Opens a budget line with nothing on it.
///
/// # Errors
/// Those of the database.
pub async fn open_line(tx: &mut Tx, new: &NewLine) -> Result<(), AppError> {
    line::insert_lines(tx, std::slice::from_ref(new)).await?;
    Ok(ledger::open_line(tx, new.id).await?)
}

/// Gives lines money; last in a transaction, as everything of the ledger.
///
/// # Errors
/// Those of the ledger and the database.
pub async fn allocate(tx: &mut Tx, allocations: &[NewAllocation]) -> Result<(), AppError> {
    let transfer = |a: &NewAllocation| {
        NewTransfer::on_line(TransferKind::Allocation, a.line, a.amount, Cause::new(CauseKind::Allocation, &a.document))
    };
    let transfers: Vec<NewTransfer> = allocations.iter().filter(|a| a.amount > Cents::ZERO).map(transfer).collect();
    ledger::post(tx, &transfers).await.map_err(ledger_error)?;
    Ok(())
}

/// What the ledger refuses here was free when it was read: somebody else was faster, and the same command may be sent again.
pub(in crate::budget) fn ledger_error(failure: ledger::LedgerFailure) -> AppError {
    match failure {
        ledger::LedgerFailure::Db(error) => error.into(),
        ledger::LedgerFailure::Refused(error) => AppError::Busy(format!("the ledger moved meanwhile: {error}")),
    }
}
