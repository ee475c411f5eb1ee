//! The transfers behind a number, for "why?".

use shared::budget::MoneyStates;
use shared::id::{BudgetLineId, CommandId, PersonId, TransferId, UnitId};
use shared::ledger::counters::change_of;
use shared::ledger::{Cause, Phase, TransferKind};
use shared::money::Cents;
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row};
use crate::values;

/// One stored transfer, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerMovement {
    pub id: TransferId,
    pub at: Timestamp,
    pub kind: TransferKind,
    pub phase: Phase,
    pub line: BudgetLineId,
    pub unit: Option<UnitId>,
    pub amount: Cents,
    /// What it did to the states of its line; the sum over all movements is the line.
    pub change: MoneyStates,
    pub resolves: Option<TransferId>,
    pub cause: Cause,
    pub command: CommandId,
    /// Absent for the command line and for policy.
    pub by: Option<PersonId>,
}

const SELECT: &str = "SELECT t.id, t.at, t.kind, t.phase, t.line, t.unit, t.amount, t.resolves, t.cause_kind, t.cause_id, t.command_id, \
     c.actor, COALESCE(p.amount, 0) AS reserved FROM ledger_transfer AS t LEFT JOIN command AS c ON c.id = t.command_id \
     LEFT JOIN ledger_transfer AS p ON p.id = t.resolves";

/// A line's transfers, newest first, at most `limit`, those before `before` where given.
///
/// # Errors
/// Only those of the database.
pub async fn movements(
    query: &impl Query,
    line: BudgetLineId,
    before: Option<(Timestamp, TransferId)>,
    limit: u32,
) -> Result<Vec<LedgerMovement>, DbError> {
    let rows = match before {
        None => query.all(&format!("{SELECT} WHERE t.line = $1 ORDER BY t.at DESC, t.id DESC LIMIT $2"), values![line, limit]).await?,
        Some((at, id)) => {
            let sql = format!("{SELECT} WHERE t.line = $1 AND (t.at, t.id) < ($2, $3) ORDER BY t.at DESC, t.id DESC LIMIT $4");
            query.all(&sql, values![line, at, id, limit]).await?
        }
    };
    rows.iter().map(movement).collect()
}

/// The transfers that one document caused, oldest first.
///
/// # Errors
/// Only those of the database.
pub async fn of_cause(query: &impl Query, cause: &str, limit: u32) -> Result<Vec<LedgerMovement>, DbError> {
    let sql = format!("{SELECT} WHERE t.cause_id = $1 ORDER BY t.at, t.id LIMIT $2");
    query.all(&sql, values![cause, limit]).await?.iter().map(movement).collect()
}

fn movement(row: &Row) -> Result<LedgerMovement, DbError> {
    let (kind, phase, amount) = (row.word("kind")?, row.word("phase")?, row.get("amount")?);
    Ok(LedgerMovement {
        id: row.get("id")?,
        at: row.get("at")?,
        kind,
        phase,
        line: row.get("line")?,
        unit: row.get("unit")?,
        amount,
        change: change_of(kind, phase, amount, row.get("reserved")?),
        resolves: row.get("resolves")?,
        cause: Cause { kind: row.word("cause_kind")?, id: row.get("cause_id")? },
        command: row.get("command_id")?,
        by: row.get("actor")?,
    })
}
