//! How long sessions live, how often one may try, and who may decide on whose roles.

use shared::error::ErrorCode;
use shared::id::PersonId;
use shared::identity::{Role, Scope};
use shared::time::Timestamp;

/// A session without use ends. Source: RELIABILITY 2.5.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// A session ends however much it is used. Source: RELIABILITY 2.5.
pub const ABSOLUTE_SECONDS: i64 = 12 * 3_600;
/// The mark of last use is written at most this often.
const MARK_SECONDS: i64 = 60;
/// An invitation's link.
pub const INVITATION_SECONDS: i64 = 7 * 86_400;
/// A link for a new password.
pub const RESET_SECONDS: i64 = 3_600;

/// So many tries at once, then one in each interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub burst: i64,
    pub interval_seconds: i64,
}

/// Sign-ins of one account: ten, then ten an hour.
pub const ACCOUNT_TRIES: Allowance = Allowance { burst: 10, interval_seconds: 360 };
/// Sign-ins and links from one address; a school's people share one, and good tries are given back.
pub const ADDRESS_TRIES: Allowance = Allowance { burst: 200, interval_seconds: 18 };
/// Mails for a new password to one account.
pub const RESET_MAILS: Allowance = Allowance { burst: 3, interval_seconds: 1_200 };

/// Written each time and never used up.
pub const UNCOUNTED: Allowance = Allowance { burst: 1, interval_seconds: 0 };

impl Allowance {
    /// How far ahead of `now` the allowance may be used up and still let one more try pass.
    pub const fn horizon(self, now: Timestamp) -> Timestamp {
        now.plus_seconds((self.burst - 1) * self.interval_seconds)
    }
}

pub const fn is_alive(begun: Timestamp, seen: Timestamp, now: Timestamp) -> bool {
    now.seconds_since(begun) < ABSOLUTE_SECONDS && now.seconds_since(seen) < IDLE_SECONDS
}

pub const fn is_mark_due(seen: Timestamp, now: Timestamp) -> bool {
    now.seconds_since(seen) >= MARK_SECONDS
}

/// Why a role cannot be proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRefusal {
    /// RELIABILITY 4, rule 12: nobody changes their own roles.
    Own,
    /// The role is held for a school, not for a unit, and so on.
    OtherKind,
    /// RELIABILITY 4, rules 4, 11 and 12.
    StandsAlone,
    /// RELIABILITY 4, rule 12: who proposed it does not confirm it.
    SameSecondPerson,
}

impl RoleRefusal {
    pub const fn code(self) -> ErrorCode {
        match self {
            Self::Own | Self::SameSecondPerson => ErrorCode::NotYourOwn,
            Self::OtherKind | Self::StandsAlone => ErrorCode::BadInput,
        }
    }
}

/// Whether `role` may be proposed for `person`, who holds or awaits `others`.
pub fn may_propose(actor: PersonId, person: PersonId, role: (Role, Scope), others: &[Role]) -> Result<(), RoleRefusal> {
    if actor == person {
        return Err(RoleRefusal::Own);
    }
    if role.0.scope_kind() != role.1.kind() {
        return Err(RoleRefusal::OtherKind);
    }
    fits(role.0, others)
}

/// Invariant: an auditor, a system administrator and a card administrator hold no other role.
pub fn fits(role: Role, others: &[Role]) -> Result<(), RoleRefusal> {
    if others.iter().all(|other| role.goes_with(*other)) { Ok(()) } else { Err(RoleRefusal::StandsAlone) }
}

/// Whether `actor` may be the second person for a role of `person` that `proposed_by` asked for.
pub fn may_confirm(actor: PersonId, person: PersonId, proposed_by: Option<PersonId>) -> Result<(), RoleRefusal> {
    if actor == person {
        return Err(RoleRefusal::Own);
    }
    if proposed_by == Some(actor) { Err(RoleRefusal::SameSecondPerson) } else { Ok(()) }
}

/// Words that a password must not lean on: those of the district, and the person's own.
pub fn words_of(texts: &[&str]) -> Vec<String> {
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.chars().count() >= 4).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use shared::id::{Id as _, SchoolId};

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId::from_bits(number)
    }

    #[test]
    fn a_session_ends_after_half_an_hour_unused_and_after_twelve_hours() {
        let start = Timestamp::from_micros(0);
        assert!(is_alive(start, start, start.plus_seconds(IDLE_SECONDS - 1)));
        assert!(!is_alive(start, start, start.plus_seconds(IDLE_SECONDS)));
        let late = start.plus_seconds(ABSOLUTE_SECONDS);
        assert!(!is_alive(start, late, late));
    }

    #[test]
    fn nobody_decides_on_their_own_roles() {
        let school = Scope::School(SchoolId::from_bits(9));
        assert_eq!(may_propose(person(1), person(1), (Role::Principal, school), &[]), Err(RoleRefusal::Own));
        assert_eq!(may_confirm(person(1), person(1), None), Err(RoleRefusal::Own));
        assert_eq!(may_confirm(person(1), person(2), Some(person(1))), Err(RoleRefusal::SameSecondPerson));
        assert_eq!(may_confirm(person(3), person(2), Some(person(1))), Ok(()));
    }

    #[test]
    fn an_auditor_holds_no_other_role() {
        let propose = |role, scope, others: &[Role]| may_propose(person(1), person(2), (role, scope), others);
        assert_eq!(propose(Role::Auditor, Scope::District, &[Role::Executive]), Err(RoleRefusal::StandsAlone));
        assert_eq!(propose(Role::BudgetOfficer, Scope::District, &[Role::Auditor]), Err(RoleRefusal::StandsAlone));
        assert_eq!(propose(Role::BudgetOfficer, Scope::District, &[Role::Executive]), Ok(()));
        assert_eq!(propose(Role::Principal, Scope::District, &[]), Err(RoleRefusal::OtherKind));
    }

    #[test]
    fn words_of_the_district_have_four_letters_or_more() {
        assert_eq!(words_of(&["Riverbend Unified", "ana.li@x.org"]), ["riverbend", "unified"]);
    }
}
