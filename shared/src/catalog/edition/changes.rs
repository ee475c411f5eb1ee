//! Two versions of a service side by side: every field in words, what changed marked.

use std::collections::BTreeSet;

use crate::catalog::api::{PackageContent, ServiceContent, ServiceDraft};
use crate::catalog::choice::{AddOn, Extras, Reduction};
use crate::catalog::price::counted;
use crate::catalog::{PriceModel, Tier};
use crate::money::{BasisPoints, Cents};
use crate::words::catalog as words;

/// A tier by its rung and the name it is shown by.
pub type TierName = (Tier, String);

/// One field in both versions; empty where a version has nothing there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The tier it belongs to; none for the service itself.
    pub tier: Option<TierName>,
    pub label: String,
    pub before: String,
    pub after: String,
}

impl Pair {
    pub fn changed(&self) -> bool {
        self.before != self.after
    }

    /// Whether what schools pay is in this field.
    pub fn is_price(&self) -> bool {
        self.tier.is_some() && [words::PRICE, words::EARLY, words::TERMS_OF_YEARS, words::ADD_ONS_TITLE].contains(&self.label.as_str())
    }
}

type Facts = Vec<(Option<TierName>, String, String)>;

/// Every field of both, in the order of the later version; fields that only the earlier one has follow within their tier.
pub fn side_by_side(before: Option<&ServiceDraft>, after: Option<&ServiceDraft>) -> Vec<Pair> {
    let (old, new) = (before.map(facts).unwrap_or_default(), after.map(facts).unwrap_or_default());
    let tiers: BTreeSet<Option<TierName>> = old.iter().chain(&new).map(|fact| fact.0.clone()).collect();
    let mut pairs = Vec::new();
    for tier in tiers {
        let of = |list: &Facts| list.iter().filter(|fact| fact.0 == tier).cloned().collect::<Facts>();
        let (old, new) = (of(&old), of(&new));
        for (_, label, text) in &new {
            let known = old.iter().find(|fact| fact.1 == *label).map(|fact| fact.2.clone());
            pairs.push(Pair { tier: tier.clone(), label: label.clone(), before: known.unwrap_or_default(), after: text.clone() });
        }
        for (_, label, text) in old.into_iter().filter(|fact| new.iter().all(|other| other.1 != fact.1)) {
            pairs.push(Pair { tier: tier.clone(), label, before: text, after: String::new() });
        }
    }
    pairs
}

fn facts(draft: &ServiceDraft) -> Facts {
    let mut facts: Facts = service(&draft.content).into_iter().map(|(label, text)| (None, label, text)).collect();
    for package in &draft.packages {
        let tier = Some((package.content.tier, package.content.shown_name().to_owned()));
        facts.extend(tier_facts(&package.content).into_iter().map(|(label, text)| (tier.clone(), label, text)));
    }
    facts.retain(|fact| !fact.2.is_empty());
    facts
}

fn service(content: &ServiceContent) -> Vec<(String, String)> {
    let label = |words: &str, text: String| (words.to_owned(), text);
    vec![
        label(words::TITLE, content.title.clone()),
        label(words::VALUE, content.value_statement.clone()),
        label(words::CATEGORY, content.category.title().to_owned()),
        label(words::SPAN, content.span.title().to_owned()),
        label(words::SUBJECTS, content.subjects.join(", ")),
        label(words::OUTCOME, content.outcome.clone()),
        label(words::EVIDENCE, content.evidence.clone()),
        label(words::PREREQUISITES, content.prerequisites.clone()),
        label(words::PROVIDER, content.provider.clone().unwrap_or_default()),
        label(words::PART_PROMISE, words::service_level(content.level)),
        label(words::TERMS_TITLE, words::terms(&content.terms)),
        label(words::PART_POSTING, format!("{} / {} / {}", content.object, content.function, content.goal)),
    ]
}

fn tier_facts(content: &PackageContent) -> Vec<(String, String)> {
    let label = |words: &str, text: String| (words.to_owned(), text);
    let gets = content.deliverables.iter().map(|item| format!("{}: {}", counted(item.quantity, item.measure), item.title));
    let extras = &content.extras;
    vec![
        label(words::TIER_NAME, content.name.clone()),
        label(words::FOR_WHOM, content.for_whom.clone()),
        label(words::ADDS, content.adds.join("; ")),
        label(words::DELIVERABLES, gets.collect::<Vec<_>>().join("; ")),
        label(words::PRICE, model(&content.price)),
        label(words::GUARANTEED_TIMES, extras.guaranteed.map(|times| times.to_string()).unwrap_or_default()),
        label(words::EARLY, extras.early.map(|early| early.words()).unwrap_or_default()),
        label(words::TERMS_OF_YEARS, terms(extras)),
        label(words::ADD_ONS_TITLE, extras.add_ons.iter().map(add_on).collect::<Vec<_>>().join("; ")),
        label(words::CAPACITY, content.capacity.map(|count| count.to_string()).unwrap_or_default()),
        label(words::FIRST_START, content.starts.map(|day| day.to_words()).unwrap_or_default()),
    ]
}

fn terms(extras: &Extras) -> String {
    let terms = extras.terms.iter().map(|term| format!("{}: {}", words::years(term.years), less(Reduction::Share { share: term.less })));
    terms.collect::<Vec<_>>().join("; ")
}

fn less(reduction: Reduction) -> String {
    match reduction {
        Reduction::Share { share: BasisPoints(0) } => words::PRICE_STAYS.to_owned(),
        Reduction::Share { share } => words::less_by(&share.to_string()),
        Reduction::Sum { sum } => words::less_by(&sum.to_string()),
    }
}

fn add_on(add_on: &AddOn) -> String {
    format!("{}: {}, {}", add_on.title, model(&add_on.price), add_on.count.title())
}

/// A price in words, whatever the school: `$950.00 a day; from 11: $902.50`.
pub fn model(model: &PriceModel) -> String {
    let limits = |floor: &Option<Cents>, cap: &Option<Cents>| words::limits(*floor, *cap);
    match model {
        PriceModel::Included => words::GUARANTEED.to_owned(),
        PriceModel::Flat { price } => price.to_string(),
        PriceModel::PerPupil { base, each, floor, cap } => words::by_students(*base, *each) + &limits(floor, cap),
        PriceModel::QuantityBands { measure, bands, .. } => {
            words::banded(bands.iter().map(|band| (band.from, band.each)), counted(1, *measure).trim_start_matches("1 "))
        }
        PriceModel::EnrollmentBands { bands, up_to } => {
            words::banded(bands.iter().map(|band| (band.from, band.price)), words::STUDENT_SCHOOL) + &words::up_to_students(*up_to)
        }
        PriceModel::PerPost { each, floor, cap } => words::by_posts(*each) + &limits(floor, cap),
        PriceModel::PostShare { full_time, .. } => words::by_share_of_position(*full_time),
        PriceModel::Brokered { provider_price, brokerage } => words::with_brokerage(*provider_price, *brokerage),
        PriceModel::CostPlus { cost, plus } => words::cost_and_share(*cost, *plus),
        PriceModel::Quote => words::ON_REQUEST.to_owned(),
    }
}

#[cfg(test)]
mod tests;
