//! Which orders of the past would have gone differently under another policy.

use super::{ApprovalPolicy, Asked, Needed, SellerSum, needed, window_start};
use crate::calendar::SchoolCalendar;
use crate::id::{OrderId, SchoolId, UnitId};
use crate::money::Cents;
use crate::time::Date;

/// An order as it was submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastOrder {
    pub id: OrderId,
    pub school: SchoolId,
    pub unit: UnitId,
    pub provider: Option<String>,
    pub day: Date,
    pub asked: Asked,
}

/// An order that two policies treat differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub id: OrderId,
    pub before: Needed,
    pub after: Needed,
}

/// The orders from `from` on that `new` would have sent another way than `old`, oldest first. Both are asked in the same way: with the
/// sum of what the school had ordered of the seller until then, the order itself included. `history` is in the order of submission.
pub fn differences(
    history: &[PastOrder],
    from: Date,
    policies: (&ApprovalPolicy, &ApprovalPolicy),
    days: &SchoolCalendar,
) -> Vec<Difference> {
    let (old, new) = policies;
    let asks = |at: usize, policy: &ApprovalPolicy| {
        let order = &history[at];
        let since = window_start(order.day, days, policy.window_days);
        let together = |other: &&PastOrder| {
            other.school == order.school && other.unit == order.unit && other.provider == order.provider && other.day >= since
        };
        let recent: Cents = history[..at].iter().filter(together).map(|other| other.asked.price).sum();
        let sum = SellerSum { unit: order.unit, provider: order.provider.clone(), drafts: order.asked.price, recent };
        needed(policy, &order.asked, &sum)
    };
    let counted = (0..history.len()).filter(|at| history[*at].day >= from);
    counted
        .map(|at| Difference { id: history[at].id, before: asks(at, old), after: asks(at, new) })
        .filter(|found| found.before.steps != found.after.steps)
        .collect()
}
