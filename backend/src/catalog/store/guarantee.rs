//! What each school took of what is guaranteed to it. The decision is in the write; nothing is read first.

use shared::fiscal::FiscalYear;
use shared::id::{PackageId, SchoolId};

use crate::db::{DbError, Tx};
use crate::values;

/// Takes `units` if so many are left of the school's `guaranteed` ones; false where they are not.
///
/// Invariant: taken never rises above what is guaranteed, however many orders come at once.
pub async fn take(
    tx: &mut Tx,
    (package, school, year): (PackageId, SchoolId, FiscalYear),
    units: u32,
    guaranteed: u32,
) -> Result<bool, DbError> {
    let first = "INSERT INTO package_guarantee (package, school, year, taken) VALUES ($1, $2, $3, 0) ON CONFLICT (package, school, year) DO NOTHING";
    tx.execute(first, values![package, school, year]).await?;
    let sql = "UPDATE package_guarantee SET taken = taken + $4 WHERE package = $1 AND school = $2 AND year = $3 AND taken + $4 <= $5";
    Ok(tx.execute(sql, values![package, school, year, units, guaranteed]).await? == 1)
}

/// Gives `units` back; nothing happens where the package was never counted for the school.
pub async fn give_back(tx: &mut Tx, (package, school, year): (PackageId, SchoolId, FiscalYear), units: u32) -> Result<(), DbError> {
    let sql = "UPDATE package_guarantee SET taken = taken - $4 WHERE package = $1 AND school = $2 AND year = $3 AND taken >= $4";
    tx.execute(sql, values![package, school, year, units]).await.map(|_| ())
}
