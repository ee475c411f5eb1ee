//! What is sold and what is left. The decision is in the write; nothing is read first.

use shared::fiscal::FiscalYear;
use shared::id::PackageId;

use crate::db::{DbError, Tx};
use crate::values;

/// Sets how many can be sold in the year; what is sold stays.
pub async fn set(tx: &mut Tx, package: PackageId, year: FiscalYear, capacity: Option<u32>) -> Result<(), DbError> {
    let sql = "INSERT INTO package_capacity (package, year, capacity, sold, moves) VALUES ($1, $2, $3, 0, 0) \
               ON CONFLICT (package, year) DO UPDATE SET capacity = $3";
    tx.execute(sql, values![package, year, capacity]).await.map(|_| ())
}

/// Sells `units` if so many are left.
///
/// Invariant: sold never rises above capacity, however many buyers come at once.
pub async fn reserve(tx: &mut Tx, package: PackageId, year: FiscalYear, units: u32) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET sold = sold + $3, moves = moves + 1 \
               WHERE package = $1 AND year = $2 AND (capacity IS NULL OR sold + $3 <= capacity)";
    Ok(tx.execute(sql, values![package, year, units]).await? == 1)
}

/// Gives `units` back; false where so many were never sold, which is a bug of the caller.
pub async fn release(tx: &mut Tx, package: PackageId, year: FiscalYear, units: u32) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET sold = sold - $3, moves = moves + 1 WHERE package = $1 AND year = $2 AND sold >= $3";
    Ok(tx.execute(sql, values![package, year, units]).await? == 1)
}
