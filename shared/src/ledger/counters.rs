//! The four counters of an account, and what a batch of movements does to them.

use std::collections::BTreeMap;

use super::{Account, LedgerError, NewTransfer, Phase, Resolution};
use crate::budget::MoneyStates;
use crate::ledger::TransferKind;
use crate::money::Cents;

/// Debits and credits of one account, pending and posted; in a [`Delta`], what a batch adds to each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    pub debits_pending: i64,
    pub debits_posted: i64,
    pub credits_pending: i64,
    pub credits_posted: i64,
}

/// A change of the counters; may be negative where pending becomes posted.
pub type Delta = Counters;

impl Counters {
    /// What may still be taken: posted credits less debits, also the pending ones.
    ///
    /// Invariant: never below zero on a ruled account.
    pub const fn free(self) -> i64 {
        self.credits_posted - self.debits_posted - self.debits_pending
    }

    pub fn plus(self, delta: Delta) -> Result<Self, LedgerError> {
        let add = |a: i64, b: i64| a.checked_add(b).ok_or(LedgerError::Overflow);
        Ok(Self {
            debits_pending: add(self.debits_pending, delta.debits_pending)?,
            debits_posted: add(self.debits_posted, delta.debits_posted)?,
            credits_pending: add(self.credits_pending, delta.credits_pending)?,
            credits_posted: add(self.credits_posted, delta.credits_posted)?,
        })
    }
}

/// A stored transfer as far as the counters care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub debit: Account,
    pub credit: Account,
    pub phase: Phase,
    pub amount: Cents,
    /// The amount of the pending transfer that this one resolves; zero otherwise.
    pub reserved: Cents,
}

impl Step {
    /// The step of a transfer that moves or reserves.
    ///
    /// # Errors
    /// Where amount, kind, unit or phase do not go together.
    pub fn of(transfer: &NewTransfer, phase: Phase) -> Result<Self, LedgerError> {
        transfer.check_amount()?;
        let fits = match phase {
            Phase::Posted => !transfer.kind.is_two_phase(),
            Phase::Pending => transfer.kind.is_two_phase(),
            Phase::Post | Phase::Void => false,
        };
        if !fits {
            return Err(LedgerError::Malformed);
        }
        let (debit, credit) = transfer.accounts()?;
        Ok(Self { debit, credit, phase, amount: transfer.amount, reserved: Cents::ZERO })
    }

    /// The step that resolves `pending`.
    ///
    /// # Errors
    /// [`LedgerError::AboveReserved`] and [`LedgerError::BadAmount`].
    pub fn resolving(pending: &Self, resolution: Resolution) -> Result<Self, LedgerError> {
        let (phase, amount) = match resolution {
            Resolution::Void => (Phase::Void, Cents::ZERO),
            Resolution::Post(amount) if amount > pending.amount => {
                return Err(LedgerError::AboveReserved { reserved: pending.amount, wanted: amount });
            }
            Resolution::Post(amount) if amount.get() < 1 => return Err(LedgerError::BadAmount { amount }),
            Resolution::Post(amount) => (Phase::Post, amount),
        };
        Ok(Self { phase, amount, reserved: pending.amount, ..*pending })
    }

    /// What it adds to the debit side's and to the credit side's counters.
    fn deltas(&self) -> (Delta, Delta) {
        let (pending, posted) = match self.phase {
            Phase::Posted => (0, self.amount.get()),
            Phase::Pending => (self.amount.get(), 0),
            Phase::Post => (-self.reserved.get(), self.amount.get()),
            Phase::Void => (-self.reserved.get(), 0),
        };
        (
            Delta { debits_pending: pending, debits_posted: posted, ..Delta::default() },
            Delta { credits_pending: pending, credits_posted: posted, ..Delta::default() },
        )
    }
}

/// What `steps` do together to each ruled account.
///
/// Invariant: a batch is decided as a whole, by what it does to each account in sum.
///
/// # Errors
/// [`LedgerError::Overflow`].
pub fn sum_by_account(steps: &[Step]) -> Result<BTreeMap<Account, Delta>, LedgerError> {
    let mut sums: BTreeMap<Account, Delta> = BTreeMap::new();
    for step in steps {
        let (debit, credit) = step.deltas();
        for (account, delta) in [(step.debit, debit), (step.credit, credit)] {
            if account.kind().is_ruled() {
                let sum = sums.entry(account).or_default();
                *sum = sum.plus(delta)?;
            }
        }
    }
    Ok(sums)
}

/// The states of a line's money, from the counters of its three ruled accounts.
pub fn states_of(available: Counters, encumbered: Counters, spent: Counters) -> MoneyStates {
    let states = MoneyStates {
        allocated: Cents::ZERO,
        spent: Cents::new(spent.free()),
        held: Cents::new(spent.credits_pending),
        encumbered: Cents::new(encumbered.free()),
        pre_encumbered: Cents::new(encumbered.credits_pending),
        available: Cents::new(available.free()),
    };
    MoneyStates {
        allocated: [states.spent, states.held, states.encumbered, states.pre_encumbered, states.available].into_iter().sum(),
        ..states
    }
}

/// What one stored transfer did to the states of its line. `reserved` as in [`Step`].
pub fn change_of(kind: TransferKind, phase: Phase, amount: Cents, reserved: Cents) -> MoneyStates {
    use super::AccountKind::{Available, Clearing, Earned, Encumbered, Source, Spent};
    let (debit, credit) = kind.legs();
    let minus = |sum: Cents| Cents::ZERO.saturating_sub(sum);
    let mut change = MoneyStates::default();
    let mut add = |account, sum: Cents| match account {
        Available => change.available = change.available.saturating_add(sum),
        Encumbered => change.encumbered = change.encumbered.saturating_add(sum),
        Spent => change.spent = change.spent.saturating_add(sum),
        Source => change.allocated = change.allocated.saturating_add(minus(sum)),
        Clearing | Earned => {}
    };
    match phase {
        Phase::Posted => {
            add(debit, minus(amount));
            add(credit, amount);
        }
        Phase::Pending => {
            add(debit, minus(amount));
            change.pre_encumbered = amount;
        }
        Phase::Post | Phase::Void => {
            add(debit, reserved.saturating_sub(amount));
            add(credit, amount);
            change.pre_encumbered = minus(reserved);
        }
    }
    change
}
