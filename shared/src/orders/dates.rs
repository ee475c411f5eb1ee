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
        RenewalCloses = "renewal_closes", "Renewals close";
        ChoiceOpens = "choice_opens", "Yearly choices open";
        ChoiceCloses = "choice_closes", "Yearly choices close";
        ChooseAgain = "choose_again", "Last day to choose again where an offer found too few schools";
    }
}

impl YearlyKind {
    /// Month and day that hold until the district sets its own.
    const fn usual(self) -> (i8, i8) {
        match self {
            Self::HalfYear => (1, 15),
            Self::HandBack => (2, 15),
            Self::RenewalOpens => (3, 1),
            Self::RenewalCloses => (4, 15),
            Self::ChoiceOpens => (4, 16),
            Self::ChoiceCloses => (5, 15),
            Self::ChooseAgain => (5, 31),
        }
    }
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
        let date = |kind: &YearlyKind| {
            let own = set.iter().find(|(known, _)| known == kind).map(|(_, day)| *day);
            let day = own.or_else(|| usual_day(*kind, year, calendar))?;
            Some(YearlyDate { kind: *kind, day, set: own.is_some() })
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
        use YearlyKind::{ChoiceCloses, ChoiceOpens, ChooseAgain, RenewalCloses, RenewalOpens};
        let pairs = [(RenewalOpens, RenewalCloses), (ChoiceOpens, ChoiceCloses), (ChoiceCloses, ChooseAgain)];
        pairs.into_iter().find(|(first, then)| self.day(*first) > self.day(*then))
    }
}

fn usual_day(kind: YearlyKind, year: FiscalYear, calendar: FiscalCalendar) -> Option<Date> {
    let (month, day) = kind.usual();
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
        assert_eq!(own.out_of_order(), Some((YearlyKind::RenewalOpens, YearlyKind::RenewalCloses)));
    }

    #[test]
    fn a_window_holds_its_first_and_last_day() {
        let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &[]);
        let open = |text: &str| dates.between(YearlyKind::RenewalOpens, YearlyKind::RenewalCloses, day(text));
        assert!(open("2027-03-01") && open("2027-04-15") && !open("2027-02-28") && !open("2027-04-16"));
    }
}
