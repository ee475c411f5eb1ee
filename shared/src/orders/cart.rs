//! The cart as it travels: drafts with what they would cost, who would pay and who would approve.

use serde::{Deserialize, Serialize};

use super::SplitPart;
use super::approval::{ApprovalPolicy, PolicyStep, Recent};
use super::renewal::RenewsOrder;
use crate::catalog::api::PackageContent;
use crate::catalog::choice::Choices;
use crate::catalog::price::PriceLine;
use crate::catalog::{SchoolFacts, Tier};
use crate::id::{OrderId, PackageId, PlanGoalId, ServiceId};
use crate::identity::Role;
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::Date;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewDraft {
    pub package: PackageId,
    pub quantity: u32,
    pub start: Option<Date>,
    pub goal: Option<PlanGoalId>,
    /// Term and add-ons.
    #[serde(default)]
    pub choices: Choices,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DraftEdit {
    pub version: u32,
    pub quantity: u32,
    pub start: Date,
    pub goal: Option<PlanGoalId>,
    /// Absent: the proposal is taken anew.
    pub split: Option<Vec<SplitPart>>,
    pub note: String,
    #[serde(default)]
    pub choices: Choices,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CartView {
    pub school: SchoolRef,
    /// The counts that its prices go by, and the day they are of.
    pub facts: SchoolFacts,
    pub today: Date,
    pub lines: Vec<CartLine>,
    pub total: Cents,
    /// The rows that hold today, so that a page can ask them at once.
    pub policy: ApprovalPolicy,
    /// Up to how much of one seller the caller may buy, where the principal lets them; absent for the principal.
    pub cap: Option<Cents>,
    /// What the school ordered within the policy's window, by seller.
    pub recent: Vec<Recent>,
    /// How long each role usually takes to decide, where there is enough history.
    pub usual: Vec<UsualTime>,
    /// Who will have to approve, by seller and steps.
    pub approvals: Vec<ApprovalForecast>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CartLine {
    pub order: OrderId,
    pub version: u32,
    pub service: ServiceId,
    pub unit: UnitRef,
    pub package: PackageId,
    pub title: String,
    pub tier: Tier,
    pub tier_name: String,
    pub quantity: u32,
    pub start: Date,
    pub goal: Option<PlanGoalId>,
    pub note: String,
    pub price: Cents,
    /// `15 days × $902.50`.
    pub working: String,
    /// The working line by line: the package, what is taken off, each add-on.
    pub price_lines: Vec<PriceLine>,
    pub choices: Choices,
    /// What is offered now, so that a change re-prices at once; absent where it left the shelf.
    pub offer: Option<PackageContent>,
    pub split: Vec<SplitPart>,
    /// What submitting would refuse now, in words; empty when all is well.
    pub problems: Vec<String>,
    /// Whether so many are not left now, so that the school may join the waiting list.
    #[serde(default)]
    pub may_wait: bool,
    pub drafted_by: PersonRef,
    /// The order of the year before that it goes on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<RenewsOrder>,
    /// Whether the price that was agreed for a term of years holds, as long as quantity and choices stay.
    #[serde(default)]
    pub locked: bool,
}

/// Drafts that the same people will have to approve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApprovalForecast {
    pub unit: UnitRef,
    /// The outside provider behind them.
    pub provider: Option<String>,
    pub orders: Vec<OrderId>,
    pub sum: Cents,
    /// One after the other; none: approved by policy, at once.
    pub steps: Vec<PolicyStep>,
    pub because: String,
}

/// The median of how long a role took to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UsualTime {
    pub role: Role,
    pub hours: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CartSubmission {
    pub orders: Vec<SubmittedDraft>,
}

/// One draft as the buyer saw it; a changed price or version refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SubmittedDraft {
    pub order: OrderId,
    pub version: u32,
    pub price: Cents,
}
