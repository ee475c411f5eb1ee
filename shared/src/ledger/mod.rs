//! The ledger's words: accounts with four counters, two-legged transfers, and the pure arithmetic of both.

use serde::{Deserialize, Serialize};

/// Why a transfer was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TransferKind {
    /// Source → available: the line is given money.
    Allocation,
    /// Available → source: a signed adjustment downwards.
    AllocationCut,
    /// Available → spent: actuals of the books of record.
    BooksActual,
    /// Spent → available: the books took actuals back.
    BooksActualReversal,
    /// Available → encumbered, pending: an order awaits approval.
    OrderReserved,
    /// Available → encumbered, posted: a small order, approved by policy.
    OrderEncumbered,
    /// Encumbered → spent: a confirmed delivery.
    DeliverySpent,
    /// Clearing → unit earned: the other side of a delivery. SACS object 5710 within a fund, 5750 between funds.
    DeliveryEarned,
    /// Spent → encumbered: a confirmed delivery reversed.
    DeliverySpentReversal,
    /// Unit earned → clearing: the same, seen from the unit.
    DeliveryEarnedReversal,
    /// Encumbered → available: cancelled, reduced or handed back.
    OrderReleased,
}
