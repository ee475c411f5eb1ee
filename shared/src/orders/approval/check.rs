//! What a new version of the policy must keep.

use super::{ApprovalPolicy, Asked, DECIDING_ROLES, FundMatch, FundTraits, PolicyRow, ProviderKind, SellerSum, needed};
use crate::budget::{FundFamily, FundKind};
use crate::catalog::Category;
use crate::error::FieldError;
use crate::id::{FundId, Id as _, UnitId};
use crate::money::Cents;
use crate::text;
use crate::words::orders as words;

/// The most rows of one version.
pub const ROWS_LIMIT: usize = 40;
/// The most steps of one row.
pub const STEPS_LIMIT: usize = 4;
/// The longest time for one step, in working days.
const DAYS_LIMIT: u16 = 30;
/// The longest window for sums, in school days.
const WINDOW_LIMIT: u16 = 60;

/// The faults of a policy by field, `rows.2.over`.
///
/// Invariant: a larger sum never needs nobody where a smaller one needed somebody.
pub fn check(policy: &ApprovalPolicy) -> Vec<FieldError> {
    let mut faults = Vec::new();
    if policy.rows.is_empty() {
        faults.push(FieldError::new("rows", words::POLICY_NEEDS_ROWS));
    }
    if policy.rows.len() > ROWS_LIMIT {
        faults.push(FieldError::new("rows", words::too_many_rows(ROWS_LIMIT)));
    }
    if policy.small_order_up_to < Cents::ZERO {
        faults.push(FieldError::new("small_order_up_to", words::AMOUNT_BELOW_ZERO));
    }
    if !(1..=WINDOW_LIMIT).contains(&policy.window_days) {
        faults.push(FieldError::new("window_days", words::window_range(WINDOW_LIMIT)));
    }
    for (at, row) in policy.rows.iter().enumerate() {
        row_faults(at, row, &mut faults);
    }
    if faults.is_empty() {
        faults.extend(holes(policy));
    }
    faults
}

fn row_faults(at: usize, row: &PolicyRow, faults: &mut Vec<FieldError>) {
    let mut fault = |name: &str, message: String| faults.push(FieldError::new(format!("rows.{at}.{name}"), message));
    if let Err(error) = text::required(&row.title, text::TITLE_LIMIT) {
        fault("title", error.message());
    }
    if row.over < Cents::ZERO {
        fault("over", words::AMOUNT_BELOW_ZERO.to_owned());
    }
    if row.up_to.is_some_and(|most| most <= row.over) {
        fault("up_to", words::RANGE_EMPTY.to_owned());
    }
    if row.steps.is_empty() || row.steps.len() > STEPS_LIMIT {
        fault("steps", words::steps_range(STEPS_LIMIT));
    }
    for step in &row.steps {
        if !DECIDING_ROLES.contains(&step.role) {
            fault("steps", words::role_does_not_decide(step.role));
        }
        if !(1..=DAYS_LIMIT).contains(&step.days) {
            fault("steps", words::step_days_range(DAYS_LIMIT));
        }
    }
}

/// Rows that end at an amount beyond which nobody would be asked.
fn holes(policy: &ApprovalPolicy) -> Vec<FieldError> {
    let open = |(at, row): (usize, &PolicyRow)| {
        let most = row.up_to?;
        let above = most.checked_add(Cents::new(1))?;
        let sum = SellerSum { unit: UnitId::from_bits(0), provider: None, drafts: above, recent: Cents::ZERO };
        let hole = of_row(row).iter().any(|asked| needed(policy, asked, &sum).by_policy());
        hole.then(|| FieldError::new(format!("rows.{at}.up_to"), words::nobody_above(most)))
    };
    policy.rows.iter().enumerate().filter_map(open).collect()
}

/// Orders of every kind that the row is about.
fn of_row(row: &PolicyRow) -> Vec<Asked> {
    let fund = |id: FundId, kind, family| FundTraits { id, kind, family };
    // A fund that no other row can name.
    let plain = FundId::from_bits(0);
    let kinds: &[FundKind] = FundKind::ALL;
    let funds: Vec<FundTraits> = match row.funds {
        FundMatch::Any => kinds.iter().map(|kind| fund(plain, *kind, FundFamily::Base)).collect(),
        FundMatch::Kind(kind) => vec![fund(plain, kind, FundFamily::Base)],
        FundMatch::Family(family) => kinds.iter().map(|kind| fund(plain, *kind, family)).collect(),
        FundMatch::Fund(id) => kinds.iter().map(|kind| fund(id, *kind, FundFamily::Base)).collect(),
    };
    let providers: Vec<ProviderKind> = row.provider.map_or_else(|| ProviderKind::ALL.to_vec(), |kind| vec![kind]);
    let categories: &[Category] = if row.categories.is_empty() { Category::ALL } else { &row.categories };
    let mut all = Vec::new();
    for provider in &providers {
        for category in categories {
            all.extend(funds.iter().map(|fund| Asked {
                price: Cents::new(1),
                funds: vec![*fund],
                category: *category,
                provider: *provider,
            }));
        }
    }
    all
}
