//! Yearly choices: of a group of offers each school chooses exactly one, in a window; what too few schools choose is not given.

use serde::{Deserialize, Serialize};

use super::dates::{YearlyDates, YearlyKind};
use crate::contract::Empty;
use crate::endpoints;
use crate::fiscal::FiscalYear;
use crate::id::{ChoiceGroupId, OrderId, PackageId, SchoolId, ServiceId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};

endpoints! {
    /// The groups with their offers side by side, fees for one school, and what the caller's schools have chosen.
    GetChoices: Get "/api/choices" May(ViewOrders) Read Json, path (), query ChoiceQuery, body Empty, reply Vec<ChoiceGroupView>;
    /// The budget office sets up a group for the next year.
    MakeChoiceGroup: Post "/api/choices" May(KeepCalendar) Command Json, path (), query Empty, body NewChoiceGroup, reply Vec<ChoiceGroupView>;
    /// The principal chooses for the school, or switches while the window is open.
    Choose: Post "/api/choices/{group}/choose" May(SubmitOrder) Command Json, path ChoiceGroupId, query Empty, body Choosing, reply Vec<ChoiceGroupView>;
    /// The budget office lets schools whose offer found too few choose again, until a day.
    ReopenChoices: Post "/api/choices/reopen" May(KeepCalendar) Command Json, path (), query Empty, body Reopening, reply Vec<ChoiceGroupView>;
    /// After the last window the budget office gives the group's proposed offer to a school that has chosen none.
    AssignChoice: Post "/api/choices/{group}/assign" May(KeepCalendar) Command Json, path ChoiceGroupId, query Empty, body Assigning, reply Vec<ChoiceGroupView>;
}

/// Where the choices stand on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChoicePhase {
    Before,
    /// Every school chooses, and may switch as often as it likes.
    Open,
    /// Only schools whose offer found too few, or that have none, choose.
    Again,
    Over,
}

/// The phase of the choices that are made in a year for the next.
pub fn choice_phase(dates: &YearlyDates, today: Date) -> ChoicePhase {
    let reached = |kind| dates.day(kind).is_some_and(|day| day <= today);
    let passed = |kind| dates.day(kind).is_none_or(|day| day < today);
    match (reached(YearlyKind::ChoiceOpens), passed(YearlyKind::ChoiceCloses), passed(YearlyKind::ChooseAgain)) {
        (false, _, _) => ChoicePhase::Before,
        (true, false, _) => ChoicePhase::Open,
        (true, true, false) => ChoicePhase::Again,
        (true, true, true) => ChoicePhase::Over,
    }
}

/// Why a school cannot choose an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotChoosable {
    NotOpen(ChoicePhase),
    /// The offer found too few schools.
    Failed,
    /// It keeps the choice it made: the window has closed, and its offer stands.
    Stands,
}

/// Whether a school may choose, or switch to, an offer now. `own_failed` tells of the offer that it holds, where it holds one.
///
/// # Errors
/// Why not.
pub const fn may_choose(phase: ChoicePhase, offer_failed: bool, own_failed: Option<bool>) -> Result<(), NotChoosable> {
    match phase {
        ChoicePhase::Before | ChoicePhase::Over => Err(NotChoosable::NotOpen(phase)),
        ChoicePhase::Open | ChoicePhase::Again if offer_failed => Err(NotChoosable::Failed),
        ChoicePhase::Open => Ok(()),
        ChoicePhase::Again => match own_failed {
            Some(false) => Err(NotChoosable::Stands),
            Some(true) | None => Ok(()),
        },
    }
}

/// Whether an offer fails the group's rule at the end of the window.
pub const fn fails(chosen: u32, minimum: u32) -> bool {
    chosen < minimum
}

/// A group as its screens show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChoiceGroupView {
    pub id: ChoiceGroupId,
    /// The year that is chosen for.
    pub year: FiscalYear,
    pub title: String,
    pub about: String,
    /// An offer that fewer schools choose is not given.
    pub minimum: u32,
    pub phase: ChoicePhase,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    pub again: Option<Date>,
    /// When the choice goes into the cart.
    pub begins: Option<Date>,
    pub offers: Vec<ChoiceOffer>,
    /// The caller's schools with what each has chosen.
    pub schools: Vec<SchoolChoice>,
    /// Schools of the district that hold no choice that stands; absent for who sees only their own.
    pub without: Option<Vec<SchoolRef>>,
    /// What is proposed to schools without a choice, by the group's own rule.
    pub proposed: Option<ServiceId>,
    /// Whether the caller may reopen and assign now.
    pub may_keep: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChoiceOffer {
    pub service: ServiceId,
    pub title: String,
    pub unit: UnitRef,
    pub value_statement: String,
    pub capacity: u32,
    pub chosen: u32,
    /// Found too few schools; those that had chosen it choose again.
    pub failed: bool,
    /// Would fail if the window closed now.
    pub short: bool,
    pub tiers: Vec<ChoiceTier>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChoiceTier {
    pub package: PackageId,
    pub name: String,
    pub for_whom: String,
    pub adds: Vec<String>,
    /// The yearly fee for the school that was asked for; absent where there is none for it.
    pub fee: Option<Cents>,
    pub working: String,
    /// Whether it is next year's fee; this year's stands in until next year's menu is published.
    pub next_year: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SchoolChoice {
    pub school: SchoolRef,
    pub chosen: Option<Chosen>,
    /// Whether the caller may choose for it now.
    pub may: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Chosen {
    pub service: ServiceId,
    pub package: PackageId,
    pub title: String,
    pub tier_name: String,
    pub by: PersonRef,
    pub at: Timestamp,
    /// Given by the budget office, not chosen.
    pub assigned: bool,
    pub failed: bool,
    /// The draft in the new year's cart.
    pub draft: Option<OrderId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChoiceQuery {
    /// The school whose fees are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewChoiceGroup {
    pub title: String,
    pub about: String,
    pub minimum: u32,
    pub offers: Vec<NewChoiceOffer>,
    /// What schools that choose nothing are proposed; never given without a person's act.
    pub proposed: Option<ServiceId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewChoiceOffer {
    pub service: ServiceId,
    /// How many schools it can take.
    pub capacity: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Choosing {
    pub school: SchoolId,
    pub package: PackageId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reopening {
    pub until: Date,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assigning {
    pub school: SchoolId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fiscal::FiscalCalendar;

    fn on(text: &str) -> ChoicePhase {
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &[]);
        choice_phase(&dates, text.parse().unwrap())
    }

    #[test]
    fn the_window_opens_closes_and_opens_once_more_for_who_lost_their_offer() {
        assert_eq!(on("2027-04-15"), ChoicePhase::Before);
        assert_eq!((on("2027-04-16"), on("2027-05-15")), (ChoicePhase::Open, ChoicePhase::Open));
        assert_eq!((on("2027-05-16"), on("2027-05-31")), (ChoicePhase::Again, ChoicePhase::Again));
        assert_eq!(on("2027-06-01"), ChoicePhase::Over);
    }

    #[test]
    fn switching_is_free_in_the_window_and_for_who_lost_their_offer_after_it() {
        assert_eq!(may_choose(ChoicePhase::Open, false, Some(false)), Ok(()));
        assert_eq!(may_choose(ChoicePhase::Open, true, None), Err(NotChoosable::Failed));
        assert_eq!(may_choose(ChoicePhase::Again, false, Some(true)), Ok(()));
        assert_eq!(may_choose(ChoicePhase::Again, false, None), Ok(()));
        assert_eq!(may_choose(ChoicePhase::Again, false, Some(false)), Err(NotChoosable::Stands));
        assert_eq!(may_choose(ChoicePhase::Over, false, Some(true)), Err(NotChoosable::NotOpen(ChoicePhase::Over)));
        assert!(fails(2, 3) && !fails(3, 3));
    }
}
