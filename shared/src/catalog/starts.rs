//! How many orders may start in one part of the year: a unit that can take ten schools a month says so.

use serde::{Deserialize, Serialize};

use super::words;
use crate::calendar::month::Month;
use crate::fiscal::{FiscalCalendar, FiscalYear};
use crate::time::Date;

/// Months of a fiscal year.
const MONTHS: usize = 12;

words! {
    /// Into which parts a year is divided.
    StartPeriod {
        /// Half a fiscal year.
        Term = "term", "term";
        Month = "month", "month";
    }
}

/// The most that may start in one part of the year, in the package's own quantity: days, sessions, packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StartLimit {
    pub period: StartPeriod,
    pub most: u32,
}

/// What is left of one part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PartLeft {
    pub first: Date,
    pub last: Date,
    pub left: u32,
}

/// What is sold by the month in which it starts, and how many wait for that month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthSold {
    pub month: Month,
    pub sold: u32,
    pub waiting: u32,
}

/// The first months of the parts of `year`, with how many months each has. A year that begins inside a month has its first month whole.
fn parts(period: StartPeriod, year: FiscalYear, calendar: FiscalCalendar) -> Vec<Vec<Month>> {
    let Some(first) = calendar.first_day(year) else { return Vec::new() };
    let mut months = vec![Month::of(first)];
    while months.len() < MONTHS {
        let next = months.last().map_or_else(|| Month::of(first), |month| month.next());
        months.push(next);
    }
    let length = match period {
        StartPeriod::Term => MONTHS / 2,
        StartPeriod::Month => 1,
    };
    months.chunks(length).map(<[Month]>::to_vec).collect()
}

/// The months that share a limit with the one of `start`: those of its part of the year, all of them where only the year counts.
pub fn months_with(limit: Option<StartLimit>, (year, calendar): (FiscalYear, FiscalCalendar), start: Date) -> Option<Vec<Month>> {
    let month = Month::of(start);
    limit.and_then(|limit| parts(limit.period, year, calendar).into_iter().find(|part| part.contains(&month)))
}

/// What somebody who comes by may buy: of the year, and of each of its parts where these are limited.
///
/// Invariant: what somebody waits for is not left to those who come by.
pub fn left(
    year_left: Option<u32>,
    limit: Option<StartLimit>,
    months: &[MonthSold],
    of: (FiscalYear, FiscalCalendar),
) -> (Option<u32>, Vec<PartLeft>) {
    let Some(limit) = limit else {
        let waited = months.iter().any(|month| month.waiting > 0);
        return (if waited { Some(0) } else { year_left }, Vec::new());
    };
    let of_part = |part: &Vec<Month>| {
        let inside = || months.iter().filter(|month| part.contains(&month.month));
        let sold: u32 = inside().map(|month| month.sold).fold(0, u32::saturating_add);
        let free = limit.most.saturating_sub(sold).min(year_left.unwrap_or(u32::MAX));
        let left = if inside().any(|month| month.waiting > 0) { 0 } else { free };
        Some(PartLeft { first: part.first()?.first(), last: part.last()?.last(), left })
    };
    let parts: Vec<PartLeft> = parts(limit.period, of.0, of.1).iter().filter_map(of_part).collect();
    let any = parts.iter().any(|part| part.left > 0);
    (if any { year_left } else { Some(0) }, parts)
}

/// What is left for a start on `start`.
pub fn left_on(left: Option<u32>, parts: &[PartLeft], start: Date) -> Option<u32> {
    match parts.iter().find(|part| part.first <= start && start <= part.last) {
        Some(part) => Some(left.map_or(part.left, |left| left.min(part.left))),
        None => left,
    }
}

/// The first day from `from` on for which something is left.
pub fn next_start(left: Option<u32>, parts: &[PartLeft], from: Date) -> Option<Date> {
    if left == Some(0) {
        return None;
    }
    if parts.is_empty() {
        return Some(from);
    }
    parts.iter().find(|part| part.left > 0 && part.last >= from).map(|part| part.first.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF: (FiscalYear, FiscalCalendar) = (FiscalYear(2026), FiscalCalendar { first_month: 7, first_day: 1 });

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn sold(month: &str, sold: u32, waiting: u32) -> MonthSold {
        MonthSold { month: month.parse().expect("a month"), sold, waiting }
    }

    fn monthly(most: u32) -> Option<StartLimit> {
        Some(StartLimit { period: StartPeriod::Month, most })
    }

    #[test]
    fn a_full_month_pushes_the_next_start_into_the_next() {
        let (year, parts) = left(Some(20), monthly(4), &[sold("2026-11", 4, 0), sold("2026-12", 1, 0)], OF);
        assert_eq!((year, parts.len()), (Some(20), 12));
        assert_eq!(left_on(year, &parts, day("2026-11-16")), Some(0));
        assert_eq!(left_on(year, &parts, day("2026-12-01")), Some(3));
        assert_eq!(next_start(year, &parts, day("2026-11-16")), Some(day("2026-12-01")));
        assert_eq!(next_start(year, &parts, day("2026-12-10")), Some(day("2026-12-10")));
    }

    #[test]
    fn the_terms_are_the_halves_of_the_fiscal_year() {
        let term = Some(StartLimit { period: StartPeriod::Term, most: 5 });
        let (_, parts) = left(None, term, &[sold("2026-09", 5, 0)], OF);
        let ends: Vec<(String, String)> = parts.iter().map(|part| (part.first.to_string(), part.last.to_string())).collect();
        assert_eq!(ends, [("2026-07-01".into(), "2026-12-31".into()), ("2027-01-01".into(), "2027-06-30".into())]);
        assert_eq!(parts.iter().map(|part| part.left).collect::<Vec<_>>(), [0, 5]);
        assert_eq!(months_with(term, OF, day("2027-02-11")).map(|months| months.len()), Some(6));
    }

    #[test]
    fn what_somebody_waits_for_is_not_left_to_others() {
        assert_eq!(left(Some(3), None, &[sold("2026-11", 2, 1)], OF), (Some(0), Vec::new()));
        let (year, parts) = left(Some(3), monthly(4), &[sold("2026-11", 2, 1)], OF);
        assert_eq!(year, Some(3));
        assert_eq!(left_on(year, &parts, day("2026-11-30")), Some(0));
        assert_eq!(left_on(year, &parts, day("2026-12-01")), Some(3), "no more than the year has");
    }

    #[test]
    fn nothing_left_of_the_year_is_nothing_left_of_any_month() {
        let (year, parts) = left(Some(0), monthly(4), &[], OF);
        assert_eq!(year, Some(0));
        assert_eq!(next_start(year, &parts, day("2026-11-16")), None);
    }
}
