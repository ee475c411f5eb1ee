//! Approval by policy: dated rows say who decides on an order, in which order and by when.
//!
//! One pure function, [`needed`], answers for the cart, the service page, the submission and the preview of another policy.

mod check;
mod preview;
mod rows;
mod sums;

use serde::{Deserialize, Serialize};

pub use check::{ROWS_LIMIT, STEPS_LIMIT, check};
pub use preview::{Difference, PastOrder, differences};
pub use rows::{Asked, FundTraits, Needed, needed};
pub use sums::{Drafted, Recent, SellerSum, sums, window_start};

use crate::budget::{FundFamily, FundKind};
use crate::catalog::{Category, words};
use crate::id::{FundId, PolicyId};
use crate::identity::Role;
use crate::money::Cents;
use crate::time::Date;

/// A starting window for sums, in school days. Source: RELIABILITY 4, rule 16.
pub const USUAL_WINDOW_DAYS: u16 = 5;

/// The roles that a row may ask to decide; each within its own scope.
pub const DECIDING_ROLES: &[Role] = &[Role::NetworkOfficer, Role::BudgetOfficer, Role::Executive];

words! {
    /// Who stands behind a package.
    ProviderKind {
        /// One of the district's own units delivers.
        Unit = "unit", "A unit of the district";
        /// An outside provider delivers under a contract that a unit brokered.
        Outside = "outside", "An outside provider";
    }
}

/// Which of an order's funds a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "match", content = "value")]
pub enum FundMatch {
    Any,
    Kind(FundKind),
    Family(FundFamily),
    Fund(FundId),
}

/// One step of an approval: somebody of this role decides within so many working days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PolicyStep {
    pub role: Role,
    pub days: u16,
}

/// One row: what it is about, and who then has to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PolicyRow {
    /// `Restricted money over $10,000`.
    pub title: String,
    /// The sum that counts is above this.
    pub over: Cents,
    /// The sum that counts is not above this; absent: however large.
    pub up_to: Option<Cents>,
    pub funds: FundMatch,
    /// Absent: whoever delivers.
    pub provider: Option<ProviderKind>,
    /// Empty: every category.
    pub categories: Vec<Category>,
    pub steps: Vec<PolicyStep>,
}

/// The rows that hold from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApprovalPolicy {
    pub id: PolicyId,
    pub from: Date,
    /// Up to this amount no plan goal is asked for where the fund's rule does not.
    pub small_order_up_to: Cents,
    /// Orders of one school to one seller within this many school days count as one.
    pub window_days: u16,
    pub rows: Vec<PolicyRow>,
}

impl ApprovalPolicy {
    /// What holds where nobody wrote a policy: nothing is approved by itself.
    pub fn strictest(id: PolicyId, from: Date) -> Self {
        let row = PolicyRow {
            title: String::new(),
            over: Cents::ZERO,
            up_to: None,
            funds: FundMatch::Any,
            provider: None,
            categories: Vec::new(),
            steps: vec![PolicyStep { role: Role::BudgetOfficer, days: 2 }],
        };
        Self { id, from, small_order_up_to: Cents::ZERO, window_days: USUAL_WINDOW_DAYS, rows: vec![row] }
    }

    /// Whether an order has to name the plan goal it serves, whatever its funds ask.
    pub fn goal_needed(&self, price: Cents) -> bool {
        price > self.small_order_up_to
    }
}

#[cfg(test)]
mod tests;
