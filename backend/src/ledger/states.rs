//! Balances: the states of budget lines and the earnings of units.

use std::collections::BTreeMap;

use shared::budget::MoneyStates;
use shared::id::{BudgetLineId, UnitId};
use shared::ledger::Account;
use shared::ledger::counters::{Counters, states_of};
use shared::money::Cents;

use super::post::counters_of;
use crate::db::{DbError, Query, ToValue, placeholders};

const CHUNK: usize = 500;

/// The states of each line's money. Lines that the ledger does not know are absent.
///
/// # Errors
/// Only those of the database.
pub async fn states(query: &impl Query, lines: &[BudgetLineId]) -> Result<BTreeMap<BudgetLineId, MoneyStates>, DbError> {
    let mut counters: BTreeMap<Account, Counters> = BTreeMap::new();
    for chunk in lines.chunks(CHUNK) {
        // A round number of parameters keeps the number of prepared statements small; a repeated line changes nothing.
        let count = chunk.len().next_power_of_two();
        let sql = format!(
            "SELECT id, debits_pending, debits_posted, credits_pending, credits_posted FROM ledger_account WHERE line IN ({})",
            placeholders(1, count)
        );
        let padded = chunk.iter().chain(std::iter::repeat(&chunk[0])).take(count).map(ToValue::to_value);
        for row in query.all(&sql, padded.collect()).await? {
            counters.insert(row.parse("id")?, counters_of(&row)?);
        }
    }
    let of = |account| counters.get(&account).copied();
    let known = lines.iter().filter_map(|line| {
        let states = states_of(of(Account::Available(*line))?, of(Account::Encumbered(*line))?, of(Account::Spent(*line))?);
        Some((*line, states))
    });
    Ok(known.collect())
}

/// What each unit earned, reversals taken off. Units without a transfer are absent.
///
/// # Errors
/// Only those of the database.
pub async fn earned(query: &impl Query, units: &[UnitId]) -> Result<BTreeMap<UnitId, Cents>, DbError> {
    let mut found = BTreeMap::new();
    for chunk in units.chunks(CHUNK) {
        let sql = format!(
            "SELECT unit, CAST(SUM(CASE kind WHEN 'delivery_earned' THEN amount ELSE -amount END) AS BIGINT) AS earned FROM ledger_transfer \
             WHERE unit IN ({}) GROUP BY unit",
            placeholders(1, chunk.len())
        );
        for row in query.all(&sql, chunk.iter().map(ToValue::to_value).collect()).await? {
            found.insert(row.get("unit")?, row.get("earned")?);
        }
    }
    Ok(found)
}
