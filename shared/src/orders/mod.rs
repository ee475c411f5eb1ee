//! Orders: one package for one school, from draft to closed.

pub mod api;
pub mod approval;
pub mod booking;
pub mod cart;
pub mod change;
pub mod climb;
pub mod delegation;
pub mod clock;
pub mod clocks;
pub mod dates;
pub mod desk;
pub mod policy_api;
pub mod entry;
pub mod forms;
pub mod outside;
pub mod pace;
pub mod period;
pub mod questions;
pub mod renewal;
pub mod rescue;
pub mod selection;
pub mod silence;
pub mod split;
pub mod state;
pub mod support;
pub mod waiting;

use serde::{Deserialize, Serialize};

use crate::id::{BudgetLineId, PackageId};
use crate::money::Cents;

/// One share of an order's price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SplitPart {
    pub line: BudgetLineId,
    pub amount: Cents,
}

/// Where an order stands (DOMAIN 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// In the cart.
    Draft,
    /// Pre-encumbered, awaiting approval.
    Submitted,
    /// Encumbered, awaiting the unit's answer.
    Approved,
    /// The approver sent it back with a reason; money is free again.
    Returned,
    Accepted,
    /// “No, but…”: alternatives wait for the school.
    Countered,
    InDelivery,
    /// Everything was delivered and confirmed; one question is open.
    Delivered,
    Closed,
    /// Taken back by the school before anyone accepted it.
    Withdrawn,
    /// Ended after acceptance, by the terms.
    Cancelled,
}

impl OrderState {
    pub const ALL: &'static [Self] = &[
        Self::Draft,
        Self::Submitted,
        Self::Approved,
        Self::Returned,
        Self::Accepted,
        Self::Countered,
        Self::InDelivery,
        Self::Delivered,
        Self::Closed,
        Self::Withdrawn,
        Self::Cancelled,
    ];

    /// The stable name, as stored and on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
            Self::Countered => "countered",
            Self::InDelivery => "in_delivery",
            Self::Delivered => "delivered",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Draft => "In the cart",
            Self::Submitted => "Awaiting approval",
            Self::Approved => "Awaiting the unit's answer",
            Self::Returned => "Returned",
            Self::Accepted => "Accepted",
            Self::Countered => "No, but…",
            Self::InDelivery => "In delivery",
            Self::Delivered => "Delivered",
            Self::Closed => "Closed",
            Self::Withdrawn => "Withdrawn",
            Self::Cancelled => "Cancelled",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|state| state.name() == name)
    }
}

/// One step of an approval's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// A step before it is still open.
    Waiting,
    /// Somebody of its role decides now.
    Open,
    Approved,
    Returned,
    /// The order was taken back or changed before it was decided.
    Void,
}

/// One delivery entry's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Logged by the unit, awaiting the receiver.
    Logged,
    /// Confirmed: spent at the school, earned at the unit.
    Confirmed,
    /// The receiver says it is not right; the unit corrects it, takes it back or stands by it.
    Disputed,
    /// The unit stands by a disputed entry; the budget office decides.
    StoodBy,
    /// Confirmed by silence, then disputed: the budget office reverses it or lets it stand. The money stays spent until then.
    Contested,
    /// Taken back: by the unit before confirmation, by the budget office after.
    Reversed,
}

impl DeliveryState {
    pub const ALL: &'static [Self] =
        &[Self::Logged, Self::Confirmed, Self::Disputed, Self::StoodBy, Self::Contested, Self::Reversed];

    /// Whether school and unit have yet to agree about it.
    pub const fn is_in_dispute(self) -> bool {
        matches!(self, Self::Disputed | Self::StoodBy | Self::Contested)
    }

    /// Whether it waits to be confirmed or settled, its money not yet spent.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Logged | Self::Disputed | Self::StoodBy)
    }
}

crate::catalog::words! {
    /// What is wrong with a delivery entry.
    DisputeReason {
        NotDelivered = "not_delivered", "It did not take place";
        Fewer = "fewer", "Less was delivered";
        OtherDay = "other_day", "It was another day";
        NotAsAgreed = "not_as_agreed", "Not what was agreed";
    }
}

/// Why a unit says “no, but…”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoReason {
    NoCapacity,
    DateNotPossible,
    NotReady,
    OutsideScope,
    BoundByRule,
}

impl NoReason {
    pub const ALL: &'static [Self] = &[Self::NoCapacity, Self::DateNotPossible, Self::NotReady, Self::OutsideScope, Self::BoundByRule];

    pub const fn title(self) -> &'static str {
        match self {
            Self::NoCapacity => "No capacity left",
            Self::DateNotPossible => "That date is not possible",
            Self::NotReady => "The school is not ready for it yet",
            Self::OutsideScope => "Outside what the unit does",
            Self::BoundByRule => "Bound by a rule",
        }
    }
}

/// Another way that the unit offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alternative {
    pub package: PackageId,
    pub quantity: u32,
    pub start: crate::time::Date,
    /// The fund that should pay first; absent: as the order is paid, or as the product proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<crate::id::FundId>,
    pub note: String,
}
