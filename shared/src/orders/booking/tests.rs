//! When somebody can be booked, and why not.

use proptest::prelude::*;

use super::*;
use crate::calendar::{DayKind, DaySpan};
use crate::id::Id as _;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

fn maria() -> Staff {
    // Monday to Thursday.
    Staff { id: StaffId::from_bits(1), name: "Maria Santos".to_owned(), weekdays: Weekdays(15), active: true }
}

fn span(kind: DayKind, first: &str, last: &str, title: &str) -> DaySpan {
    DaySpan { kind, first: day(first), last: day(last), title: title.to_owned() }
}

/// Thanksgiving week, state tests of the district, and a retreat of the school.
fn calendar() -> SchoolCalendar {
    let district = vec![
        span(DayKind::Break, "2026-11-23", "2026-11-27", "Thanksgiving break"),
        span(DayKind::Protected, "2026-12-01", "2026-12-01", "State tests"),
    ];
    SchoolCalendar::new(district).with_own(vec![span(DayKind::Protected, "2026-12-02", "2026-12-02", "Retreat")])
}

fn away(staff: Option<StaffId>, first: &str, title: &str) -> Away {
    Away { staff, first: day(first), last: day(first), title: title.to_owned() }
}

#[test]
fn each_hindrance_is_named_and_the_next_free_day_is_behind_them_all() {
    let (calendar, maria) = (calendar(), maria());
    let away = [away(None, "2026-12-03", "Unit retreat"), away(Some(maria.id), "2026-12-07", "Training")];
    let taken = [Taken { staff: maria.id, day: day("2026-12-08"), part: DayPart::Morning }];
    let year = (day("2026-07-01"), day("2027-06-30"));
    let agenda = Agenda { calendar: &calendar, away: &away, taken: &taken, today: day("2026-11-20"), year };
    let why = |text: &str, part| agenda.hindrance(&maria, day(text), part).map(|hindrance| hindrance.words(&maria.name, day(text)));
    insta::assert_snapshot!(
        [
            ("2026-11-19", DayPart::Whole),
            ("2026-11-25", DayPart::Whole),
            ("2026-11-28", DayPart::Whole),
            ("2026-12-01", DayPart::Whole),
            ("2026-12-02", DayPart::Whole),
            ("2026-12-03", DayPart::Whole),
            ("2026-12-04", DayPart::Whole),
            ("2026-12-07", DayPart::Whole),
            ("2026-12-08", DayPart::Whole),
            ("2027-07-01", DayPart::Whole),
            ("2026-12-08", DayPart::Afternoon),
        ]
        .map(|(text, part)| format!("{text} {}: {}", part.name(), why(text, part).unwrap_or_else(|| "free".to_owned())))
        .join("\n")
    );
    assert_eq!(agenda.next_free(&maria, day("2026-11-23"), DayPart::Whole), Some(day("2026-11-30")));
    assert_eq!(agenda.next_free(&maria, day("2026-12-01"), DayPart::Whole), Some(day("2026-12-09")));
    assert_eq!(agenda.next_free(&maria, day("2026-12-01"), DayPart::Afternoon), Some(day("2026-12-08")));
    assert_eq!(agenda.next_free(&maria, day("2027-07-01"), DayPart::Whole), None, "the order's year is over");
}

#[test]
fn half_days_count_half_of_a_coaching_day_and_a_visit_is_a_visit() {
    let booked = [DayPart::Whole, DayPart::Morning];
    let days = bookable(UnitOfMeasure::CoachingDay, 2, booked.into_iter());
    assert_eq!(days, Bookable { left: 1, halves: true });
    assert!(days.takes(DayPart::Afternoon) && !days.takes(DayPart::Whole));
    let visits = bookable(UnitOfMeasure::Visit, 3, booked.into_iter());
    assert_eq!(visits, Bookable { left: 1, halves: false });
    assert!(visits.takes(DayPart::Whole));
    assert_eq!(bookable(UnitOfMeasure::Day, 1, booked.into_iter()).left, 0, "handed back since");
}

#[test]
fn weekdays_are_switched_one_by_one() {
    let thursday_off = Weekdays::ALL.switched(4, false);
    assert!(thursday_off.has(3) && !thursday_off.has(4) && !thursday_off.has(0) && !thursday_off.has(6));
    assert_eq!(thursday_off.switched(4, true), Weekdays::ALL);
    assert!(Weekdays::ALL.holds(day("2026-12-04")) && !maria().weekdays.holds(day("2026-12-04")));
}

proptest! {
    #[test]
    fn a_day_that_is_offered_can_be_booked_and_none_before_it(
        from in 0i32..200,
        weekdays in 1u8..32,
        taken in prop::collection::vec((0i32..220, 0usize..3), 0..60),
        away in prop::collection::vec((0i32..220, 0i32..9, any::<bool>()), 0..8),
    ) {
        let (calendar, start) = (calendar(), day("2026-09-01"));
        let staff = Staff { weekdays: Weekdays(weekdays), ..maria() };
        let taken: Vec<Taken> = taken.into_iter()
            .map(|(offset, part)| Taken { staff: staff.id, day: start.plus_days(offset), part: DayPart::ALL[part] }).collect();
        let away: Vec<Away> = away.into_iter().map(|(first, length, unit)| {
            let (first, last) = (start.plus_days(first), start.plus_days(first + length));
            Away { staff: (!unit).then_some(staff.id), first, last, title: String::new() }
        }).collect();
        let agenda = Agenda { calendar: &calendar, away: &away, taken: &taken, today: start, year: (start, day("2027-06-30")) };
        let from = start.plus_days(from);
        for part in DayPart::ALL {
            let Some(found) = agenda.next_free(&staff, from, *part) else { continue };
            prop_assert!(agenda.hindrance(&staff, found, *part).is_none());
            prop_assert!((0..found.days_since(from)).all(|offset| agenda.hindrance(&staff, from.plus_days(offset), *part).is_some()));
        }
    }
}
