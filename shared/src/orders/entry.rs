//! Delivery entries as they travel: what was delivered, who answered, what is said about it until it is settled.

use serde::{Deserialize, Serialize};

use super::{DeliveryState, DisputeReason};
use crate::catalog::UnitOfMeasure;
use crate::id::{DeliveryId, OrderId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeliveryView {
    pub id: DeliveryId,
    /// The first day of a stretch that ends on `day`.
    pub first: Option<Date>,
    pub day: Date,
    pub quantity: u32,
    pub note: String,
    pub state: DeliveryState,
    /// What confirming posts (or posted).
    pub amount: Cents,
    pub logged_by: PersonRef,
    pub answered_by: Option<PersonRef>,
    /// Confirmed by silence: the policy answered, no person did.
    pub by_policy: bool,
    /// When silence confirms it; absent where it never does.
    pub confirms: Option<Timestamp>,
    pub dispute: Option<DisputeReason>,
    pub reason: String,
    /// What both sides said about it, oldest first.
    pub messages: Vec<EntryMessage>,
    pub may: EntryMay,
}

/// What the caller may do with an entry now; the screen offers exactly this.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryMay {
    /// Confirm or dispute.
    pub answer: bool,
    /// Dispute what silence confirmed.
    pub contest: bool,
    pub correct: bool,
    pub stand_by: bool,
    pub retract: bool,
    /// Decide between school and unit.
    pub settle: bool,
    pub reverse: bool,
    /// Write to the other side about it.
    pub talk: bool,
}

impl EntryMay {
    pub fn anything(self) -> bool {
        self != Self::default()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryMessage {
    pub at: Timestamp,
    pub by: PersonRef,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewDelivery {
    pub version: u32,
    pub day: Date,
    /// The first day, for what is bought by the month, the week or the year: its school days are the quantity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Date>,
    pub quantity: u32,
    pub note: String,
}

/// What is wrong with an entry, and in the receiver's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Dispute {
    pub version: u32,
    pub dispute: DisputeReason,
    pub reason: String,
}

/// The budget office's word between school and unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Settlement {
    pub version: u32,
    /// True: the entry stands. False: it is taken back.
    pub stands: bool,
    pub reason: String,
}

/// One page for a day in the field: what to log, what to confirm, what is in dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeliveriesView {
    pub today: Date,
    /// Orders of the caller's units that have something left to deliver; those delivered to last come first.
    pub to_log: Vec<ToLog>,
    /// Entries that wait for the caller's answer, the longest waiting first.
    pub to_answer: Vec<EntryItem>,
    /// Entries of the caller's schools and units in dispute.
    pub in_dispute: Vec<EntryItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ToLog {
    pub order: OrderId,
    pub number: u32,
    pub version: u32,
    pub school: SchoolRef,
    pub title: String,
    pub tier_name: String,
    pub measure: UnitOfMeasure,
    pub start: Date,
    pub logged_units: u32,
    pub ordered_units: u32,
    /// As many as last time, never more than are left.
    pub usual: u32,
    pub last_day: Option<Date>,
    /// For a stretch of time: the day after the last that is logged.
    pub from: Option<Date>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryItem {
    pub order: OrderId,
    pub number: u32,
    pub version: u32,
    pub title: String,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub measure: UnitOfMeasure,
    pub entry: DeliveryView,
}
