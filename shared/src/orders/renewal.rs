//! The renewal round: this year's orders offered for the next, pre-filled at its price; each kept, changed or dropped by its school.

use serde::{Deserialize, Serialize};

use super::dates::{YearlyDates, YearlyKind};
use crate::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use crate::catalog::edition::changes::side_by_side;
use crate::catalog::edition::next_year::for_next_year;
use crate::catalog::{UnitOfMeasure, words};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{OrderId, SchoolId, UnitId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};
use crate::words::catalog as catalog_words;

endpoints! {
    /// The school's orders of this year as offers for the next, with what the answers add up to.
    GetRenewals: Get "/api/schools/{school}/renewals" May(ViewSchoolBudget) Read Json, path SchoolId, query Empty, body Empty, reply RenewalsView;
    /// The principal keeps, changes or drops; several at once, all or none.
    AnswerRenewals: Post "/api/schools/{school}/renewals" May(SubmitOrder) Command Json, path SchoolId, query Empty, body RenewalAnswers, reply RenewalsView;
    /// Who renews with the unit, who drops, who has not answered.
    GetUnitRenewals: Get "/api/units/{unit}/renewals" May(LogDelivery) Read Json, path UnitId, query Empty, body Empty, reply UnitRenewalsView;
    /// The round over all schools.
    GetRenewalRound: Get "/api/renewals" May(ViewDistrictBudget) Read Json, path (), query Empty, body Empty, reply RenewalRoundView;
    /// The budget office opens the round today, before its day.
    OpenRenewals: Post "/api/renewals/open" May(KeepCalendar) Command Json, path (), query Empty, body Empty, reply RenewalRoundView;
}

words! {
    /// Where an offer stands.
    RenewalState {
        Open = "open", "Not answered";
        Renewed = "renewed", "Renewed";
        /// Another quantity.
        Changed = "changed", "Renewed, quantity changed";
        Dropped = "dropped", "Dropped";
        /// Nobody answered in time: silence never renews.
        Lapsed = "lapsed", "Lapsed";
        /// Renewed, and the new year's menu does not offer it.
        Gone = "gone", "Not offered any more";
    }
}

impl RenewalState {
    pub const fn goes_on(self) -> bool {
        matches!(self, Self::Renewed | Self::Changed)
    }
}

words! {
    /// What a principal answers.
    RenewalAnswer {
        Renew = "renew", "Renew";
        Change = "change", "Change the quantity";
        Drop = "drop", "Drop";
    }
}

/// A field that next year's edition writes otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextYearChange {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// What next year offers and costs, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "next")]
pub enum NextYear {
    /// A term of several years goes on at the price that was agreed.
    Locked { price: Cents, year_of_term: u8, years: u8 },
    /// Next year's edition is published; under its own title where that changed.
    Published { title: String, tier_name: String, price: Cents, working: String, changes: Vec<NextYearChange> },
    /// Next year's edition is not published yet; this year's price stands in.
    NotYet { price: Cents },
    /// Next year's edition is published without it; `in_term` where the unit had bound itself.
    Retired { in_term: bool },
    /// Offered, and without a price for this school and quantity.
    NoPrice { why: String },
}

impl NextYear {
    pub const fn price(&self) -> Option<Cents> {
        match self {
            Self::Locked { price, .. } | Self::Published { price, .. } | Self::NotYet { price } => Some(*price),
            Self::Retired { .. } | Self::NoPrice { .. } => None,
        }
    }
}

/// Whether a term of `years` goes on after its `year_of_term`th year.
pub const fn goes_on(year_of_term: u8, years: u8) -> bool {
    year_of_term < years
}

/// A tier with its service, as an edition has it.
pub type Written<'a> = (&'a ServiceContent, &'a PackageContent);

/// What the next edition writes otherwise, beside the price, what is left, and days that only moved by a year.
pub fn changes(before: Written<'_>, after: Written<'_>) -> Vec<NextYearChange> {
    let draft = |(service, package): Written<'_>| ServiceDraft {
        content: service.clone(),
        packages: vec![PackageDraft { id: None, content: package.clone(), cost: None }],
    };
    let (old, mut new) = (for_next_year(&draft(before)), draft(after));
    // A renamed tier is compared with itself.
    let renamed = before.1.shown_name() != after.1.shown_name();
    for package in &mut new.packages {
        (package.content.tier, package.content.name) = (before.1.tier, before.1.name.clone());
    }
    let pairs = side_by_side(Some(&old), Some(&new));
    let told = |label: &str| [catalog_words::CAPACITY, catalog_words::FIRST_START].iter().all(|other| *other != label);
    let other = pairs.into_iter().filter(|pair| pair.changed() && !pair.is_price() && told(&pair.label));
    let name = renamed.then(|| NextYearChange {
        label: catalog_words::TIER_NAME.to_owned(),
        before: before.1.shown_name().to_owned(),
        after: after.1.shown_name().to_owned(),
    });
    name.into_iter().chain(other.map(|pair| NextYearChange { label: pair.label, before: pair.before, after: pair.after })).collect()
}

/// Where the round stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RoundPhase {
    Before,
    Open,
    Over,
}

/// The round's phase by the dates of the year.
pub fn round_phase(dates: &YearlyDates, today: Date) -> RoundPhase {
    let opened = dates.day(YearlyKind::RenewalOpens).is_some_and(|day| day <= today);
    let closed = dates.day(YearlyKind::RenewalCloses).is_none_or(|day| day < today);
    match (opened, closed) {
        (_, true) => RoundPhase::Over,
        (true, false) => RoundPhase::Open,
        (false, false) => RoundPhase::Before,
    }
}

/// Why an answer is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerRefusal {
    NotOpen(RoundPhase),
    /// It stands in the new year's cart already, or the new year's menu does not have it.
    Settled,
    /// What is not offered can only be dropped.
    Retired,
    NoPrice,
    Quantity,
    /// Whoever drops says why.
    ReasonMissing,
}

/// What an offer becomes by an answer.
///
/// # Errors
/// Why it is refused.
pub fn answered(
    (phase, drafted, state): (RoundPhase, bool, RenewalState),
    next: &NextYear,
    (answer, quantity, reason): (RenewalAnswer, u32, &str),
    ordered: u32,
) -> Result<RenewalState, AnswerRefusal> {
    if phase != RoundPhase::Open {
        return Err(AnswerRefusal::NotOpen(phase));
    }
    if drafted || state == RenewalState::Gone {
        return Err(AnswerRefusal::Settled);
    }
    if answer == RenewalAnswer::Drop {
        return if reason.is_empty() { Err(AnswerRefusal::ReasonMissing) } else { Ok(RenewalState::Dropped) };
    }
    match next {
        NextYear::Retired { .. } => Err(AnswerRefusal::Retired),
        NextYear::NoPrice { .. } => Err(AnswerRefusal::NoPrice),
        _ if answer == RenewalAnswer::Renew => Ok(RenewalState::Renewed),
        _ if quantity == 0 || quantity == ordered => Err(AnswerRefusal::Quantity),
        NextYear::Locked { .. } | NextYear::Published { .. } | NextYear::NotYet { .. } => Ok(RenewalState::Changed),
    }
}

/// One of this year's orders with what the next offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalLine {
    pub order: OrderId,
    /// Counts the answers; a form carries the one it saw.
    pub version: u32,
    pub number: u32,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub title: String,
    pub tier_name: String,
    /// As ordered this year.
    pub quantity: u32,
    pub measure: UnitOfMeasure,
    /// The goal of the plan that it serves.
    pub goal: Option<String>,
    /// False where next year's plan is written and has no goal of this name.
    pub goal_stays: bool,
    pub price_now: Cents,
    /// For the quantity that is wanted.
    pub next: NextYear,
    /// Stars that the school gave, where it did.
    pub stars: Option<u8>,
    pub state: RenewalState,
    /// What next year should be; as ordered until it is answered.
    pub wanted: u32,
    pub reason: String,
    pub answered: Option<Answered>,
    /// The draft in the new year's cart.
    pub draft: Option<OrderId>,
}

/// Who answered, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Answered {
    pub by: PersonRef,
    pub at: Timestamp,
}

impl RenewalLine {
    /// Whether an answer of the principal is awaited: what is not offered any more ends by itself.
    pub const fn waits(&self) -> bool {
        matches!(self.state, RenewalState::Open) && !matches!(self.next, NextYear::Retired { .. })
    }

    /// Whether next year costs anything by it, as things stand.
    const fn counts(&self) -> bool {
        self.state.goes_on() || self.waits()
    }
}

/// One of next year's funds, with what the renewals would take of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextFund {
    pub title: String,
    pub available: Cents,
    pub asked: Cents,
}

/// Next year's money as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NextMoney {
    pub funds: Vec<NextFund>,
    /// What no fund of next year can pay.
    pub short: Cents,
}

/// A school's round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalsView {
    pub school: SchoolRef,
    /// The year that is decided about.
    pub year: FiscalYear,
    pub phase: RoundPhase,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    /// When what is renewed goes into the cart.
    pub begins: Option<Date>,
    /// Whether the caller may answer now.
    pub may: bool,
    pub lines: Vec<RenewalLine>,
    /// Absent until next year's budget is there.
    pub money: Option<NextMoney>,
}

impl RenewalsView {
    /// How many still wait for an answer.
    pub fn waiting(&self) -> usize {
        self.lines.iter().filter(|line| line.waits()).count()
    }

    /// What the lines cost this year, and what those that go on, or may, cost next year.
    pub fn totals(&self) -> (Cents, Cents) {
        let next = self.lines.iter().filter(|line| line.counts()).filter_map(|line| line.next.price()).sum();
        (self.lines.iter().map(|line| line.price_now).sum(), next)
    }
}

/// Who renews with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitRenewalsView {
    pub unit: UnitRef,
    pub year: FiscalYear,
    pub phase: RoundPhase,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    pub lines: Vec<RenewalLine>,
}

/// The round over all schools.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalRoundView {
    pub year: FiscalYear,
    pub phase: RoundPhase,
    pub opens: Option<Date>,
    pub reminds: Option<Date>,
    pub closes: Option<Date>,
    /// Whether the caller may open it now.
    pub may_open: bool,
    pub schools: Vec<SchoolRound>,
}

/// How far a school is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolRound {
    pub school: SchoolRef,
    pub open: u32,
    /// Renewed, with the same quantity or another.
    pub renewed: u32,
    pub dropped: u32,
    pub lapsed: u32,
    /// What the renewed ones cost next year.
    pub sum: Cents,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AnsweredOrder {
    pub order: OrderId,
    pub version: u32,
    pub answer: RenewalAnswer,
    /// Looked at where it is changed.
    pub quantity: u32,
    /// Asked for where it is dropped.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalAnswers {
    pub answers: Vec<AnsweredOrder>,
}

/// The order of the year before that an order goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewsOrder {
    pub order: OrderId,
    pub number: u32,
}

#[cfg(test)]
mod tests;
