//! Approval by policy: what a cart comes to per unit decides, so that nothing is split to stay below the amount.

use super::OrderPolicy;
use crate::calendar::SchoolCalendar;
use crate::id::UnitId;
use crate::identity::Role;
use crate::money::Cents;
use crate::time::Date;
use crate::words::orders as words;

/// Orders of one school to one unit within this many school days count as one. Source: RELIABILITY 4, rule 16.
pub const SUM_WINDOW_DAYS: u16 = 5;

/// Who has to approve, and why, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approval {
    ByPolicy { because: String },
    Needs { role: Role, because: String },
}

/// One order of a school, for the sum: a draft about to be submitted, or one submitted already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub unit: UnitId,
    pub price: Cents,
    /// The day it was submitted; `None` for a draft.
    pub submitted: Option<Date>,
}

/// What counts together for one unit: the drafts, and what was submitted to it within the window before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitSum {
    pub unit: UnitId,
    pub drafts: Cents,
    pub recent: Cents,
}

impl UnitSum {
    pub fn total(self) -> Cents {
        self.drafts.saturating_add(self.recent)
    }
}

/// The first day whose submitted orders still count on `today`.
pub fn window_start(today: Date, calendar: &SchoolCalendar) -> Date {
    calendar.window_start(today, SUM_WINDOW_DAYS)
}

/// The sums per unit that has a draft, in the order in which the units first appear.
///
/// Withdrawn, returned and cancelled orders are not to be among `orders`.
pub fn sums_by_unit(orders: &[Counted], today: Date, calendar: &SchoolCalendar) -> Vec<UnitSum> {
    let from = window_start(today, calendar);
    let mut sums: Vec<UnitSum> = Vec::new();
    for draft in orders.iter().filter(|order| order.submitted.is_none()) {
        match sums.iter_mut().find(|sum| sum.unit == draft.unit) {
            Some(sum) => sum.drafts = sum.drafts.saturating_add(draft.price),
            None => sums.push(UnitSum { unit: draft.unit, drafts: draft.price, recent: Cents::ZERO }),
        }
    }
    for sum in &mut sums {
        let counts = |order: &&Counted| order.unit == sum.unit && order.submitted.is_some_and(|day| day >= from && day <= today);
        sum.recent = orders.iter().filter(counts).map(|order| order.price).sum();
    }
    sums
}

/// Who approves the drafts behind `sum`.
///
/// Invariant: the policy approves nothing once the sum of a unit within the window is above its amount, however it is cut up.
pub fn approval(policy: &OrderPolicy, sum: UnitSum) -> Approval {
    let limit = policy.auto_approve_up_to;
    if sum.drafts.is_zero() {
        return Approval::ByPolicy { because: words::NOTHING_TO_APPROVE.to_owned() };
    }
    if sum.total() <= limit {
        return Approval::ByPolicy { because: words::within_policy(sum.total(), limit) };
    }
    let because = if sum.recent.is_zero() { words::over_policy(sum.drafts, limit) } else { words::over_policy_together(sum, limit) };
    Approval::Needs { role: Role::BudgetOfficer, because }
}

/// Whether an order has to name the plan goal it serves, whatever its funds ask.
pub fn goal_needed(policy: &OrderPolicy, price: Cents) -> bool {
    price > policy.small_order_up_to
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::Id as _;

    const POLICY: OrderPolicy = OrderPolicy { auto_approve_up_to: Cents::new(500_000), small_order_up_to: Cents::new(100_000) };

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn order(unit: u128, cents: i64, submitted: Option<&str>) -> Counted {
        Counted { unit: UnitId::from_bits(unit), price: Cents::new(cents), submitted: submitted.map(day) }
    }

    #[track_caller]
    fn decides(orders: &[Counted], expected: &[(u128, bool)]) {
        let sums = sums_by_unit(orders, day("2026-12-04"), &SchoolCalendar::default());
        let found: Vec<(UnitId, bool)> =
            sums.into_iter().map(|sum| (sum.unit, matches!(approval(&POLICY, sum), Approval::ByPolicy { .. }))).collect();
        let expected: Vec<(UnitId, bool)> = expected.iter().map(|(unit, policy)| (UnitId::from_bits(*unit), *policy)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_sum_up_to_the_amount_is_approved_at_once() {
        decides(&[order(1, 500_000, None)], &[(1, true)]);
        decides(&[order(1, 500_001, None)], &[(1, false)]);
        decides(&[order(1, 0, None), order(1, 900_000, Some("2026-12-03"))], &[(1, true)]);
    }

    #[test]
    fn cutting_an_order_up_does_not_get_below_the_amount() {
        decides(&[order(1, 300_000, None), order(1, 200_001, None), order(2, 400_000, None)], &[(1, false), (2, true)]);
        decides(&[order(1, 300_000, None), order(1, 300_000, Some("2026-11-30"))], &[(1, false)]);
        decides(&[order(1, 300_000, None), order(1, 300_000, Some("2026-11-27"))], &[(1, true)]);
        decides(&[order(1, 300_000, None), order(2, 300_000, Some("2026-12-04"))], &[(1, true)]);
    }

    #[test]
    fn the_reason_names_the_sums() {
        let sums =
            sums_by_unit(&[order(1, 300_000, None), order(1, 300_000, Some("2026-12-01"))], day("2026-12-04"), &SchoolCalendar::default());
        let expected = "$6,000.00 to this unit within 5 school days ($3,000.00 now, $3,000.00 before) is over the policy's $5,000.00";
        assert_eq!(approval(&POLICY, sums[0]), Approval::Needs { role: Role::BudgetOfficer, because: expected.to_owned() });
    }

    #[test]
    fn small_orders_need_not_name_a_goal() {
        assert!(!goal_needed(&POLICY, Cents::new(100_000)));
        assert!(goal_needed(&POLICY, Cents::new(100_001)));
    }

    proptest! {
        #[test]
        fn however_it_is_cut_up_the_verdict_is_that_of_the_whole(parts in prop::collection::vec(1i64..400_000, 1..8)) {
            let today = day("2026-12-04");
            let cut: Vec<Counted> = parts.iter().map(|cents| order(1, *cents, None)).collect();
            let whole = [order(1, parts.iter().sum(), None)];
            let verdict = |orders: &[Counted]| {
                matches!(approval(&POLICY, sums_by_unit(orders, today, &SchoolCalendar::default())[0]), Approval::ByPolicy { .. })
            };
            prop_assert_eq!(verdict(&cut), verdict(&whole));
        }
    }
}
