//! Endpoints of catalog: the shelf's one document, and the unit head's menu editor.

use serde::{Deserialize, Serialize};

pub use super::provider::{NewPaper, NewProvider, NewProviderPerson, PaperCheck, ProviderView};
pub use self::editions::*;
use super::choice::Extras;
pub use super::interest::{AlikeShelf, NewSavedFilter, SavedFilter, ShelfNotes};
use super::costing::Costing;
use super::starts::{self, PartLeft};
use super::{Category, Deliverable, Division, GradeSpan, PriceModel, ServiceLevel, Terms, Tier};
use super::pricelist::ListQuery;
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{MenuId, PackageId, ProviderId, RoleGrantId, SavedFilterId, SchoolId, ServiceId, UnitId, VettingId};
use crate::time::Date;

mod editions;

endpoints! {
    /// Takes a published price list in as drafts of an edition, whole or not at all; what is on the menu already stays as it is.
    TakePriceList: Post "/api/menus/{menu}/price-list" May(EditMenu) Command Upload, path MenuId, query ListQuery, body Empty, reply MenuView;
    /// Outside providers within the caller's scope, with their papers and what their contracts still allow.
    ListProviders: Get "/api/providers" May(ViewProviders) Read Json, path (), query Empty, body Empty, reply Vec<ProviderView>;
    /// Adds an outside provider under a unit.
    AddProvider: Post "/api/providers" May(KeepProviders) Command Json, path (), query Empty, body NewProvider, reply Vec<ProviderView>;
    /// Invites a person of an outside provider by mail; they see that provider's orders and nothing else.
    InviteProviderPerson: Post "/api/providers/{provider}/people" May(KeepProviders) Command Json, path ProviderId, query Empty, body NewProviderPerson, reply Vec<ProviderView>;
    /// Ends a provider's person's access at once.
    EndProviderPerson: Post "/api/provider-people/{role}/end" May(KeepProviders) Command Json, path RoleGrantId, query Empty, body Empty, reply Vec<ProviderView>;
    /// Records a paper of a provider; it counts once somebody else has checked it.
    RecordPaper: Post "/api/providers/{provider}/papers" May(KeepProviders) Command Json, path ProviderId, query Empty, body NewPaper, reply Vec<ProviderView>;
    /// Checks a paper that somebody else recorded, or refuses it.
    CheckPaper: Post "/api/papers/{paper}/check" May(CheckProviders) Command Json, path VettingId, query Empty, body PaperCheck, reply Vec<ProviderView>;
    /// The whole published catalog, compact, searched and priced in the browser.
    GetCatalog: Get "/api/catalog" Inside Read Document, path (), query Empty, body Empty, reply Catalog;
    /// What schools of similar size, span and need did with a service.
    GetSimilarSchools: Get "/api/services/{service}/similar" Inside Read Json, path ServiceId, query SchoolQuery, body Empty, reply SimilarSchools;
    /// What schools of similar size, span and need as this one bought, service by service.
    GetAlikeShelf: Get "/api/schools/{school}/alike" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply AlikeShelf;
    /// The caller's filters of the shelf.
    ListSavedFilters: Get "/api/saved-filters" Inside Read Json, path (), query Empty, body Empty, reply Vec<SavedFilter>;
    /// Keeps a filter for the caller under a name; one with the same name is replaced.
    SaveFilter: Post "/api/saved-filters" Inside Technical Json, path (), query Empty, body NewSavedFilter, reply Vec<SavedFilter>;
    /// Forgets one of the caller's filters.
    ForgetFilter: Post "/api/saved-filters/{filter}/forget" Inside Technical Json, path SavedFilterId, query Empty, body Empty, reply Vec<SavedFilter>;
    /// Counts what a school looked for and at; no person is kept with it.
    NoteInterest: Post "/api/shelf/interest" May(DraftOrder) Technical Json, path (), query Empty, body ShelfNotes, reply Empty;
    /// A unit's edition with its draft changes: the named one, else that of the open year.
    GetMenu: Get "/api/units/{unit}/menu" May(EditMenu) Read Json, path UnitId, query EditionQuery, body Empty, reply MenuView;
    /// Writes who the unit is and whom schools reach.
    EditUnit: Put "/api/units/{unit}" May(EditMenu) Command Json, path UnitId, query Empty, body UnitWords, reply MenuView;
    /// Writes a new service, with its tiers, into an edition as a draft.
    CreateService: Post "/api/units/{unit}/services" May(EditMenu) Command Json, path UnitId, query EditionQuery, body ServiceDraft, reply MenuView;
    /// Changes a service of the menu; the shelf shows it once published.
    EditService: Put "/api/services/{service}" May(EditMenu) Command Json, path ServiceId, query Empty, body ServiceEdit, reply MenuView;
    /// Takes a service off the menu; orders keep what they bought.
    RemoveService: Post "/api/services/{service}/remove" May(EditMenu) Command Json, path ServiceId, query Empty, body VersionSeen, reply MenuView;
    /// Every published version of a service, the latest first.
    ListServiceVersions: Get "/api/services/{service}/versions" May(EditMenu) Read Json, path ServiceId, query Empty, body Empty, reply Vec<ServiceVersion>;
    /// Writes the days on which an edition is sold; they count once it is published.
    SetSaleDays: Put "/api/menus/{menu}/days" May(EditMenu) Command Json, path MenuId, query Empty, body SaleDaysEdit, reply MenuView;
    /// Changes the prices of several services by a share, rounded.
    ChangePrices: Post "/api/menus/{menu}/prices" May(EditMenu) Command Json, path MenuId, query Empty, body PriceChange, reply MenuView;
    /// Asks a second person to review an edition; refuses with a checklist.
    AskReview: Post "/api/menus/{menu}/ask-review" May(EditMenu) Command Json, path MenuId, query Empty, body VersionSeen, reply MenuView;
    /// Takes the question for a review back.
    TakeMenuBack: Post "/api/menus/{menu}/take-back" May(EditMenu) Command Json, path MenuId, query Empty, body VersionSeen, reply MenuView;
    /// Starts next year's edition as a copy of this one.
    StartNextYear: Post "/api/menus/{menu}/next-year" May(EditMenu) Command Json, path MenuId, query Empty, body VersionSeen, reply MenuView;
    /// Closes an edition: nothing of it is sold any more.
    CloseMenu: Post "/api/menus/{menu}/close" May(EditMenu) Command Json, path MenuId, query Empty, body VersionSeen, reply MenuView;
    /// Editions that wait for a reviewer.
    ListReviews: Get "/api/menu-reviews" May(ReviewMenu) Read Json, path (), query Empty, body Empty, reply Vec<ReviewSummary>;
    /// An edition as its reviewer sees it.
    GetReview: Get "/api/menus/{menu}/review" May(ReviewMenu) Read Json, path MenuId, query Empty, body Empty, reply MenuView;
    /// Publishes an edition that others wrote; refuses with a checklist.
    PublishMenu: Post "/api/menus/{menu}/publish" May(ReviewMenu) Command Json, path MenuId, query Empty, body VersionSeen, reply MenuView;
    /// Sends an edition back to its unit with what has to change.
    SendMenuBack: Post "/api/menus/{menu}/send-back" May(ReviewMenu) Command Json, path MenuId, query Empty, body SendBack, reply MenuView;
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolQuery {
    pub school: Option<SchoolId>,
}

/// Everything on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Catalog {
    pub units: Vec<CatalogUnit>,
    pub services: Vec<CatalogService>,
    /// The district's calendar: when a package can start.
    #[serde(default)]
    pub days: Vec<crate::calendar::DaySpan>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CatalogUnit {
    pub id: UnitId,
    pub name: String,
    pub division: Division,
    /// Two sentences: who they are.
    pub about: String,
    pub contact: String,
    pub contact_email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CatalogService {
    pub id: ServiceId,
    pub unit: UnitId,
    pub menu_year: FiscalYear,
    pub content: ServiceContent,
    /// Tiers in order, each with its identity.
    pub packages: Vec<CatalogPackage>,
    pub buyers: Buyers,
}

/// What buyers made of a service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Buyers {
    pub schools: u32,
    pub ratings: u32,
    /// Sum of the ratings, one to five each.
    pub stars: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CatalogPackage {
    pub id: PackageId,
    /// The published version; an order keeps the one it bought.
    pub version: u32,
    pub content: PackageContent,
    /// How many more somebody who comes by can buy this year; absent where not counted.
    pub left: Option<u32>,
    /// What is left of the terms or months, where so many may start in each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartLeft>,
}

impl CatalogPackage {
    /// What is left for a start on `start`.
    pub fn left_on(&self, start: Date) -> Option<u32> {
        starts::left_on(self.left, &self.parts, start)
    }

    /// The first day from `from` on for which something is left.
    pub fn next_start(&self, from: Date) -> Option<Date> {
        starts::next_start(self.left, &self.parts, from)
    }
}

/// The words and promises of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceContent {
    pub title: String,
    pub category: Category,
    pub span: GradeSpan,
    /// Subject or problem of practice, free words that search finds.
    pub subjects: Vec<String>,
    /// Why would a school want that?
    pub value_statement: String,
    /// What the school will see change.
    pub outcome: String,
    pub evidence: String,
    /// What must be in place: release time, substitutes, a room.
    pub prerequisites: String,
    /// SACS object charged: 5710 within a fund; brokered services 5800.
    pub object: String,
    /// SACS function and goal of the posting.
    pub function: String,
    pub goal: String,
    pub level: ServiceLevel,
    pub terms: Terms,
    /// Outside provider behind a brokered service.
    pub provider: Option<String>,
}

/// One tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PackageContent {
    pub tier: Tier,
    /// The unit's own name of the tier; the tier's title where empty.
    pub name: String,
    /// Who it is for, in one line.
    pub for_whom: String,
    /// What this tier adds to the one before.
    pub adds: Vec<String>,
    pub deliverables: Vec<Deliverable>,
    pub price: PriceModel,
    /// How many the unit can deliver in the year; absent where not counted.
    pub capacity: Option<u32>,
    pub starts: Option<Date>,
    /// An early price, terms of years, add-ons.
    #[serde(default, skip_serializing_if = "Extras::is_none")]
    pub extras: Extras,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SimilarSchools {
    /// `Grades K–5, 380–460 students, similar need`.
    pub likeness: String,
    pub schools: u32,
    pub bought: u32,
    /// By tier, how many of them bought it.
    pub by_tier: Vec<TierCount>,
    pub helped: u32,
    pub answered: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TierCount {
    pub tier: Tier,
    pub schools: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceDraft {
    pub content: ServiceContent,
    pub packages: Vec<PackageDraft>,
}

/// A tier being written; without `id` it is new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PackageDraft {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PackageId>,
    pub content: PackageContent,
    /// What it costs the unit to deliver one; the unit's own, never on the shelf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Costing>,
}

impl PackageContent {
    /// The unit's own name of the tier, else that of its rung.
    pub fn shown_name(&self) -> &str {
        if self.name.trim().is_empty() { self.tier.title() } else { self.name.trim() }
    }
}

impl ServiceDraft {
    /// Whether schools would see the same: what it costs the unit is not on the shelf.
    pub fn same_on_shelf(&self, other: &Self) -> bool {
        let shown = |draft: &PackageDraft| (draft.id, draft.content.clone());
        self.content == other.content && self.packages.iter().map(shown).eq(other.packages.iter().map(shown))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceEdit {
    /// The version the editor started from.
    pub version: u32,
    pub draft: ServiceDraft,
}

/// The version the caller was looking at; another one refuses as stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VersionSeen {
    pub version: u32,
}
