//! The ledger in memory: the same decisions as in SQL, for tests, the simulator and the auditor.

use std::collections::{BTreeMap, BTreeSet};

use super::counters::{Counters, Step, states_of, sum_by_account};
use super::{Account, Lack, LedgerError, Movement, Phase};
use crate::budget::MoneyStates;
use crate::id::{BudgetLineId, TransferId, UnitId};
use crate::money::Cents;

/// The steps of a batch and the reservations that it resolves.
type Prepared = (Vec<(TransferId, Step)>, BTreeSet<TransferId>);

/// A ledger in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Books {
    counters: BTreeMap<Account, Counters>,
    closed: BTreeSet<BudgetLineId>,
    steps: BTreeMap<TransferId, Step>,
    resolved: BTreeSet<TransferId>,
}

impl Books {
    /// Opens the three ruled accounts of a line; a second time changes nothing.
    pub fn open_line(&mut self, line: BudgetLineId) {
        for account in [Account::Available(line), Account::Encumbered(line), Account::Spent(line)] {
            self.counters.entry(account).or_default();
        }
    }

    /// Closes a line's period: it takes no transfer any more.
    pub fn close_line(&mut self, line: BudgetLineId) {
        self.closed.insert(line);
    }

    /// Does all of `batch` or nothing.
    ///
    /// # Errors
    /// The first reason found, in the order: form, resolution, existence, period, money.
    pub fn apply(&mut self, batch: &[(TransferId, Movement)]) -> Result<(), LedgerError> {
        let (steps, resolved) = self.steps_of(batch)?;
        let mut changed = BTreeMap::new();
        let mut lacks = Vec::new();
        for (account, delta) in sum_by_account(&steps.iter().map(|(_, step)| *step).collect::<Vec<_>>())? {
            let Some(line) = account.line() else { continue };
            let before = *self.counters.get(&account).ok_or(LedgerError::UnknownLine(line))?;
            if self.closed.contains(&line) {
                return Err(LedgerError::PeriodClosed(line));
            }
            let after = before.plus(delta)?;
            if after.free() < 0 {
                lacks.push(Lack { account, wanted: Cents::new(before.free() - after.free()), there: Cents::new(before.free()) });
            }
            changed.insert(account, after);
        }
        if !lacks.is_empty() {
            return Err(LedgerError::NotEnough(lacks));
        }
        self.counters.extend(changed);
        self.steps.extend(steps);
        self.resolved.extend(resolved);
        Ok(())
    }

    fn steps_of(&self, batch: &[(TransferId, Movement)]) -> Result<Prepared, LedgerError> {
        let mut steps = Vec::with_capacity(batch.len());
        let mut resolved = BTreeSet::new();
        for (id, movement) in batch {
            let step = match movement {
                Movement::Post(transfer) => Step::of(transfer, Phase::Posted)?,
                Movement::Reserve(transfer) => Step::of(transfer, Phase::Pending)?,
                Movement::Resolve { pending, resolution } => {
                    let reserved = self.steps.get(pending).ok_or(LedgerError::UnknownTransfer(*pending))?;
                    if reserved.phase != Phase::Pending {
                        return Err(LedgerError::NotPending(*pending));
                    }
                    let step = Step::resolving(reserved, *resolution)?;
                    if self.resolved.contains(pending) || !resolved.insert(*pending) {
                        return Err(LedgerError::AlreadyResolved(*pending));
                    }
                    step
                }
            };
            steps.push((*id, step));
        }
        Ok((steps, resolved))
    }

    pub fn counters(&self, account: Account) -> Option<Counters> {
        self.counters.get(&account).copied()
    }

    /// The states of a line's money; `None` for a line that was never opened.
    pub fn states(&self, line: BudgetLineId) -> Option<MoneyStates> {
        let counters = |account| self.counters(account);
        Some(states_of(counters(Account::Available(line))?, counters(Account::Encumbered(line))?, counters(Account::Spent(line))?))
    }

    /// What a unit earned, derived from the transfers.
    pub fn earned(&self, unit: UnitId) -> Cents {
        let account = Account::Earned(unit);
        let sum = |pick: fn(&Step) -> Account| self.steps.values().filter(|s| pick(s) == account).map(|s| s.amount).sum::<Cents>();
        sum(|step| step.credit).saturating_sub(sum(|step| step.debit))
    }

    /// Recomputes every counter from the transfers and names the accounts that differ.
    pub fn audit(&self) -> Vec<Account> {
        let steps: Vec<Step> = self.steps.values().copied().collect();
        let Ok(replayed) = sum_by_account(&steps) else { return self.counters.keys().copied().collect() };
        let differs = |account: &Account| {
            replayed.get(account).copied().unwrap_or_default() != self.counters.get(account).copied().unwrap_or_default()
        };
        let ruled = self.counters.keys().chain(replayed.keys()).filter(|account| differs(account));
        ruled.copied().collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The sum over all accounts of posted credits less posted debits, ruled or not; zero for books that balance.
    pub fn balance(&self) -> i128 {
        let ruled: i128 = self.counters.values().map(|c| i128::from(c.credits_posted) - i128::from(c.debits_posted)).sum();
        let outside = |account: Account| !account.kind().is_ruled();
        let unruled: i128 =
            self.steps.values().map(|s| i128::from(s.amount.get()) * (i128::from(outside(s.credit)) - i128::from(outside(s.debit)))).sum();
        ruled + unruled
    }
}
