//! The shelf's index: search as you type with typos forgiven, facets with counts, sorting. Built once, asked at each keystroke.

use std::cmp::Reverse;
use std::ops::Range;

use self::bits::Bits;
use self::facets::{Builder, Row};
pub use self::facets::{Facet, FacetKind, FacetValue, rating};
pub use self::text::words;
use super::api::{Catalog, CatalogPackage, CatalogService, ServiceContent};
use super::{SchoolFacts, price};
use crate::budget::api::PlanGoalView;
use crate::budget::fundfit::Means;
use crate::calendar::SchoolCalendar;
use crate::money::Cents;
use crate::time::Date;
use text::Lexicon;

mod bits;
mod facets;
mod text;

/// Score of a query that is a service's whole title, beyond what any sum of words reaches.
const WHOLE_TITLE: u32 = 1_000_000;
/// Score of a query that begins a service's title.
const TITLE_BEGINNING: u32 = 1_000;

/// The school that looks at the shelf.
#[derive(Clone, Copy, Debug)]
pub struct Shopper<'a> {
    pub facts: &'a SchoolFacts,
    pub means: Means<'a>,
}

/// How the results are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best match of the words; without words, what fits the school's plan and funds.
    #[default]
    Fit,
    Price,
    Rating,
    /// What most schools bought.
    Bought,
    /// What can start first.
    Start,
    Title,
}

impl Sort {
    pub const ALL: [Self; 6] = [Self::Fit, Self::Price, Self::Rating, Self::Bought, Self::Start, Self::Title];

    /// The name in the page's address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Price => "price",
            Self::Rating => "rating",
            Self::Bought => "bought",
            Self::Start => "start",
            Self::Title => "title",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// What is asked for. Values are named by their keys; unknown ones match nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub words: String,
    pub chosen: Vec<(FacetKind, String)>,
    pub sort: Sort,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Numbers of the services in [`Catalog::services`], in order, each with at least one matching package.
    pub services: Vec<usize>,
    /// How many packages match.
    pub packages: u32,
    /// For each facet and value, how many packages choosing it would leave, the other facets applied.
    pub counts: Vec<Vec<u32>>,
}

/// What the index keeps of a service.
#[derive(Clone, Debug)]
struct Shelved {
    packages: Range<usize>,
    title: String,
    rating: Reverse<u32>,
    bought: Reverse<u32>,
    fit: Reverse<u32>,
}

/// The catalog, ready to be asked.
#[derive(Clone, Debug)]
pub struct Index {
    lexicon: Lexicon,
    services: Vec<Shelved>,
    /// Price of each package for the school; the highest number where there is none.
    prices: Vec<i64>,
    /// In how many days each package can start; the highest number where none is left.
    starts: Vec<i32>,
    facets: Vec<Facet>,
}

impl Index {
    /// Takes the catalog in; with a shopper also its prices, goals and funds.
    pub fn new(catalog: &Catalog, shopper: Option<&Shopper<'_>>, today: Date) -> Self {
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut services: Vec<Shelved> = Vec::with_capacity(catalog.services.len());
        let mut lexicon = Lexicon::default();
        let days = SchoolCalendar::new(catalog.days.clone());
        for service in &catalog.services {
            let from = rows.len();
            rows.extend(service.packages.iter().map(|package| row(service, package, shopper, (&days, today))));
            let packages = from..rows.len();
            add_words(&mut lexicon, catalog, service, &packages);
            services.push(Shelved {
                packages,
                title: words(&service.content.title).join(" "),
                rating: Reverse(weighed_rating(service)),
                bought: Reverse(service.buyers.schools),
                fit: Reverse(0),
            });
        }
        let facets = Builder { rows: &rows, today }.facets(catalog, shopper);
        let prices = rows.iter().map(|row| row.price.map_or(i64::MAX, Cents::get)).collect();
        let starts = rows.iter().map(|row| if row.package.left == Some(0) { i32::MAX } else { row.start.days_since(today) }).collect();
        let mut index = Self { lexicon, services, prices, starts, facets };
        index.weigh_fit(catalog, shopper);
        index
    }

    /// What the shelf can be narrowed by; in step with [`Found::counts`].
    pub fn facets(&self) -> &[Facet] {
        &self.facets
    }

    /// The values of one facet that any package of a service belongs to.
    pub fn values_of(&self, kind: FacetKind, service: usize) -> Vec<&FacetValue> {
        let Some(packages) = self.services.get(service).map(|service| service.packages.clone()) else { return Vec::new() };
        let facets = self.facets.iter().filter(|facet| facet.kind == kind);
        facets.flat_map(|facet| &facet.values).filter(|value| packages.clone().any(|package| value.bits.contains(package))).collect()
    }

    /// In how many days the first tier of a service that is not sold out can start.
    pub fn starts_in(&self, service: usize) -> Option<i32> {
        let packages = self.services.get(service)?.packages.clone();
        packages.filter_map(|package| self.starts.get(package).copied()).min().filter(|days| *days < i32::MAX)
    }

    pub fn package_count(&self) -> usize {
        self.prices.len()
    }

    /// Services, packages and facet counts for `query`.
    pub fn find(&self, query: &Query) -> Found {
        let scores = self.lexicon.scores(&query.words, self.prices.len());
        let mut text = Bits::all(self.prices.len());
        if let Some(scores) = &scores {
            text = Bits::none(self.prices.len());
            scores.iter().enumerate().filter(|(_, score)| **score > 0).for_each(|(number, _)| text.insert(number));
        }
        let masks: Vec<Option<Bits>> = self.facets.iter().map(|facet| self.mask(facet, query)).collect();
        let unknown = query.chosen.iter().any(|(kind, _)| !self.facets.iter().any(|facet| facet.kind == *kind));
        if unknown {
            text = Bits::none(self.prices.len());
        }
        let mut matching = text.clone();
        masks.iter().flatten().for_each(|mask| matching.keep(mask));
        let counts = (0..self.facets.len()).map(|at| self.counts(at, &text, &masks)).collect();
        Found { services: self.ordered(query, &matching, scores.as_deref()), packages: matching.count(), counts }
    }

    /// The packages of the values chosen in one facet; `None` where nothing is chosen.
    fn mask(&self, facet: &Facet, query: &Query) -> Option<Bits> {
        let mut chosen = query.chosen.iter().filter(|(kind, _)| *kind == facet.kind).peekable();
        chosen.peek()?;
        let mut mask = Bits::none(self.prices.len());
        let values = chosen.filter_map(|(_, key)| facet.values.iter().find(|value| value.key == *key));
        values.for_each(|value| mask.add(&value.bits));
        Some(mask)
    }

    fn counts(&self, at: usize, text: &Bits, masks: &[Option<Bits>]) -> Vec<u32> {
        let mut others = text.clone();
        masks.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(_, mask)| mask.as_ref()).for_each(|mask| others.keep(mask));
        self.facets[at].values.iter().map(|value| others.count_shared(&value.bits)).collect()
    }

    fn ordered(&self, query: &Query, matching: &Bits, scores: Option<&[u32]>) -> Vec<usize> {
        let typed = words(&query.words).join(" ");
        let mut hits: Vec<(i64, usize)> = Vec::new();
        for (number, service) in self.services.iter().enumerate() {
            let packages = || service.packages.clone().filter(|package| matching.contains(*package));
            if packages().next().is_none() {
                continue;
            }
            let key = match query.sort {
                Sort::Fit => -i64::from(scores.map_or(0, |scores| service.score(packages(), scores, &typed))),
                Sort::Price => packages().map(|package| self.prices[package]).min().unwrap_or(i64::MAX),
                Sort::Rating => -i64::from(service.rating.0),
                Sort::Bought => -i64::from(service.bought.0),
                Sort::Start => packages().map(|package| i64::from(self.starts[package])).min().unwrap_or(i64::MAX),
                Sort::Title => 0,
            };
            hits.push((key, number));
        }
        let by_fit = matches!(query.sort, Sort::Fit | Sort::Price);
        // One order for all: each sort that a program spells out travels to the browser.
        hits.sort_by_key(|(key, number)| {
            let service = &self.services[*number];
            (*key, by_fit.then_some((service.fit, service.rating)), &service.title)
        });
        hits.into_iter().map(|(_, number)| number).collect()
    }

    /// How well each service fits before anything is typed: a goal of the plan speaks of it, lists its kind of help, a fund can pay.
    fn weigh_fit(&mut self, catalog: &Catalog, shopper: Option<&Shopper<'_>>) {
        let weight = |kind| match kind {
            FacetKind::Goal => 4,
            FacetKind::Fund => 1,
            FacetKind::Price | FacetKind::Tier | FacetKind::Division | FacetKind::Unit | FacetKind::Category => 0,
            FacetKind::Span | FacetKind::Start | FacetKind::Rating | FacetKind::Capacity => 0,
        };
        for (service, on_shelf) in self.services.iter_mut().zip(&catalog.services) {
            let spoken_of = shopper.and_then(|shopper| fitting_goal(&on_shelf.content, shopper.means.plan)).map_or(0, |(_, shared)| shared);
            let serves = |value: &FacetValue| service.packages.clone().any(|package| value.bits.contains(package));
            let fit = self.facets.iter().map(|facet| weight(facet.kind) * u32::from(facet.values.iter().any(serves))).sum::<u32>();
            service.fit = Reverse(fit + 8 * u32::from(spoken_of > 0));
        }
    }
}

impl Shelved {
    fn score(&self, packages: impl Iterator<Item = usize>, scores: &[u32], typed: &str) -> u32 {
        let best = packages.map(|package| scores[package]).max().unwrap_or(0);
        let title = match self.title.strip_prefix(typed) {
            Some("") => WHOLE_TITLE,
            Some(_) => TITLE_BEGINNING,
            None => 0,
        };
        best + title
    }
}

/// The plan's goal that lists this kind of help and shares most words with it, the earlier one where they tie; and how many.
pub fn fitting_goal<'a>(content: &ServiceContent, plan: &'a [PlanGoalView]) -> Option<(&'a PlanGoalView, usize)> {
    const SHORTEST: usize = 4;
    let own = words(&format!("{} {}", content.title, content.subjects.join(" ")));
    let listed = plan.iter().filter(|goal| goal.categories.contains(&content.category));
    let shared = |goal: &PlanGoalView| words(&goal.title).iter().filter(|word| word.len() >= SHORTEST && own.contains(word)).count();
    listed.map(|goal| (goal, shared(goal))).rev().max_by_key(|(_, shared)| *shared)
}

fn row<'a>(
    service: &'a CatalogService,
    package: &'a CatalogPackage,
    shopper: Option<&Shopper<'_>>,
    now: (&SchoolCalendar, Date),
) -> Row<'a> {
    let priced = shopper.and_then(|shopper| price::usual_price(&package.content, shopper.facts, now.1).ok());
    Row { service, package, price: priced.map(|priced| priced.total), start: earliest_start(service, package, now) }
}

/// The first day a package can start: when the unit says, on a school day, and not before it can.
pub fn earliest_start(service: &CatalogService, package: &CatalogPackage, (days, today): (&SchoolCalendar, Date)) -> Date {
    let soonest = days.school_days_after(today, service.content.level.start_days);
    let soonest = package.content.starts.map_or(soonest, |starts| starts.max(soonest));
    // Where only so many start in a term or month, the first of them that has something left.
    package.next_start(soonest).map_or(soonest, |start| if start > soonest { days.school_days_after(start, 0) } else { start })
}

/// The average, drawn towards the middle while few have rated. In hundredths of a star.
fn weighed_rating(service: &CatalogService) -> u32 {
    const FEW: u32 = 5;
    const MIDDLE_HUNDREDTHS: u32 = 350;
    let buyers = service.buyers;
    let sum = buyers.stars.saturating_mul(100).saturating_add(FEW * MIDDLE_HUNDREDTHS);
    sum / buyers.ratings.saturating_add(FEW).max(1)
}

fn add_words(lexicon: &mut Lexicon, catalog: &Catalog, service: &CatalogService, packages: &Range<usize>) {
    let content = &service.content;
    lexicon.add(&content.title, packages, 8);
    lexicon.add(content.category.title(), packages, 4);
    lexicon.add(content.provider.as_deref().unwrap_or_default(), packages, 4);
    lexicon.add(&content.value_statement, packages, 3);
    lexicon.add(&content.outcome, packages, 1);
    content.subjects.iter().for_each(|subject| lexicon.add(subject, packages, 5));
    if let Some(unit) = catalog.units.iter().find(|unit| unit.id == service.unit) {
        lexicon.add(&unit.name, packages, 3);
    }
    for (package, number) in service.packages.iter().zip(packages.clone()) {
        let (content, only) = (&package.content, number..number + 1);
        lexicon.add(&content.name, &only, 2);
        lexicon.add(content.tier.title(), &only, 2);
        lexicon.add(&content.for_whom, &only, 2);
        content.adds.iter().for_each(|line| lexicon.add(line, &only, 2));
        content.deliverables.iter().for_each(|deliverable| lexicon.add(&deliverable.title, &only, 2));
        content.extras.add_ons.iter().for_each(|add_on| lexicon.add(&add_on.title, &only, 1));
    }
}

#[cfg(test)]
mod tests;
