//! What a price must be before a menu may hold it.

use super::{PriceModel, QUANTITY_LIMIT};
use crate::catalog::choice::{ADD_ONS_LIMIT, AddOnCount, Extras, Reduction, YEARS_LIMIT};
use crate::error::FieldError;
use crate::money::{AMOUNT_LIMIT_CENTS, BasisPoints, Cents};

/// The most bands a price may have.
pub const BANDS_LIMIT: usize = 12;

/// Checks a price as a unit head wrote it; fields are named below `field`, e.g. `packages.1.content.price.bands.0.each`.
pub fn check_model(model: &PriceModel, field: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut say = |part: String, message: &str| wrong.push(FieldError::new(format!("{field}.{part}"), message));
    match model {
        PriceModel::Included => {}
        PriceModel::Flat { price } => positive(*price, "price", &mut say),
        PriceModel::PerPupil { base, each, floor, cap } => {
            if base.is_negative() || !within_limit(*base) {
                say("base".to_owned(), "The base cannot be below zero or beyond counting.");
            }
            per_head((*each, *floor, *cap), &mut say);
        }
        PriceModel::PerPost { each, floor, cap } => per_head((*each, *floor, *cap), &mut say),
        PriceModel::PostShare { full_time, usual_hundredths } => {
            positive(*full_time, "full_time", &mut say);
            if !(1..=QUANTITY_LIMIT).contains(usual_hundredths) {
                say("usual_hundredths".to_owned(), "The usual share is at least 1 hundredth; 40 is 0.4 of a position.");
            }
        }
        PriceModel::QuantityBands { measure: _, default_quantity, bands } => {
            let bands: Vec<(u32, Cents)> = bands.iter().map(|band| (band.from, band.each)).collect();
            check_bands(&bands, Bands { counts_orders: true, price: "each" }, &mut say);
            let least = bands.first().map_or(1, |(from, _)| *from);
            if !(1..=QUANTITY_LIMIT).contains(default_quantity) {
                say("default_quantity".to_owned(), "The usual quantity is between 1 and 10,000.");
            } else if *default_quantity < least {
                say("default_quantity".to_owned(), "The usual quantity is below what is sold at least.");
            }
        }
        PriceModel::EnrollmentBands { bands, up_to } => {
            let bands: Vec<(u32, Cents)> = bands.iter().map(|band| (band.from, band.price)).collect();
            check_bands(&bands, Bands { counts_orders: false, price: "price" }, &mut say);
            if up_to.is_some_and(|last| bands.last().is_some_and(|(from, _)| last < *from)) {
                say("up_to".to_owned(), "The largest school is smaller than the last band's first.");
            }
        }
        PriceModel::Brokered { provider_price, brokerage } => {
            positive(*provider_price, "provider_price", &mut say);
            share(*brokerage, "brokerage", &mut say);
        }
        PriceModel::CostPlus { cost, plus } => {
            if let Some(cost) = cost {
                positive(*cost, "cost", &mut say);
            }
            share(*plus, "plus", &mut say);
        }
        PriceModel::Quote => {}
    }
    wrong
}

/// Checks what is offered beside a price; fields are named below `field`, e.g. `packages.1.content.extras.add_ons.0.title`.
pub fn check_extras(extras: &Extras, field: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut say = |part: String, message: &str| wrong.push(FieldError::new(format!("{field}.{part}"), message));
    match extras.early.map(|early| early.less) {
        Some(Reduction::Share { share: off }) if !(1..=10_000).contains(&off.0) => {
            say("early.less".to_owned(), "Say how much less, above 0 and at most 100 %.");
        }
        Some(Reduction::Sum { sum }) => positive(sum, "early.less", &mut say),
        Some(Reduction::Share { .. }) | None => {}
    }
    for (at, term) in extras.terms.iter().enumerate() {
        if !(2..=YEARS_LIMIT).contains(&term.years) || extras.terms[..at].iter().any(|other| other.years == term.years) {
            say(format!("terms.{at}.years"), "A term is two or three years, each named once. One year is always offered.");
        }
        share(term.less, &format!("terms.{at}.less"), &mut say);
    }
    if extras.add_ons.len() > ADD_ONS_LIMIT {
        say("add_ons".to_owned(), "Please keep this to eight add-ons.");
    }
    for (at, add_on) in extras.add_ons.iter().enumerate() {
        if add_on.title.trim().is_empty() {
            say(format!("add_ons.{at}.title"), "Name the add-on.");
        }
        let unpriced = match &add_on.price {
            PriceModel::Included | PriceModel::Quote | PriceModel::CostPlus { cost: None, .. } => true,
            PriceModel::Flat { .. } | PriceModel::Brokered { .. } | PriceModel::QuantityBands { .. } => false,
            PriceModel::PostShare { .. } | PriceModel::CostPlus { .. } => false,
            // These are for the whole school, so they cannot be charged with each.
            PriceModel::PerPupil { .. } | PriceModel::PerPost { .. } | PriceModel::EnrollmentBands { .. } => {
                add_on.count == AddOnCount::WithEach
            }
        };
        if unpriced {
            say(format!("add_ons.{at}.price.model"), "An add-on has a price that is known beforehand; by school size it is charged once.");
        }
    }
    let priced = |(at, add_on): (usize, &crate::catalog::choice::AddOn)| check_model(&add_on.price, &format!("{field}.add_ons.{at}.price"));
    let prices: Vec<FieldError> = extras.add_ons.iter().enumerate().flat_map(priced).collect();
    wrong.extend(prices);
    wrong
}

fn per_head((each, floor, cap): (Cents, Option<Cents>, Option<Cents>), say: &mut impl FnMut(String, &str)) {
    positive(each, "each", say);
    if floor.is_some_and(|floor| floor.is_negative() || !within_limit(floor)) {
        say("floor".to_owned(), "The least price cannot be below zero or beyond counting.");
    }
    if let Some(cap) = cap {
        positive(cap, "cap", say);
        if floor.is_some_and(|floor| floor > cap) {
            say("cap".to_owned(), "The cap is below the least price. Raise it or lower the least price.");
        }
    }
}

fn share(share: BasisPoints, part: &str, say: &mut impl FnMut(String, &str)) {
    if !(0..=10_000).contains(&share.0) {
        say(part.to_owned(), "Write a share between 0 and 100 %.");
    }
}

fn within_limit(sum: Cents) -> bool {
    sum.get() <= AMOUNT_LIMIT_CENTS
}

fn positive(sum: Cents, part: &str, say: &mut impl FnMut(String, &str)) {
    if sum.get() < 1 || !within_limit(sum) {
        say(part.to_owned(), "Write a price above zero, such as 950.00. What is free is “Included”.");
    }
}

struct Bands {
    /// Nobody orders none; schools below the first band ask the unit.
    counts_orders: bool,
    /// What the form calls a band's price.
    price: &'static str,
}

fn check_bands(bands: &[(u32, Cents)], wanted: Bands, say: &mut impl FnMut(String, &str)) {
    if bands.is_empty() || bands.len() > BANDS_LIMIT {
        say("bands".to_owned(), "Write at least one band, and at most twelve.");
    }
    if wanted.counts_orders && bands.first().is_some_and(|(from, _)| *from == 0) {
        say("bands.0.from".to_owned(), "The first band starts at 1, or at what is sold at least.");
    }
    for (index, (from, price)) in bands.iter().enumerate() {
        positive(*price, &format!("bands.{index}.{}", wanted.price), say);
        if index > 0 && bands[index - 1].0 >= *from {
            say(format!("bands.{index}.from"), "Each band starts above the one before.");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{SchoolFacts, UnitOfMeasure, price};
    use super::*;
    use crate::catalog::choice::{AddOn, EarlyPrice, TermPrice};
    use crate::catalog::{EnrollmentBand, QuantityBand};
    fn bands(bands: &[(u32, i64)]) -> PriceModel {
        PriceModel::EnrollmentBands {
            bands: bands.iter().map(|(from, price)| EnrollmentBand { from: *from, price: Cents::new(*price) }).collect(),
            up_to: None,
        }
    }

    #[track_caller]
    fn refuses(model: &PriceModel, fields: &[&str]) {
        let found: Vec<String> = check_model(model, "p").into_iter().map(|error| error.field).collect();
        assert_eq!(found, fields);
    }

    #[test]
    fn a_price_that_cannot_work_is_refused_at_its_field() {
        let per_pupil =
            PriceModel::PerPupil { base: Cents::new(-1), each: Cents::ZERO, floor: Some(Cents::new(10)), cap: Some(Cents::new(5)) };
        refuses(&PriceModel::Included, &[]);
        refuses(&PriceModel::Flat { price: Cents::ZERO }, &["p.price"]);
        refuses(&per_pupil, &["p.base", "p.each", "p.cap"]);
        refuses(&bands(&[]), &["p.bands"]);
        refuses(&bands(&[(1, 5), (1, 0)]), &["p.bands.1.price", "p.bands.1.from"]);
        refuses(&bands(&[(51, 5)]), &[]);
        let none = PriceModel::QuantityBands { measure: UnitOfMeasure::Hour, default_quantity: 0, bands: Vec::new() };
        refuses(&none, &["p.bands", "p.default_quantity"]);
        refuses(&PriceModel::Brokered { provider_price: Cents::new(1), brokerage: BasisPoints(10_001) }, &["p.brokerage"]);
    }

    #[test]
    fn an_offer_beside_the_price_is_refused_at_its_field() {
        let extras = Extras {
            early: Some(EarlyPrice { until: "2027-05-15".parse().unwrap(), less: Reduction::Sum { sum: Cents::ZERO } }),
            terms: vec![TermPrice { years: 4, less: BasisPoints(0) }, TermPrice { years: 2, less: BasisPoints(-1) }],
            add_ons: vec![
                AddOn { key: 1, title: " ".to_owned(), count: AddOnCount::Once, price: PriceModel::Quote },
                AddOn { key: 2, title: "Kit".to_owned(), count: AddOnCount::WithEach, price: bands(&[(0, 5)]) },
                AddOn { key: 3, title: "Room".to_owned(), count: AddOnCount::Once, price: PriceModel::Flat { price: Cents::ZERO } },
            ],
            guaranteed: None,
        };
        let found: Vec<String> = check_extras(&extras, "x").into_iter().map(|error| error.field).collect();
        let expected = [
            "x.early.less",
            "x.terms.0.years",
            "x.terms.1.less",
            "x.add_ons.0.title",
            "x.add_ons.0.price.model",
            "x.add_ons.1.price.model",
            "x.add_ons.2.price.price",
        ];
        assert_eq!(found, expected);
        assert_eq!(check_extras(&Extras::default(), "x"), []);
    }

    proptest! {
        #[test]
        fn a_price_that_passes_the_check_prices_every_school(
            students in 1u32..5_000, quantity in 1u32..500, each in 1i64..1_000_000, steps in prop::collection::vec((1u32..50, 1i64..500_000), 0..5),
        ) {
            let mut from = 1;
            let mut quantity_bands = vec![QuantityBand { from, each: Cents::new(each) }];
            for (step, each) in steps {
                from += step;
                quantity_bands.push(QuantityBand { from, each: Cents::new(each) });
            }
            let enrollment_bands = quantity_bands.iter().map(|b| EnrollmentBand { from: b.from - 1, price: b.each }).collect();
            let by_quantity = PriceModel::QuantityBands { measure: UnitOfMeasure::Hour, default_quantity: 1, bands: quantity_bands };
            let by_enrollment = PriceModel::EnrollmentBands { bands: enrollment_bands, up_to: None };
            let facts = SchoolFacts { enrollment: students, ..SchoolFacts::default() };
            for (model, quantity) in [(by_quantity, quantity), (by_enrollment, 1)] {
                prop_assert_eq!(check_model(&model, "p"), Vec::new());
                prop_assert!(price(&model, quantity, &facts).is_ok());
            }
        }
    }
}
