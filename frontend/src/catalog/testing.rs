//! A made-up service and school for the tests of these pages.
#![cfg(test)]

use shared::catalog::api::{Buyers, CatalogPackage, CatalogService, PackageContent, ServiceContent};
use shared::catalog::{Category, Deliverable, GradeSpan, PriceModel, QuantityBand, SchoolFacts, ServiceLevel, Terms, Tier, UnitOfMeasure};
use shared::fiscal::FiscalYear;
use shared::id::{Id as _, PackageId, ServiceId, UnitId};
use shared::money::{BasisPoints, Cents};

use super::offer::Viewer;

pub const FACTS: SchoolFacts = SchoolFacts { enrollment: 412, low_income: BasisPoints(0), english_learners: BasisPoints(0), posts: 0 };

fn package(number: u128, tier: Tier, price: PriceModel) -> CatalogPackage {
    let deliverables = vec![Deliverable { title: "coaching days".to_owned(), quantity: 1, measure: UnitOfMeasure::CoachingDay }];
    let content = PackageContent {
        tier,
        name: String::new(),
        for_whom: "A coach beside your team".to_owned(),
        adds: vec!["Mid-year review".to_owned()],
        deliverables,
        price,
        capacity: None,
        starts: None,
        extras: shared::catalog::choice::Extras::default(),
    };
    CatalogPackage { id: PackageId::from_bits(number), version: 1, content, left: None, parts: Vec::new() }
}

/// Mathematics coaching: free as Core, by days as Plus.
pub fn service() -> CatalogService {
    let content = ServiceContent {
        title: "Elementary mathematics coaching".to_owned(),
        category: Category::Coaching,
        span: GradeSpan::All,
        subjects: Vec::new(),
        value_statement: "Gains stay when the coaches leave.".to_owned(),
        outcome: String::new(),
        evidence: String::new(),
        prerequisites: String::new(),
        object: "5710".to_owned(),
        function: "2140".to_owned(),
        goal: "1110".to_owned(),
        level: ServiceLevel { reply_days: 2, start_days: 5 },
        terms: Terms { cancel_free_days: 0, late_cancel_fee: BasisPoints(0), hand_back_until: None },
        provider: None,
    };
    let bands = vec![QuantityBand { from: 1, each: Cents::new(95_000) }, QuantityBand { from: 11, each: Cents::new(90_250) }];
    let by_days = PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: 6, bands };
    CatalogService {
        id: ServiceId::from_bits(1),
        unit: UnitId::from_bits(1),
        menu_year: FiscalYear(2026),
        content,
        packages: vec![package(1, Tier::Core, PriceModel::Included), package(2, Tier::Plus, by_days)],
        buyers: Buyers::default(),
    }
}

/// A school without a look at its money.
pub fn viewer() -> Viewer<'static> {
    Viewer { facts: &FACTS, means: None, today: "2026-11-21".parse().unwrap(), days: &WEEKENDS }
}

static WEEKENDS: shared::calendar::SchoolCalendar = shared::calendar::SchoolCalendar::EMPTY;
