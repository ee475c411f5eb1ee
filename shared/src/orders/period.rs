//! What is bought by the month, the week or the year is delivered in parts of it: pro rata by the district's school days, to the cent.

use serde::{Deserialize, Serialize};

use crate::calendar::SchoolCalendar;
use crate::catalog::UnitOfMeasure;
use crate::catalog::price::delivered_amount;
use crate::money::{Cents, split_by_weights};
use crate::time::Date;

/// The weight of a full month, fine enough for any share of it.
const MONTH: i64 = 1_000_000;

/// A calendar month, or the part of one, in which a service is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    pub first: Date,
    pub last: Date,
    /// School days in it: what an order's units count.
    pub days: u32,
    /// Its share of the price, against the other periods'.
    pub weight: i64,
}

/// Whether so much of this measure is a stretch of time.
pub const fn is_stretch(measure: UnitOfMeasure) -> bool {
    match measure {
        UnitOfMeasure::Month | UnitOfMeasure::Year | UnitOfMeasure::WeeklyDay => true,
        UnitOfMeasure::CoachingDay
        | UnitOfMeasure::Day
        | UnitOfMeasure::HalfDay
        | UnitOfMeasure::StudentDay
        | UnitOfMeasure::Session
        | UnitOfMeasure::Event
        | UnitOfMeasure::Visit
        | UnitOfMeasure::Hour
        | UnitOfMeasure::Seat
        | UnitOfMeasure::Item
        | UnitOfMeasure::Milestone => false,
    }
}

/// The months in which `count` of a stretch are delivered, from `start` and never beyond the fiscal year's last day.
///
/// A full month costs as much as any other, a part of one as its school days are to the month's; years and weekly days go by school days
/// throughout. Empty for what is counted in pieces, and where no school day is left.
pub fn periods(measure: UnitOfMeasure, count: u32, start: Date, year_end: Date, calendar: &SchoolCalendar) -> Vec<Period> {
    if !is_stretch(measure) {
        return Vec::new();
    }
    let by_month = measure == UnitOfMeasure::Month;
    let end = if by_month { months_later(start, count).plus_days(-1).min(year_end) } else { year_end };
    let mut found = Vec::new();
    let mut first = start;
    while first <= end {
        let (month, next) = (first_of_month(first), months_later(first_of_month(first), 1));
        let last = next.plus_days(-1).min(end);
        let (days, full) = (calendar.school_days(first, last), calendar.school_days(month, next.plus_days(-1)));
        if days > 0 {
            let weight = if by_month { MONTH * i64::from(days) / i64::from(full.max(1)) } else { i64::from(days) };
            found.push(Period { first, last, days, weight });
        }
        first = next;
    }
    found
}

fn first_of_month(day: Date) -> Date {
    day.plus_days(1 - i32::from(day.day()))
}

/// The same day `count` months later, or the month's last.
fn months_later(day: Date, count: u32) -> Date {
    let months = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 + i64::from(count);
    let (year, month) = (i16::try_from(months.div_euclid(12)).unwrap_or(i16::MAX), i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1));
    (0..4).find_map(|less| Date::new(year, month, day.day() - less).ok()).unwrap_or(day)
}

/// How many school days all periods have.
pub fn days(periods: &[Period]) -> u32 {
    periods.iter().map(|period| period.days).sum()
}

/// What each period comes to, by largest remainder.
///
/// Invariant: they sum to `price`.
pub fn amounts(price: Cents, periods: &[Period]) -> Vec<Cents> {
    split_by_weights(price, &periods.iter().map(|period| period.weight).collect::<Vec<_>>())
}

/// What the first `delivered` of an order's `units` come to; with periods, the first so many school days.
///
/// Invariant: never less for more, and the whole price for all.
pub fn delivered_so_far(price: Cents, units: u32, periods: &[Period], delivered: u32) -> Cents {
    if periods.is_empty() {
        return delivered_amount(price, units, delivered);
    }
    let mut left = delivered;
    let mut sum = Cents::ZERO;
    for (period, amount) in periods.iter().zip(amounts(price, periods)) {
        let here = left.min(period.days);
        sum = sum.saturating_add(delivered_amount(amount, period.days, here));
        left -= here;
    }
    sum
}

/// The periods of the first `units` school days, for an order that became smaller.
pub fn shortened(periods: &[Period], units: u32) -> Vec<Period> {
    let mut left = units;
    let mut kept = Vec::new();
    for period in periods {
        let days = left.min(period.days);
        if days > 0 {
            let weight = period.weight * i64::from(days) / i64::from(period.days.max(1));
            kept.push(Period { days, weight, ..*period });
        }
        left -= days;
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{DayKind, DaySpan};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn winter() -> SchoolCalendar {
        let span = |kind, first, last| DaySpan { kind, first: day(first), last: day(last), title: String::new() };
        SchoolCalendar::new(vec![
            span(DayKind::Break, "2026-12-21", "2027-01-01"),
            span(DayKind::Holiday, "2027-01-18", "2027-01-18"),
            span(DayKind::Break, "2027-06-14", "2027-06-30"),
        ])
    }

    #[test]
    fn a_half_month_costs_its_school_days() {
        // January 2027 has 19 school days after the break; from the 18th, a holiday, on there are nine.
        let found = periods(UnitOfMeasure::Month, 2, day("2027-01-18"), day("2027-06-30"), &winter());
        assert_eq!(found.iter().map(|period| period.days).collect::<Vec<_>>(), [9, 20, 13]);
        let sums = amounts(Cents::new(100_000), &found);
        assert_eq!(sums.iter().copied().sum::<Cents>(), Cents::new(100_000));
        assert!(sums[0] < sums[2] && sums[2] < sums[1], "{sums:?}");
    }

    #[test]
    fn full_months_cost_the_same_however_many_school_days_they_have() {
        let found = periods(UnitOfMeasure::Month, 3, day("2026-11-01"), day("2027-06-30"), &winter());
        assert_eq!(found.iter().map(|period| period.days).collect::<Vec<_>>(), [21, 14, 19]);
        assert_eq!(amounts(Cents::new(90_000), &found), [Cents::new(30_000); 3]);
    }

    #[test]
    fn a_year_goes_by_school_days_and_ends_with_the_fiscal_year() {
        let found = periods(UnitOfMeasure::Year, 1, day("2027-05-01"), day("2027-06-30"), &winter());
        assert_eq!(found.iter().map(|period| (period.days, period.weight)).collect::<Vec<_>>(), [(21, 21), (9, 9)]);
        assert_eq!(amounts(Cents::new(3_000), &found), [Cents::new(2_100), Cents::new(900)]);
    }

    #[test]
    fn what_is_counted_in_pieces_has_no_periods() {
        assert!(periods(UnitOfMeasure::CoachingDay, 6, day("2027-01-18"), day("2027-06-30"), &winter()).is_empty());
        assert!(periods(UnitOfMeasure::Year, 1, day("2027-06-20"), day("2027-06-30"), &winter()).is_empty());
        assert_eq!(delivered_so_far(Cents::new(1_000), 3, &[], 2), Cents::new(667));
    }

    proptest! {
        #[test]
        fn in_whatever_parts_it_is_delivered_the_sum_is_the_price(
            start in 0i32..300, count in 1u32..12, monthly in any::<bool>(), price in 0i64..100_000_000,
            steps in prop::collection::vec(1u32..40, 1..60),
        ) {
            let measure = if monthly { UnitOfMeasure::Month } else { UnitOfMeasure::WeeklyDay };
            let found = periods(measure, count, day("2026-07-01").plus_days(start), day("2027-06-30"), &winter());
            let (units, price) = (days(&found), Cents::new(price));
            prop_assume!(units > 0);
            let (mut delivered, mut posted) = (0, Cents::ZERO);
            for step in steps {
                let until = (delivered + step).min(units);
                let due = delivered_so_far(price, units, &found, until);
                prop_assert!(due >= posted);
                (delivered, posted) = (until, due);
            }
            prop_assert!(posted <= price);
            prop_assert_eq!(delivered_so_far(price, units, &found, units), price);
            prop_assert_eq!(amounts(price, &found).into_iter().sum::<Cents>(), price);
        }

        #[test]
        fn a_shortened_order_still_sums_to_its_price(start in 0i32..300, keep in 1u32..200, price in 0i64..1_000_000) {
            let found = periods(UnitOfMeasure::Month, 10, day("2026-07-01").plus_days(start), day("2027-06-30"), &winter());
            let units = days(&found);
            prop_assume!(units > 0);
            let keep = keep.min(units);
            let short = shortened(&found, keep);
            prop_assert_eq!(days(&short), keep);
            let price = delivered_so_far(Cents::new(price), units, &found, keep);
            prop_assert_eq!(delivered_so_far(price, keep, &short, keep), price);
        }
    }
}
