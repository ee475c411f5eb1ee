//! The script and the laws, on the ledger in memory.

use proptest::prelude::*;

use super::apply::Books;
use super::script::{Operation, Part, Reservations, SCRIPT, line_id, parse, say, say_earned, say_states, unit_id};
use super::{Cause, Movement, NewTransfer, Phase, Resolution, TransferKind};
use crate::budget::{CauseKind, MoneyStates};
use crate::id::{Id as _, TransferId};
use crate::ledger::counters::change_of;
use crate::money::Cents;

fn numbered(from: usize, movements: Vec<Movement>) -> Vec<(TransferId, Movement)> {
    let id = |index: usize| TransferId::from_bits(from as u128 * 1_000 + index as u128);
    movements.into_iter().enumerate().map(|(index, movement)| (id(index), movement)).collect()
}

#[test]
fn the_script_is_played_to_the_letter() {
    let mut books = Books::default();
    let mut reservations = Reservations::default();
    for line in parse(SCRIPT).expect("a script") {
        let said = match &line.operation {
            Operation::Open(id) => {
                books.open_line(*id);
                "ok".to_owned()
            }
            Operation::Close(id) => {
                books.close_line(*id);
                "ok".to_owned()
            }
            Operation::Batch(parts) => {
                let batch = numbered(line.number, reservations.movements(parts));
                let done = books.apply(&batch);
                if done.is_ok() {
                    reservations.keep(parts, &batch.iter().map(|(id, _)| *id).collect::<Vec<_>>());
                }
                say(&done)
            }
            Operation::States(id) => say_states(books.states(*id)),
            Operation::Earned(unit) => say_earned(books.earned(*unit)),
        };
        assert_eq!(said, line.expected, "line {}", line.number);
        assert_eq!(books.audit(), []);
        assert_eq!(books.balance(), 0);
    }
}

#[test]
fn every_account_reads_what_it_prints() {
    for account in [super::Account::Available(line_id("a")), super::Account::Clearing(line_id("b")), super::Account::Earned(unit_id("u"))] {
        assert_eq!(account.to_string().parse(), Ok(account));
    }
    assert!("nothing".parse::<super::Account>().is_err());
}

/// Any batch of one or two movements on three lines, the third of them never opened.
fn batches() -> impl Strategy<Value = Vec<Vec<Part>>> {
    let name = prop::sample::select(vec!["a", "b", "c"]);
    let kind = prop::sample::select(TransferKind::ALL.to_vec());
    let amount = prop_oneof![1i64..500, Just(0), Just(-5), Just(1_000_000_000_001)];
    let reservation = prop::sample::select(vec!["p", "q", "r", "s"]);
    let cause = || Cause::new(CauseKind::Order, "ord");
    let part = (name, kind, amount, reservation, 0..10u8).prop_map(move |(line, kind, cents, reservation, dice)| {
        let (line, sum, name) = (line_id(line), Cents::new(cents), reservation.to_owned());
        match dice {
            0..=1 => Part::Post(NewTransfer::on_line(TransferKind::Allocation, line, Cents::new(cents.saturating_mul(3)), cause())),
            2..=3 => Part::Reserve { transfer: NewTransfer::on_line(TransferKind::OrderReserved, line, sum, cause()), name },
            4 => Part::Resolve { name, resolution: Resolution::Void },
            5..=6 => Part::Resolve { name, resolution: Resolution::Post(sum) },
            _ => Part::Post(NewTransfer { kind, line, unit: kind.concerns_unit().then(|| unit_id("u")), amount: sum, cause: cause() }),
        }
    });
    prop::collection::vec(prop::collection::vec(part, 1..3), 1..60)
}

proptest! {
    #[test]
    fn no_sequence_of_batches_breaks_a_law(batches in batches()) {
        let mut books = Books::default();
        books.open_line(line_id("a"));
        books.open_line(line_id("b"));
        let mut reservations = Reservations::default();
        for (number, parts) in batches.iter().enumerate() {
            let batch = numbered(number, reservations.movements(parts));
            let before = books.clone();
            match books.apply(&batch) {
                Ok(()) => reservations.keep(parts, &batch.iter().map(|(id, _)| *id).collect::<Vec<_>>()),
                // A refusal changes nothing.
                Err(_) => prop_assert_eq!(&books, &before),
            }
            for line in ["a", "b"] {
                let states = books.states(line_id(line)).unwrap_or_default();
                let MoneyStates { allocated, spent, held, encumbered, pre_encumbered, available } = states;
                prop_assert!([spent, held, encumbered, pre_encumbered, available].iter().all(|sum| !sum.is_negative()), "{:?}", states);
                prop_assert_eq!([spent, held, encumbered, pre_encumbered, available].into_iter().sum::<Cents>(), allocated);
            }
            prop_assert_eq!(books.audit(), vec![]);
            prop_assert_eq!(books.balance(), 0);
        }
    }

    #[test]
    fn the_changes_of_a_reservation_and_its_resolution_sum_up(reserved in 1i64..10_000, part in 1i64..10_000) {
        let (reserved, part) = (Cents::new(reserved.max(part)), Cents::new(part));
        let zero = Cents::ZERO;
        let made = change_of(TransferKind::OrderReserved, Phase::Pending, reserved, zero);
        let voided = change_of(TransferKind::OrderReserved, Phase::Void, zero, reserved);
        prop_assert_eq!(made.plus(voided), MoneyStates::default());
        let posted = made.plus(change_of(TransferKind::OrderReserved, Phase::Post, part, reserved));
        prop_assert_eq!((posted.available, posted.encumbered, posted.pre_encumbered), (zero.saturating_sub(part), part, zero));
    }
}
