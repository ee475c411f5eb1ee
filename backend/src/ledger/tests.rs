//! The ledger on a real database: the script, the race, and the same decisions as in memory.

use futures_util::future::join_all;
use shared::budget::CauseKind;
use shared::id::Id as _;
use shared::id::{BudgetLineId, OrderId, TransferId};
use shared::ledger::apply::Books;
use shared::ledger::script::{Operation, Reservations, SCRIPT, line_id, parse, say, say_earned, say_states};
use shared::ledger::{Cause, LedgerError, Movement, NewTransfer, Resolution, TransferKind};
use shared::money::Cents;

use super::{
    Difference, LedgerFailure, apply, audit, close_lines, earned, movements, of_cause, open_line, open_lines, post, resolve, states,
};
use crate::db::testing::{NOON, command, on_each, record};
use crate::db::{Db, DbError, Lane};

/// Runs one batch as the command number `n`.
async fn run(db: &Db, n: u128, batch: Vec<Movement>) -> Result<Vec<TransferId>, LedgerFailure> {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    db.command(&command(n), OrderId::from_bits(n), (batch, sender), move |mut tx, (batch, sender)| async move {
        let ids = apply(&mut tx, &batch).await?;
        tx.commit(record(&command(n)), vec![]).await?;
        drop(sender.send(ids));
        Ok::<(), LedgerFailure>(())
    })
    .await?;
    Ok(receiver.recv().await.unwrap_or_default())
}

async fn open(db: &Db, n: u128, lines: Vec<BudgetLineId>) {
    db.command(&command(n), OrderId::from_bits(n), lines, move |mut tx, lines| async move {
        open_lines(&mut tx, &lines).await?;
        tx.commit(record(&command(n)), vec![]).await
    })
    .await
    .expect("opened");
}

async fn close(db: &Db, n: u128, line: BudgetLineId) {
    db.command(&command(n), OrderId::from_bits(n), line, move |mut tx, line| async move {
        close_lines(&mut tx, &[line]).await?;
        tx.commit(record(&command(n)), vec![]).await
    })
    .await
    .expect("closed");
}

fn refused<T>(done: Result<T, LedgerFailure>) -> Result<(), LedgerError> {
    match done {
        Ok(_) => Ok(()),
        Err(LedgerFailure::Refused(error)) => Err(error),
        Err(LedgerFailure::Db(error)) => panic!("{error}"),
    }
}

fn allocation(line: BudgetLineId, cents: i64) -> NewTransfer {
    NewTransfer::on_line(TransferKind::Allocation, line, Cents::new(cents), Cause::new(CauseKind::Allocation, "all"))
}

fn order(kind: TransferKind, line: BudgetLineId, cents: i64) -> NewTransfer {
    NewTransfer::on_line(kind, line, Cents::new(cents), Cause::new(CauseKind::Order, "ord"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_is_played_to_the_letter() {
    on_each(|db| async move {
        let mut reservations = Reservations::default();
        for line in parse(SCRIPT).expect("a script") {
            let n = line.number as u128;
            let said = match &line.operation {
                Operation::Open(id) => {
                    open(&db, n, vec![*id]).await;
                    "ok".to_owned()
                }
                Operation::Close(id) => {
                    close(&db, n, *id).await;
                    "ok".to_owned()
                }
                Operation::Batch(parts) => {
                    let done = run(&db, n, reservations.movements(parts)).await;
                    if let Ok(ids) = &done {
                        reservations.keep(parts, ids);
                    }
                    say(&refused(done))
                }
                Operation::States(id) => say_states(states(&db.reader(), &[*id]).await.expect("states").get(id).copied()),
                Operation::Earned(unit) => {
                    say_earned(earned(&db.reader(), &[*unit]).await.expect("earned").get(unit).copied().unwrap_or_default())
                }
            };
            assert_eq!(said, line.expected, "line {}", line.number);
        }
        assert_eq!(audit(&db.reader()).await.expect("audited"), []);
        // Every number opens to the transfers behind it.
        let behind = movements(&db.reader(), line_id("a"), None, 1_000).await.expect("movements");
        let sum = behind.iter().fold(Default::default(), |sum: shared::budget::MoneyStates, movement| sum.plus(movement.change));
        assert_eq!(Some(&sum), states(&db.reader(), &[line_id("a")]).await.expect("states").get(&line_id("a")));
        let (newer, older) = behind.split_at(5);
        let last = newer.last().expect("five");
        assert_eq!(movements(&db.reader(), line_id("a"), Some((last.at, last.id)), 1_000).await.expect("older"), older);
        assert!(of_cause(&db.reader(), "ord", 1_000).await.expect("caused").len() > older.len());
    })
    .await;
}

/// 64 buyers want 90 cents each of a line that holds 1,000. Answers with how many were told yes, what is left, and what the audit finds.
async fn race(db: &Db) -> (usize, Cents, Vec<Difference>) {
    let line = line_id("race");
    open(db, 1, vec![line]).await;
    run(db, 2, vec![Movement::Post(allocation(line, 1_000))]).await.expect("allocated");
    let buyers = (0..64u128).map(|buyer| {
        let kind = if buyer % 2 == 0 { TransferKind::OrderEncumbered } else { TransferKind::OrderReserved };
        let transfer = order(kind, line, 90);
        run(db, 100 + buyer, vec![if kind.is_two_phase() { Movement::Reserve(transfer) } else { Movement::Post(transfer) }])
    });
    let bought = join_all(buyers).await.into_iter().map(refused).filter(Result::is_ok).count();
    let left = states(&db.reader(), &[line]).await.expect("states")[&line].available;
    (bought, left, audit(&db.reader()).await.expect("audited"))
}

#[tokio::test(flavor = "multi_thread")]
async fn buyers_racing_for_the_last_dollars_get_exactly_what_is_there() {
    on_each(|db| async move { assert_eq!(race(&db).await, (11, Cents::new(10), vec![])) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_race_catches_a_ledger_that_reads_before_it_writes() {
    on_each(|db| async move {
        let (bought, _, found) = race(&db.with_read_then_write()).await;
        assert!(bought > 11, "the planted bug sold {bought} times and was not seen");
        assert!(!found.is_empty(), "the audit did not see it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn crossing_batches_never_wait_in_a_circle() {
    on_each(|db| async move {
        let lines: Vec<BudgetLineId> = ["x", "y", "z"].map(line_id).to_vec();
        open(&db, 1, lines.clone()).await;
        run(&db, 2, lines.iter().map(|line| Movement::Post(allocation(*line, 100_000))).collect()).await.expect("allocated");
        let batches = (0..48u128).map(|n| {
            let mut batch: Vec<Movement> =
                lines.iter().map(|line| Movement::Post(order(TransferKind::OrderEncumbered, *line, 1))).collect();
            batch.rotate_left(n as usize % 3);
            run(&db, 10 + n, batch)
        });
        assert!(join_all(batches).await.into_iter().map(refused).all(|done| done.is_ok()));
        let after = states(&db.reader(), &lines).await.expect("states");
        assert!(lines.iter().all(|line| after[line].encumbered == Cents::new(48)));
        assert_eq!(audit(&db.reader()).await.expect("audited"), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn approvers_racing_resolve_a_reservation_once() {
    on_each(|db| async move {
        let line = line_id("once");
        open(&db, 1, vec![line]).await;
        let reserve = vec![Movement::Post(allocation(line, 500)), Movement::Reserve(order(TransferKind::OrderReserved, line, 300))];
        let pending = run(&db, 2, reserve).await.expect("reserved")[1];
        let approvers = (0..32u128).map(|n| {
            let resolution = if n % 2 == 0 { Resolution::Post(Cents::new(300)) } else { Resolution::Void };
            run(&db, 10 + n, vec![Movement::Resolve { pending, resolution }])
        });
        let said: Vec<String> = join_all(approvers).await.into_iter().map(|done| say(&refused(done))).collect();
        assert_eq!(said.iter().filter(|said| *said == "ok").count(), 1);
        assert_eq!(said.iter().filter(|said| *said == "resolved before").count(), 31);
        assert_eq!(audit(&db.reader()).await.expect("audited"), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_batch_cannot_be_committed() {
    on_each(|db| async move {
        let line = line_id("spoilt");
        open(&db, 1, vec![line]).await;
        let swallowed = db
            .command(&command(2), OrderId::from_bits(2), line, |mut tx, line| async move {
                assert!(post(&mut tx, &[allocation(line, 5), order(TransferKind::OrderEncumbered, line, 6)]).await.is_err());
                tx.commit(record(&command(2)), vec![]).await
            })
            .await;
        assert!(matches!(swallowed, Err(DbError::Misuse(_))));
        assert_eq!(states(&db.reader(), &[line]).await.expect("states")[&line], Default::default());
        let mut unclaimed = db.begin(Lane::Usual).await.expect("a transaction");
        open_line(&mut unclaimed, line).await.expect("again");
        assert!(resolve(&mut unclaimed, &[]).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn transfers_are_never_edited() {
    on_each(|db| async move {
        let line = line_id("stone");
        open(&db, 1, vec![line]).await;
        run(&db, 2, vec![Movement::Post(allocation(line, 5))]).await.expect("allocated");
        for sql in ["UPDATE ledger_transfer SET amount = 6", "DELETE FROM ledger_transfer", "DELETE FROM ledger_account"] {
            let mut tx = db.begin(Lane::Usual).await.expect("a transaction");
            assert!(matches!(tx.execute(sql, vec![]).await, Err(DbError::Refused(_))), "{sql}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edited_counter_is_found() {
    on_each(|db| async move {
        let line = line_id("edited");
        open(&db, 1, vec![line]).await;
        run(&db, 2, vec![Movement::Post(allocation(line, 5))]).await.expect("allocated");
        let edited = db
            .command(&command(3), OrderId::from_bits(3), (), |mut tx, ()| async move {
                tx.execute("UPDATE ledger_account SET credits_posted = 6 WHERE credits_posted = 5", vec![]).await?;
                tx.commit(record(&command(3)), vec![]).await
            })
            .await;
        edited.expect("edited behind the ledger's back");
        let found = audit(&db.reader()).await.expect("audited");
        assert_eq!(found.iter().map(|difference| difference.place.clone()).collect::<Vec<_>>(), [format!("{line}.available")]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_import_is_posted_in_chunks() {
    on_each(|db| async move {
        let lines: Vec<BudgetLineId> = (1..=1_203u128).map(BudgetLineId::from_bits).collect();
        open(&db, 1, lines.clone()).await;
        let ids = run(&db, 2, lines.iter().map(|line| Movement::Post(allocation(*line, 7))).collect()).await.expect("allocated");
        assert_eq!(ids.len(), lines.len());
        let after = states(&db.reader(), &lines).await.expect("states");
        assert!(after.len() == lines.len() && after.values().all(|states| states.available == Cents::new(7)));
        assert_eq!(audit(&db.reader()).await.expect("audited"), []);
    })
    .await;
}

/// A small generator, so that a seed tells the whole history.
fn dice(seed: &mut u64, sides: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % sides
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_and_database_decide_alike() {
    on_each(|db| async move {
        let lines: Vec<BudgetLineId> = ["a", "b"].map(line_id).to_vec();
        open(&db, 1, lines.clone()).await;
        let mut books = Books::default();
        lines.iter().for_each(|line| books.open_line(*line));
        let (mut seed, mut pending): (u64, Vec<TransferId>) = (20_261_121, Vec::new());
        for n in 0..400u128 {
            let line = lines[dice(&mut seed, 2) as usize];
            let cents = 1 + dice(&mut seed, 300) as i64;
            let movement = match dice(&mut seed, 7) {
                0 | 1 => Movement::Post(allocation(line, cents * 2)),
                2 => Movement::Reserve(order(TransferKind::OrderReserved, line, cents)),
                3 if !pending.is_empty() => {
                    let chosen = pending[dice(&mut seed, pending.len() as u64) as usize];
                    let resolution = if cents % 2 == 0 { Resolution::Void } else { Resolution::Post(Cents::new(cents)) };
                    Movement::Resolve { pending: chosen, resolution }
                }
                4 => Movement::Post(order(TransferKind::DeliverySpent, line, cents)),
                5 => Movement::Post(order(TransferKind::DeliverySpentReversal, line, cents)),
                _ => Movement::Post(order(TransferKind::OrderEncumbered, line, cents)),
            };
            let done = run(&db, 10 + n, vec![movement.clone()]).await;
            let id = done.as_ref().ok().map_or(TransferId::from_bits(n), |ids| ids[0]);
            let expected = books.apply(&[(id, movement.clone())]);
            assert_eq!(refused(done), expected, "step {n}: {movement:?}");
            if expected.is_ok() && matches!(movement, Movement::Reserve(_)) {
                pending.push(id);
            }
        }
        let after = states(&db.reader(), &lines).await.expect("states");
        assert!(lines.iter().all(|line| books.states(*line) == after.get(line).copied()));
        assert_eq!((audit(&db.reader()).await.expect("audited"), books.audit()), (vec![], vec![]));
        assert_eq!(movements(&db.reader(), lines[0], None, 1).await.expect("one").first().map(|m| m.at), Some(NOON));
    })
    .await;
}
