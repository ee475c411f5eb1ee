//! The dates of a fiscal year that everybody plans by, in one place: when what can be handed back, renewed and chosen.

use serde::{Deserialize, Serialize};

use crate::catalog::words;
use crate::fiscal::{FiscalCalendar, FiscalYear};
use crate::time::Date;

words! {
    /// What happens on a yearly date. Renewals and choices are made in one year for the next.
    YearlyKind {
        HalfYear = "half_year", "Half of the year: who is behind its plan is told";
        HandBack = "hand_back", "Last day to hand back, where the terms allow it";
        RenewalOpens = "renewal_opens", "Renewals open";
        RenewalReminds = "renewal_reminds", "Schools with open renewals are reminded";
        RenewalCloses = "renewal_closes", "Renewals close: what is not answered lapses";
        ChoiceOpens = "choice_opens", "Yearly choices open";
        ChoiceReminds = "choice_reminds", "Schools without a choice are reminded";
        ChoiceCloses = "choice_closes", "Yearly choices close";
        ChooseAgain = "choose_again", "Last day to choose again where an offer found too few schools";
    }
}

impl YearlyKind {
    /// What holds until the district sets its own day.
    const fn usual(self) -> Usual {
        match self {
            Self::HalfYear => Usual::Day(1, 15),
            Self::HandBack => Usual::Day(2, 15),
            Self::RenewalOpens => Usual::Day(3, 1),
            Self::RenewalReminds => Usual::Before(Self::RenewalOpens, Self::RenewalCloses),
            Self::RenewalCloses => Usual::Day(4, 15),
            Self::ChoiceOpens => Usual::Day(4, 16),
            Self::ChoiceReminds => Usual::Before(Self::ChoiceOpens, Self::ChoiceCloses),
            Self::ChoiceCloses => Usual::Day(5, 15),
            Self::ChooseAgain => Usual::Day(5, 31),
        }
    }
}

/// Whoever has not answered two weeks before a window closes is reminded.
const REMINDED_DAYS: i32 = 14;

/// The day that holds where the district set none.
enum Usual {
    /// Month and day.
    Day(i8, i8),
    /// Two weeks before the second of these dates, and not before the first.
    Before(YearlyKind, YearlyKind),
}

/// One date of a fiscal year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct YearlyDate {
    pub kind: YearlyKind,
    pub day: Date,
    /// False where the product's usual day holds, because the district set none.
    pub set: bool,
}

/// All dates of one fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct YearlyDates {
    pub year: FiscalYear,
    /// In the order of [`YearlyKind::ALL`].
    pub dates: Vec<YearlyDate>,
}

impl YearlyDates {
    /// The dates of `year`: those that the district set, and the usual day for each other.
    pub fn of(year: FiscalYear, calendar: FiscalCalendar, set: &[(YearlyKind, Date)]) -> Self {
        let own = |kind: YearlyKind| set.iter().find(|(known, _)| *known == kind).map(|(_, day)| *day);
        let fixed = |kind: YearlyKind| {
            own(kind).or_else(|| match kind.usual() {
                Usual::Day(month, day) => usual_day((month, day), year, calendar),
                Usual::Before(..) => None,
            })
        };
        let date = |kind: &YearlyKind| {
            let day = match (own(*kind), kind.usual()) {
                (None, Usual::Before(opens, closes)) => fixed(closes)?.plus_days(-REMINDED_DAYS).max(fixed(opens)?),
                _ => fixed(*kind)?,
            };
            Some(YearlyDate { kind: *kind, day, set: own(*kind).is_some() })
        };
        Self { year, dates: YearlyKind::ALL.iter().filter_map(date).collect() }
    }

    /// Absent only for a year beyond the calendar.
    pub fn day(&self, kind: YearlyKind) -> Option<Date> {
        self.dates.iter().find(|date| date.kind == kind).map(|date| date.day)
    }

    /// Whether `today` lies between two dates, both included.
    pub fn between(&self, opens: YearlyKind, closes: YearlyKind, today: Date) -> bool {
        self.day(opens).is_some_and(|day| day <= today) && self.day(closes).is_some_and(|day| today <= day)
    }

    /// Two dates in the wrong order, where there are.
    pub fn out_of_order(&self) -> Option<(YearlyKind, YearlyKind)> {
        use YearlyKind::{ChoiceCloses, ChoiceOpens, ChoiceReminds, ChooseAgain, RenewalCloses, RenewalOpens, RenewalReminds};
        let pairs = [
            (RenewalOpens, RenewalCloses),
            (ChoiceOpens, ChoiceCloses),
            (ChoiceCloses, ChooseAgain),
            (RenewalOpens, RenewalReminds),
            (RenewalReminds, RenewalCloses),
            (ChoiceOpens, ChoiceReminds),
            (ChoiceReminds, ChoiceCloses),
        ];
        pairs.into_iter().find(|(first, then)| self.day(*first) > self.day(*then))
    }
}

fn usual_day((month, day): (i8, i8), year: FiscalYear, calendar: FiscalCalendar) -> Option<Date> {
    [year.0, year.0 + 1].into_iter().filter_map(|civil| Date::new(civil, month, day).ok()).find(|day| calendar.year_of(*day) == year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn usual_days_lie_in_their_fiscal_year_until_the_district_sets_its_own() {
        let calendar = FiscalCalendar::default();
        let usual = YearlyDates::of(FiscalYear(2026), calendar, &[]);
        assert_eq!(usual.dates.len(), YearlyKind::ALL.len());
        assert!(usual.dates.iter().all(|date| calendar.year_of(date.day) == FiscalYear(2026) && !date.set));
        assert_eq!(usual.day(YearlyKind::HalfYear), Some(day("2027-01-15")));
        assert_eq!(usual.out_of_order(), None);
        let own = YearlyDates::of(FiscalYear(2026), calendar, &[(YearlyKind::RenewalCloses, day("2027-02-01"))]);
        assert_eq!(own.day(YearlyKind::RenewalCloses), Some(day("2027-02-01")));
        assert_eq!(usual.day(YearlyKind::RenewalReminds), Some(day("2027-04-01")));
        assert_eq!(own.out_of_order(), Some((YearlyKind::RenewalOpens, YearlyKind::RenewalCloses)));
    }

    #[test]
    fn a_reminder_follows_its_window_and_never_lies_before_it() {
        let set = [(YearlyKind::RenewalOpens, day("2026-11-20")), (YearlyKind::RenewalCloses, day("2026-11-27"))];
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &set);
        assert_eq!((dates.day(YearlyKind::RenewalReminds), dates.out_of_order()), (Some(day("2026-11-20")), None));
        let late = [(YearlyKind::RenewalReminds, day("2027-04-16"))];
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &late);
        assert_eq!(dates.out_of_order(), Some((YearlyKind::RenewalReminds, YearlyKind::RenewalCloses)));
    }

    #[test]
    fn a_window_holds_its_first_and_last_day() {
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &[]);
        let open = |text: &str| dates.between(YearlyKind::RenewalOpens, YearlyKind::RenewalCloses, day(text));
        assert!(open("2027-03-01") && open("2027-04-15") && !open("2027-02-28") && !open("2027-04-16"));
    }
}
