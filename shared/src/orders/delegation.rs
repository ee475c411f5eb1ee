//! Standing in for somebody: approvals for a dated while, buying up to a cap; and what a person may decide, on one page.

use serde::{Deserialize, Serialize};

use super::approval::ApprovalPolicy;
use crate::id::{DelegationId, PersonId, SchoolId};
use crate::identity::Role;
use crate::identity::api::{PersonRef, SchoolRef};
use crate::identity::policy::Permission;
use crate::money::Cents;
use crate::time::Date;

/// The longest delegation of approval. Source: RELIABILITY 4, rule 14.
pub const APPROVAL_DAYS: i32 = 30;
/// The longest delegation of buying.
pub const BUYING_DAYS: i32 = 366;

/// Why a delegation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelegationRefusal {
    /// Nobody stands in for themselves.
    Self_,
    /// The giver does not hold the role.
    NotHeld,
    /// The taker is not trained for it: approvals go to somebody of the same role, buying to the school's own staff.
    NotTrained,
    /// Approvals never go to somebody below the giver.
    Subordinate,
    /// In the past, or the wrong way round.
    Dates,
    TooLong {
        most: i32,
    },
    CapMissing,
}

/// What is known of the two people.
#[derive(Clone, Copy, Debug)]
pub struct Between {
    pub same_person: bool,
    pub giver_holds: bool,
    /// Approvals: the taker holds the same role. Buying: the taker is staff of the school.
    pub taker_fits: bool,
    /// The taker reports to the giver, directly or not.
    pub taker_below: bool,
}

/// Whether a delegation may be given (RELIABILITY 4, rule 14, HARD). `cap` makes it one of buying.
///
/// # Errors
/// The first thing that stands in the way.
pub fn may_delegate(between: Between, (first, last): (Date, Date), today: Date, cap: Option<Cents>) -> Result<(), DelegationRefusal> {
    let most = if cap.is_some() { BUYING_DAYS } else { APPROVAL_DAYS };
    if between.same_person {
        return Err(DelegationRefusal::Self_);
    }
    if !between.giver_holds {
        return Err(DelegationRefusal::NotHeld);
    }
    if !between.taker_fits {
        return Err(DelegationRefusal::NotTrained);
    }
    if cap.is_none() && between.taker_below {
        return Err(DelegationRefusal::Subordinate);
    }
    if cap.is_some_and(|cap| cap <= Cents::ZERO) {
        return Err(DelegationRefusal::CapMissing);
    }
    if first < today || last < first {
        return Err(DelegationRefusal::Dates);
    }
    if last.days_since(first) >= most {
        return Err(DelegationRefusal::TooLong { most });
    }
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewDelegation {
    pub taker: PersonId,
    /// The caller's role that is delegated.
    pub role: Role,
    /// Buying only.
    pub school: Option<SchoolId>,
    pub first: Date,
    pub last: Date,
    /// Present: buying, up to so much of one seller within the policy's window.
    pub cap: Option<Cents>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DelegationView {
    pub id: DelegationId,
    pub giver: PersonRef,
    pub taker: PersonRef,
    pub role: Role,
    pub school: Option<SchoolRef>,
    pub first: Date,
    pub last: Date,
    pub cap: Option<Cents>,
    /// Whether the caller may end it.
    pub may_end: bool,
}

/// A role with what it may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleRights {
    pub role: Role,
    pub scope_title: String,
    pub permissions: Vec<Permission>,
}

/// A fund of the school, and what it may pay for in its rule's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FundRight {
    pub title: String,
    /// Absent: the budget office has yet to decide, and nobody can pay from it.
    pub quote: Option<String>,
    pub source: String,
    pub needs_goal: bool,
}

/// Somebody to whom the caller may delegate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DelegationCandidate {
    pub person: PersonRef,
    pub role: Role,
    /// Buying for this school; absent: approvals.
    pub school: Option<SchoolRef>,
}

/// “What may I decide?”: from the rows, for the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DecisionsView {
    pub today: Date,
    pub person: PersonRef,
    pub roles: Vec<RoleRights>,
    /// The rows in force; absent for who orders nothing and sees no orders.
    pub policy: Option<ApprovalPolicy>,
    /// The titles of funds that rows name.
    pub fund_titles: Vec<(crate::id::FundId, String)>,
    /// The caller's school's funds.
    pub school: Option<SchoolRef>,
    pub funds: Vec<FundRight>,
    /// Given by the caller, running or to come.
    pub given: Vec<DelegationView>,
    /// Given to the caller.
    pub taken: Vec<DelegationView>,
    pub candidates: Vec<DelegationCandidate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Between = Between { same_person: false, giver_holds: true, taker_fits: true, taker_below: false };

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn asks(between: Between, last: &str, cap: Option<i64>) -> Result<(), DelegationRefusal> {
        may_delegate(between, (day("2026-12-02"), day(last)), day("2026-12-02"), cap.map(Cents::new))
    }

    #[test]
    fn approvals_go_to_the_trained_for_thirty_days_and_never_down() {
        assert_eq!(asks(GOOD, "2026-12-31", None), Ok(()));
        assert_eq!(asks(GOOD, "2027-01-01", None), Err(DelegationRefusal::TooLong { most: 30 }));
        assert_eq!(asks(Between { taker_fits: false, ..GOOD }, "2026-12-31", None), Err(DelegationRefusal::NotTrained));
        assert_eq!(asks(Between { taker_below: true, ..GOOD }, "2026-12-31", None), Err(DelegationRefusal::Subordinate));
        assert_eq!(asks(Between { giver_holds: false, ..GOOD }, "2026-12-31", None), Err(DelegationRefusal::NotHeld));
        assert_eq!(asks(Between { same_person: true, ..GOOD }, "2026-12-31", None), Err(DelegationRefusal::Self_));
        assert_eq!(asks(GOOD, "2026-12-01", None), Err(DelegationRefusal::Dates));
    }

    #[test]
    fn buying_goes_down_up_to_a_cap() {
        assert_eq!(asks(Between { taker_below: true, ..GOOD }, "2027-06-30", Some(100_000)), Ok(()));
        assert_eq!(asks(GOOD, "2027-06-30", Some(0)), Err(DelegationRefusal::CapMissing));
        assert_eq!(asks(GOOD, "2028-06-30", Some(100)), Err(DelegationRefusal::TooLong { most: 366 }));
    }
}
