//! Endpoints of changes of running orders: looked at first, proposed, answered, taken back. Approvals go the way of the order's own.

use serde::{Deserialize, Serialize};

use super::ChangeState;
use crate::contract::Empty;
use crate::endpoints;
use crate::id::{ChangeId, OrderId, PackageId};
use crate::identity::api::PersonRef;
use crate::money::Cents;
use crate::orders::api::{OrderReason, OrderView};
use crate::orders::questions::Side;
use crate::time::{Date, Timestamp};

endpoints! {
    /// What was proposed for an order, the open one first, and whether the caller may propose.
    GetChanges: Get "/api/orders/{order}/changes" May(ViewOrders) Read Json, path OrderId, query Empty, body Empty, reply ChangesView;
    /// What a change would do to price, money, approval and booked days.
    PreviewChange: Get "/api/orders/{order}/changes/preview" May(ChangeOrder) Read Json, path OrderId, query ChangeQuery, body Empty, reply ChangePreview;
    /// School or unit proposes another quantity, start or tier; what a school adds is reserved at once.
    ProposeChange: Post "/api/orders/{order}/changes" May(ChangeOrder) Command Json, path OrderId, query Empty, body NewChange, reply OrderView;
    /// The other side agrees; money beyond what was approved asks the policy again.
    AcceptChange: Post "/api/changes/{change}/accept" May(ChangeOrder) Command Json, path ChangeId, query Empty, body AcceptingChange, reply OrderView;
    /// The other side refuses with a reason.
    RefuseChange: Post "/api/changes/{change}/refuse" May(ChangeOrder) Command Json, path ChangeId, query Empty, body OrderReason, reply OrderView;
    /// Whoever proposed it takes it back; the school also while it waits for approval.
    WithdrawChange: Post "/api/changes/{change}/withdraw" May(ChangeOrder) Command Json, path ChangeId, query Empty, body OrderReason, reply OrderView;
}

/// What is asked for; what is left out stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageId>,
    #[serde(default)]
    pub quantity: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewChange {
    pub version: u32,
    pub package: PackageId,
    pub quantity: u32,
    pub start: Date,
    /// The new total that was seen; another one refuses.
    pub price: Cents,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AcceptingChange {
    pub version: u32,
    /// The new total that was seen; another one refuses.
    pub price: Cents,
}

/// An order before or after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeSide {
    pub tier_name: String,
    pub quantity: u32,
    pub start: Date,
    pub price: Cents,
}

/// Which fund pays how much of what is added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AddedShare {
    pub fund_title: String,
    pub amount: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangePreview {
    pub before: ChangeSide,
    pub after: ChangeSide,
    /// How the new price comes about.
    pub working: String,
    pub added: Cents,
    pub freed: Cents,
    /// Who pays what is added; only for who sees the school's money.
    pub pays: Vec<AddedShare>,
    pub needs_approval: bool,
    pub because: String,
    /// Booked days that no longer fit, in words; they are taken back once it is agreed.
    pub bookings: Vec<String>,
    /// What stands in the way, in words; empty where nothing does.
    pub problems: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangesView {
    pub order: OrderId,
    pub version: u32,
    pub open: Option<ChangeView>,
    /// What was proposed before, the latest first.
    pub past: Vec<ChangeView>,
    pub may_propose: bool,
    /// The fiscal year's last day, for the form.
    pub year_end: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChangeView {
    pub id: ChangeId,
    pub state: ChangeState,
    /// Which side proposed it.
    pub side: Side,
    pub before: ChangeSide,
    pub after: ChangeSide,
    pub working: String,
    pub reason: String,
    pub proposed_by: PersonRef,
    pub proposed: Timestamp,
    pub answered_by: Option<PersonRef>,
    /// What was answered where it was refused, taken back or not approved.
    pub answer: String,
    /// Who has to act next, in words; empty where it is over.
    pub waits_for: String,
    pub due: Option<Timestamp>,
    /// Since when its clock rests.
    pub rests: Option<Timestamp>,
    pub climbed_to: Option<String>,
    pub bookings: Vec<String>,
    pub may_answer: bool,
    pub may_withdraw: bool,
}
