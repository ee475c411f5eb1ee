//! The ledger's test language: one line an operation and its expected result; the same text runs in memory and on databases.
//!
//! ```text
//! open a                         -> ok
//! allocation a 100.00            -> ok
//! reserve a 60.00 as r           -> ok
//! states a                       -> given 100.00 free 40.00 waiting 60.00 committed 0.00 spent 0.00
//! post r 60.00; reserve a 41.00 as q -> lacks a.available has $40.00 of $41.00
//! ```
//! Several movements on one line, parted by `;`, are one batch.

use std::collections::BTreeMap;

use super::{Cause, LedgerError, Movement, NewTransfer, Resolution, TransferKind};
use crate::budget::{CauseKind, MoneyStates};
use crate::id::{BudgetLineId, Id as _, TransferId, UnitId};
use crate::money::Cents;

/// The script that every ledger must play.
pub const SCRIPT: &str = include_str!("ledger.script");

/// One line of a script.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: usize,
    pub operation: Operation,
    pub expected: String,
}

/// What a line does.
#[derive(Clone, Debug)]
pub enum Operation {
    Open(BudgetLineId),
    Close(BudgetLineId),
    Batch(Vec<Part>),
    States(BudgetLineId),
    Earned(UnitId),
}

/// One movement of a batch. Reservations are named, because their ids are known only when made.
#[derive(Clone, Debug)]
pub enum Part {
    Post(NewTransfer),
    Reserve { transfer: NewTransfer, name: String },
    Resolve { name: String, resolution: Resolution },
}

/// The reservations made so far, by name.
#[derive(Clone, Debug, Default)]
pub struct Reservations(BTreeMap<String, TransferId>);

impl Reservations {
    /// The movements of a batch. A name that was never made stands for a transfer that does not exist.
    pub fn movements(&self, batch: &[Part]) -> Vec<Movement> {
        let movement = |part: &Part| match part {
            Part::Post(transfer) => Movement::Post(transfer.clone()),
            Part::Reserve { transfer, .. } => Movement::Reserve(transfer.clone()),
            Part::Resolve { name, resolution } => {
                let pending = self.0.get(name).copied().unwrap_or(TransferId::from_bits(u128::MAX));
                Movement::Resolve { pending, resolution: *resolution }
            }
        };
        batch.iter().map(movement).collect()
    }

    /// Keeps the ids of what a batch made.
    pub fn keep(&mut self, batch: &[Part], ids: &[TransferId]) {
        for (part, id) in batch.iter().zip(ids) {
            if let Part::Reserve { name, .. } = part {
                self.0.insert(name.clone(), *id);
            }
        }
    }
}

/// Reads a script; the error names the line.
pub fn parse(script: &str) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    for (index, text) in script.lines().enumerate() {
        let text = text.split('#').next().unwrap_or_default().trim();
        if !text.is_empty() {
            lines.push(line(index + 1, text).ok_or_else(|| format!("line {}: {text}", index + 1))?);
        }
    }
    Ok(lines)
}

fn line(number: usize, text: &str) -> Option<Line> {
    let (operation, expected) = text.split_once("->")?;
    let words: Vec<&str> = operation.split_whitespace().collect();
    let operation = match words.as_slice() {
        ["open", name] => Operation::Open(line_id(name)),
        ["close", name] => Operation::Close(line_id(name)),
        ["states", name] => Operation::States(line_id(name)),
        ["earned", name] => Operation::Earned(unit_id(name)),
        _ => Operation::Batch(operation.split(';').map(part).collect::<Option<_>>()?),
    };
    Some(Line { number, operation, expected: expected.split_whitespace().collect::<Vec<_>>().join(" ") })
}

fn part(text: &str) -> Option<Part> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let amount = |text: &str| text.parse::<Cents>().ok();
    let cause = || Cause::new(CauseKind::Order, "ord");
    match words.as_slice() {
        ["reserve", line, sum, "as", name] => {
            let transfer = NewTransfer::on_line(TransferKind::OrderReserved, line_id(line), amount(sum)?, cause());
            Some(Part::Reserve { transfer, name: (*name).to_owned() })
        }
        ["post", name, sum] => Some(Part::Resolve { name: (*name).to_owned(), resolution: Resolution::Post(amount(sum)?) }),
        ["void", name] => Some(Part::Resolve { name: (*name).to_owned(), resolution: Resolution::Void }),
        [kind, line, sum] => Some(Part::Post(NewTransfer::on_line(kind_named(kind)?, line_id(line), amount(sum)?, cause()))),
        [kind, line, sum, "unit", unit] => {
            Some(Part::Post(NewTransfer::for_unit(kind_named(kind)?, line_id(line), unit_id(unit), amount(sum)?, cause())))
        }
        _ => None,
    }
}

fn kind_named(name: &str) -> Option<TransferKind> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn bits(name: &str) -> u128 {
    name.bytes().fold(0, |bits, byte| (bits << 8) | u128::from(byte))
}

/// The line that a script calls `name`.
pub fn line_id(name: &str) -> BudgetLineId {
    BudgetLineId::from_bits(bits(name))
}

/// The unit that a script calls `name`.
pub fn unit_id(name: &str) -> UnitId {
    UnitId::from_bits(bits(name))
}

fn name_of(id: BudgetLineId) -> String {
    id.bits().to_be_bytes().iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect()
}

/// What a script expects of a batch.
pub fn say(done: &Result<(), LedgerError>) -> String {
    match done {
        Ok(()) => "ok".to_owned(),
        Err(LedgerError::NotEnough(lacks)) => {
            let one = |lack: &super::Lack| {
                let line = lack.account.line().map(name_of).unwrap_or_default();
                format!("{line}.{} has {} of {}", lack.account.kind().name(), lack.there, lack.wanted)
            };
            format!("lacks {}", lacks.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        Err(LedgerError::PeriodClosed(line)) => format!("closed {}", name_of(*line)),
        Err(LedgerError::UnknownLine(line)) => format!("unknown line {}", name_of(*line)),
        Err(LedgerError::UnknownTransfer(_)) => "unknown transfer".to_owned(),
        Err(LedgerError::NotPending(_)) => "not pending".to_owned(),
        Err(LedgerError::AlreadyResolved(_)) => "resolved before".to_owned(),
        Err(LedgerError::AboveReserved { reserved, wanted }) => format!("{wanted} above the reserved {reserved}"),
        Err(LedgerError::BadAmount { .. }) => "bad amount".to_owned(),
        Err(LedgerError::Malformed) => "malformed".to_owned(),
        Err(LedgerError::Overflow) => "overflow".to_owned(),
    }
}

/// What a script expects of `states`.
pub fn say_states(states: Option<MoneyStates>) -> String {
    let Some(MoneyStates { allocated, spent, encumbered, pre_encumbered, available, .. }) = states else { return "none".to_owned() };
    format!("given {allocated} free {available} waiting {pre_encumbered} committed {encumbered} spent {spent}").replace('$', "")
}

/// What a script expects of `earned`.
pub fn say_earned(earned: Cents) -> String {
    earned.to_string().replace('$', "")
}
