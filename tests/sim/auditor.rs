//! The independent auditor: believes only the diary, knows nothing of counters, and compares.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{BudgetLineId, TransferId};
use shared::ledger::apply::Books;
use shared::ledger::{Movement, Resolution, TransferKind};

use crate::district::unit;

/// One thing that was told done.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: TransferId,
    pub movement: Movement,
}

/// A line's money as a bookkeeper would keep it on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Paper {
    given: i128,
    free: i128,
    waiting: i128,
    committed: i128,
    spent: i128,
}

#[derive(Default)]
struct Desk {
    papers: BTreeMap<BudgetLineId, Paper>,
    earned: i128,
    waiting: BTreeMap<TransferId, (BudgetLineId, i128)>,
    seen: BTreeSet<TransferId>,
    wrongs: Vec<String>,
}

/// What is wrong with `books` in the light of `diary`; empty where nothing is.
pub fn look(books: &Books, diary: &[Entry], lines: &[BudgetLineId]) -> Vec<String> {
    let mut desk = Desk::default();
    for entry in diary {
        desk.write(entry);
    }
    for line in lines {
        let paper = desk.papers.get(line).copied().unwrap_or_default();
        let states = books.states(*line).unwrap_or_default();
        let told = Paper {
            given: i128::from(states.allocated.get()),
            free: i128::from(states.available.get()),
            waiting: i128::from(states.pre_encumbered.get()),
            committed: i128::from(states.encumbered.get()),
            spent: i128::from(states.spent.get()),
        };
        if told != paper {
            desk.wrongs.push(format!("{line}: the books say {told:?}, the diary {paper:?}"));
        }
    }
    if i128::from(books.earned(unit()).get()) != desk.earned {
        desk.wrongs.push("the unit's earnings differ".to_owned());
    }
    if !books.audit().is_empty() || books.balance() != 0 {
        desk.wrongs.push("the books contradict themselves".to_owned());
    }
    desk.wrongs
}

impl Desk {
    fn write(&mut self, entry: &Entry) {
        if !self.seen.insert(entry.id) {
            self.wrongs.push(format!("{} was done twice", entry.id));
        }
        match &entry.movement {
            Movement::Post(transfer) => {
                let sum = i128::from(transfer.amount.get());
                let paper = self.papers.entry(transfer.line).or_default();
                move_on(paper, &mut self.earned, transfer.kind, sum);
                self.stays_above_zero(transfer.line, entry);
            }
            Movement::Reserve(transfer) => {
                let sum = i128::from(transfer.amount.get());
                let paper = self.papers.entry(transfer.line).or_default();
                paper.free -= sum;
                paper.waiting += sum;
                self.waiting.insert(entry.id, (transfer.line, sum));
                self.stays_above_zero(transfer.line, entry);
            }
            Movement::Resolve { pending, resolution } => self.resolve(entry, *pending, *resolution),
        }
    }

    fn resolve(&mut self, entry: &Entry, pending: TransferId, resolution: Resolution) {
        let Some((line, reserved)) = self.waiting.remove(&pending) else {
            self.wrongs.push(format!("{pending} was resolved and did not wait"));
            return;
        };
        let part = match resolution {
            Resolution::Post(part) => i128::from(part.get()),
            Resolution::Void => 0,
        };
        let paper = self.papers.entry(line).or_default();
        paper.waiting -= reserved;
        paper.committed += part;
        paper.free += reserved - part;
        if part > reserved {
            self.wrongs.push(format!("{pending} was posted above what was reserved"));
        }
        self.stays_above_zero(line, entry);
    }

    fn stays_above_zero(&mut self, line: BudgetLineId, entry: &Entry) {
        let Paper { free, waiting, committed, spent, .. } = self.papers.get(&line).copied().unwrap_or_default();
        if [free, waiting, committed, spent].iter().any(|sum| *sum < 0) {
            self.wrongs.push(format!("{line} went below zero by {entry:?}"));
        }
    }
}

/// The meaning of each kind, told once more in other words than the product's.
fn move_on(paper: &mut Paper, earned: &mut i128, kind: TransferKind, sum: i128) {
    match kind {
        TransferKind::Allocation => {
            paper.given += sum;
            paper.free += sum;
        }
        TransferKind::AllocationCut => {
            paper.given -= sum;
            paper.free -= sum;
        }
        TransferKind::BooksActual => {
            paper.free -= sum;
            paper.spent += sum;
        }
        TransferKind::BooksActualReversal => {
            paper.spent -= sum;
            paper.free += sum;
        }
        TransferKind::OrderEncumbered | TransferKind::OrderReserved => {
            paper.free -= sum;
            paper.committed += sum;
        }
        TransferKind::OrderReleased => {
            paper.committed -= sum;
            paper.free += sum;
        }
        TransferKind::DeliverySpent => {
            paper.committed -= sum;
            paper.spent += sum;
        }
        TransferKind::DeliverySpentReversal => {
            paper.spent -= sum;
            paper.committed += sum;
        }
        TransferKind::DeliveryEarned => *earned += sum,
        TransferKind::DeliveryEarnedReversal => *earned -= sum,
    }
}
