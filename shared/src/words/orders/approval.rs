//! Why somebody has to approve, or nobody.

use crate::money::Cents;
use crate::orders::approval::{SUM_WINDOW_DAYS, UnitSum};

pub fn within_policy(sum: Cents, limit: Cents) -> String {
    format!("{sum} is within the policy's {limit}")
}

pub fn over_policy(sum: Cents, limit: Cents) -> String {
    format!("{sum} is over the policy's {limit}")
}

pub fn over_policy_together(sum: UnitSum, limit: Cents) -> String {
    let UnitSum { unit: _, drafts, recent } = sum;
    let total = sum.total();
    format!("{total} to this unit within {SUM_WINDOW_DAYS} school days ({drafts} now, {recent} before) is over the policy's {limit}")
}
