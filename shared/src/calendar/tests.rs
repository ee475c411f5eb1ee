//! The calendar's arithmetic: by name, and against counting day by day.

use proptest::prelude::*;

use super::*;
use crate::fiscal::{FiscalCalendar, FiscalYear};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn span(kind: DayKind, first: &str, last: &str) -> DaySpan {
    DaySpan { kind, first: day(first), last: day(last), title: format!("{kind:?}") }
}

/// Thanksgiving week, and state tests in the week after.
fn november() -> SchoolCalendar {
    SchoolCalendar::new(vec![
        span(DayKind::Break, "2026-11-23", "2026-11-27"),
        span(DayKind::Holiday, "2026-11-26", "2026-11-27"),
        span(DayKind::Protected, "2026-12-02", "2026-12-03"),
    ])
}

#[test]
fn the_office_works_in_a_break_and_a_school_does_not() {
    let calendar = november();
    let friday = day("2026-11-20");
    assert_eq!(calendar.after(ClockOf::Office, friday, 1), day("2026-11-23"));
    assert_eq!(calendar.after(ClockOf::School, friday, 1), day("2026-11-30"));
    assert_eq!(calendar.after(ClockOf::Office, day("2026-11-25"), 1), day("2026-11-30"), "a holiday stops everybody");
    assert_eq!(calendar.school_days_after(friday, 2), day("2026-12-01"));
    assert!(calendar.in_break(day("2026-11-24")) && !calendar.in_break(day("2026-11-30")));
}

#[test]
fn a_protected_day_stops_clocks_but_school_is_held() {
    let calendar = november();
    let tests = day("2026-12-02");
    assert!(calendar.is_school_day(tests));
    assert!(!calendar.runs(ClockOf::Office, tests) && !calendar.runs(ClockOf::School, tests));
    assert_eq!(calendar.after(ClockOf::Office, day("2026-12-01"), 1), day("2026-12-04"));
    assert_eq!(calendar.between(ClockOf::Office, day("2026-12-01"), day("2026-12-04")), 1);
}

#[test]
fn a_school_s_own_days_stop_its_clocks_and_no_others() {
    let calendar = november().with_own(vec![span(DayKind::Protected, "2026-12-08", "2026-12-08")]);
    let own = day("2026-12-08");
    assert!(!calendar.runs(ClockOf::School, own) && calendar.runs(ClockOf::Office, own));
    assert!(matches!(calendar.block(own), Some(Block::Day(_))));
    assert_eq!(calendar.block(day("2026-12-09")), None);
}

#[test]
fn what_blocks_a_booking_is_named_the_weightiest_first() {
    let calendar = november();
    let words = |text: &str| calendar.block(day(text)).map(|block| block.words());
    assert_eq!(words("2026-11-26").as_deref(), Some("Holiday (holiday)"));
    assert_eq!(words("2026-11-24").as_deref(), Some("Break (break)"));
    assert_eq!(words("2026-12-03").as_deref(), Some("Protected (protected)"));
    assert_eq!(words("2026-12-05").as_deref(), Some("a weekend"));
    assert_eq!(words("2026-12-04"), None);
}

#[test]
fn a_window_of_five_school_days_reaches_back_over_the_break() {
    assert_eq!(november().window_start(day("2026-12-01"), 5), day("2026-11-18"));
    assert_eq!(november().window_start(day("2026-11-28"), 1), day("2026-11-20"));
}

#[test]
fn a_deadline_crosses_the_turn_of_the_fiscal_year() {
    let calendar = SchoolCalendar::new(vec![
        span(DayKind::Break, "2027-06-05", "2027-06-30"),
        span(DayKind::Break, "2027-07-01", "2027-08-08"),
        span(DayKind::Holiday, "2027-07-05", "2027-07-05"),
    ]);
    let asked = day("2027-06-30");
    let due = calendar.after(ClockOf::Office, asked, 4);
    assert_eq!(due, day("2027-07-07"));
    let fiscal = FiscalCalendar::default();
    assert_eq!((fiscal.year_of(asked), fiscal.year_of(due)), (FiscalYear(2026), FiscalYear(2027)));
    assert_eq!(calendar.after(ClockOf::School, asked, 1), day("2027-08-09"), "a school answers after the summer");
}

#[test]
fn a_span_in_the_wrong_order_covers_nothing_and_a_long_one_ends() {
    assert_eq!(span(DayKind::Break, "2026-12-02", "2026-12-01").days().count(), 0);
    assert_eq!(i32::try_from(span(DayKind::Break, "2026-01-01", "2036-01-01").days().count()).ok(), Some(SPAN_LIMIT_DAYS));
}

fn kind() -> impl Strategy<Value = DayKind> {
    prop::sample::select(DayKind::ALL)
}

proptest! {
    #[test]
    fn counting_forth_and_measuring_agree(
        offset in 0i32..700,
        wanted in 1u16..40,
        rows in prop::collection::vec((kind(), 0i32..800, 0i32..12), 0..25),
        own in prop::collection::vec((0i32..800, 0i32..3), 0..6),
    ) {
        let start = day("2026-01-01");
        let of = |kind, first: i32, length: i32| {
            DaySpan { kind, first: start.plus_days(first), last: start.plus_days(first + length), title: String::new() }
        };
        let district: Vec<DaySpan> = rows.into_iter().map(|(kind, first, length)| of(kind, first, length)).collect();
        let own: Vec<DaySpan> = own.into_iter().map(|(first, length)| of(DayKind::Protected, first, length)).collect();
        let calendar = SchoolCalendar::new(district.clone()).with_own(own.clone());
        let from = start.plus_days(offset);
        for clock in [ClockOf::Office, ClockOf::School] {
            let due = calendar.after(clock, from, wanted);
            prop_assert!(calendar.runs(clock, due));
            prop_assert_eq!(calendar.between(clock, from, due), u32::from(wanted));
            // Day by day, from the rows themselves.
            let stopped = |day: Date| {
                let in_district = |kinds: &[DayKind]| district.iter().any(|span| kinds.contains(&span.kind) && span.holds(day));
                let stops = match clock {
                    ClockOf::Office => in_district(&[DayKind::Holiday, DayKind::Protected]),
                    ClockOf::School => in_district(DayKind::ALL) || own.iter().any(|span| span.holds(day)),
                };
                day.is_weekend() || stops
            };
            prop_assert_eq!(calendar.runs(clock, from), !stopped(from));
        }
        prop_assert_eq!(calendar.block(from).is_none(), calendar.runs(ClockOf::School, from));
    }
}
