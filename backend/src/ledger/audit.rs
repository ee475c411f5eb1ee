//! The ledger's own audit: every counter recomputed from the transfers, every law looked at again.

use crate::db::{DbError, Query};

/// At most so many differences are reported for each law; one is bad enough.
const REPORTED: u32 = 100;

/// A place where the ledger breaks a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub law: &'static str,
    /// The account or the transfer.
    pub place: String,
}

/// Each law with a query that finds where it is broken.
const LAWS: [(&str, &str); 5] = [
    (
        "counters equal the replay of all transfers",
        "WITH leg AS ( \
            SELECT t.debit_account AS account, \
                CASE t.phase WHEN 'pending' THEN t.amount WHEN 'posted' THEN 0 ELSE -p.amount END AS debits_pending, \
                CASE t.phase WHEN 'pending' THEN 0 ELSE t.amount END AS debits_posted, 0 AS credits_pending, 0 AS credits_posted \
            FROM ledger_transfer AS t LEFT JOIN ledger_transfer AS p ON p.id = t.resolves \
            UNION ALL SELECT t.credit_account, 0, 0, \
                CASE t.phase WHEN 'pending' THEN t.amount WHEN 'posted' THEN 0 ELSE -p.amount END, \
                CASE t.phase WHEN 'pending' THEN 0 ELSE t.amount END \
            FROM ledger_transfer AS t LEFT JOIN ledger_transfer AS p ON p.id = t.resolves \
         ), replay AS (SELECT account, SUM(debits_pending) AS dp, SUM(debits_posted) AS dt, SUM(credits_pending) AS cp, \
            SUM(credits_posted) AS ct FROM leg GROUP BY account) \
         SELECT a.id AS place FROM ledger_account AS a LEFT JOIN replay AS r ON r.account = a.id \
         WHERE a.debits_pending <> COALESCE(r.dp, 0) OR a.debits_posted <> COALESCE(r.dt, 0) \
            OR a.credits_pending <> COALESCE(r.cp, 0) OR a.credits_posted <> COALESCE(r.ct, 0) ORDER BY a.id LIMIT $1",
    ),
    (
        "every ruled account of a transfer exists",
        "SELECT leg.account AS place FROM (SELECT debit_account AS account FROM ledger_transfer UNION SELECT credit_account FROM ledger_transfer) \
         AS leg LEFT JOIN ledger_account AS a ON a.id = leg.account WHERE a.id IS NULL AND (leg.account LIKE '%.available' \
         OR leg.account LIKE '%.encumbered' OR leg.account LIKE '%.spent') ORDER BY leg.account LIMIT $1",
    ),
    (
        "no ruled account is below zero, counting what is pending",
        "SELECT id AS place FROM ledger_account WHERE credits_posted - debits_posted - debits_pending < 0 ORDER BY id LIMIT $1",
    ),
    (
        "a resolution points at a pending transfer between the same accounts and is not above it",
        "SELECT t.id AS place FROM ledger_transfer AS t LEFT JOIN ledger_transfer AS p ON p.id = t.resolves WHERE t.resolves IS NOT NULL \
         AND (p.id IS NULL OR p.phase <> 'pending' OR t.amount > p.amount OR t.debit_account <> p.debit_account \
         OR t.credit_account <> p.credit_account OR t.kind <> p.kind) ORDER BY t.id LIMIT $1",
    ),
    (
        "a pending transfer resolves once",
        "SELECT resolves AS place FROM ledger_transfer WHERE resolves IS NOT NULL GROUP BY resolves HAVING COUNT(*) > 1 ORDER BY resolves LIMIT $1",
    ),
];

/// Looks at all laws and names where they are broken; empty for a sound ledger.
///
/// # Errors
/// Only those of the database.
pub async fn audit(query: &impl Query) -> Result<Vec<Difference>, DbError> {
    let mut differences = Vec::new();
    for (law, sql) in LAWS {
        for row in query.all(sql, crate::values![REPORTED]).await? {
            differences.push(Difference { law, place: row.get("place")? });
        }
    }
    Ok(differences)
}
