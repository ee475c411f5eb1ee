//! Renewals by cases.

use super::*;
use crate::catalog::Tier;
use crate::catalog::checklist::testing::ready;
use crate::fiscal::FiscalCalendar;

const OPEN: (RoundPhase, bool, RenewalState) = (RoundPhase::Open, false, RenewalState::Open);

fn published(cents: i64) -> NextYear {
    let (title, tier_name, working) = (String::new(), String::new(), String::new());
    NextYear::Published { title, tier_name, price: Cents::new(cents), working, changes: Vec::new() }
}

#[test]
fn a_term_of_three_years_goes_on_twice() {
    let on: Vec<bool> = (1..=4).map(|year| goes_on(year, 3)).collect();
    assert_eq!(on, [true, true, false, false]);
    assert!(!goes_on(1, 1));
}

#[test]
fn the_round_is_open_on_its_first_and_last_day() {
    let dates = YearlyDates::of(FiscalYear(2026), FiscalCalendar::default(), &[]);
    let on = |day: &str| round_phase(&dates, day.parse().unwrap());
    assert_eq!((on("2027-02-28"), on("2027-03-01")), (RoundPhase::Before, RoundPhase::Open));
    assert_eq!((on("2027-04-15"), on("2027-04-16")), (RoundPhase::Open, RoundPhase::Over));
}

#[test]
fn each_answer_is_taken_in_the_window_and_nothing_after_it() {
    let (renew, change, drop) = (RenewalAnswer::Renew, RenewalAnswer::Change, RenewalAnswer::Drop);
    let next = published(50_000);
    assert_eq!(answered(OPEN, &next, (renew, 0, ""), 6), Ok(RenewalState::Renewed));
    assert_eq!(answered(OPEN, &next, (change, 4, ""), 6), Ok(RenewalState::Changed));
    assert_eq!(answered(OPEN, &next, (change, 6, ""), 6), Err(AnswerRefusal::Quantity));
    assert_eq!(answered(OPEN, &next, (change, 0, ""), 6), Err(AnswerRefusal::Quantity));
    assert_eq!(answered(OPEN, &next, (drop, 6, ""), 6), Err(AnswerRefusal::ReasonMissing));
    assert_eq!(answered(OPEN, &next, (drop, 6, "We do it ourselves."), 6), Ok(RenewalState::Dropped));
    for phase in [RoundPhase::Before, RoundPhase::Over] {
        assert_eq!(answered((phase, false, RenewalState::Open), &next, (renew, 0, ""), 6), Err(AnswerRefusal::NotOpen(phase)));
    }
    let in_cart = (RoundPhase::Open, true, RenewalState::Renewed);
    assert_eq!(answered(in_cart, &next, (drop, 0, "Late."), 6), Err(AnswerRefusal::Settled));
    // The last day was set later: what lapsed can be answered after all.
    let lapsed = (RoundPhase::Open, false, RenewalState::Lapsed);
    assert_eq!(answered(lapsed, &next, (renew, 0, ""), 6), Ok(RenewalState::Renewed));
}

#[test]
fn what_is_retired_or_has_no_price_is_dropped_and_never_renewed() {
    let retired = NextYear::Retired { in_term: false };
    let priceless = NextYear::NoPrice { why: "Ask the unit.".to_owned() };
    let renew = |next: &NextYear| answered(OPEN, next, (RenewalAnswer::Renew, 0, ""), 6);
    assert_eq!((renew(&retired), renew(&priceless)), (Err(AnswerRefusal::Retired), Err(AnswerRefusal::NoPrice)));
    assert_eq!(answered(OPEN, &retired, (RenewalAnswer::Drop, 0, "Gone."), 6), Ok(RenewalState::Dropped));
}

fn line(state: RenewalState, next: NextYear) -> RenewalLine {
    RenewalLine {
        order: crate::id::Id::from_bits(1),
        version: 1,
        number: 1_001,
        school: SchoolRef { id: crate::id::Id::from_bits(1), name: String::new() },
        unit: UnitRef { id: crate::id::Id::from_bits(1), name: String::new() },
        title: String::new(),
        tier_name: String::new(),
        quantity: 6,
        measure: UnitOfMeasure::CoachingDay,
        goal: None,
        goal_stays: true,
        price_now: Cents::new(10_000),
        next,
        stars: None,
        state,
        wanted: 6,
        reason: String::new(),
        answered: None,
        draft: None,
    }
}

#[test]
fn the_sum_of_next_year_holds_what_goes_on_or_may() {
    let lines = vec![
        line(RenewalState::Open, published(1_000)),
        line(RenewalState::Renewed, published(200)),
        line(RenewalState::Dropped, published(30)),
        line(RenewalState::Lapsed, published(4)),
        line(RenewalState::Open, NextYear::Retired { in_term: false }),
    ];
    let school = SchoolRef { id: crate::id::Id::from_bits(1), name: String::new() };
    let (opens, closes, begins, money) = (None, None, None, None);
    let view = RenewalsView { school, year: FiscalYear(2027), phase: RoundPhase::Open, opens, closes, begins, may: true, lines, money };
    assert_eq!((view.totals(), view.waiting()), ((Cents::new(50_000), Cents::new(1_200)), 1));
}

#[test]
fn days_that_moved_by_a_year_and_prices_are_no_change_and_a_new_name_is() {
    let before = ready();
    let mut after = for_next_year(&before);
    after.packages[0].content.capacity = Some(99);
    after.packages[0].content.price = crate::catalog::PriceModel::Flat { price: Cents::new(1) };
    let (old, new) = (&before, after.clone());
    let told = |new: &ServiceDraft| {
        let changes = changes((&old.content, &old.packages[0].content), (&new.content, &new.packages[0].content));
        changes.into_iter().map(|change| (change.label, change.after)).collect::<Vec<_>>()
    };
    assert_eq!(told(&new), []);
    after.packages[0].content.tier = Tier::Intensive;
    after.content.outcome = "More.".to_owned();
    let name = after.packages[0].content.shown_name().to_owned();
    assert_eq!(
        told(&after),
        [(catalog_words::TIER_NAME.to_owned(), name), (catalog_words::OUTCOME.to_owned(), "More.".to_owned())]
    );
}
