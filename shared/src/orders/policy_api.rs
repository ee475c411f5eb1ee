//! The approval policy as it travels: its versions, a proposal, and what another version would have changed.

use serde::{Deserialize, Serialize};

use super::api::OrderSummary;
use super::ApprovalState;
use super::approval::{ApprovalPolicy, PolicyRow};
use crate::identity::Role;
use crate::identity::api::PersonRef;
use crate::money::Cents;
use crate::time::{Date, Timestamp};

/// A row in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RowWords {
    pub title: String,
    /// Amount, funds, who delivers, kinds of help.
    pub about: String,
    pub steps: String,
}

/// One version of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PolicyView {
    pub policy: ApprovalPolicy,
    pub rows: Vec<RowWords>,
    pub in_force: bool,
    /// Waits for a second person.
    pub proposed: bool,
    pub reason: String,
    pub proposed_by: Option<PersonRef>,
    pub confirmed_by: Option<PersonRef>,
    pub may_confirm: bool,
    pub may_withdraw: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewPolicy {
    /// Tomorrow at the earliest.
    pub from: Date,
    pub small_order_up_to: Cents,
    pub window_days: u16,
    pub rows: Vec<PolicyRow>,
    pub reason: String,
}

/// What another version would have changed of the last quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PolicyPreview {
    pub from: Date,
    pub until: Date,
    /// Orders that were looked at.
    pub orders: u32,
    pub differences: Vec<PolicyDifference>,
}

/// An order that would have gone another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PolicyDifference {
    pub order: OrderSummary,
    pub before: String,
    pub after: String,
    pub because: String,
}

/// An order whose next step of approval is the caller's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PendingApproval {
    pub order: OrderSummary,
    /// Which step of how many, counted from one.
    pub step: u32,
    pub steps: u32,
    /// Why it waits for somebody.
    pub because: String,
    /// For whom the caller would decide.
    pub acting_for: Option<PersonRef>,
    /// Why the caller may not decide on this one.
    pub barred: Option<String>,
}

/// One step of an order's approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApprovalStepView {
    pub role: Role,
    pub state: ApprovalState,
    pub due: Option<Timestamp>,
    pub decided_by: Option<PersonRef>,
    /// For whom they decided, where they stood in for somebody.
    pub acting_for: Option<PersonRef>,
    pub decided: Option<Timestamp>,
}
