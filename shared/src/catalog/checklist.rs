//! What a service must say before schools can buy it: why a school would want it, what will change, evidence, capacity, and a price
//! that explains itself.

use std::collections::BTreeSet;

use super::api::{PackageContent, ServiceDraft};
use super::price::{PriceError, check_extras, check_model, usual_price};
use super::{Division, PriceModel, SchoolFacts, Tier};
use crate::account::{Segment, SegmentTable, segment};
use crate::error::FieldError;
use crate::time::Date;
use crate::words::catalog as words;

/// What is missing, by the form's names of the fields; empty when the service can be published.
pub fn missing(draft: &ServiceDraft) -> Vec<FieldError> {
    let mut list = Vec::new();
    let content = &draft.content;
    let texts = [
        ("title", &content.title, "Give the service a name."),
        ("value_statement", &content.value_statement, "Say why a school would want this."),
        ("outcome", &content.outcome, "Say what the school will see change."),
        ("evidence", &content.evidence, "Say how you know: facts, counts, what did not work."),
        ("prerequisites", &content.prerequisites, "Say what must be in place: release time, substitutes, a room. “Nothing” is an answer."),
    ];
    for (field, text, message) in texts {
        if text.trim().is_empty() {
            list.push(FieldError::new(format!("content.{field}"), message));
        }
    }
    let codes = [
        ("object", Segment::Object, &content.object),
        ("function", Segment::Function, &content.function),
        ("goal", Segment::Goal, &content.goal),
    ];
    for (field, which, code) in codes {
        if segment(&SegmentTable::sacs(), which, code).is_err() {
            list.push(FieldError::new(format!("content.{field}"), "Write the code that is charged, four digits, such as 5710."));
        }
    }
    if content.level.reply_days == 0 {
        list.push(FieldError::new("content.level.reply_days", "Promise in how many working days you answer, at least one."));
    }
    tiers(draft, &mut list);
    list
}

fn tiers(draft: &ServiceDraft, list: &mut Vec<FieldError>) {
    if draft.packages.is_empty() {
        list.push(FieldError::new("packages", "Write at least one tier."));
    }
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (at, package) in draft.packages.iter().enumerate() {
        let name = package.content.shown_name();
        if !seen.insert(name) {
            let message = format!("There are two tiers called {name}. Give one another name or rung.");
            list.push(FieldError::new(format!("packages.{at}.content.name"), message));
        }
        tier(&package.content, &format!("packages.{at}.content"), list);
    }
}

fn tier(content: &PackageContent, field: &str, list: &mut Vec<FieldError>) {
    let mut say = |part: &str, message: &str| list.push(FieldError::new(format!("{field}.{part}"), message));
    if content.for_whom.trim().is_empty() {
        say("for_whom", "Say in one line who this tier is for.");
    }
    if content.adds.iter().all(|line| line.trim().is_empty()) {
        say("adds", "Say what this tier adds.");
    }
    if content.deliverables.is_empty() {
        say("deliverables", "Say what the school gets, counted.");
    }
    for (at, item) in content.deliverables.iter().enumerate() {
        if item.title.trim().is_empty() {
            say(&format!("deliverables.{at}.title"), "Name what is delivered.");
        }
        if item.quantity == 0 {
            say(&format!("deliverables.{at}.quantity"), "Say how many, at least one.");
        }
    }
    // What is guaranteed to every school has no end; what is sold has one.
    if content.capacity.is_none() && content.price != PriceModel::Included {
        say("capacity", "Say how many you can deliver this year.");
    }
    let free = content.price == PriceModel::Included;
    if (content.tier == Tier::Core) != free {
        say("price.model", "Core is guaranteed without charge, and only Core is. Choose another rung, or price it as guaranteed.");
    }
    if content.extras.guaranteed.is_some_and(|times| !free || times == 0) {
        say("extras.guaranteed", "Only what is guaranteed without charge has a number of times a year, at least one.");
    }
    list.extend(check_model(&content.price, &format!("{field}.price")));
    list.extend(check_extras(&content.extras, &format!("{field}.extras")));
}

/// What stands around a service: its unit and the district's schools.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    pub division: Division,
    /// The person whom schools reach.
    pub contact: &'a str,
    /// The schools that may buy; none where the district has not imported them yet.
    pub schools: &'a [SchoolFacts],
    pub day: Date,
}

/// What is missing beyond the draft itself: the provider of a brokered service, a named contact, a price that works.
pub fn missing_around(draft: &ServiceDraft, around: &Around<'_>) -> Vec<FieldError> {
    let mut list = Vec::new();
    let silent = draft.content.provider.as_deref().unwrap_or_default().trim().is_empty();
    if around.division == Division::Brokered && silent {
        list.push(FieldError::new("content.provider", "Name the outside provider."));
    }
    if around.contact.trim().is_empty() {
        list.push(FieldError::new("unit.contact", words::CONTACT_MISSING));
    }
    for (at, package) in draft.packages.iter().enumerate() {
        if let Some(error) = unpriced(&package.content, around) {
            let message = words::no_price_reaches_a_school(&error.message());
            list.push(FieldError::new(format!("packages.{at}.content.price"), message));
        }
    }
    list
}

/// Why not one school gets a price, where the price itself can work and every school is counted.
fn unpriced(content: &PackageContent, around: &Around<'_>) -> Option<PriceError> {
    if !check_model(&content.price, "").is_empty() {
        return None;
    }
    let mut why = None;
    for facts in around.schools {
        match usual_price(content, facts, around.day) {
            Ok(_) | Err(PriceError::QuoteNeeded | PriceError::CostUnknown { .. }) => return None,
            // What the district has not imported is not the unit's to write.
            Err(PriceError::EnrollmentUnknown | PriceError::PostsUnknown) => return None,
            Err(error) => why = Some(error),
        }
    }
    why
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::catalog::api::{PackageDraft, ServiceContent};
    use crate::catalog::{Category, Deliverable, GradeSpan, ServiceLevel, Terms, UnitOfMeasure};
    use crate::money::{BasisPoints, Cents};

    /// A service that misses nothing.
    pub fn ready() -> ServiceDraft {
        let text = || "Words.".to_owned();
        let content = ServiceContent {
            title: "Coaching".to_owned(),
            category: Category::Coaching,
            span: GradeSpan::All,
            subjects: Vec::new(),
            value_statement: text(),
            outcome: text(),
            evidence: text(),
            prerequisites: text(),
            object: "5710".to_owned(),
            function: "2140".to_owned(),
            goal: "1110".to_owned(),
            level: ServiceLevel { reply_days: 2, start_days: 10 },
            terms: Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: None },
            provider: None,
        };
        let tier = PackageContent {
            tier: Tier::Essential,
            name: String::new(),
            for_whom: text(),
            adds: vec![text()],
            deliverables: vec![Deliverable { title: text(), quantity: 1, measure: UnitOfMeasure::Visit }],
            price: PriceModel::Flat { price: Cents::new(100_000) },
            capacity: Some(5),
            starts: None,
            extras: crate::catalog::choice::Extras::default(),
        };
        ServiceDraft { content, packages: vec![PackageDraft { id: None, content: tier, cost: None }] }
    }
}

#[cfg(test)]
mod tests {
    use super::testing::ready;
    use super::*;
    use crate::catalog::EnrollmentBand;
    use crate::money::Cents;

    #[track_caller]
    fn asks_for(draft: &ServiceDraft, field: &str) {
        let fields: Vec<String> = missing(draft).into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [field]);
    }

    #[test]
    fn a_finished_service_misses_nothing() {
        assert_eq!(missing(&ready()), []);
    }

    #[test]
    fn each_thing_that_is_missing_is_named() {
        let mut draft = ready();
        draft.content.value_statement = " ".to_owned();
        asks_for(&draft, "content.value_statement");
        let mut draft = ready();
        draft.content.object.clear();
        asks_for(&draft, "content.object");
        let mut draft = ready();
        draft.packages[0].content.capacity = None;
        asks_for(&draft, "packages.0.content.capacity");
        draft.packages[0].content.price = PriceModel::Included;
        asks_for(&draft, "packages.0.content.price.model");
        draft.packages[0].content.tier = Tier::Core;
        assert_eq!(missing(&draft), []);
        draft.packages[0].content.extras.guaranteed = Some(0);
        asks_for(&draft, "packages.0.content.extras.guaranteed");
        draft.packages[0].content.extras.guaranteed = Some(2);
        assert_eq!(missing(&draft), []);
        draft.packages[0].content.deliverables[0].quantity = 0;
        asks_for(&draft, "packages.0.content.deliverables.0.quantity");
        let mut draft = ready();
        draft.packages.push(draft.packages[0].clone());
        asks_for(&draft, "packages.1.content.name");
        draft.packages[1].content.name = "Second cohort".to_owned();
        assert_eq!(missing(&draft), []);
        draft.packages.clear();
        asks_for(&draft, "packages");
        let mut draft = ready();
        draft.packages[0].content.price = PriceModel::Flat { price: Cents::ZERO };
        asks_for(&draft, "packages.0.content.price.price");
    }

    fn fields_around(draft: &ServiceDraft, division: Division, contact: &str, schools: &[u32]) -> Vec<String> {
        let schools: Vec<SchoolFacts> = schools.iter().map(|count| SchoolFacts { enrollment: *count, ..SchoolFacts::default() }).collect();
        let around = Around { division, contact, schools: &schools, day: "2026-11-27".parse().unwrap() };
        missing_around(draft, &around).into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_brokered_service_names_its_provider_and_every_unit_a_person() {
        let none: [String; 0] = [];
        assert_eq!(fields_around(&ready(), Division::Instruction, "Rosa Delgado", &[412]), none);
        assert_eq!(fields_around(&ready(), Division::Brokered, " ", &[]), ["content.provider", "unit.contact"]);
    }

    #[test]
    fn a_price_that_reaches_no_school_is_refused_at_its_field() {
        let mut draft = ready();
        let bands = vec![EnrollmentBand { from: 0, price: Cents::new(100) }];
        draft.packages[0].content.price = PriceModel::EnrollmentBands { bands, up_to: Some(50) };
        assert_eq!(fields_around(&draft, Division::Instruction, "Rosa", &[412, 96]), ["packages.0.content.price"]);
        let none: [String; 0] = [];
        assert_eq!(fields_around(&draft, Division::Instruction, "Rosa", &[412, 50]), none);
        assert_eq!(fields_around(&draft, Division::Instruction, "Rosa", &[412, 0]), none);
        draft.packages[0].content.price = PriceModel::Quote;
        assert_eq!(fields_around(&draft, Division::Instruction, "Rosa", &[412]), none);
    }
}
