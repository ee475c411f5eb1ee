//! What a service must say before schools can buy it: why a school would want it, what will change, evidence, capacity, and a price
//! that explains itself.

use std::collections::BTreeSet;

use super::api::{PackageContent, ServiceDraft};
use super::price::{check_extras, check_model};
use super::{Division, PriceModel, Tier};
use crate::account::{Segment, SegmentTable, segment};
use crate::error::FieldError;

/// What is missing, by the form's names of the fields; empty when the service can be published.
pub fn missing(draft: &ServiceDraft) -> Vec<FieldError> {
    let mut list = Vec::new();
    let content = &draft.content;
    let texts = [
        ("title", &content.title, "Give the service a name."),
        ("value_statement", &content.value_statement, "Say why a school would want this."),
        ("outcome", &content.outcome, "Say what the school will see change."),
        ("evidence", &content.evidence, "Say how you know: facts, counts, what did not work."),
        ("prerequisites", &content.prerequisites, "Say what must be in place, or that nothing need be."),
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
    let mut seen: BTreeSet<Tier> = BTreeSet::new();
    for (at, package) in draft.packages.iter().enumerate() {
        if !seen.insert(package.content.tier) {
            let message = format!("There are two tiers called {}. Choose another rung for one.", package.content.tier.title());
            list.push(FieldError::new(format!("packages.{at}.content.tier"), message));
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
    list.extend(check_model(&content.price, &format!("{field}.price")));
    list.extend(check_extras(&content.extras, &format!("{field}.extras")));
}

/// What only a brokered unit must say: the outside provider of each service.
pub fn missing_provider(draft: &ServiceDraft, division: Division) -> Option<FieldError> {
    let silent = draft.content.provider.as_deref().unwrap_or_default().trim().is_empty();
    (division == Division::Brokered && silent).then(|| FieldError::new("content.provider", "Name the outside provider."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::api::{PackageDraft, ServiceContent};
    use crate::catalog::{Category, Deliverable, GradeSpan, ServiceLevel, Terms, UnitOfMeasure};
    use crate::money::{BasisPoints, Cents};

    fn ready() -> ServiceDraft {
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
        ServiceDraft { content, packages: vec![PackageDraft { id: None, content: tier }] }
    }

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
        assert_eq!(missing(&draft), []);
        draft.packages[0].content.deliverables[0].quantity = 0;
        asks_for(&draft, "packages.0.content.deliverables.0.quantity");
        let mut draft = ready();
        draft.packages.push(draft.packages[0].clone());
        asks_for(&draft, "packages.1.content.tier");
        draft.packages.clear();
        asks_for(&draft, "packages");
        let mut draft = ready();
        draft.packages[0].content.price = PriceModel::Flat { price: Cents::ZERO };
        asks_for(&draft, "packages.0.content.price.price");
    }

    #[test]
    fn a_brokered_service_names_its_provider() {
        assert_eq!(missing_provider(&ready(), Division::Brokered).map(|error| error.field), Some("content.provider".to_owned()));
        assert_eq!(missing_provider(&ready(), Division::Instruction), None);
    }
}
