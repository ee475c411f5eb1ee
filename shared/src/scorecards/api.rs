//! Endpoints of scorecards: the seller's view and the review board.

use serde::{Deserialize, Serialize};

pub use super::seller::{NewReview, ReviewReply, SellerView};
use crate::catalog::words;
use crate::contract::Empty;
use crate::endpoints;
use crate::id::{PackageId, PersonId, ReviewId, ServiceId, UnitId};

endpoints! {
    /// What a unit's services are looked at, ordered, paid and cost; and the board's record of them.
    GetSellerView: Get "/api/units/{unit}/seller" May(ViewSeller) Read Json, path UnitId, query Empty, body Empty, reply SellerView;
    /// One table of the seller's view as a CSV file, safe against formulas.
    ExportSellerView: Get "/api/units/{unit}/seller/export" May(ViewSeller) Read Csv, path UnitId, query SellerExport, body Empty, reply Empty;
    /// Decides about a service for the year: keep, redesign, retire or broker.
    DecideService: Post "/api/services/{service}/reviews" May(DecideService) Command Json, path ServiceId, query Empty, body NewReview, reply SellerView;
    /// The unit answers a decision of the board, once.
    ReplyToReview: Post "/api/service-reviews/{review}/reply" May(EditMenu) Command Json, path ReviewId, query Empty, body ReviewReply, reply SellerView;
    /// Names who answers for what of a package is not sold.
    NameUnsoldOwner: Post "/api/packages/{package}/unsold-owner" May(EditMenu) Command Json, path PackageId, query Empty, body UnsoldOwner, reply SellerView;
}

words! {
    /// A table of the seller's view.
    SellerTable {
        Demand = "demand", "Demand by month";
        Tiers = "tiers", "Services and tiers";
        Searches = "searches", "Searched and not found";
        Hurt = "hurt", "Who would miss it";
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SellerExport {
    /// The services and tiers where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<SellerTable>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnsoldOwner {
    pub owner: PersonId,
}
