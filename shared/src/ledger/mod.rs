//! The ledger's words: accounts with four counters, two-legged transfers, and the pure arithmetic of both.

pub mod apply;
pub mod counters;
#[cfg(any(test, feature = "script"))]
pub mod script;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::budget::CauseKind;
use crate::id::{BudgetLineId, IdError, TransferId, UnitId};
use crate::money::{AMOUNT_LIMIT_CENTS, Cents};

/// Why a transfer was made. Each kind has one pair of accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// Source → available: the line is given money.
    Allocation,
    /// Available → source: a signed adjustment downwards.
    AllocationCut,
    /// Available → spent: actuals of the books of record.
    BooksActual,
    /// Spent → available: the books took actuals back.
    BooksActualReversal,
    /// Available → encumbered, pending: an order awaits approval.
    OrderReserved,
    /// Available → encumbered, posted: a small order, approved by policy.
    OrderEncumbered,
    /// Encumbered → spent: a confirmed delivery.
    DeliverySpent,
    /// Clearing → unit earned: the other side of a delivery. SACS object 5710 within a fund, 5750 between funds.
    DeliveryEarned,
    /// Spent → encumbered: a confirmed delivery reversed.
    DeliverySpentReversal,
    /// Unit earned → clearing: the same, seen from the unit.
    DeliveryEarnedReversal,
    /// Encumbered → available: cancelled, reduced or handed back.
    OrderReleased,
}

impl TransferKind {
    pub const ALL: &'static [Self] = &[
        Self::Allocation,
        Self::AllocationCut,
        Self::BooksActual,
        Self::BooksActualReversal,
        Self::OrderReserved,
        Self::OrderEncumbered,
        Self::DeliverySpent,
        Self::DeliveryEarned,
        Self::DeliverySpentReversal,
        Self::DeliveryEarnedReversal,
        Self::OrderReleased,
    ];

    /// The accounts that it debits and credits: money leaves the first and reaches the second.
    pub const fn legs(self) -> (AccountKind, AccountKind) {
        use AccountKind::{Available, Clearing, Earned, Encumbered, Source, Spent};
        match self {
            Self::Allocation => (Source, Available),
            Self::AllocationCut => (Available, Source),
            Self::BooksActual => (Available, Spent),
            Self::BooksActualReversal => (Spent, Available),
            Self::OrderReserved | Self::OrderEncumbered => (Available, Encumbered),
            Self::DeliverySpent => (Encumbered, Spent),
            Self::DeliveryEarned => (Clearing, Earned),
            Self::DeliverySpentReversal => (Spent, Encumbered),
            Self::DeliveryEarnedReversal => (Earned, Clearing),
            Self::OrderReleased => (Encumbered, Available),
        }
    }

    /// Whether it is made pending first and posted or voided later.
    pub const fn is_two_phase(self) -> bool {
        matches!(self, Self::OrderReserved)
    }

    /// Whether one leg is a unit's.
    pub const fn concerns_unit(self) -> bool {
        matches!(self, Self::DeliveryEarned | Self::DeliveryEarnedReversal)
    }
}

/// What an account of a budget line or unit holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    Available,
    Encumbered,
    Spent,
    Source,
    Clearing,
    Earned,
}

impl AccountKind {
    pub const ALL: &'static [Self] = &[Self::Available, Self::Encumbered, Self::Spent, Self::Source, Self::Clearing, Self::Earned];
    /// The kinds that carry counters and never go below zero.
    pub const RULED: &'static [Self] = &[Self::Available, Self::Encumbered, Self::Spent];

    pub const fn is_ruled(self) -> bool {
        matches!(self, Self::Available | Self::Encumbered | Self::Spent)
    }

    /// The stable name, as stored.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Encumbered => "encumbered",
            Self::Spent => "spent",
            Self::Source => "source",
            Self::Clearing => "clearing",
            Self::Earned => "earned",
        }
    }
}

/// One account. Ruled ones carry counters; of the others the balance is derived, else they would be the hot rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    Available(BudgetLineId),
    Encumbered(BudgetLineId),
    Spent(BudgetLineId),
    /// Where a line's allocations come from.
    Source(BudgetLineId),
    /// What left the line for a unit.
    Clearing(BudgetLineId),
    /// What a unit earned.
    Earned(UnitId),
}

impl Account {
    pub const fn kind(self) -> AccountKind {
        match self {
            Self::Available(_) => AccountKind::Available,
            Self::Encumbered(_) => AccountKind::Encumbered,
            Self::Spent(_) => AccountKind::Spent,
            Self::Source(_) => AccountKind::Source,
            Self::Clearing(_) => AccountKind::Clearing,
            Self::Earned(_) => AccountKind::Earned,
        }
    }

    /// The budget line it belongs to, where there is one.
    pub const fn line(self) -> Option<BudgetLineId> {
        match self {
            Self::Available(line) | Self::Encumbered(line) | Self::Spent(line) | Self::Source(line) | Self::Clearing(line) => Some(line),
            Self::Earned(_) => None,
        }
    }
}

/// `bln_….available`, `unt_….earned`.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind().name();
        match self {
            Self::Earned(unit) => write!(f, "{unit}.{kind}"),
            Self::Available(line) | Self::Encumbered(line) | Self::Spent(line) | Self::Source(line) | Self::Clearing(line) => {
                write!(f, "{line}.{kind}")
            }
        }
    }
}

impl FromStr for Account {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (owner, kind) = text.split_once('.').ok_or(IdError)?;
        match AccountKind::ALL.iter().copied().find(|known| known.name() == kind).ok_or(IdError)? {
            AccountKind::Available => owner.parse().map(Self::Available),
            AccountKind::Encumbered => owner.parse().map(Self::Encumbered),
            AccountKind::Spent => owner.parse().map(Self::Spent),
            AccountKind::Source => owner.parse().map(Self::Source),
            AccountKind::Clearing => owner.parse().map(Self::Clearing),
            AccountKind::Earned => owner.parse().map(Self::Earned),
        }
    }
}

/// The document behind a transfer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub kind: CauseKind,
    pub id: String,
}

impl Cause {
    pub fn new(kind: CauseKind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_string() }
    }
}

/// A transfer to be made. Build it with [`NewTransfer::on_line`] or [`NewTransfer::for_unit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransfer {
    pub kind: TransferKind,
    pub line: BudgetLineId,
    /// The earning unit, for the kinds that concern one.
    pub unit: Option<UnitId>,
    pub amount: Cents,
    pub cause: Cause,
}

impl NewTransfer {
    /// A transfer between the accounts of one budget line.
    pub fn on_line(kind: TransferKind, line: BudgetLineId, amount: Cents, cause: Cause) -> Self {
        Self { kind, line, unit: None, amount, cause }
    }

    /// A transfer between a budget line's clearing and a unit's earnings.
    pub fn for_unit(kind: TransferKind, line: BudgetLineId, unit: UnitId, amount: Cents, cause: Cause) -> Self {
        Self { kind, line, unit: Some(unit), amount, cause }
    }

    /// Debit and credit account.
    ///
    /// # Errors
    /// [`LedgerError::Malformed`] where the kind and the named unit do not go together.
    pub fn accounts(&self) -> Result<(Account, Account), LedgerError> {
        if self.unit.is_some() != self.kind.concerns_unit() {
            return Err(LedgerError::Malformed);
        }
        let account = |kind: AccountKind| match (kind, self.unit) {
            (AccountKind::Available, _) => Ok(Account::Available(self.line)),
            (AccountKind::Encumbered, _) => Ok(Account::Encumbered(self.line)),
            (AccountKind::Spent, _) => Ok(Account::Spent(self.line)),
            (AccountKind::Source, _) => Ok(Account::Source(self.line)),
            (AccountKind::Clearing, _) => Ok(Account::Clearing(self.line)),
            (AccountKind::Earned, Some(unit)) => Ok(Account::Earned(unit)),
            (AccountKind::Earned, None) => Err(LedgerError::Malformed),
        };
        let (debit, credit) = self.kind.legs();
        Ok((account(debit)?, account(credit)?))
    }

    /// Invariant: an amount is 1 to 10^12 cents; direction is told by debit and credit, never by sign.
    pub(crate) fn check_amount(&self) -> Result<(), LedgerError> {
        if (1..=AMOUNT_LIMIT_CENTS).contains(&self.amount.get()) { Ok(()) } else { Err(LedgerError::BadAmount { amount: self.amount }) }
    }
}

/// What becomes of a pending transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Moved, all of it or a part; the rest goes back.
    Post(Cents),
    /// Nothing moves; everything goes back.
    Void,
}

/// One thing done to the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Movement {
    /// Moves at once.
    Post(NewTransfer),
    /// Reserves: counts against the debit account, but has not moved.
    Reserve(NewTransfer),
    /// Resolves a reservation, once.
    Resolve { pending: TransferId, resolution: Resolution },
}

/// How far a stored transfer went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Posted,
    Pending,
    /// Resolves a pending one by moving its amount or a part of it.
    Post,
    /// Resolves a pending one by moving nothing.
    Void,
}

/// A budget line that does not hold enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lack {
    pub account: Account,
    pub wanted: Cents,
    pub there: Cents,
}

/// Why the ledger refuses. Nothing of the batch was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerError {
    /// Which accounts lack how much.
    NotEnough(Vec<Lack>),
    /// The line's period is closed.
    PeriodClosed(BudgetLineId),
    /// No such line in the ledger.
    UnknownLine(BudgetLineId),
    UnknownTransfer(TransferId),
    /// The transfer is not a pending one.
    NotPending(TransferId),
    AlreadyResolved(TransferId),
    /// A reservation cannot be posted above its amount.
    AboveReserved {
        reserved: Cents,
        wanted: Cents,
    },
    BadAmount {
        amount: Cents,
    },
    /// Kind, unit and phase do not go together.
    Malformed,
    /// A sum left the range of whole cents.
    Overflow,
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEnough(lacks) => {
                f.write_str("not enough:")?;
                lacks.iter().try_for_each(|lack| write!(f, " {} holds {} of {}", lack.account, lack.there, lack.wanted))
            }
            Self::PeriodClosed(line) => write!(f, "{line} stands in a closed period"),
            Self::UnknownLine(line) => write!(f, "{line} is not in the ledger"),
            Self::UnknownTransfer(id) => write!(f, "{id} does not exist"),
            Self::NotPending(id) => write!(f, "{id} is not pending"),
            Self::AlreadyResolved(id) => write!(f, "{id} was resolved before"),
            Self::AboveReserved { reserved, wanted } => write!(f, "{wanted} is above the reserved {reserved}"),
            Self::BadAmount { amount } => write!(f, "{amount} is no amount"),
            Self::Malformed => f.write_str("kind, unit and phase do not go together"),
            Self::Overflow => f.write_str("a sum is too large"),
        }
    }
}

impl std::error::Error for LedgerError {}

#[cfg(test)]
mod tests;
