//! Pace: what was delivered against the plan that the school year makes, and where it leads.

use serde::{Deserialize, Serialize};

use crate::calendar::SchoolCalendar;
use crate::time::Date;

/// A forecast below this share of what was ordered is behind, in hundredths.
const BEHIND_BELOW: u64 = 90;
/// Longer than any school year: what takes more days than this is not going to be done.
const LONGEST_DAYS: u64 = 400;

/// What is delivered of an order, and between which days it is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    pub ordered: u32,
    /// Logged and not taken back.
    pub delivered: u32,
    pub start: Date,
    pub end: Date,
}

/// How an order stands against its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryVerdict {
    NotStarted,
    OnPace,
    Ahead,
    /// At this pace not all will be delivered in time.
    Behind,
    Done,
}

/// The plan, the fact and the forecast, in units and school days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeliveryPace {
    pub verdict: DeliveryVerdict,
    /// Units that an even pace would have delivered by today.
    pub planned: u32,
    pub delivered: u32,
    pub ordered: u32,
    /// School days from the start up to today, and from then to the end.
    pub gone: u32,
    pub left: u32,
    /// Units delivered by the end if it goes on like this; never more than ordered.
    pub forecast: u32,
    /// The day on which the last unit is delivered at this pace; absent where it is not before the end, or nothing was delivered yet.
    pub done_on: Option<Date>,
}

/// The pace of an order on `today`.
pub fn pace(drawn: &Drawn, today: Date, calendar: &SchoolCalendar) -> DeliveryPace {
    let Drawn { ordered, delivered, start, end } = *drawn;
    let total = calendar.school_days(start, end);
    let gone = if today < start { 0 } else { calendar.school_days(start, today.min(end)) };
    let (planned, forecast) = if total == 0 || today >= end {
        (ordered, delivered)
    } else if gone == 0 {
        (0, ordered)
    } else {
        (share(ordered, gone, total), share(delivered, total, gone).min(ordered))
    };
    let needed = (gone > 0 && delivered > 0 && delivered < ordered)
        .then(|| (u64::from(ordered - delivered) * u64::from(gone)).div_ceil(u64::from(delivered)))
        .filter(|days| *days <= LONGEST_DAYS);
    let done_on = needed.and_then(|days| u16::try_from(days).ok()).map(|days| calendar.school_days_after(today, days)).filter(|day| *day <= end);
    let verdict = if delivered >= ordered {
        DeliveryVerdict::Done
    } else if today < start {
        DeliveryVerdict::NotStarted
    } else if u64::from(forecast) * 100 < u64::from(ordered) * BEHIND_BELOW && planned > delivered {
        DeliveryVerdict::Behind
    } else if delivered > planned && forecast >= ordered {
        DeliveryVerdict::Ahead
    } else {
        DeliveryVerdict::OnPace
    };
    DeliveryPace { verdict, planned, delivered, ordered, gone, left: total.saturating_sub(gone), forecast, done_on }
}

fn share(of: u32, part: u32, whole: u32) -> u32 {
    u32::try_from(u64::from(of) * u64::from(part) / u64::from(whole.max(1))).unwrap_or(u32::MAX)
}

/// The pace with its picture: units delivered by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PaceView {
    pub pace: DeliveryPace,
    pub start: Date,
    pub end: Date,
    pub points: Vec<PacePoint>,
}

/// After a day on which something was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PacePoint {
    pub day: Date,
    /// School days since the start.
    pub gone: u32,
    pub delivered: u32,
    pub planned: u32,
}

/// The points of the picture, from entries by day.
pub fn points(entries: &[(Date, u32)], drawn: &Drawn, calendar: &SchoolCalendar) -> Vec<PacePoint> {
    let mut sorted = entries.to_vec();
    sorted.sort_by_key(|(day, _)| *day);
    let total = calendar.school_days(drawn.start, drawn.end);
    let mut points: Vec<PacePoint> = Vec::new();
    let mut delivered = 0;
    for (day, quantity) in sorted {
        delivered += quantity;
        let gone = calendar.school_days(drawn.start, day.min(drawn.end));
        let point = PacePoint { day, gone, delivered, planned: share(drawn.ordered, gone, total) };
        match points.last_mut().filter(|last| last.day == day) {
            Some(last) => *last = point,
            None => points.push(point),
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::{DayKind, DaySpan};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// 2026-09-07 is a Monday; ten weeks of five days.
    fn drawn(ordered: u32, delivered: u32) -> Drawn {
        Drawn { ordered, delivered, start: day("2026-09-07"), end: day("2026-11-13") }
    }

    fn on(today: &str, ordered: u32, delivered: u32) -> DeliveryPace {
        pace(&drawn(ordered, delivered), day(today), &SchoolCalendar::EMPTY)
    }

    #[test]
    fn the_plan_is_even_over_the_school_days() {
        let half = on("2026-10-09", 10, 5);
        assert_eq!((half.planned, half.gone, half.left, half.forecast, half.verdict), (5, 25, 25, 10, DeliveryVerdict::OnPace));
        assert_eq!(half.done_on, Some(day("2026-11-13")));
        assert_eq!(on("2026-09-01", 10, 0).verdict, DeliveryVerdict::NotStarted);
        assert_eq!(on("2026-10-09", 10, 10).verdict, DeliveryVerdict::Done);
    }

    #[test]
    fn what_goes_on_like_this_and_is_not_done_in_time_is_behind() {
        let slow = on("2026-10-09", 10, 3);
        assert_eq!((slow.planned, slow.forecast, slow.verdict, slow.done_on), (5, 6, DeliveryVerdict::Behind, None));
        assert_eq!(on("2026-10-09", 10, 0).verdict, DeliveryVerdict::Behind);
        assert_eq!(on("2026-10-09", 10, 7).verdict, DeliveryVerdict::Ahead);
        // After the first day nobody is behind for not having come yet.
        assert_eq!(on("2026-09-07", 10, 0).verdict, DeliveryVerdict::OnPace);
    }

    #[test]
    fn a_break_is_not_lost_time() {
        let calendar = SchoolCalendar::new(vec![DaySpan {
            kind: DayKind::Break,
            first: day("2026-10-12"),
            last: day("2026-10-30"),
            title: String::new(),
        }]);
        let before = pace(&drawn(7, 5), day("2026-10-09"), &calendar);
        let after = pace(&drawn(7, 5), day("2026-10-30"), &calendar);
        assert_eq!((before.gone, before.left), (25, 10));
        assert_eq!((before.planned, before.verdict), (after.planned, after.verdict));
    }

    #[test]
    fn points_add_up_by_day() {
        let entries = [(day("2026-09-11"), 1), (day("2026-09-09"), 2), (day("2026-09-11"), 1)];
        let found = points(&entries, &drawn(10, 4), &SchoolCalendar::EMPTY);
        assert_eq!(found.iter().map(|point| (point.gone, point.delivered, point.planned)).collect::<Vec<_>>(), [(3, 2, 0), (5, 4, 1)]);
    }

    proptest! {
        #[test]
        fn a_forecast_is_never_beyond_the_order_and_more_delivered_is_never_worse(
            ordered in 1u32..500, delivered in 0u32..500, today in -10i32..90,
        ) {
            let delivered = delivered.min(ordered);
            let at = day("2026-09-07").plus_days(today);
            let now = pace(&drawn(ordered, delivered), at, &SchoolCalendar::EMPTY);
            prop_assert!(now.forecast <= ordered && now.planned <= ordered);
            prop_assert_eq!(now.gone + now.left, 50);
            if delivered < ordered {
                let more = pace(&drawn(ordered, delivered + 1), at, &SchoolCalendar::EMPTY);
                prop_assert!(more.forecast >= now.forecast);
                prop_assert!(!(more.verdict == DeliveryVerdict::Behind && now.verdict == DeliveryVerdict::Ahead));
            }
        }
    }
}
