//! The one door through which money moves.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::{BudgetLineId, CommandId, TransferId, UnitId};
use shared::ledger::counters::{Counters, Delta, Step, sum_by_account};
use shared::ledger::{Account, Cause, Lack, LedgerError, Movement, NewTransfer, Phase, TransferKind};
use shared::money::Cents;
use shared::time::Timestamp;

use super::LedgerFailure;
use crate::db::{DbError, Query, Row, ToValue, Tx, Value, placeholders, rows_of_placeholders, word};
use crate::values;

/// Rows of one statement. SQLite looks each named parameter up in a list, so the cost of a statement grows with their square:
/// 1,800 lines were posted in 13 s by statements of 500 rows, in a fraction of one by statements of 32.
const CHUNK: usize = 32;

/// A transfer on its way into the table.
struct Record {
    id: TransferId,
    kind: TransferKind,
    step: Step,
    line: BudgetLineId,
    unit: Option<UnitId>,
    resolves: Option<TransferId>,
    cause: Cause,
}

/// A stored pending transfer.
struct Pending {
    kind: TransferKind,
    step: Step,
    line: BudgetLineId,
    cause: Cause,
}

/// Opens the ruled accounts of a budget line; a second time changes nothing.
///
/// # Errors
/// Only those of the database.
pub async fn open_line(tx: &mut Tx, line: BudgetLineId) -> Result<(), DbError> {
    open_lines(tx, &[line]).await
}

/// As [`open_line`], for many.
///
/// # Errors
/// Only those of the database.
pub async fn open_lines(tx: &mut Tx, lines: &[BudgetLineId]) -> Result<(), DbError> {
    for chunk in lines.chunks(CHUNK) {
        let accounts: Vec<Account> =
            chunk.iter().flat_map(|line| [Account::Available(*line), Account::Encumbered(*line), Account::Spent(*line)]).collect();
        let sql = format!(
            "INSERT INTO ledger_account (id, line, kind, closed, debits_pending, debits_posted, credits_pending, credits_posted) \
             VALUES {} ON CONFLICT (id) DO NOTHING",
            rows_of_placeholders(accounts.len(), 8)
        );
        let row = |account: &Account| values![account.to_string(), account.line(), account.kind().name(), false, 0i64, 0i64, 0i64, 0i64];
        tx.execute(&sql, accounts.iter().flat_map(row).collect()).await?;
    }
    Ok(())
}

/// Closes lines: they take no transfer any more.
///
/// # Errors
/// Only those of the database.
pub async fn close_lines(tx: &mut Tx, lines: &[BudgetLineId]) -> Result<(), DbError> {
    for chunk in lines.chunks(CHUNK) {
        let sql = format!("UPDATE ledger_account SET closed = TRUE WHERE line IN ({})", placeholders(1, chunk.len()));
        tx.execute(&sql, chunk.iter().map(ToValue::to_value).collect()).await?;
    }
    Ok(())
}

/// Does all movements or none, decided by what they do to each account in sum. Answers with the new transfers' ids in order.
///
/// The command and the time are those that the transaction has claimed.
///
/// # Errors
/// [`LedgerFailure::Refused`] with the facts; the transaction must then be given up, and [`Tx::commit`] refuses it.
pub async fn apply(tx: &mut Tx, movements: &[Movement]) -> Result<Vec<TransferId>, LedgerFailure> {
    let (command, now) = tx.claimed()?;
    let done = try_apply(tx, movements, command, now).await;
    if done.is_err() {
        tx.spoil();
    }
    done
}

async fn try_apply(tx: &mut Tx, movements: &[Movement], command: CommandId, now: Timestamp) -> Result<Vec<TransferId>, LedgerFailure> {
    let records = records(tx, movements, now).await?;
    let steps: Vec<Step> = records.iter().map(|record| record.step).collect();
    let sums: Vec<(Account, Delta)> = sum_by_account(&steps)?.into_iter().collect();
    // Resolutions first: the unique index decides who resolves, before any counter moves.
    insert(tx, &records, command, now).await?;
    lock(tx, &sums).await?;
    for chunk in sums.chunks(CHUNK) {
        move_counters(tx, chunk).await?;
    }
    Ok(records.into_iter().map(|record| record.id).collect())
}

async fn records(tx: &Tx, movements: &[Movement], now: Timestamp) -> Result<Vec<Record>, LedgerFailure> {
    let wanted = movements.iter().filter_map(|movement| match movement {
        Movement::Resolve { pending, .. } => Some(*pending),
        Movement::Post(_) | Movement::Reserve(_) => None,
    });
    let pendings = pendings(tx, &wanted.collect::<BTreeSet<_>>()).await?;
    let mut resolved = BTreeSet::new();
    let mut records = Vec::with_capacity(movements.len());
    for movement in movements {
        let id = tx.new_id(now);
        records.push(match movement {
            Movement::Post(transfer) => fresh(id, transfer, Phase::Posted)?,
            Movement::Reserve(transfer) => fresh(id, transfer, Phase::Pending)?,
            Movement::Resolve { pending, resolution } => {
                let found = pendings.get(pending).ok_or(LedgerError::UnknownTransfer(*pending))?;
                if found.step.phase != Phase::Pending {
                    return Err(LedgerError::NotPending(*pending).into());
                }
                let step = Step::resolving(&found.step, *resolution)?;
                if !resolved.insert(*pending) {
                    return Err(LedgerError::AlreadyResolved(*pending).into());
                }
                Record { id, kind: found.kind, step, line: found.line, unit: None, resolves: Some(*pending), cause: found.cause.clone() }
            }
        });
    }
    Ok(records)
}

fn fresh(id: TransferId, transfer: &NewTransfer, phase: Phase) -> Result<Record, LedgerError> {
    let step = Step::of(transfer, phase)?;
    Ok(Record { id, kind: transfer.kind, step, line: transfer.line, unit: transfer.unit, resolves: None, cause: transfer.cause.clone() })
}

/// Reads the transfers to resolve. They are never edited, so reading them before the write decides nothing.
async fn pendings(tx: &Tx, ids: &BTreeSet<TransferId>) -> Result<BTreeMap<TransferId, Pending>, DbError> {
    let ids: Vec<TransferId> = ids.iter().copied().collect();
    let mut found = BTreeMap::new();
    for chunk in ids.chunks(CHUNK) {
        let sql = format!(
            "SELECT id, kind, phase, debit_account, credit_account, line, amount, cause_kind, cause_id FROM ledger_transfer WHERE id IN ({})",
            placeholders(1, chunk.len())
        );
        for row in tx.all(&sql, chunk.iter().map(ToValue::to_value).collect()).await? {
            found.insert(row.get("id")?, pending_of(&row)?);
        }
    }
    Ok(found)
}

fn pending_of(row: &Row) -> Result<Pending, DbError> {
    let step = Step {
        debit: row.parse("debit_account")?,
        credit: row.parse("credit_account")?,
        phase: row.word("phase")?,
        amount: row.get("amount")?,
        reserved: Cents::ZERO,
    };
    let cause = Cause { kind: row.word("cause_kind")?, id: row.get("cause_id")? };
    Ok(Pending { kind: row.word("kind")?, step, line: row.get("line")?, cause })
}

async fn insert(tx: &mut Tx, records: &[Record], command: CommandId, now: Timestamp) -> Result<(), LedgerFailure> {
    for chunk in records.chunks(CHUNK) {
        let sql = format!(
            "INSERT INTO ledger_transfer (id, kind, phase, debit_account, credit_account, line, unit, amount, resolves, cause_kind, cause_id, \
             command_id, at) VALUES {} ON CONFLICT DO NOTHING",
            rows_of_placeholders(chunk.len(), 13)
        );
        let mut parameters: Vec<Value> = Vec::with_capacity(chunk.len() * 13);
        for record in chunk {
            parameters.extend(values![
                record.id,
                word(&record.kind)?,
                word(&record.step.phase)?,
                record.step.debit.to_string(),
                record.step.credit.to_string(),
                record.line,
                record.unit,
                record.step.amount,
                record.resolves,
                word(&record.cause.kind)?,
                record.cause.id,
                command,
                now
            ]);
        }
        let inserted = tx.execute(&sql, parameters).await?;
        if usize::try_from(inserted) != Ok(chunk.len()) {
            let first = chunk.iter().find_map(|record| record.resolves).unwrap_or(chunk[0].id);
            return Err(LedgerError::AlreadyResolved(first).into());
        }
    }
    Ok(())
}

/// Locks all touched accounts in one order, so that two commands never wait for each other in a circle.
async fn lock(tx: &Tx, sums: &[(Account, Delta)]) -> Result<(), DbError> {
    let mut ids: Vec<String> = sums.iter().map(|(account, _)| account.to_string()).collect();
    ids.sort_unstable();
    for chunk in ids.chunks(CHUNK) {
        tx.lock_rows("ledger_account", chunk.iter().map(ToValue::to_value).collect()).await?;
    }
    Ok(())
}

/// Invariant: the decision is this one conditional write; an account that would go below zero, is closed or does not exist is not
/// touched, and then the count tells.
async fn move_counters(tx: &mut Tx, sums: &[(Account, Delta)]) -> Result<(), LedgerFailure> {
    #[cfg(any(test, feature = "canary_read_then_write"))]
    if tx.stale.is_some() {
        return super::canary::move_counters(tx, sums).await;
    }
    let row = |index: usize| {
        let first = index * 5 + 1;
        let [a, b, c, d] = [first + 1, first + 2, first + 3, first + 4];
        format!("(CAST(${first} AS TEXT), CAST(${a} AS BIGINT), CAST(${b} AS BIGINT), CAST(${c} AS BIGINT), CAST(${d} AS BIGINT))")
    };
    let sql = format!(
        "UPDATE ledger_account SET debits_pending = debits_pending + change.column2, debits_posted = debits_posted + change.column3, \
         credits_pending = credits_pending + change.column4, credits_posted = credits_posted + change.column5 \
         FROM (VALUES {}) AS change WHERE ledger_account.id = change.column1 AND NOT ledger_account.closed \
         AND credits_posted + change.column5 - debits_posted - change.column3 - debits_pending - change.column2 >= 0 \
         RETURNING ledger_account.id",
        (0..sums.len()).map(row).collect::<Vec<_>>().join(", ")
    );
    let parameters = sums.iter().flat_map(|(account, delta)| {
        values![account.to_string(), delta.debits_pending, delta.debits_posted, delta.credits_pending, delta.credits_posted]
    });
    let moved = tx.all(&sql, parameters.collect()).await?;
    if moved.len() == sums.len() {
        return Ok(());
    }
    let moved = moved.iter().map(|row| row.parse("id")).collect::<Result<BTreeSet<Account>, DbError>>()?;
    let refused: Vec<(Account, Delta)> = sums.iter().filter(|(account, _)| !moved.contains(account)).copied().collect();
    Err(why_refused(tx, &refused).await?.into())
}

/// The facts behind a refusal, read after it was decided.
async fn why_refused(tx: &Tx, refused: &[(Account, Delta)]) -> Result<LedgerError, DbError> {
    let sql = format!(
        "SELECT id, closed, debits_pending, debits_posted, credits_pending, credits_posted FROM ledger_account WHERE id IN ({})",
        placeholders(1, refused.len())
    );
    let mut found: BTreeMap<Account, (bool, Counters)> = BTreeMap::new();
    for row in tx.all(&sql, refused.iter().map(|(account, _)| account.to_string().to_value()).collect()).await? {
        found.insert(row.parse("id")?, (row.get("closed")?, counters_of(&row)?));
    }
    let mut lacks = Vec::new();
    for (account, delta) in refused {
        let Some(line) = account.line() else { continue };
        match found.get(account) {
            None => return Ok(LedgerError::UnknownLine(line)),
            Some((true, _)) => return Ok(LedgerError::PeriodClosed(line)),
            Some((false, counters)) => {
                lacks.push(Lack { account: *account, wanted: Cents::new(-delta.free()), there: Cents::new(counters.free()) });
            }
        }
    }
    Ok(LedgerError::NotEnough(lacks))
}

pub(super) fn counters_of(row: &Row) -> Result<Counters, DbError> {
    Ok(Counters {
        debits_pending: row.get("debits_pending")?,
        debits_posted: row.get("debits_posted")?,
        credits_pending: row.get("credits_pending")?,
        credits_posted: row.get("credits_posted")?,
    })
}
