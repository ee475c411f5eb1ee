//! The dated rows of the approval policy, and how long approvals took.

use shared::id::UnitId;
use shared::money::Cents;
use shared::orders::OrderPolicy;
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query};
use crate::values;

/// How many past approvals tell the usual time.
const RECENT_APPROVALS: u32 = 50;

/// The policy that holds on `day`.
pub async fn policy<Q: Query>(query: &Q, day: Date) -> Result<OrderPolicy, DbError> {
    let sql = "SELECT auto_approve_up_to, small_order_up_to FROM approval_policy WHERE from_day <= $1 ORDER BY from_day DESC LIMIT 1";
    match query.one(sql, values![day]).await? {
        Some(row) => {
            Ok(OrderPolicy { auto_approve_up_to: row.get("auto_approve_up_to")?, small_order_up_to: row.get("small_order_up_to")? })
        }
        // Without a policy nothing is approved by itself.
        None => Ok(OrderPolicy { auto_approve_up_to: Cents::ZERO, small_order_up_to: Cents::ZERO }),
    }
}

/// Submission and approval of the latest orders that a person approved, of one unit.
pub async fn approval_times<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<(Timestamp, Timestamp)>, DbError> {
    let sql = format!(
        "SELECT submitted, approved FROM orders WHERE unit = $1 AND submitted IS NOT NULL AND approved > submitted ORDER BY number DESC LIMIT {RECENT_APPROVALS}"
    );
    let rows = query.all(&sql, values![unit]).await?;
    rows.iter().map(|row| Ok((row.get("submitted")?, row.get("approved")?))).collect()
}
