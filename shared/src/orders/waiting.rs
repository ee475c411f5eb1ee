//! The waiting list: places in the line for a package of which nothing is left, offered in the order in which they were taken.

use serde::{Deserialize, Serialize};

use crate::catalog::words;
use crate::contract::Empty;
use crate::endpoints;
use crate::id::{OrderId, PackageId, PlaceId, SchoolId, ServiceId, UnitId};
use crate::identity::api::{SchoolRef, UnitRef};
use crate::time::{Date, Timestamp};

endpoints! {
    /// The school's places in line, and those offered to it.
    GetWaitingList: Get "/api/schools/{school}/waiting" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply WaitingList;
    /// Takes a place in line for a package of which nothing is left.
    JoinWaitingList: Post "/api/schools/{school}/waiting" May(DraftOrder) Command Json, path SchoolId, query Empty, body NewPlace, reply WaitingList;
    /// Takes what was offered: it goes into the cart and is kept for the school.
    AcceptPlace: Post "/api/waiting/{place}/accept" May(DraftOrder) Command Json, path PlaceId, query Empty, body Empty, reply WaitingList;
    /// Leaves the line, or passes on what was offered.
    LeaveWaitingList: Post "/api/waiting/{place}/leave" May(DraftOrder) Command Json, path PlaceId, query Empty, body Empty, reply WaitingList;
    /// Who waits for the unit's packages, in order.
    GetUnitWaiting: Get "/api/units/{unit}/waiting" May(LogDelivery) Read Json, path UnitId, query Empty, body Empty, reply WaitingList;
}

words! {
    /// Where a place stands.
    PlaceState {
        Waiting = "waiting", "Waiting";
        /// Kept for the school until its answer is due.
        Offered = "offered", "Offered to you";
        /// In the school's cart, and kept until it should be submitted.
        Accepted = "accepted", "In the cart";
        Ordered = "ordered", "Ordered";
        Left = "left", "Left the line";
        /// Not answered in time, or the year ended.
        Passed = "passed", "Passed on";
    }
}

impl PlaceState {
    /// Whether something is kept for the school.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted)
    }

    /// Whether the place is over.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Ordered | Self::Left | Self::Passed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewPlace {
    pub package: PackageId,
    pub quantity: u32,
    /// When it should start.
    pub start: Date,
}

/// A school's or a unit's places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WaitingList {
    pub places: Vec<PlaceView>,
    /// Whether the caller may take, accept and leave places.
    pub may_change: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceView {
    pub id: PlaceId,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub service: ServiceId,
    pub package: PackageId,
    pub title: String,
    pub tier_name: String,
    pub quantity: u32,
    pub start: Date,
    pub joined: Timestamp,
    pub state: PlaceState,
    /// First is 1; only of those who wait.
    pub position: Option<u32>,
    /// How many are kept for the school; may be fewer than it wanted.
    pub held: u32,
    /// Until when.
    pub expires: Option<Timestamp>,
    /// The draft in the cart.
    pub draft: Option<OrderId>,
}

/// How much of what was freed is offered to the first in line: as much as it wanted, or what there is.
pub fn offered(free: u32, wanted: u32) -> Option<u32> {
    Some(free.min(wanted)).filter(|offered| *offered > 0)
}
