//! Yearly choices: of a group of offers each school chooses exactly one, in a window; what too few schools choose is not offered.

use serde::{Deserialize, Serialize};

use super::dates::{YearlyDates, YearlyKind};
use crate::fiscal::FiscalYear;
use crate::id::{ChoiceGroupId, PackageId, SchoolId, ServiceId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};

/// Where a group stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    Before,
    /// Every school chooses, and may switch as often as it likes.
    Open,
    /// Only schools whose offer found too few, or that have none, choose.
    Again,
    Over,
}

/// The phase of the choices that are made in a year for the next.
pub fn phase(dates: &YearlyDates, today: Date) -> Phase {
    let reached = |kind| dates.day(kind).is_some_and(|day| day <= today);
    let passed = |kind| dates.day(kind).is_none_or(|day| day < today);
    match (reached(YearlyKind::ChoiceOpens), passed(YearlyKind::ChoiceCloses), passed(YearlyKind::ChooseAgain)) {
        (false, _, _) => Phase::Before,
        (true, false, _) => Phase::Open,
        (true, true, false) => Phase::Again,
        (true, true, true) => Phase::Over,
    }
}

/// Why a school cannot choose an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotChoosable {
    NotOpen(Phase),
    /// The offer found too few schools.
    Failed,
    /// It keeps the choice it made: the window has closed, and its offer stands.
    Stands,
}

/// Whether a school may choose, or switch to, an offer now. `own_failed` tells of the offer that it holds, where it holds one.
///
/// # Errors
/// Why not.
pub const fn may_choose(phase: Phase, offer_failed: bool, own_failed: Option<bool>) -> Result<(), NotChoosable> {
    match phase {
        Phase::Before | Phase::Over => Err(NotChoosable::NotOpen(phase)),
        Phase::Open | Phase::Again if offer_failed => Err(NotChoosable::Failed),
        Phase::Open => Ok(()),
        Phase::Again => match own_failed {
            Some(false) => Err(NotChoosable::Stands),
            Some(true) | None => Ok(()),
        },
    }
}

/// Whether an offer fails the group's rule.
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
    pub phase: Phase,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    pub again: Option<Date>,
    pub offers: Vec<ChoiceOffer>,
    /// The caller's schools with what each has chosen.
    pub schools: Vec<SchoolChoice>,
    /// Schools of the district that have chosen nothing that stands; absent for who sees only their own.
    pub without: Option<Vec<SchoolRef>>,
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
    /// The yearly fee for the school that was asked for; absent where there is none for it.
    pub fee: Option<Cents>,
    pub working: String,
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
    pub failed: bool,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fiscal::FiscalCalendar;

    fn on(text: &str) -> Phase {
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &[]);
        phase(&dates, text.parse().unwrap())
    }

    #[test]
    fn the_window_opens_closes_and_opens_once_more_for_who_lost_their_offer() {
        assert_eq!(on("2027-04-15"), Phase::Before);
        assert_eq!((on("2027-04-16"), on("2027-05-15")), (Phase::Open, Phase::Open));
        assert_eq!((on("2027-05-16"), on("2027-05-31")), (Phase::Again, Phase::Again));
        assert_eq!(on("2027-06-01"), Phase::Over);
    }

    #[test]
    fn switching_is_free_in_the_window_and_for_who_lost_their_offer_after_it() {
        assert_eq!(may_choose(Phase::Open, false, Some(false)), Ok(()));
        assert_eq!(may_choose(Phase::Open, true, None), Err(NotChoosable::Failed));
        assert_eq!(may_choose(Phase::Again, false, Some(true)), Ok(()));
        assert_eq!(may_choose(Phase::Again, false, None), Ok(()));
        assert_eq!(may_choose(Phase::Again, false, Some(false)), Err(NotChoosable::Stands));
        assert_eq!(may_choose(Phase::Over, false, Some(true)), Err(NotChoosable::NotOpen(Phase::Over)));
        assert!(fails(2, 3) && !fails(3, 3));
    }
}
