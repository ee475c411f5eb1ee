//! Absence: from when to when somebody is away, and who may act meanwhile.

use serde::{Deserialize, Serialize};

use super::acting::ActingView;
use super::api::PersonRef;
use super::policy::Permission;
use super::{Role, Scope};
use crate::id::{AbsenceId, PersonId};
use crate::time::Date;
use crate::words::identity as words;

/// The longest absence with a deputy. Source: RELIABILITY 4, rule 14.
pub const MOST_DAYS: i32 = 30;
/// How far ahead an absence may be set.
pub const AHEAD_DAYS: i32 = 366;

/// What is wrong with the days of an absence, by the form's field.
///
/// # Errors
/// The field and what to do about it.
pub fn check_days(first: Date, last: Date, today: Date) -> Result<(), (&'static str, String)> {
    if last < first {
        return Err(("last", words::AWAY_BACKWARDS.to_owned()));
    }
    if last < today {
        return Err(("last", words::AWAY_PASSED.to_owned()));
    }
    if first > today.plus_days(AHEAD_DAYS) {
        return Err(("first", words::AWAY_FAR.to_owned()));
    }
    let days = last.days_since(first.max(today)) + 1;
    if days > MOST_DAYS { Err(("last", words::away_too_long(days, MOST_DAYS))) } else { Ok(()) }
}

/// Whether somebody with the role `own` may stand in for somebody with the role `absent`.
///
/// Invariant: nothing is handed down but answering for a unit. Who approves or buys is covered only by somebody who holds the very
/// same role for the same place (RELIABILITY 4, rule 14).
pub fn may_cover(absent: (Role, Scope), own: (Role, Scope)) -> bool {
    absent.1 == own.1 && (absent.0 == own.0 || matches!((absent.0, own.0), (Role::UnitHead, Role::UnitStaff)))
}

/// Whether anything of what the absent person holds can be covered by what the deputy holds.
pub fn may_deputise(absent: &[(Role, Scope)], own: &[(Role, Scope)]) -> bool {
    absent.iter().any(|role| own.iter().any(|held| may_cover(*role, *held)))
}

/// What a deputy gains while somebody is away: answering and delivering, never approving, buying or publishing.
pub const fn is_lent(permission: Permission) -> bool {
    matches!(permission, Permission::AnswerOrder | Permission::ChangeOrder | Permission::LogDelivery | Permission::ViewOrders)
}

/// An absence as the people of it see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AbsenceView {
    pub id: AbsenceId,
    pub person: PersonRef,
    pub deputy: PersonRef,
    pub first: Date,
    pub last: Date,
    pub note: String,
    /// True while it is on.
    pub now: bool,
}

/// The caller's absences, and those in which the caller stands in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AbsencesView {
    pub today: Date,
    pub own: Vec<AbsenceView>,
    pub for_others: Vec<AbsenceView>,
    /// Acting appointments of which the caller is one of the two, running or to come.
    pub acting: Vec<ActingView>,
    /// Who could stand in for the caller, by name.
    pub candidates: Vec<Candidate>,
}

/// Somebody who could stand in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Candidate {
    pub person: PersonRef,
    /// `Unit staff, Mathematics`.
    pub role: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewAbsence {
    pub deputy: PersonId,
    pub first: Date,
    pub last: Date,
    /// What the deputy should know.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Id as _, SchoolId, UnitId};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_absence_lasts_thirty_days_at_most() {
        let today = day("2026-11-20");
        assert_eq!(check_days(day("2026-11-20"), day("2026-12-19"), today), Ok(()));
        assert!(check_days(day("2026-11-20"), day("2026-12-20"), today).is_err());
        assert_eq!(check_days(day("2026-11-22"), day("2026-11-21"), today).unwrap_err().0, "last");
        assert_eq!(check_days(day("2026-11-01"), day("2026-11-19"), today).unwrap_err().0, "last");
        assert_eq!(check_days(day("2028-11-01"), day("2028-11-02"), today).unwrap_err().0, "first");
    }

    #[test]
    fn nothing_is_handed_down_but_answering_for_a_unit() {
        let (unit, other) = (Scope::Unit(UnitId::from_bits(1)), Scope::Unit(UnitId::from_bits(2)));
        let school = Scope::School(SchoolId::from_bits(1));
        assert!(may_cover((Role::UnitHead, unit), (Role::UnitStaff, unit)));
        assert!(!may_cover((Role::UnitHead, unit), (Role::UnitStaff, other)));
        assert!(!may_cover((Role::Principal, school), (Role::SchoolStaff, school)));
        assert!(may_cover((Role::BudgetOfficer, Scope::District), (Role::BudgetOfficer, Scope::District)));
        assert!(!may_cover((Role::BudgetOfficer, Scope::District), (Role::Executive, Scope::District)));
        for permission in Permission::ALL.iter().filter(|permission| is_lent(**permission)) {
            assert!(!permission.roles().contains(&Role::SystemAdministrator), "{}", permission.name());
        }
        assert!(!is_lent(Permission::ApproveOrder) && !is_lent(Permission::SubmitOrder) && !is_lent(Permission::EditMenu));
    }
}
