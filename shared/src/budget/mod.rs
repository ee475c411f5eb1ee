//! Funds, their rules, and budget lines: school × fund × fiscal year.

pub mod api;
pub mod fundfit;
pub mod import;
pub mod objects;
pub mod starter;

use serde::{Deserialize, Serialize};

use crate::catalog::words;
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

words! {
    /// Whether a fund comes with strings. SACS calls the fund of our screens a *resource*.
    FundKind {
        Unrestricted = "unrestricted", "Unrestricted";
        Restricted = "restricted", "Restricted";
    }
}

words! {
    /// The family a fund belongs to; starter rules go by it.
    FundFamily {
        /// General purpose.
        Base = "base", "General purpose";
        /// LCFF supplemental and concentration.
        Supplemental = "supplemental", "Supplemental and concentration";
        /// ESSA Title I, Part A.
        TitleOne = "title_one", "Title I";
        /// ESSA Title II, Part A.
        TitleTwo = "title_two", "Title II";
        /// ESSA Title III.
        TitleThree = "title_three", "Title III";
        /// ESSA Title IV, Part A.
        TitleFour = "title_four", "Title IV";
        OtherFederal = "other_federal", "Other federal";
        /// State lottery, instructional materials (restricted lottery).
        LotteryMaterials = "lottery_materials", "Lottery, instructional materials";
        /// Expanded learning and after school.
        ExpandedLearning = "expanded_learning", "Expanded learning";
        SpecialEducation = "special_education", "Special education";
        OtherState = "other_state", "Other state";
        ParcelTax = "parcel_tax", "Parcel tax";
        Grant = "grant", "Grant or gift";
        OtherLocal = "other_local", "Other local";
        /// Bonds and facilities: never for services to schools.
        Facilities = "facilities", "Bonds and facilities";
    }
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

words! {
    /// Where a row of the money's history comes from.
    CauseKind {
        Import = "import", "Import";
        Order = "order", "Order";
        Delivery = "delivery", "Delivery";
        /// The demo's or the budget office's own allocation.
        Allocation = "allocation", "Allocation";
    }
}
