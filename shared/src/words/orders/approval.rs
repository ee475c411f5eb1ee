//! Why somebody has to approve, or nobody; the policy's rows in words, and what a new version must keep.

use crate::identity::Role;
use crate::money::Cents;
use crate::orders::api::UsualTime;
use crate::orders::approval::{FundMatch, PolicyRow, PolicyStep, SellerSum};

pub fn within_policy(sum: Cents, limit: Option<Cents>) -> String {
    limit.map_or_else(|| format!("No row of the policy asks anybody for {sum}"), |limit| format!("{sum} is within the policy's {limit}"))
}

pub fn over_policy(sum: &SellerSum, row: &PolicyRow, window_days: u16) -> String {
    let (total, limit) = (sum.total(), row.over);
    let SellerSum { drafts, recent, .. } = sum;
    let over = if limit.is_zero() { row_title(row) } else { format!("is over the policy's {limit}") };
    if sum.recent.is_zero() {
        return if limit.is_zero() { over } else { format!("{total} {over}") };
    }
    let together = format!("{total} to this seller within {window_days} school days ({drafts} now, {recent} before)");
    if limit.is_zero() { format!("{over}: {together}") } else { format!("{together} {over}") }
}

/// The row's own title, or what it says where it has none.
pub fn row_title(row: &PolicyRow) -> String {
    if row.title.is_empty() { amounts(row) } else { row.title.clone() }
}

/// `over $5,000.00`, `over $5,000.00 up to $20,000.00`, `any amount`.
pub fn amounts(row: &PolicyRow) -> String {
    match (row.over.is_zero(), row.up_to) {
        (true, None) => "any amount".to_owned(),
        (true, Some(most)) => format!("up to {most}"),
        (false, None) => format!("over {}", row.over),
        (false, Some(most)) => format!("over {} up to {most}", row.over),
    }
}

/// `restricted money`, `Title I`; the title of a single fund comes with it.
pub fn funds(funds: FundMatch, title_of: impl Fn(crate::id::FundId) -> String) -> String {
    match funds {
        FundMatch::Any => "any fund".to_owned(),
        FundMatch::Kind(kind) => format!("{} money", kind.title().to_lowercase()),
        FundMatch::Family(family) => family.title().to_owned(),
        FundMatch::Fund(id) => title_of(id),
    }
}

/// `Budget officer within 2 working days`.
pub fn step(step: &PolicyStep) -> String {
    format!("{} within {}", step.role.title(), working_days(step.days))
}

/// How long a step usually takes; where nobody knows yet, by when it has to be taken.
pub fn step_time(step: &PolicyStep, usual: &[UsualTime]) -> String {
    let decider = super::decider(step.role);
    match usual.iter().find(|known| known.role == step.role) {
        Some(known) => format!("{decider}: {}", super::usual_hours(known.hours)),
        None => format!("{decider}: within {}", working_days(step.days)),
    }
}

pub fn working_days(days: u16) -> String {
    if days == 1 { "1 working day".to_owned() } else { format!("{days} working days") }
}

/// The steps one after the other.
pub fn steps(steps: &[PolicyStep]) -> String {
    if steps.is_empty() { AT_ONCE_BY_POLICY.to_owned() } else { steps.iter().map(step).collect::<Vec<_>>().join(", then ") }
}

pub const AT_ONCE_BY_POLICY: &str = "At once, by policy";

// What a new version must keep.
pub const POLICY_NEEDS_ROWS: &str = "Write at least one row; without one everything would be approved by itself.";
pub const AMOUNT_BELOW_ZERO: &str = "Write an amount of zero or more.";
pub const RANGE_EMPTY: &str = "The upper amount must be above the lower one, or empty.";

pub fn too_many_rows(limit: usize) -> String {
    format!("A policy has at most {limit} rows. Join some of them.")
}

pub fn window_range(limit: u16) -> String {
    format!("Write 1 to {limit} school days.")
}

pub fn steps_range(limit: usize) -> String {
    format!("Name one to {limit} steps: who decides, one after the other.")
}

pub fn step_days_range(limit: u16) -> String {
    format!("Give each step 1 to {limit} working days.")
}

pub fn role_does_not_decide(role: Role) -> String {
    format!("{} does not approve orders. Choose the budget office, a network officer or an executive.", role.title())
}

pub fn nobody_above(most: Cents) -> String {
    format!("Above {most} nobody would be asked. Leave this empty, or add a row that goes on from there.")
}
