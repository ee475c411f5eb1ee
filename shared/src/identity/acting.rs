//! Acting appointments: for a dated while somebody holds a school's principal permissions because its principal is on leave.

use serde::{Deserialize, Serialize};

use super::Role;
use super::api::{PersonRef, SchoolRef};
use crate::id::{ActingId, PersonId, SchoolId};
use crate::time::Date;
use crate::words::identity as words;

/// The longest appointment; whoever is away longer has a successor.
pub const MOST_DAYS: i32 = 366;
/// How far ahead one may be made.
pub const AHEAD_DAYS: i32 = 366;

/// What is wrong with the days of an appointment, by the form's field.
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
    let days = last.days_since(first) + 1;
    if days > MOST_DAYS { Err(("last", words::acting_too_long(days, MOST_DAYS))) } else { Ok(()) }
}

/// Whether somebody with these roles may act as a principal.
///
/// Invariant: who sets or moves allocations does not spend from them, and what stands alone stays alone (RELIABILITY 4, rules 4, 9, 11, 12).
pub fn may_act(own: &[Role]) -> bool {
    own.iter().all(|role| *role != Role::BudgetOfficer && role.goes_with(Role::Principal))
}

/// One appointment, waiting for its second person, to come, or running.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActingView {
    pub id: ActingId,
    pub school: SchoolRef,
    /// The principal on leave.
    pub person: PersonRef,
    /// Who acts.
    pub deputy: PersonRef,
    pub first: Date,
    pub last: Date,
    pub reason: String,
    pub proposed_by: PersonRef,
    /// Absent while it waits for a second person.
    pub confirmed_by: Option<PersonRef>,
    /// True while it is confirmed and its days run.
    pub now: bool,
}

/// A seat that the caller holds now by appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActingSeat {
    pub school: SchoolRef,
    /// The principal on leave.
    pub person: PersonRef,
    pub last: Date,
}

/// A principal who may go on leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Seat {
    pub school: SchoolRef,
    pub person: PersonRef,
}

/// All appointments that have not run out, and who could be in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ActingsView {
    pub today: Date,
    pub appointments: Vec<ActingView>,
    pub seats: Vec<Seat>,
    /// Who may act, by name.
    pub candidates: Vec<PersonRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewActing {
    pub school: SchoolId,
    /// The principal on leave.
    pub person: PersonId,
    pub deputy: PersonId,
    pub first: Date,
    pub last: Date,
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn an_appointment_is_dated_and_lasts_a_year_at_most() {
        let today = day("2026-11-20");
        assert_eq!(check_days(day("2026-11-20"), day("2027-11-20"), today), Ok(()));
        assert_eq!(check_days(day("2026-11-20"), day("2027-11-21"), today).unwrap_err().0, "last");
        assert_eq!(check_days(day("2026-11-22"), day("2026-11-21"), today).unwrap_err().0, "last");
        assert_eq!(check_days(day("2026-11-01"), day("2026-11-19"), today).unwrap_err().0, "last");
        assert_eq!(check_days(day("2028-11-01"), day("2028-11-02"), today).unwrap_err().0, "first");
    }

    #[test]
    fn who_sets_budgets_or_stands_alone_does_not_act_as_a_principal() {
        assert!(may_act(&[Role::SchoolStaff]) && may_act(&[Role::NetworkOfficer, Role::Principal]) && may_act(&[]));
        for role in [Role::BudgetOfficer, Role::Auditor, Role::SystemAdministrator, Role::CardAdministrator] {
            assert!(!may_act(&[Role::SchoolStaff, role]), "{}", role.name());
        }
    }
}
