//! An outside provider's own view: its orders, plainly. What, for which school, when, which days, whom to ask; never money, never others.

use serde::{Deserialize, Serialize};

use super::booking::DayPart;
use super::entry::NewDelivery;
use super::{DeliveryState, OrderState};
use crate::catalog::UnitOfMeasure;
use crate::contract::Empty;
use crate::endpoints;
use crate::id::OrderId;
use crate::time::Date;

endpoints! {
    /// The orders that the caller's own provider delivers, without money and without anybody else's.
    GetProviderOrders: Get "/api/provider/orders" May(ViewProviderOrders) Read Json, path (), query Empty, body Empty, reply ProviderOrders;
    /// The provider records what it delivered; the school confirms it.
    LogProviderDelivery: Post "/api/provider/orders/{order}/deliveries" May(LogProviderDelivery) Command Json, path OrderId, query Empty, body NewDelivery, reply ProviderOrders;
}

/// What a provider's person sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProviderOrders {
    pub today: Date,
    pub providers: Vec<OwnProvider>,
}

/// One provider for which the caller works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OwnProvider {
    pub name: String,
    /// The unit that brokers it, and whom to ask there.
    pub unit: String,
    pub contact: String,
    /// Papers that are missing or over: then nothing new is shown and nothing is recorded.
    pub lacks: Vec<String>,
    /// Newest first.
    pub orders: Vec<ProviderOrder>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProviderOrder {
    pub id: OrderId,
    pub number: u32,
    pub version: u32,
    pub title: String,
    pub tier_name: String,
    pub school: String,
    /// Who of the unit looks after the order.
    pub contact: String,
    pub state: OrderState,
    pub start: Date,
    pub measure: UnitOfMeasure,
    pub ordered: u32,
    pub delivered: u32,
    pub confirmed: u32,
    pub days: Vec<VisitDay>,
    pub entries: Vec<OwnEntry>,
    pub may_log: bool,
    /// For what is bought by the month or the year: the first day that is not recorded yet.
    pub from: Option<Date>,
}

/// A day that is booked for the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VisitDay {
    pub day: Date,
    pub part: DayPart,
}

/// A delivery that was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OwnEntry {
    pub day: Date,
    pub quantity: u32,
    pub note: String,
    pub state: DeliveryState,
}
