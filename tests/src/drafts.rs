//! A small service to publish in tests: one tier, days at one price.

use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use shared::catalog::{Category, Deliverable, GradeSpan, PriceModel, QuantityBand, ServiceLevel, Terms, Tier, UnitOfMeasure};
use shared::money::{BasisPoints, Cents};

/// A service of one tier sold by the day at `day_price`, with room for `capacity` days.
pub fn days(title: &str, category: Category, day_price: Cents, capacity: u32) -> ServiceDraft {
    let content = ServiceContent {
        title: title.to_owned(),
        category,
        span: GradeSpan::All,
        subjects: vec!["fractions".to_owned()],
        value_statement: "Teachers see a lesson they could teach tomorrow.".to_owned(),
        outcome: "More students explain their thinking aloud.".to_owned(),
        evidence: "Four schools tried it last year; three kept it.".to_owned(),
        prerequisites: "A room and one hour of release time for each teacher.".to_owned(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 5 },
        terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: None },
        provider: None,
    };
    ServiceDraft { content, packages: vec![PackageDraft { id: None, content: tier(Tier::Essential, day_price, capacity), cost: None }] }
}

/// One tier sold by the day.
pub fn tier(tier: Tier, day_price: Cents, capacity: u32) -> PackageContent {
    PackageContent {
        tier,
        name: String::new(),
        for_whom: "Schools that want to begin.".to_owned(),
        adds: vec!["Coaching days in your rooms".to_owned()],
        deliverables: vec![Deliverable { title: "Coaching days".to_owned(), quantity: 1, measure: UnitOfMeasure::CoachingDay }],
        price: PriceModel::QuantityBands {
            measure: UnitOfMeasure::CoachingDay,
            default_quantity: 4,
            bands: vec![QuantityBand { from: 1, each: day_price }],
        },
        capacity: Some(capacity),
        starts: None,
        extras: shared::catalog::choice::Extras::default(),
    }
}
