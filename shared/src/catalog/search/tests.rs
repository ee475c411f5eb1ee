//! The shelf's index against naive recounts, on catalogs of many shapes.
#![cfg(test)]

use proptest::prelude::*;

use super::*;
use crate::catalog::api::{Buyers, CatalogUnit, PackageContent, ServiceContent};
use crate::catalog::{Category, Division, GradeSpan, PriceModel, ServiceLevel, Terms, Tier};
use crate::fiscal::{FiscalCalendar, FiscalYear};
use crate::id::{Id as _, PackageId, PlanGoalId, ServiceId, UnitId};
use crate::money::BasisPoints;

const FACTS: SchoolFacts = SchoolFacts { enrollment: 400, low_income: BasisPoints(0), english_learners: BasisPoints(0), posts: 20 };

fn today() -> Date {
    "2026-11-21".parse().unwrap()
}

fn shopper() -> Shopper<'static> {
    let means = Means { site: "212", year: FiscalYear(2026), calendar: FiscalCalendar::default(), lines: &[], plan: &[] };
    Shopper { facts: &FACTS, means }
}

fn unit(number: u128) -> CatalogUnit {
    let division = Division::ALL[usize::try_from(number).unwrap() % Division::ALL.len()];
    let (about, contact, contact_email) = (String::new(), String::new(), String::new());
    CatalogUnit { id: UnitId::from_bits(number), name: format!("Unit {number}"), division, about, contact, contact_email }
}

/// A service drawn from small numbers: title, unit, category, span, stars of two ratings, prices in dollars.
type Drawn = (String, u128, usize, usize, u32, Vec<i64>);

fn service(number: usize, drawn: &Drawn) -> CatalogService {
    let (title, unit, category, span, stars, prices) = drawn;
    let content = ServiceContent {
        title: title.clone(),
        category: Category::ALL[*category],
        span: GradeSpan::ALL[*span],
        subjects: Vec::new(),
        value_statement: "Gains that stay".to_owned(),
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
    let package = |(at, dollars): (usize, &i64)| CatalogPackage {
        id: PackageId::from_bits((number * 10 + at) as u128),
        version: 1,
        content: PackageContent {
            tier: Tier::ALL[at],
            name: String::new(),
            for_whom: String::new(),
            adds: Vec::new(),
            deliverables: Vec::new(),
            price: if *dollars == 0 { PriceModel::Included } else { PriceModel::Flat { price: Cents::new(dollars * 100) } },
            capacity: None,
            starts: None,
            extras: crate::catalog::choice::Extras::default(),
        },
        left: None,
        parts: Vec::new(),
    };
    CatalogService {
        id: ServiceId::from_bits(number as u128),
        unit: UnitId::from_bits(*unit),
        menu_year: FiscalYear(2026),
        content,
        packages: prices.iter().enumerate().map(package).collect(),
        buyers: Buyers { schools: 2, ratings: if *stars == 0 { 0 } else { 2 }, stars: *stars },
    }
}

fn catalog(drawn: &[Drawn]) -> Catalog {
    let services = drawn.iter().enumerate().map(|(number, drawn)| service(number, drawn)).collect();
    Catalog { units: (0..5).map(unit).collect(), services, days: Vec::new() }
}

/// Titles of real words, each ending in a word of its own, so that no two are alike.
fn drawn() -> impl Strategy<Value = Vec<Drawn>> {
    const WORDS: [&str; 10] =
        ["Mathematics", "coaching", "Reading", "Data", "inquiry", "Family", "workshop", "support", "Élèves", "residency"];
    let one = (prop::collection::vec(0..WORDS.len(), 1..4), 0u128..5, 0..Category::ALL.len(), 0..GradeSpan::ALL.len(), 0u32..11);
    let prices = prop::collection::vec(prop::sample::select(vec![0i64, 900, 5_000, 5_001, 15_000, 20_000]), 1..4);
    prop::collection::vec((one, prices), 1..40).prop_map(|drawn| {
        let numbered = drawn.into_iter().enumerate();
        numbered
            .map(|(number, ((title, unit, category, span, stars), prices))| {
                let title: Vec<&str> = title.into_iter().map(|word| WORDS[word]).collect();
                let own = ["alpha", "bravo", "charlie", "delta", "echoes", "foxtrot", "golfing"][number % 7].repeat(1 + number / 7);
                (format!("{} {own}", title.join(" ")), unit, category, span, stars, prices)
            })
            .collect()
    })
}

/// Whether a package belongs to a facet's value, said without the index.
fn holds(kind: FacetKind, key: &str, catalog: &Catalog, (service, package): (&CatalogService, &CatalogPackage)) -> bool {
    let dollars = if let PriceModel::Flat { price } = &package.content.price { price.get() / 100 } else { 0 };
    match kind {
        FacetKind::Division => catalog.units.iter().any(|unit| unit.id == service.unit && unit.division.name() == key),
        FacetKind::Unit => service.unit.to_string() == key,
        FacetKind::Category => service.content.category.name() == key,
        FacetKind::Span => service.content.span.name() == key,
        FacetKind::Tier => package.content.tier.name() == key,
        FacetKind::Rating => match key {
            "4" => service.buyers.stars >= 8,
            "3" => service.buyers.stars >= 6,
            _ => service.buyers.ratings == 0,
        },
        FacetKind::Price => match key {
            "included" => dollars == 0,
            "low" => (1..=5_000).contains(&dollars),
            "middle" => (5_001..=15_000).contains(&dollars),
            _ => dollars > 15_000,
        },
        FacetKind::Capacity => key == "left",
        FacetKind::Start => key == "this",
        FacetKind::Goal | FacetKind::Fund => false,
    }
}

fn matches(query: &Query, except: Option<FacetKind>, catalog: &Catalog, package: (&CatalogService, &CatalogPackage)) -> bool {
    FacetKind::ALL.into_iter().filter(|kind| Some(*kind) != except).all(|kind| {
        let chosen: Vec<&String> = query.chosen.iter().filter(|(other, _)| *other == kind).map(|(_, key)| key).collect();
        chosen.is_empty() || chosen.iter().any(|key| holds(kind, key, catalog, package))
    })
}

fn packages(catalog: &Catalog) -> impl Iterator<Item = (&CatalogService, &CatalogPackage)> {
    catalog.services.iter().flat_map(|service| service.packages.iter().map(move |package| (service, package)))
}

proptest! {
    #[test]
    fn facet_counts_equal_a_naive_recount(drawn in drawn(), picks in prop::collection::vec((0usize..11, 0usize..6), 0..4)) {
        let catalog = catalog(&drawn);
        let index = Index::new(&catalog, Some(&shopper()), today());
        let pick = |(facet, value): (usize, usize)| {
            let facet = &index.facets()[facet % index.facets().len()];
            (facet.kind, facet.values[value % facet.values.len()].key.clone())
        };
        let query = Query { chosen: picks.into_iter().map(pick).collect(), ..Query::default() };
        let found = index.find(&query);
        let naive = packages(&catalog).filter(|package| matches(&query, None, &catalog, *package)).count();
        prop_assert_eq!(found.packages as usize, naive);
        for (facet, counts) in index.facets().iter().zip(&found.counts) {
            for (value, count) in facet.values.iter().zip(counts) {
                let fits = |package: &(&CatalogService, &CatalogPackage)| {
                    matches(&query, Some(facet.kind), &catalog, *package) && holds(facet.kind, &value.key, &catalog, *package)
                };
                prop_assert_eq!(*count as usize, packages(&catalog).filter(fits).count(), "{:?} {}", facet.kind, value.key);
            }
        }
    }

    #[test]
    fn a_whole_title_is_found_first(drawn in drawn(), pick in any::<prop::sample::Index>()) {
        let catalog = catalog(&drawn);
        let index = Index::new(&catalog, None, today());
        let wanted = pick.index(catalog.services.len());
        let found = index.find(&Query { words: catalog.services[wanted].content.title.to_uppercase(), ..Query::default() });
        prop_assert_eq!(found.services.first(), Some(&wanted));
    }

    #[test]
    fn a_slip_of_one_letter_still_finds_it(drawn in drawn(), pick in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), slip in 0u8..4) {
        let catalog = catalog(&drawn);
        let wanted = pick.index(catalog.services.len());
        let mut words = words(&catalog.services[wanted].content.title);
        let long: Vec<usize> = (0..words.len()).filter(|word| words[*word].chars().count() > 4).collect();
        prop_assume!(!long.is_empty());
        let word = long[at.index(long.len())];
        let mut letters: Vec<char> = words[word].chars().collect();
        let place = at.index(letters.len() - 1);
        match slip {
            0 => letters[place] = 'q',
            1 => { letters.remove(place); }
            2 => letters.insert(place, 'q'),
            _ => letters.swap(place, place + 1),
        }
        words[word] = letters.into_iter().collect();
        let found = Index::new(&catalog, None, today()).find(&Query { words: words.join(" "), ..Query::default() });
        prop_assert!(found.services.contains(&wanted), "{}", words.join(" "));
    }

    #[test]
    fn results_are_in_the_order_asked_for(drawn in drawn()) {
        let catalog = catalog(&drawn);
        let index = Index::new(&catalog, Some(&shopper()), today());
        let titles = |sort| index.find(&Query { sort, ..Query::default() }).services;
        let sorted = titles(Sort::Title);
        prop_assert!(sorted.windows(2).all(|pair| index.services[pair[0]].title <= index.services[pair[1]].title));
        let least = |service: &usize| index.services[*service].packages.clone().map(|package| index.prices[package]).min();
        prop_assert!(titles(Sort::Price).windows(2).all(|pair| least(&pair[0]) <= least(&pair[1])));
        prop_assert_eq!(sorted.len(), catalog.services.len());
    }
}

#[test]
fn a_value_that_nobody_knows_matches_nothing() {
    let catalog = catalog(&[("Data inquiry".to_owned(), 0, 0, 0, 8, vec![900])]);
    let index = Index::new(&catalog, None, today());
    for chosen in [(FacetKind::Goal, "x"), (FacetKind::Tier, "x")] {
        let query = Query { chosen: vec![(chosen.0, chosen.1.to_owned())], ..Query::default() };
        assert_eq!(index.find(&query).packages, 0);
    }
}

#[test]
fn a_service_serves_the_goal_that_speaks_of_it() {
    let goal = |number: u8, title: &str, category| PlanGoalView {
        id: PlanGoalId::from_bits(number.into()),
        number,
        title: title.to_owned(),
        indicator: String::new(),
        categories: vec![category],
        lines: Vec::new(),
        ordered: Cents::ZERO,
    };
    let kind = Category::ALL[0];
    let plan = [goal(1, "Early reading", kind), goal(2, "Mathematics 3–5", kind), goal(3, "Mathematics for all", Category::Transport)];
    let found = |title: &str| {
        let content = service(1, &(title.to_owned(), 0, 0, 0, 0, vec![0])).content;
        fitting_goal(&content, &plan).map(|(goal, _)| goal.number)
    };
    assert_eq!(found("Elementary mathematics coaching"), Some(2));
    assert_eq!(found("Family nights"), Some(1));
}

#[test]
fn what_is_sold_out_starts_never() {
    let mut catalog = catalog(&[("Coaching".to_owned(), 0, 0, 0, 0, vec![0, 0])]);
    let starts = |catalog: &Catalog| Index::new(catalog, None, today()).starts_in(0);
    assert!(starts(&catalog).is_some_and(|days| days >= 0));
    catalog.services[0].packages.iter_mut().for_each(|package| package.left = Some(0));
    assert_eq!((starts(&catalog), Index::new(&catalog, None, today()).starts_in(9)), (None, None));
}
