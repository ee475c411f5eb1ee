//! Prices by example, and laws that hold for every price.
#![cfg(test)]

use proptest::prelude::*;

use super::*;
use crate::catalog::choice::{AddOn, AddOnCount, EarlyPrice, Extras, Reduction, TermPrice};
use crate::catalog::{Deliverable, EnrollmentBand, QuantityBand, Tier};

const LINCOLN: SchoolFacts =
    SchoolFacts { enrollment: 412, low_income: BasisPoints(7_800), english_learners: BasisPoints(3_100), posts: 19 };

fn coaching() -> PriceModel {
    let bands = [(1, 95_000), (11, 90_250), (21, 82_080)];
    let bands = bands.into_iter().map(|(from, each)| QuantityBand { from, each: Cents::new(each) }).collect();
    PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: 6, bands }
}

fn per_pupil(base: i64, each: i64, limits: (Option<i64>, Option<i64>)) -> PriceModel {
    PriceModel::PerPupil { base: Cents::new(base), each: Cents::new(each), floor: limits.0.map(Cents::new), cap: limits.1.map(Cents::new) }
}

fn bands(bands: &[(u32, i64)]) -> PriceModel {
    PriceModel::EnrollmentBands {
        bands: bands.iter().map(|(from, price)| EnrollmentBand { from: *from, price: Cents::new(*price) }).collect(),
        up_to: None,
    }
}

#[track_caller]
fn costs(model: &PriceModel, quantity: u32, total: &str, working: &str) {
    let priced = price(model, quantity, &LINCOLN).unwrap();
    assert_eq!((priced.total.to_string().as_str(), priced.working.as_str()), (total, working));
}

#[test]
fn every_price_shows_its_working() {
    costs(&PriceModel::Included, 1, "$0.00", "Guaranteed, no charge");
    costs(&PriceModel::Flat { price: Cents::new(480_000) }, 1, "$4,800.00", "One price for every school");
    costs(&PriceModel::Flat { price: Cents::new(29_500) }, 3, "$885.00", "3 × $295.00");
    costs(&coaching(), 1, "$950.00", "1 day × $950.00");
    costs(&coaching(), 10, "$9,500.00", "10 days × $950.00");
    costs(&coaching(), 15, "$13,537.50", "15 days × $902.50 — volume price");
    costs(&coaching(), 30, "$24,624.00", "30 days × $820.80 — volume price");
    costs(&per_pupil(70_000, 250, (None, None)), 1, "$1,730.00", "$700.00 + 412 students × $2.50");
    costs(&per_pupil(0, 250, (None, None)), 1, "$1,030.00", "412 students × $2.50");
    costs(&per_pupil(0, 250, (None, Some(90_000))), 1, "$900.00", "412 students × $2.50 = $1,030.00, capped at $900.00");
    costs(&per_pupil(0, 250, (Some(150_000), None)), 1, "$1,500.00", "412 students × $2.50 = $1,030.00, raised to the least of $1,500.00");
    costs(&bands(&[(0, 100_000), (300, 150_000), (600, 200_000)]), 1, "$1,500.00", "Price for schools of 300 to 599 students");
    costs(&bands(&[(0, 100_000), (300, 150_000)]), 1, "$1,500.00", "Price for schools of 300 students or more");
    let brokered = PriceModel::Brokered { provider_price: Cents::new(427_500), brokerage: BasisPoints(1_500) };
    costs(&brokered, 1, "$4,916.25", "$4,275.00 + 15 % brokerage");
    costs(&brokered, 2, "$9,832.50", "2 × $4,275.00 + 15 % brokerage");
}

#[test]
fn a_missing_fact_or_band_is_an_error_and_never_a_guess() {
    let unknown = SchoolFacts::default();
    assert_eq!(price(&per_pupil(0, 250, (None, None)), 1, &unknown), Err(PriceError::EnrollmentUnknown));
    assert_eq!(price(&bands(&[(0, 100)]), 1, &unknown), Err(PriceError::EnrollmentUnknown));
    assert_eq!(price(&bands(&[(500, 100)]), 1, &LINCOLN), Err(PriceError::EnrollmentOutsideBands { enrollment: 412 }));
    assert_eq!(price(&coaching(), 0, &LINCOLN), Err(PriceError::QuantityMissing));
    assert_eq!(price(&coaching(), QUANTITY_LIMIT + 1, &LINCOLN), Err(PriceError::QuantityTooLarge));
    assert_eq!(price(&bands(&[(0, 100)]), 2, &LINCOLN), Err(PriceError::OncePerSchool));
    assert_eq!(price(&PriceModel::Included, 2, &LINCOLN), Err(PriceError::OncePerSchool));
    assert_eq!(price(&PriceModel::Flat { price: Cents::new(AMOUNT_LIMIT_CENTS) }, 2, &LINCOLN), Err(PriceError::TooLarge));
}

fn package(price: PriceModel) -> PackageContent {
    PackageContent {
        tier: Tier::Plus,
        name: String::new(),
        for_whom: String::new(),
        adds: Vec::new(),
        deliverables: Vec::new(),
        price,
        capacity: None,
        starts: None,
        extras: Extras::default(),
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn card(models: &[PriceModel]) -> CardPrice {
    let tiers: Vec<PackageContent> = models.iter().cloned().map(package).collect();
    from_price(&tiers, &LINCOLN, day("2026-11-21"))
}

#[test]
fn a_card_shows_the_lowest_price_that_is_not_free() {
    let flat = |cents| PriceModel::Flat { price: Cents::new(cents) };
    assert_eq!(card(&[PriceModel::Included, coaching(), flat(900_000)]), CardPrice::From(Cents::new(570_000)));
    assert_eq!(card(&[PriceModel::Included, flat(900_000)]), CardPrice::Exactly(Cents::new(900_000)));
    assert_eq!(card(&[PriceModel::Included]), CardPrice::Included);
    let far = bands(&[(500, 100)]);
    assert_eq!(card(&[far.clone()]), CardPrice::Unknown(PriceError::EnrollmentOutsideBands { enrollment: 412 }));
    assert_eq!(card(&[far, flat(100)]), CardPrice::From(Cents::new(100)));
    assert_eq!(card(&[PriceModel::Quote]), CardPrice::Unknown(PriceError::QuoteNeeded));
}

#[test]
fn posts_shares_and_costs_show_their_working() {
    let cents = Cents::new;
    let per_post = |floor| PriceModel::PerPost { each: cents(2_601), floor, cap: None };
    costs(&per_post(None), 1, "$494.19", "19 posts × $26.01");
    costs(&per_post(Some(cents(60_000))), 1, "$600.00", "19 posts × $26.01 = $494.19, raised to the least of $600.00");
    assert_eq!(price(&per_post(None), 1, &SchoolFacts { enrollment: 5, ..SchoolFacts::default() }), Err(PriceError::PostsUnknown));
    let share = PriceModel::PostShare { full_time: cents(11_850_000), usual_hundredths: 40 };
    costs(&share, 40, "$47,400.00", "0.4 of a position × $118,500.00 for a full position");
    costs(&share, 100, "$118,500.00", "1 position × $118,500.00 for a full position");
    costs(&share, 125, "$148,125.00", "1.25 positions × $118,500.00 for a full position");
    assert_eq!(default_quantity(&share), 40);
    let plus = |cost| PriceModel::CostPlus { cost, plus: BasisPoints(500) };
    costs(&plus(Some(cents(100_000))), 1, "$1,050.00", "$1,000.00 + 5 % on top");
    assert_eq!(price(&plus(None), 1, &LINCOLN), Err(PriceError::CostUnknown { plus: BasisPoints(500) }));
    assert_eq!(price(&PriceModel::Quote, 1, &LINCOLN), Err(PriceError::QuoteNeeded));
}

#[test]
fn what_is_sold_at_least_and_to_whom_at_most_is_said() {
    let least = PriceModel::QuantityBands {
        measure: UnitOfMeasure::Hour,
        default_quantity: 2,
        bands: vec![QuantityBand { from: 2, each: Cents::new(7_600) }],
    };
    costs(&least, 2, "$152.00", "2 hours × $76.00");
    assert_eq!(price(&least, 1, &LINCOLN), Err(PriceError::BelowMinimum { least: 2 }));
    let limited =
        |up_to| PriceModel::EnrollmentBands { bands: vec![EnrollmentBand { from: 0, price: Cents::new(100) }], up_to: Some(up_to) };
    costs(&limited(412), 1, "$1.00", "Price for schools of 0 to 412 students");
    assert_eq!(price(&limited(411), 1, &LINCOLN), Err(PriceError::EnrollmentOutsideBands { enrollment: 412 }));
}

#[test]
fn brokerage_stands_on_a_line_of_its_own() {
    let brokered = PriceModel::Brokered { provider_price: Cents::new(427_500), brokerage: BasisPoints(1_500) };
    let lines = price(&brokered, 1, &LINCOLN).unwrap().lines;
    let seen: Vec<(&str, i64)> = lines.iter().map(|line| (line.title.as_str(), line.amount.get())).collect();
    assert_eq!(seen, [("Provider's price", 427_500), ("Brokerage", 64_125)]);
}

fn rich() -> PackageContent {
    let add_on = |key, title: &str, count, price| AddOn { key, title: title.to_owned(), count, price };
    let extras = Extras {
        early: Some(EarlyPrice { until: day("2026-11-30"), less: Reduction::Share { share: BasisPoints(1_000) } }),
        terms: vec![TermPrice { years: 3, less: BasisPoints(500) }],
        add_ons: vec![
            add_on(1, "Materials kit", AddOnCount::WithEach, PriceModel::Flat { price: Cents::new(800) }),
            add_on(4, "Family night", AddOnCount::Once, PriceModel::Flat { price: Cents::new(25_000) }),
        ],
        guaranteed: None,
    };
    PackageContent { extras, ..package(coaching()) }
}

fn rich_price(quantity: u32, choices: &Choices, on: &str) -> Result<Priced, PriceError> {
    price_of(&rich(), quantity, choices, &Buying { facts: &LINCOLN, day: day(on), quote: None })
}

#[test]
fn early_price_term_and_add_ons_are_lines_of_the_working() {
    let all = Choices { years: 3, add_ons: vec![1, 4] };
    let priced = rich_price(10, &all, "2026-11-30").unwrap();
    let amounts: Vec<i64> = priced.lines.iter().map(|line| line.amount.get()).collect();
    assert_eq!(amounts, [950_000, -95_000, -42_750, 8_000, 25_000]);
    assert_eq!(priced.total, Cents::new(845_250));
    assert_eq!(
        priced.working,
        "10 days × $950.00; Early price until 30 Nov 2026 -$950.00; 3-year term, the price stays -$427.50; Materials kit +$80.00; Family night +$250.00"
    );
    let late = rich_price(10, &Choices::default(), "2026-12-01").unwrap();
    assert_eq!((late.total, late.working.as_str()), (Cents::new(950_000), "10 days × $950.00"));
}

#[test]
fn what_is_not_offered_is_refused() {
    let years = Choices { years: 2, add_ons: Vec::new() };
    assert_eq!(rich_price(1, &years, "2027-01-01"), Err(PriceError::TermNotOffered { years: 2 }));
    let gone = Choices { years: 1, add_ons: vec![9] };
    assert_eq!(rich_price(1, &gone, "2027-01-01"), Err(PriceError::AddOnNotOffered));
    assert_eq!(Choices { years: 2, add_ons: vec![1, 9] }.offered_by(&rich().extras), Choices { years: 1, add_ons: vec![1] });
    assert_eq!(Choices::default().switched(4, true).switched(1, true).switched(4, false).add_ons, [1]);
}

#[test]
fn a_quote_stands_in_place_of_a_price_on_request_and_of_no_other() {
    let quoted = |model| {
        price_of(&package(model), 1, &Choices::default(), &Buying { facts: &LINCOLN, day: day("2027-01-01"), quote: Some(Cents::new(5)) })
    };
    assert_eq!(quoted(PriceModel::Quote).map(|priced| priced.total), Ok(Cents::new(5)));
    assert_eq!(quoted(PriceModel::Flat { price: Cents::new(9) }).map(|priced| priced.total), Ok(Cents::new(9)));
}

#[test]
fn a_volume_price_that_costs_less_is_pointed_out() {
    assert_eq!(cheaper_quantity(&coaching(), 20), Some((21, Cents::new(1_723_680))));
    assert_eq!(cheaper_quantity(&coaching(), 15), None);
    assert_eq!(cheaper_quantity(&PriceModel::Included, 1), None);
}

#[test]
fn units_are_counted_over_all_deliverables() {
    let of = |quantity| Deliverable { title: "Visit".to_owned(), quantity, measure: UnitOfMeasure::Visit };
    let flat = PriceModel::Flat { price: Cents::new(1) };
    let with =
        |deliverables: &[Deliverable], price: &PriceModel| PackageContent { deliverables: deliverables.to_vec(), ..package(price.clone()) };
    assert_eq!(ordered_units(&with(&[of(6), of(2)], &flat), 1), Some(8));
    assert_eq!(ordered_units(&with(&[of(1)], &flat), 15), Some(15));
    assert_eq!(ordered_units(&with(&[], &flat), 2), Some(2));
    assert_eq!(ordered_units(&with(&[of(u32::MAX), of(1)], &flat), 1), None);
    let share = PriceModel::PostShare { full_time: Cents::new(100), usual_hundredths: 40 };
    assert_eq!(ordered_units(&with(&[of(10)], &share), 40), Some(10));
}

proptest! {
    #[test]
    fn deliveries_sum_to_the_price(total in 0i64..100_000_000, units in 1u32..400) {
        let parts = delivery_amounts(Cents::new(total), units);
        prop_assert_eq!(parts.iter().copied().sum::<Cents>(), Cents::new(total));
        prop_assert_eq!(parts.len(), units as usize);
        let (least, most) = (parts.iter().min().unwrap().get(), parts.iter().max().unwrap().get());
        prop_assert!(most - least <= 1);
    }

    #[test]
    fn more_students_never_cost_less(base in 0i64..100_000, each in 1i64..5_000, students in 1u32..4_000, more in 0u32..500) {
        let model = per_pupil(base, each, (Some(50_000), Some(900_000)));
        let at = |enrollment| price(&model, 1, &SchoolFacts { enrollment, ..SchoolFacts::default() }).unwrap().total;
        prop_assert!(at(students) <= at(students + more));
    }

    #[test]
    fn the_lines_sum_to_the_total_and_a_reduction_never_turns_it_round(
        quantity in 1u32..300, share in 0i64..=10_000, sum in 1i64..5_000_000, less in 0i64..=10_000, kit in 1i64..100_000, taken in 0u8..4,
        by_share in proptest::bool::ANY,
    ) {
        let reduction = if by_share { Reduction::Share { share: BasisPoints(share) } } else { Reduction::Sum { sum: Cents::new(sum) } };
        let add_on = |key, count| AddOn { key, title: "Kit".to_owned(), count, price: PriceModel::Flat { price: Cents::new(kit) } };
        let extras = Extras {
            early: Some(EarlyPrice { until: day("2026-11-30"), less: reduction }),
            terms: vec![TermPrice { years: 2, less: BasisPoints(less) }],
            add_ons: vec![add_on(1, AddOnCount::Once), add_on(2, AddOnCount::WithEach)],
            guaranteed: None,
        };
        let add_ons: Vec<u16> = [1u16, 2].into_iter().filter(|key| taken & (1 << (key - 1)) != 0).collect();
        let content = PackageContent { extras, ..package(coaching()) };
        let buying = Buying { facts: &LINCOLN, day: day("2026-11-01"), quote: None };
        let plain = price(&content.price, quantity, &LINCOLN).unwrap();
        let priced = price_of(&content, quantity, &Choices { years: 2, add_ons: add_ons.clone() }, &buying).unwrap();
        prop_assert_eq!(priced.lines.iter().map(|line| line.amount).sum::<Cents>(), priced.total);
        let own: Cents = priced.lines.iter().take(3).map(|line| line.amount).sum();
        prop_assert!(!own.is_negative() && own <= plain.total);
        prop_assert_eq!(priced.lines.len(), 3 + add_ons.len());
    }

    #[test]
    fn a_larger_share_of_a_position_never_costs_less_and_a_hundred_hundredths_are_one(full_time in 1i64..50_000_000, share in 1u32..400, more in 0u32..200) {
        let model = PriceModel::PostShare { full_time: Cents::new(full_time), usual_hundredths: 40 };
        let at = |hundredths| price(&model, hundredths, &LINCOLN).unwrap().total;
        prop_assert!(at(share) <= at(share + more));
        prop_assert_eq!(at(100), Cents::new(full_time));
    }

    #[test]
    fn what_brokers_and_costs_add_is_what_the_lines_say(cost in 1i64..10_000_000, share in 0i64..=10_000, quantity in 1u32..50) {
        let plus = PriceModel::CostPlus { cost: Some(Cents::new(cost)), plus: BasisPoints(share) };
        let brokered = PriceModel::Brokered { provider_price: Cents::new(cost), brokerage: BasisPoints(share) };
        for model in [plus, brokered] {
            let priced = price(&model, quantity, &LINCOLN).unwrap();
            prop_assert_eq!(priced.lines[0].amount, Cents::new(cost * i64::from(quantity)));
            prop_assert_eq!(priced.lines[0].amount.saturating_add(priced.lines[1].amount), priced.total);
        }
    }
}
