//! The ledger over a transaction: the decision is in the write, never in a read before it.
//!
//! The same arithmetic stands in `shared::ledger`; here it is one conditional `UPDATE` over all touched accounts, with a `CHECK`
//! behind it. Call it last in a transaction, so that the hot rows are held as short as can be.

mod audit;
#[cfg(any(test, feature = "canary_read_then_write"))]
mod canary;
mod movements;
mod post;
mod states;

use std::fmt;

use shared::error::ErrorCode;
use shared::id::{BudgetLineId, TransferId};
use shared::ledger::{LedgerError, Movement, NewTransfer, Resolution};

use crate::db::{DbError, Tx};
use crate::error::AppError;

pub use audit::{Difference, audit};
pub use movements::{LedgerMovement, movements, of_cause};
pub use post::{apply, close_lines, open_line, open_lines};
pub use states::{earned, states};

/// Why the ledger did not do it. The transaction can then no longer be committed.
#[derive(Debug)]
pub enum LedgerFailure {
    /// The money or the state of things refuses; carries the facts.
    Refused(LedgerError),
    Db(DbError),
}

impl fmt::Display for LedgerFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => fmt::Display::fmt(error, f),
            Self::Db(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for LedgerFailure {}

impl From<DbError> for LedgerFailure {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<LedgerError> for LedgerFailure {
    fn from(error: LedgerError) -> Self {
        Self::Refused(error)
    }
}

impl From<LedgerFailure> for AppError {
    /// Slices that know the lines' names say more; this is what is true without them.
    fn from(failure: LedgerFailure) -> Self {
        match failure {
            LedgerFailure::Db(error) => error.into(),
            LedgerFailure::Refused(error) => match &error {
                LedgerError::NotEnough(_) => Self::refused(ErrorCode::NotEnoughMoney),
                LedgerError::PeriodClosed(_) => Self::refused(ErrorCode::PeriodClosed),
                LedgerError::AlreadyResolved(_) => Self::refused(ErrorCode::NotInThisState),
                LedgerError::UnknownLine(_)
                | LedgerError::UnknownTransfer(_)
                | LedgerError::NotPending(_)
                | LedgerError::AboveReserved { .. }
                | LedgerError::BadAmount { .. }
                | LedgerError::Malformed
                | LedgerError::Overflow => Self::internal(error),
            },
        }
    }
}

/// Moves money at once: all transfers or none. Answers with their ids in order.
///
/// # Errors
/// As [`apply`].
pub async fn post(tx: &mut Tx, transfers: &[NewTransfer]) -> Result<Vec<TransferId>, LedgerFailure> {
    apply(tx, &transfers.iter().cloned().map(Movement::Post).collect::<Vec<_>>()).await
}

/// Reserves money (pending transfers): all or none. Answers with their ids in order, which [`resolve`] takes.
///
/// # Errors
/// As [`apply`].
pub async fn reserve(tx: &mut Tx, transfers: &[NewTransfer]) -> Result<Vec<TransferId>, LedgerFailure> {
    apply(tx, &transfers.iter().cloned().map(Movement::Reserve).collect::<Vec<_>>()).await
}

/// Resolves reservations, each once: all or none.
///
/// # Errors
/// As [`apply`]; [`LedgerError::AlreadyResolved`] where somebody was faster.
pub async fn resolve(tx: &mut Tx, resolutions: &[(TransferId, Resolution)]) -> Result<Vec<TransferId>, LedgerFailure> {
    let movements = resolutions.iter().map(|(pending, resolution)| Movement::Resolve { pending: *pending, resolution: *resolution });
    apply(tx, &movements.collect::<Vec<_>>()).await
}

/// The lines that a refusal is about, for the words that the person reads.
pub fn lacking_lines(error: &LedgerError) -> Vec<BudgetLineId> {
    match error {
        LedgerError::NotEnough(lacks) => lacks.iter().filter_map(|lack| lack.account.line()).collect(),
        LedgerError::PeriodClosed(line) | LedgerError::UnknownLine(line) => vec![*line],
        LedgerError::UnknownTransfer(_)
        | LedgerError::NotPending(_)
        | LedgerError::AlreadyResolved(_)
        | LedgerError::AboveReserved { .. }
        | LedgerError::BadAmount { .. }
        | LedgerError::Malformed
        | LedgerError::Overflow => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
