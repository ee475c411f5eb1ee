//! Versions side by side, by cases.

use super::*;
use crate::catalog::checklist::testing::ready;
use crate::catalog::{QuantityBand, UnitOfMeasure};

#[test]
fn equal_versions_have_no_change_and_name_every_field_once() {
    let draft = ready();
    let pairs = side_by_side(Some(&draft), Some(&draft));
    assert!(pairs.iter().all(|pair| !pair.changed()));
    let names: BTreeSet<(Option<&TierName>, &str)> = pairs.iter().map(|pair| (pair.tier.as_ref(), pair.label.as_str())).collect();
    assert_eq!(names.len(), pairs.len());
    assert!(pairs.len() > 10);
}

#[test]
fn what_changed_is_marked_and_prices_are_told_apart() {
    let before = ready();
    let mut after = before.clone();
    after.content.outcome = "More.".to_owned();
    after.packages[0].content.price = PriceModel::Flat { price: Cents::new(120_000) };
    after.packages[0].content.capacity = None;
    let changed: Vec<Pair> = side_by_side(Some(&before), Some(&after)).into_iter().filter(Pair::changed).collect();
    let told: Vec<(&str, &str, &str)> =
        changed.iter().map(|pair| (pair.label.as_str(), pair.before.as_str(), pair.after.as_str())).collect();
    assert_eq!(told, [(words::OUTCOME, "Words.", "More."), (words::PRICE, "$1,000.00", "$1,200.00"), (words::CAPACITY, "5", ""),]);
    assert_eq!(changed.iter().map(Pair::is_price).collect::<Vec<_>>(), [false, true, false]);
}

#[test]
fn a_new_and_a_retired_tier_stand_on_one_side() {
    let before = ready();
    let mut after = before.clone();
    after.packages[0].content.tier = Tier::Plus;
    let pairs = side_by_side(Some(&before), Some(&after));
    let of = |rung: Tier| pairs.iter().filter(move |pair| pair.tier.as_ref().is_some_and(|tier| tier.0 == rung));
    assert!(of(Tier::Essential).all(|pair| pair.after.is_empty()));
    assert!(of(Tier::Plus).all(|pair| pair.before.is_empty()));
    assert!(side_by_side(None, Some(&after)).iter().all(|pair| pair.before.is_empty()));
}

#[test]
fn a_price_reads_the_same_for_every_school() {
    let bands = vec![QuantityBand { from: 1, each: Cents::new(95_000) }, QuantityBand { from: 11, each: Cents::new(90_250) }];
    let by_day = PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: 6, bands };
    assert_eq!(model(&by_day), "$950.00 a day; from 11: $902.50");
    let per_post = PriceModel::PerPost { each: Cents::new(2_601), floor: Some(Cents::new(30_600)), cap: None };
    assert_eq!(model(&per_post), "$26.01 a post, at least $306.00");
}
