//! The cart as it travels: drafts with what they would cost, who would pay and who would approve.

use serde::{Deserialize, Serialize};

use super::{OrderPolicy, SplitPart};
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
    pub policy: OrderPolicy,
    /// By unit: the sum, and who will have to approve it, in words.
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
    pub drafted_by: PersonRef,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApprovalForecast {
    pub unit: UnitRef,
    pub sum: Cents,
    /// `None`: approved by policy, at once.
    pub role: Option<Role>,
    pub because: String,
    /// Median hours of past approvals, where there are enough.
    pub usual_hours: Option<u32>,
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
