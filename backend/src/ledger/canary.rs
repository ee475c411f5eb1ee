//! The planted bug: read, decide, write back. A race test that does not catch it proves nothing.

use shared::ledger::counters::{Counters, Delta};
use shared::ledger::{Account, Lack, LedgerError};
use shared::money::Cents;

use super::LedgerFailure;
use super::post::counters_of;
use crate::db::Tx;
use crate::values;

/// As the real one, but decided by what was read before the transaction began.
pub(super) async fn move_counters(tx: &mut Tx, sums: &[(Account, Delta)]) -> Result<(), LedgerFailure> {
    for (account, delta) in sums {
        let read = tx.stale.iter().flatten().find(|row| row.parse::<Account>("id").is_ok_and(|id| id == *account));
        let before: Counters = read.map(counters_of).transpose()?.unwrap_or_default();
        let after = before.plus(*delta)?;
        if after.free() < 0 {
            let lack = Lack { account: *account, wanted: Cents::new(-delta.free()), there: Cents::new(before.free()) };
            return Err(LedgerError::NotEnough(vec![lack]).into());
        }
        let sql =
            "UPDATE ledger_account SET debits_pending = $1, debits_posted = $2, credits_pending = $3, credits_posted = $4 WHERE id = $5";
        let row = values![after.debits_pending, after.debits_posted, after.credits_pending, after.credits_posted, account.to_string()];
        tx.execute(sql, row).await?;
    }
    Ok(())
}
