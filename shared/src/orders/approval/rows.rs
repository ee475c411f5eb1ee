//! Which rows speak of an order, and whom they ask together.

use serde::{Deserialize, Serialize};

use super::{ApprovalPolicy, FundMatch, PolicyRow, PolicyStep, ProviderKind, SellerSum};
use crate::budget::{FundFamily, FundKind};
use crate::catalog::Category;
use crate::id::FundId;
use crate::money::Cents;
use crate::words::orders as words;

/// What rows ask of a fund.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FundTraits {
    pub id: FundId,
    pub kind: FundKind,
    pub family: FundFamily,
}

/// One order as the policy looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub price: Cents,
    /// The funds that pay a share of it.
    pub funds: Vec<FundTraits>,
    pub category: Category,
    pub provider: ProviderKind,
}

/// Who has to decide, one after the other, and why; no steps: the policy approves at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Needed {
    pub steps: Vec<PolicyStep>,
    pub because: String,
}

impl Needed {
    pub fn by_policy(&self) -> bool {
        self.steps.is_empty()
    }
}

impl FundMatch {
    fn fits(self, funds: &[FundTraits]) -> bool {
        match self {
            Self::Any => true,
            Self::Kind(kind) => funds.iter().any(|fund| fund.kind == kind),
            Self::Family(family) => funds.iter().any(|fund| fund.family == family),
            Self::Fund(id) => funds.iter().any(|fund| fund.id == id),
        }
    }
}

impl PolicyRow {
    /// Whether the row is about such an order at all, its amount left aside.
    pub fn concerns(&self, asked: &Asked) -> bool {
        self.funds.fits(&asked.funds)
            && self.provider.is_none_or(|kind| kind == asked.provider)
            && (self.categories.is_empty() || self.categories.contains(&asked.category))
    }

    /// Whether a sum is within the row's amounts.
    pub fn holds(&self, sum: Cents) -> bool {
        sum > self.over && self.up_to.is_none_or(|most| sum <= most)
    }
}

/// Who has to decide on an order whose seller's sum is `sum`.
///
/// All rows that speak of it are asked together, in their order; a role that several rows ask for decides once, within the shortest
/// of their times. A row that names a role twice asks two people of it.
///
/// Invariant: the amounts are looked at against the sum of the window, never against the single order, however it is cut up.
pub fn needed(policy: &ApprovalPolicy, asked: &Asked, sum: &SellerSum) -> Needed {
    if asked.price.is_zero() {
        return Needed { steps: Vec::new(), because: words::NOTHING_TO_APPROVE.to_owned() };
    }
    let about: Vec<&PolicyRow> = policy.rows.iter().filter(|row| row.concerns(asked)).collect();
    let speaking: Vec<&PolicyRow> = about.iter().copied().filter(|row| row.holds(sum.total()) && !row.steps.is_empty()).collect();
    let steps = speaking.iter().fold(Vec::new(), |steps, row| joined(steps, &row.steps));
    let because = match speaking.as_slice() {
        [] => words::within_policy(sum.total(), about.iter().map(|row| row.over).filter(|over| *over >= sum.total()).min()),
        [only] => words::over_policy(sum, only, policy.window_days),
        [first, others @ ..] => {
            let told = std::iter::once(words::over_policy(sum, first, policy.window_days));
            told.chain(others.iter().map(|row| words::row_title(row))).collect::<Vec<_>>().join("; ")
        }
    };
    Needed { steps, because }
}

/// The steps so far with those of one more row.
fn joined(mut steps: Vec<PolicyStep>, more: &[PolicyStep]) -> Vec<PolicyStep> {
    for (at, step) in more.iter().enumerate() {
        let earlier = more[..at].iter().filter(|other| other.role == step.role).count();
        match steps.iter_mut().filter(|known| known.role == step.role).nth(earlier) {
            Some(known) => known.days = known.days.min(step.days),
            None => steps.push(*step),
        }
    }
    steps
}
