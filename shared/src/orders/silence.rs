//! What silence confirms: an entry that nobody answered, by a dated policy, and never where a person has to look.

use serde::{Deserialize, Serialize};

use crate::budget::FundKind;
use crate::calendar::{ClockOf, SchoolCalendar};
use crate::catalog::Division;
use crate::time::Date;

/// The policy that held on the day an entry was logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SilencePolicy {
    /// School days after which silence confirms.
    pub days: u16,
    /// So many school days before, the receivers are told once more.
    pub notice_days: u16,
}

impl SilencePolicy {
    /// The day on which an entry logged on `logged` is confirmed by silence: breaks and protected days do not count.
    pub fn confirms_on(self, logged: Date, calendar: &SchoolCalendar) -> Date {
        calendar.after(ClockOf::School, logged, self.days)
    }

    /// The day on which the receivers are told.
    pub fn told_on(self, logged: Date, calendar: &SchoolCalendar) -> Date {
        calendar.after(ClockOf::School, logged, self.days.saturating_sub(self.notice_days))
    }
}

/// What an order is paid with and who delivers it: all that decides whether silence may confirm.
#[derive(Clone, Copy, Debug)]
pub struct Paid<'a> {
    /// Kind and title of each fund that pays a share.
    pub funds: &'a [(FundKind, String)],
    pub division: Division,
    /// True where an outside provider stands behind the service.
    pub outside: bool,
}

/// Whether silence confirms the entries of an order, and why not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "silence")]
pub enum Silence {
    Confirms(SilencePolicy),
    /// The district has no such policy.
    NoPolicy,
    /// This fund keeps documented proof of what it paid for.
    Restricted { fund: String },
    /// Outside people are paid only for what somebody saw.
    Outside,
}

/// Invariant: silence never confirms where any share is restricted money, or where the provider is outside or brokered.
pub fn silence(policy: Option<SilencePolicy>, paid: &Paid<'_>) -> Silence {
    if paid.outside || paid.division == Division::Brokered {
        return Silence::Outside;
    }
    let restricted = paid.funds.iter().find(|(kind, _)| match kind {
        FundKind::Restricted => true,
        FundKind::Unrestricted => false,
    });
    match (restricted, policy) {
        (Some((_, fund)), _) => Silence::Restricted { fund: fund.clone() },
        (None, Some(policy)) if policy.days > 0 => Silence::Confirms(policy),
        (None, _) => Silence::NoPolicy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{DayKind, DaySpan};

    const POLICY: SilencePolicy = SilencePolicy { days: 3, notice_days: 1 };

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn of(kinds: &[FundKind], division: Division, outside: bool) -> Silence {
        let funds: Vec<(FundKind, String)> = kinds.iter().map(|kind| (*kind, "Title I".to_owned())).collect();
        silence(Some(POLICY), &Paid { funds: &funds, division, outside })
    }

    #[test]
    fn one_restricted_share_or_an_outside_provider_needs_a_person() {
        use FundKind::{Restricted, Unrestricted};
        assert_eq!(of(&[Unrestricted], Division::Instruction, false), Silence::Confirms(POLICY));
        assert_eq!(of(&[], Division::Operations, false), Silence::Confirms(POLICY));
        let fund = "Title I".to_owned();
        assert_eq!(of(&[Unrestricted, Restricted], Division::Instruction, false), Silence::Restricted { fund });
        assert_eq!(of(&[Unrestricted], Division::Brokered, false), Silence::Outside);
        assert_eq!(of(&[Unrestricted], Division::Operations, true), Silence::Outside);
    }

    #[test]
    fn without_a_policy_nothing_is_confirmed() {
        let paid = Paid { funds: &[], division: Division::Operations, outside: false };
        assert_eq!(silence(None, &paid), Silence::NoPolicy);
        assert_eq!(silence(Some(SilencePolicy { days: 0, notice_days: 0 }), &paid), Silence::NoPolicy);
    }

    #[test]
    fn breaks_and_protected_days_do_not_count() {
        let span = |kind, first, last| DaySpan { kind, first: day(first), last: day(last), title: String::new() };
        // 2026-12-17 is a Thursday; the break runs over two weeks, and the first Tuesday after it is protected.
        let calendar = SchoolCalendar::new(vec![span(DayKind::Break, "2026-12-21", "2027-01-01")])
            .with_own(vec![span(DayKind::Protected, "2027-01-05", "2027-01-05")]);
        assert_eq!(POLICY.told_on(day("2026-12-17"), &calendar), day("2027-01-04"));
        assert_eq!(POLICY.confirms_on(day("2026-12-17"), &calendar), day("2027-01-06"));
        assert_eq!(POLICY.confirms_on(day("2026-12-17"), &SchoolCalendar::default()), day("2026-12-22"));
    }
}
