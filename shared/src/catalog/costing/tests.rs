//! The seller's sums, by cases and laws.

use proptest::prelude::*;

use super::*;
use crate::catalog::choice::Extras;
use crate::catalog::{QuantityBand, Tier, UnitOfMeasure};

fn costing(staff_hundredths: u32, day_rate: i64, materials: i64, overhead: i64, margin: i64) -> Costing {
    Costing {
        staff_hundredths,
        day_rate: Cents::new(day_rate),
        materials: Cents::new(materials),
        overhead: BasisPoints(overhead),
        margin: BasisPoints(margin),
    }
}

fn package(price: PriceModel, capacity: Option<u32>) -> PackageContent {
    PackageContent {
        tier: Tier::Plus,
        name: String::new(),
        for_whom: String::new(),
        adds: Vec::new(),
        deliverables: Vec::new(),
        price,
        capacity,
        starts: None,
        extras: Extras::default(),
    }
}

fn by_day(each: i64, usual: u32) -> PriceModel {
    let bands = vec![QuantityBand { from: 1, each: Cents::new(each) }];
    PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: usual, bands }
}

fn day() -> Date {
    "2026-11-27".parse().unwrap()
}

fn school(enrollment: u32) -> SchoolFacts {
    SchoolFacts { enrollment, ..SchoolFacts::default() }
}

#[test]
fn a_cost_is_staff_materials_and_a_share_for_the_office() {
    // A day and a quarter at $480.00, $20.00 of materials, 15 % on top.
    let cost = costing(125, 48_000, 2_000, 1_500, 0).unit_cost().unwrap();
    assert_eq!((cost.staff, cost.materials), (Cents::new(60_000), Cents::new(2_000)));
    assert_eq!((cost.overhead, cost.total), (Cents::new(9_300), Cents::new(71_300)));
}

#[test]
fn the_suggested_price_leaves_the_margin_in_whole_dollars() {
    assert_eq!(costing(125, 48_000, 2_000, 1_500, 0).suggested(), Some(Cents::new(71_300)));
    assert_eq!(costing(100, 90_000, 0, 0, 1_000).suggested(), Some(Cents::new(100_000)));
    assert_eq!(costing(100, 90_001, 0, 0, 1_000).suggested(), Some(Cents::new(100_100)));
    assert_eq!(costing(100, 90_000, 0, 0, 10_000).suggested(), None);
}

#[test]
fn an_order_says_what_is_left_of_its_price() {
    let costing = costing(100, 70_000, 5_000, 0, 0);
    let found = costing.economics(&package(by_day(95_000, 6), Some(60)), &school(412), day()).unwrap();
    assert_eq!((found.price, found.cost, found.left), (Cents::new(570_000), Cents::new(450_000), Cents::new(120_000)));
    assert_eq!(found.margin, BasisPoints(2_105));
    let free = costing.economics(&package(PriceModel::Included, None), &school(412), day()).unwrap();
    assert_eq!((free.left, free.margin), (Cents::new(-75_000), BasisPoints(0)));
    assert_eq!(costing.economics(&package(PriceModel::Quote, None), &school(412), day()), Err(PriceError::QuoteNeeded));
}

#[test]
fn staff_counts_for_all_that_can_be_delivered_materials_for_what_is_sold() {
    let costing = costing(100, 70_000, 5_000, 0, 0);
    let days = |each, capacity| costing.break_even(&package(by_day(each, 6), capacity), &school(412), day()).unwrap();
    // 60 days of staff cost $42,000.00; each sold day brings $950.00 less $50.00: 46.7 days.
    assert_eq!(days(95_000, Some(60)), BreakEven::At { sold: 47, capacity: 60 });
    // Sold out at $700.00 a day it lacks $50.00 a day.
    assert_eq!(days(70_000, Some(60)), BreakEven::Never { short: Cents::new(300_000) });
    assert_eq!(days(95_000, None), BreakEven::CapacityUnknown);
}

#[test]
fn a_share_of_a_position_costs_its_share() {
    let costing = costing(18_000, 50_000, 0, 0, 0);
    let position = PriceModel::PostShare { full_time: Cents::new(10_000_000), usual_hundredths: 40 };
    let found = costing.economics(&package(position.clone(), Some(200)), &school(412), day()).unwrap();
    assert_eq!((found.price, found.cost), (Cents::new(4_000_000), Cents::new(3_600_000)));
    let carried = costing.break_even(&package(position, Some(200)), &school(412), day()).unwrap();
    assert_eq!(carried, BreakEven::At { sold: 180, capacity: 200 });
}

#[test]
fn costs_that_cannot_be_are_refused_at_their_field() {
    let fields: Vec<String> = check_costing(&costing(200_001, -1, 0, 10_001, 10_000), "c").into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["c.staff_hundredths", "c.day_rate", "c.overhead", "c.margin"]);
    assert_eq!(check_costing(&Costing::default(), "c"), []);
}

#[test]
fn the_smallest_and_the_largest_school_are_found_among_those_counted() {
    let schools = [school(0), school(412), school(96), school(1_800), school(96)];
    assert_eq!(smallest_and_largest(&schools), Some((2, 3)));
    assert_eq!(smallest_and_largest(&[school(0)]), None);
}

proptest! {
    #[test]
    fn the_parts_of_a_cost_sum_to_it_and_the_suggestion_covers_it(
        staff in 0u32..=100_000, rate in 0i64..500_000, materials in 0i64..10_000_000, overhead in 0i64..=10_000, margin in 0i64..9_000,
    ) {
        let costing = costing(staff, rate, materials, overhead, margin);
        let cost = costing.unit_cost().unwrap();
        prop_assert_eq!(cost.staff.get() + cost.materials.get() + cost.overhead.get(), cost.total.get());
        if let Some(price) = costing.suggested() {
            prop_assert!(price >= cost.total);
            let left = i128::from(price.get() - cost.total.get());
            prop_assert!(left * 10_000 >= i128::from(price.get()) * i128::from(margin));
        }
    }

    #[test]
    fn at_break_even_the_staff_is_paid_and_one_less_does_not_pay_it(
        staff in 1u32..2_000, rate in 1i64..100_000, materials in 0i64..50_000, each in 1i64..500_000, capacity in 1u32..500,
    ) {
        let costing = costing(staff, rate, materials, 0, 0);
        let cost = costing.unit_cost().unwrap();
        let content = package(by_day(each, 1), Some(capacity));
        let left = |sold: u32| i64::from(sold) * (each - materials) - cost.staff.get() * i64::from(capacity);
        match costing.break_even(&content, &school(1), day()).unwrap() {
            BreakEven::At { sold, .. } => {
                prop_assert!(left(sold) >= 0);
                prop_assert!(sold == 0 || left(sold - 1) < 0);
            }
            BreakEven::Never { short } => {
                prop_assert!(left(capacity) < 0);
                prop_assert_eq!(short.get(), -left(capacity));
            }
            BreakEven::CapacityUnknown => prop_assert!(false),
        }
    }
}
