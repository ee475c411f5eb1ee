//! What travels about a unit's editions, for who writes them and who reviews them.

use serde::{Deserialize, Serialize};

use super::{CatalogUnit, ServiceDraft};
use crate::catalog::MenuState;
use crate::catalog::edition::SaleDays;
use crate::catalog::edition::reprice::Rounding;
use crate::fiscal::FiscalYear;
use crate::id::{MenuId, ServiceId};
use crate::identity::api::{PersonRef, UnitRef};
use crate::money::BasisPoints;
use crate::time::Timestamp;

/// Which edition of a unit; that of the open year where none is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EditionQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub menu: Option<MenuId>,
}

/// A unit's edition for a fiscal year, as its head and its reviewer see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuView {
    pub id: MenuId,
    pub unit: CatalogUnit,
    pub year: FiscalYear,
    pub state: MenuState,
    pub version: u32,
    pub published: Option<Timestamp>,
    /// Who asked for the review that it waits for.
    pub asked: Option<AskedReview>,
    /// Days of sale as they are written.
    pub wanted: SaleDays,
    /// Days of sale as they were published.
    pub sale: SaleDays,
    /// What happened to it, the latest first.
    pub events: Vec<MenuEvent>,
    /// All editions of the unit, the newest first.
    pub editions: Vec<EditionRef>,
    pub services: Vec<MenuService>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AskedReview {
    pub by: PersonRef,
    pub at: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EditionRef {
    pub id: MenuId,
    pub year: FiscalYear,
    pub state: MenuState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuEvent {
    pub at: Timestamp,
    pub kind: MenuEventKind,
    pub by: String,
    /// The reviewer's comment, where it was sent back.
    pub text: String,
}

crate::catalog::words! {
    /// What happened to an edition.
    MenuEventKind {
        Started = "started", "Started from the year before";
        Asked = "asked", "Asked for a review";
        TakenBack = "taken_back", "Took the review back";
        SentBack = "sent_back", "Sent it back";
        Published = "published", "Published";
        Closed = "closed", "Closed";
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MenuService {
    pub id: ServiceId,
    pub version: u32,
    /// True where the draft differs from what the shelf shows.
    pub changed: bool,
    pub on_shelf: bool,
    pub draft: ServiceDraft,
    /// What was published last; in an edition not published yet, what it was copied from.
    pub before: Option<ServiceDraft>,
    /// What publishing would refuse, by field.
    pub missing: Vec<crate::error::FieldError>,
}

/// A published version of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceVersion {
    pub version: u32,
    pub published: Timestamp,
    pub draft: ServiceDraft,
}

/// Who a unit is and whom schools reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitWords {
    pub about: String,
    pub contact: String,
    pub contact_email: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SaleDaysEdit {
    pub version: u32,
    pub days: SaleDays,
}

/// By how much the prices of these services change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PriceChange {
    pub version: u32,
    pub by: BasisPoints,
    pub to: Rounding,
    pub services: Vec<ServiceId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SendBack {
    pub version: u32,
    /// What has to change.
    pub comment: String,
}

/// An edition that waits for a reviewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReviewSummary {
    pub menu: MenuId,
    pub unit: UnitRef,
    pub year: FiscalYear,
    pub state: MenuState,
    pub asked: AskedReview,
    /// Services that would change on the shelf, of so many.
    pub changed: u32,
    pub services: u32,
}
