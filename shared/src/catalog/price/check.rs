//! What a price must be before a menu may hold it.

use super::{PriceModel, QUANTITY_LIMIT};
use crate::error::FieldError;
use crate::money::{AMOUNT_LIMIT_CENTS, Cents};

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
            positive(*each, "each", &mut say);
            if base.is_negative() || !within_limit(*base) {
                say("base".to_owned(), "The base cannot be below zero or beyond counting.");
            }
            if floor.is_some_and(|floor| floor.is_negative() || !within_limit(floor)) {
                say("floor".to_owned(), "The least price cannot be below zero or beyond counting.");
            }
            if let Some(cap) = cap {
                positive(*cap, "cap", &mut say);
                if floor.is_some_and(|floor| floor > *cap) {
                    say("cap".to_owned(), "The cap is below the least price. Raise it or lower the least price.");
                }
            }
        }
        PriceModel::QuantityBands { measure: _, default_quantity, bands } => {
            let bands: Vec<(u32, Cents)> = bands.iter().map(|band| (band.from, band.each)).collect();
            check_bands(&bands, Bands { first: 1, price: "each" }, &mut say);
            if !(1..=QUANTITY_LIMIT).contains(default_quantity) {
                say("default_quantity".to_owned(), "The usual quantity is between 1 and 10,000.");
            }
        }
        PriceModel::EnrollmentBands { bands } => {
            let bands: Vec<(u32, Cents)> = bands.iter().map(|band| (band.from, band.price)).collect();
            check_bands(&bands, Bands { first: 0, price: "price" }, &mut say);
        }
        PriceModel::Brokered { provider_price, brokerage } => {
            positive(*provider_price, "provider_price", &mut say);
            if !(0..=10_000).contains(&brokerage.0) {
                say("brokerage".to_owned(), "Brokerage is between 0 and 100 %.");
            }
        }
    }
    wrong
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
    first: u32,
    /// What the form calls a band's price.
    price: &'static str,
}

fn check_bands(bands: &[(u32, Cents)], wanted: Bands, say: &mut impl FnMut(String, &str)) {
    if bands.is_empty() || bands.len() > BANDS_LIMIT {
        say("bands".to_owned(), "Write at least one band, and at most twelve.");
    }
    if bands.first().is_some_and(|(from, _)| *from != wanted.first) {
        say(
            "bands.0.from".to_owned(),
            if wanted.first == 0 { "The first band starts at 0 students." } else { "The first band starts at 1." },
        );
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

    use super::super::{EnrollmentBand, QuantityBand, SchoolFacts, UnitOfMeasure, price};
    use super::*;
    use crate::money::BasisPoints;

    fn bands(bands: &[(u32, i64)]) -> PriceModel {
        PriceModel::EnrollmentBands {
            bands: bands.iter().map(|(from, price)| EnrollmentBand { from: *from, price: Cents::new(*price) }).collect(),
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
        refuses(&per_pupil, &["p.each", "p.base", "p.cap"]);
        refuses(&bands(&[]), &["p.bands"]);
        refuses(&bands(&[(1, 5), (1, 0)]), &["p.bands.0.from", "p.bands.1.price", "p.bands.1.from"]);
        let none = PriceModel::QuantityBands { measure: UnitOfMeasure::Hour, default_quantity: 0, bands: Vec::new() };
        refuses(&none, &["p.bands", "p.default_quantity"]);
        refuses(&PriceModel::Brokered { provider_price: Cents::new(1), brokerage: BasisPoints(10_001) }, &["p.brokerage"]);
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
            let by_enrollment = PriceModel::EnrollmentBands { bands: enrollment_bands };
            let facts = SchoolFacts { enrollment: students, ..SchoolFacts::default() };
            for (model, quantity) in [(by_quantity, quantity), (by_enrollment, 1)] {
                prop_assert_eq!(check_model(&model, "p"), Vec::new());
                prop_assert!(price(&model, quantity, &facts).is_ok());
            }
        }
    }
}
