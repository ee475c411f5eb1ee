//! Funds, their rules, and budget lines: school × fund × fiscal year.

pub mod api;
pub mod fundfit;
pub mod import;

use serde::{Deserialize, Serialize};

use crate::money::Cents;
use crate::time::Date;

/// The states of a budget line's money.
///
/// Invariant: `allocated = spent + held + encumbered + pre_encumbered + available`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MoneyStates {
    /// What the line was given, adjustments included.
    pub allocated: Cents,
    pub spent: Cents,
    /// Card authorizations not yet captured.
    pub held: Cents,
    /// Committed by approved orders.
    pub encumbered: Cents,
    /// Submitted, awaiting approval.
    pub pre_encumbered: Cents,
    pub available: Cents,
}

impl MoneyStates {
    pub fn plus(self, other: Self) -> Self {
        Self {
            allocated: self.allocated.saturating_add(other.allocated),
            spent: self.spent.saturating_add(other.spent),
            held: self.held.saturating_add(other.held),
            encumbered: self.encumbered.saturating_add(other.encumbered),
            pre_encumbered: self.pre_encumbered.saturating_add(other.pre_encumbered),
            available: self.available.saturating_add(other.available),
        }
    }
}

/// Whether a fund comes with strings. SACS calls the fund of our screens a *resource*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FundKind {
    Unrestricted,
    Restricted,
}

/// The family a fund belongs to; starter rules go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FundFamily {
    /// General purpose.
    Base,
    /// LCFF supplemental and concentration.
    Supplemental,
    /// ESSA Title I, Part A.
    TitleOne,
    /// ESSA Title II, Part A.
    TitleTwo,
    /// ESSA Title III.
    TitleThree,
    /// ESSA Title IV, Part A.
    TitleFour,
    OtherFederal,
    /// State lottery, instructional materials (restricted lottery).
    LotteryMaterials,
    /// Expanded learning and after school.
    ExpandedLearning,
    SpecialEducation,
    OtherState,
    ParcelTax,
    Grant,
    OtherLocal,
    /// Bonds and facilities: never for services to schools.
    Facilities,
}

/// What a fund may pay for. Data, not code; each row quotes the rule it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FundRule {
    /// Service categories it may pay for; empty means all.
    pub categories: Vec<crate::catalog::Category>,
    /// SACS objects it may be charged to; empty means all.
    pub objects: Vec<String>,
    pub last_day: Option<Date>,
    /// The school plan is the spending authority: a plan goal must be named.
    pub needs_goal: bool,
    /// The site council must have reviewed the plan line.
    pub needs_council_review: bool,
    /// The rule in its own words.
    pub quote: String,
    /// Where the words stand.
    pub source: String,
}

/// Whether it is settled what a fund may pay for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum FundRules {
    /// Waits for the budget office; pays for nothing until then.
    Undecided,
    Decided(FundRule),
}

/// Where a row of the money's history comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CauseKind {
    Import,
    Order,
    Delivery,
    /// The demo's or the budget office's own allocation.
    Allocation,
}
