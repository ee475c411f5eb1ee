//! A small district whose people order, approve, deliver, cancel and repeat themselves, at random.

use std::collections::{BTreeMap, BTreeSet};

use shared::budget::CauseKind;
use shared::id::{BudgetLineId, Id as _, TransferId, UnitId};
use shared::ledger::apply::Books;
use shared::ledger::{Cause, LedgerError, Movement, NewTransfer, Resolution, TransferKind};
use shared::money::Cents;

use crate::auditor::Entry;
use crate::chance::Chance;

const LINES: u128 = 5;
/// The largest amount that anybody thinks of, in cents.
const LARGEST: u64 = 5_000;

/// What the simulated program knows of an order.
#[derive(Clone, Copy, Debug)]
struct Order {
    line: BudgetLineId,
    /// Reserved and waiting for approval.
    waiting: Option<(TransferId, Cents)>,
}

/// The program under test with what its people have done.
pub struct District {
    pub books: Books,
    /// What was told done, in order: all that the auditor believes.
    pub diary: Vec<Entry>,
    lines: Vec<BudgetLineId>,
    orders: Vec<Order>,
    /// Commands that were done and may be sent again.
    done: BTreeSet<u128>,
    sent: BTreeMap<u128, Vec<Movement>>,
    made: u128,
}

impl Default for District {
    fn default() -> Self {
        let lines: Vec<BudgetLineId> = (1..=LINES).map(BudgetLineId::from_bits).collect();
        let mut books = Books::default();
        lines.iter().for_each(|line| books.open_line(*line));
        Self { books, diary: Vec::new(), lines, orders: Vec::new(), done: BTreeSet::new(), sent: BTreeMap::new(), made: 0 }
    }
}

impl District {
    pub fn lines(&self) -> &[BudgetLineId] {
        &self.lines
    }

    /// Somebody does something; answers with what it was, for the report of a failure.
    pub fn step(&mut self, chance: &mut Chance) -> String {
        if chance.once_in(12) {
            return self.repeat_a_command(chance);
        }
        let Some(batch) = self.think_of_something(chance) else { return "nobody did anything".to_owned() };
        self.made += 1;
        let command = self.made;
        self.sent.insert(command, batch.clone());
        if chance.once_in(20) {
            // The program dies before the commit: nothing of it may be left, and the same command is sent again.
            let mut lost = self.books.clone();
            drop(lost.apply(&numbered(command, &batch)));
        }
        let told = self.send(command);
        if chance.once_in(10) {
            // The answer was lost, so that the person clicks again.
            let before = self.books.clone();
            let again = self.send(command);
            assert_eq!(again, told, "a repeated click was answered otherwise: {batch:?}");
            assert_eq!(self.books, before, "a repeated click changed something: {batch:?}");
        }
        format!("{batch:?} -> {told:?}")
    }

    fn repeat_a_command(&mut self, chance: &mut Chance) -> String {
        let commands: Vec<u128> = self.done.iter().copied().collect();
        let Some(command) = chance.pick(&commands) else { return "nothing to repeat".to_owned() };
        let before = self.books.clone();
        self.send(command).expect("a replay answers");
        assert_eq!(self.books, before, "command {command} had a second effect");
        format!("command {command} once more")
    }

    /// A command as the program does it: once.
    fn send(&mut self, command: u128) -> Result<(), LedgerError> {
        if self.done.contains(&command) {
            return Ok(());
        }
        let batch = numbered(command, &self.sent[&command]);
        let before = self.books.clone();
        if let Err(refusal) = self.books.apply(&batch) {
            assert_eq!(self.books, before, "a refusal changed something");
            return Err(refusal);
        }
        self.done.insert(command);
        for (id, movement) in batch {
            self.remember(id, &movement);
            self.diary.push(Entry { id, movement });
        }
        Ok(())
    }

    fn remember(&mut self, id: TransferId, movement: &Movement) {
        match movement {
            Movement::Reserve(transfer) => self.orders.push(Order { line: transfer.line, waiting: Some((id, transfer.amount)) }),
            Movement::Post(transfer) if transfer.kind == TransferKind::OrderEncumbered => {
                self.orders.push(Order { line: transfer.line, waiting: None });
            }
            Movement::Post(_) | Movement::Resolve { .. } => {}
        }
    }

    fn think_of_something(&self, chance: &mut Chance) -> Option<Vec<Movement>> {
        let line = chance.pick(&self.lines)?;
        let sum = Cents::new(i64::try_from(chance.below(LARGEST)).ok()? + 1);
        let order = chance.pick(&self.orders);
        let post = |kind, line| Movement::Post(NewTransfer::on_line(kind, line, sum, Cause::new(CauseKind::Order, "ord")));
        let earn = |kind, line| Movement::Post(NewTransfer::for_unit(kind, line, unit(), sum, Cause::new(CauseKind::Delivery, "dlv")));
        Some(match chance.below(14) {
            0 | 1 => vec![post(TransferKind::Allocation, line)],
            2 => vec![post(TransferKind::AllocationCut, line)],
            3 => vec![post(TransferKind::BooksActual, line)],
            4 => vec![post(TransferKind::BooksActualReversal, line)],
            // A cart over two lines, whole or not at all.
            5 => vec![post(TransferKind::OrderEncumbered, line), post(TransferKind::OrderEncumbered, chance.pick(&self.lines)?)],
            6 | 7 => {
                vec![Movement::Reserve(NewTransfer::on_line(TransferKind::OrderReserved, line, sum, Cause::new(CauseKind::Order, "ord")))]
            }
            8 => {
                // Approvers also decide on what another has just decided.
                let (pending, reserved) = order?.waiting?;
                let part = if chance.once_in(3) { sum } else { reserved };
                vec![Movement::Resolve { pending, resolution: Resolution::Post(part) }]
            }
            9 => vec![Movement::Resolve { pending: order?.waiting?.0, resolution: Resolution::Void }],
            10 => {
                let line = order?.line;
                vec![post(TransferKind::DeliverySpent, line), earn(TransferKind::DeliveryEarned, line)]
            }
            // Days given to another school: a commitment moves, whole or not at all. On one line it is nothing but a release: a batch counts
            // by what it comes to on each account, so that release and commitment of one line would cancel each other out.
            11 => {
                let from = order?.line;
                let moved = (from != line).then(|| post(TransferKind::OrderEncumbered, line));
                std::iter::once(post(TransferKind::OrderReleased, from)).chain(moved).collect()
            }
            // Handed back.
            12 => vec![post(TransferKind::OrderReleased, order?.line)],
            _ => {
                let line = order?.line;
                vec![post(TransferKind::DeliverySpentReversal, line), earn(TransferKind::DeliveryEarnedReversal, line)]
            }
        })
    }

    /// Plants: an entry that nobody wrote down.
    pub fn lose_an_entry(&mut self) {
        self.diary.pop();
    }

    /// Plants: an entry written down twice.
    pub fn enter_twice(&mut self) {
        let again = self.diary[0].clone();
        self.diary.push(again);
    }

    /// Plants: an amount that is off by a cent.
    pub fn enter_one_cent_more(&mut self) {
        if let Movement::Post(transfer) = &mut self.diary[0].movement {
            transfer.amount = transfer.amount.saturating_add(Cents::new(1));
        }
    }

    /// Plants: a sale above what the line holds.
    pub fn overspend(&mut self) {
        let free = self.books.states(self.lines[0]).map(|states| states.available).unwrap_or_default();
        let above = free.saturating_add(Cents::new(1));
        let sale = NewTransfer::on_line(TransferKind::OrderEncumbered, self.lines[0], above, Cause::new(CauseKind::Order, "ord"));
        self.diary.push(Entry { id: TransferId::from_bits(u128::MAX), movement: Movement::Post(sale) });
    }
}

/// The one unit that delivers.
pub fn unit() -> UnitId {
    UnitId::from_bits(1)
}

fn numbered(command: u128, batch: &[Movement]) -> Vec<(TransferId, Movement)> {
    let id = |index: usize| TransferId::from_bits(command * 100 + index as u128);
    batch.iter().cloned().enumerate().map(|(index, movement)| (id(index), movement)).collect()
}
