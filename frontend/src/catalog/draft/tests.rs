//! The editor's fields by example.
#![cfg(test)]

use shared::catalog::choice::{AddOn, AddOnCount, EarlyPrice, Extras, Reduction, TermPrice};
use shared::catalog::{EnrollmentBand, PriceModel, QuantityBand};

use super::*;

fn draft(price: PriceModel) -> ServiceDraft {
    let content = ServiceContent {
        title: "Number talks".to_owned(),
        category: Category::Curriculum,
        span: GradeSpan::Elementary,
        subjects: vec!["mathematics".to_owned(), "discussion".to_owned()],
        value_statement: "Ten minutes a day.".to_owned(),
        outcome: "More voices.".to_owned(),
        evidence: "Twelve rooms.".to_owned(),
        prerequisites: "Nothing.".to_owned(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 10 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(750), hand_back_until: "2027-03-31".parse().ok() },
        provider: Some("Bay Math Project".to_owned()),
    };
    let add_on = AddOn { key: 4, title: "Kit".to_owned(), count: AddOnCount::WithEach, price: PriceModel::Flat { price: Cents::new(800) } };
    let early = EarlyPrice { until: "2027-05-15".parse().unwrap(), less: Reduction::Share { share: BasisPoints(1_000) } };
    let extras =
        Extras { early: Some(early), terms: vec![TermPrice { years: 3, less: BasisPoints(250) }], add_ons: vec![add_on], guaranteed: None };
    let package = PackageContent {
        tier: Tier::Plus,
        name: "Residency".to_owned(),
        for_whom: "Grades 3–5".to_owned(),
        adds: vec!["Models".to_owned(), "Debriefs".to_owned()],
        deliverables: vec![Deliverable { title: "Visit".to_owned(), quantity: 6, measure: UnitOfMeasure::Visit }],
        price,
        capacity: Some(12),
        starts: "2027-01-12".parse().ok(),
        extras,
    };
    ServiceDraft { content, packages: vec![PackageDraft { id: None, content: package, cost: None }] }
}

#[test]
fn what_is_written_is_read_again_for_every_price() {
    let cents = Cents::new;
    let models = [
        PriceModel::Included,
        PriceModel::Flat { price: cents(123_456) },
        PriceModel::PerPupil { base: cents(70_000), each: cents(250), floor: None, cap: Some(cents(1_000_000)) },
        PriceModel::QuantityBands {
            measure: UnitOfMeasure::CoachingDay,
            default_quantity: 6,
            bands: vec![QuantityBand { from: 1, each: cents(95_000) }, QuantityBand { from: 11, each: cents(90_250) }],
        },
        PriceModel::EnrollmentBands { bands: vec![EnrollmentBand { from: 0, price: cents(5) }], up_to: Some(900) },
        PriceModel::PerPost { each: cents(2_601), floor: Some(cents(30_600)), cap: None },
        PriceModel::PostShare { full_time: cents(11_850_000), usual_hundredths: 40 },
        PriceModel::CostPlus { cost: Some(cents(100_000)), plus: BasisPoints(500) },
        PriceModel::CostPlus { cost: None, plus: BasisPoints(500) },
        PriceModel::Quote,
        PriceModel::Brokered { provider_price: cents(427_500), brokerage: BasisPoints(1_500) },
    ];
    for price in models {
        let draft = draft(price);
        assert_eq!(read(&write(&draft)), (draft, Vec::new()));
    }
}

#[test]
fn what_cannot_be_read_is_told_at_its_field() {
    let mut texts = write(&draft(PriceModel::Flat { price: Cents::new(100) }));
    texts.set("packages.0.content.price.price", "a lot");
    texts.set("packages.0.content.capacity", "many");
    texts.set("content.level.reply_days", "soon");
    texts.set("content.level.start_days", "");
    let fields: Vec<String> = read(&texts).1.into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["content.level.reply_days", "packages.0.content.price.price", "packages.0.content.capacity"]);
}

#[test]
fn an_entry_taken_out_lets_those_after_it_move_up() {
    let mut texts = Texts::default();
    for at in 0..3 {
        texts.grow("packages");
        texts.set(format!("packages.{at}.content.name"), format!("tier {at}"));
    }
    texts.set("packages.10x", "kept");
    texts.remove("packages", 1);
    assert_eq!(texts.count("packages"), 2);
    assert_eq!((texts.get("packages.0.content.name"), texts.get("packages.1.content.name")), ("tier 0", "tier 2"));
    assert_eq!((texts.get("packages.2.content.name"), texts.get("packages.10x")), ("", "kept"));
}

#[test]
fn a_new_tier_stands_on_the_next_rung() {
    let mut texts = blank();
    assert_eq!(texts.get("packages.0.content.tier"), "core");
    add_tier(&mut texts);
    assert_eq!(texts.get("packages.1.content.tier"), "essential");
    assert_eq!((texts.get("packages.0.content.price.model"), texts.get("packages.1.content.price.model")), ("included", "flat"));
    texts.set("packages.1.content.price.model", "quantity_bands");
    texts.set("packages.1.content.price.measure", "hour");
    texts.set("packages.1.content.deliverables.0.measure", "hour");
    add_tier(&mut texts);
    assert_eq!(texts.get("packages.2.content.tier"), "plus");
    let taken_over = ["price.model", "price.measure", "deliverables.0.measure"].map(|part| texts.get(&format!("packages.2.content.{part}")));
    assert_eq!(taken_over, ["quantity_bands", "hour", "hour"]);
}

#[test]
fn a_tier_copied_from_the_one_before_says_the_same_on_the_next_rung() {
    let mut texts = blank();
    texts.set("packages.0.id", "pkg_1");
    texts.set("packages.0.content.name", "Basics");
    texts.set("packages.0.content.for_whom", "Every school");
    texts.set("packages.0.content.extras.guaranteed", "1");
    copy_tier(&mut texts);
    let copied = ["id", "content.tier", "content.name", "content.for_whom", "content.price.model", "content.extras.guaranteed"];
    assert_eq!(copied.map(|part| texts.get(&format!("packages.1.{part}"))), ["", "essential", "", "Every school", "flat", ""]);
    texts.set("packages.1.content.price.price", "950.00");
    copy_tier(&mut texts);
    assert_eq!((texts.get("packages.2.content.tier"), texts.get("packages.2.content.price.price")), ("plus", "950.00"));
}
