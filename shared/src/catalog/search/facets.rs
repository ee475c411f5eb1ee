//! What the shelf can be narrowed by, and which packages belong to each value.

use super::Shopper;
use super::bits::Bits;
use crate::budget::fundfit::{Purchase, could_pay};
use crate::catalog::api::{Buyers, Catalog, CatalogPackage, CatalogService};
use crate::catalog::{Category, Division, GradeSpan, Tier};
use crate::money::Cents;
use crate::time::Date;
use crate::words::catalog as words;

/// Upper ends of the price groups between “Included” and “more”. Source: the shelf's design.
const PRICE_STEPS: [Cents; 2] = [Cents::new(500_000), Cents::new(1_500_000)];
/// Stars, in hundredths, that “4 stars and more” and “3 stars and more” begin at.
const RATING_STEPS: [(&str, u32); 2] = [("4", 400), ("3", 300)];
/// So many left, or fewer, is few.
const FEW_LEFT: u32 = 3;

/// Something to narrow the shelf by, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FacetKind {
    Goal,
    Fund,
    Price,
    Tier,
    Division,
    Unit,
    Category,
    Span,
    Start,
    Rating,
    Capacity,
}

impl FacetKind {
    pub const ALL: [Self; 11] = [
        Self::Goal,
        Self::Fund,
        Self::Price,
        Self::Tier,
        Self::Division,
        Self::Unit,
        Self::Category,
        Self::Span,
        Self::Start,
        Self::Rating,
        Self::Capacity,
    ];

    /// The name in the page's address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Fund => "fund",
            Self::Price => "price",
            Self::Tier => "tier",
            Self::Division => "division",
            Self::Unit => "unit",
            Self::Category => "category",
            Self::Span => "span",
            Self::Start => "start",
            Self::Rating => "rating",
            Self::Capacity => "capacity",
        }
    }

    /// The words above its values.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Goal => words::FACET_GOAL,
            Self::Fund => words::FACET_FUND,
            Self::Price => words::FACET_PRICE,
            Self::Tier => words::FACET_TIER,
            Self::Division => words::FACET_DIVISION,
            Self::Unit => words::FACET_UNIT,
            Self::Category => words::FACET_CATEGORY,
            Self::Span => words::FACET_SPAN,
            Self::Start => words::FACET_START,
            Self::Rating => words::FACET_RATING,
            Self::Capacity => words::FACET_CAPACITY,
        }
    }
}

/// One facet with its values, those without any package left out.
#[derive(Clone, Debug)]
pub struct Facet {
    pub kind: FacetKind,
    pub values: Vec<FacetValue>,
}

#[derive(Clone, Debug)]
pub struct FacetValue {
    /// The value in the page's address.
    pub key: String,
    pub title: String,
    pub(super) bits: Bits,
}

impl FacetValue {
    /// How many packages it holds at all.
    pub fn package_count(&self) -> u32 {
        self.bits.count()
    }
}

/// One package with all that facets look at.
pub(super) struct Row<'a> {
    pub service: &'a CatalogService,
    pub package: &'a CatalogPackage,
    /// Price for the school at the usual quantity; `None` where there is none.
    pub price: Option<Cents>,
    pub start: Date,
}

/// Builds facets value by value.
pub(super) struct Builder<'a> {
    pub rows: &'a [Row<'a>],
    pub today: Date,
}

impl Builder<'_> {
    fn value(&self, key: impl Into<String>, title: impl Into<String>, holds: impl Fn(&Row<'_>) -> bool) -> FacetValue {
        let mut bits = Bits::none(self.rows.len());
        self.rows.iter().enumerate().filter(|(_, row)| holds(row)).for_each(|(number, _)| bits.insert(number));
        FacetValue { key: key.into(), title: title.into(), bits }
    }

    /// Every facet in the order of the page; those of the school only with a shopper.
    pub fn facets(&self, catalog: &Catalog, shopper: Option<&Shopper<'_>>) -> Vec<Facet> {
        let of = |kind| Facet { kind, values: self.values(kind, catalog, shopper) };
        let mut facets: Vec<Facet> = FacetKind::ALL.into_iter().map(of).collect();
        facets.iter_mut().for_each(|facet| facet.values.retain(|value| !value.bits.is_empty()));
        facets.retain(|facet| !facet.values.is_empty());
        facets
    }

    fn values(&self, kind: FacetKind, catalog: &Catalog, shopper: Option<&Shopper<'_>>) -> Vec<FacetValue> {
        match kind {
            FacetKind::Goal => shopper.map(|shopper| self.goals(shopper)).unwrap_or_default(),
            FacetKind::Fund => shopper.map(|shopper| self.funds(shopper)).unwrap_or_default(),
            FacetKind::Price => shopper.map(|_| self.prices()).unwrap_or_default(),
            FacetKind::Tier => {
                Tier::ALL.iter().map(|tier| self.value(tier.name(), tier.title(), |row| row.package.content.tier == *tier)).collect()
            }
            FacetKind::Division => Division::ALL.iter().map(|division| self.division(*division, catalog)).collect(),
            FacetKind::Unit => {
                let mut units: Vec<_> = catalog.units.iter().collect();
                units.sort_by(|a, b| a.name.cmp(&b.name));
                units.into_iter().map(|unit| self.value(unit.id.to_string(), &unit.name, |row| row.service.unit == unit.id)).collect()
            }
            FacetKind::Category => {
                Category::ALL.iter().map(|it| self.value(it.name(), it.title(), |row| row.service.content.category == *it)).collect()
            }
            FacetKind::Span => {
                GradeSpan::ALL.iter().map(|it| self.value(it.name(), it.title(), |row| row.service.content.span == *it)).collect()
            }
            FacetKind::Start => self.starts(),
            FacetKind::Rating => self.ratings(),
            FacetKind::Capacity => vec![
                self.value("left", words::FACET_LEFT, |row| row.package.left != Some(0)),
                self.value("few", words::FACET_FEW_LEFT, |row| row.package.left.is_some_and(|left| (1..=FEW_LEFT).contains(&left))),
            ],
        }
    }

    fn division(&self, division: Division, catalog: &Catalog) -> FacetValue {
        let units: Vec<_> = catalog.units.iter().filter(|unit| unit.division == division).map(|unit| unit.id).collect();
        self.value(division.name(), division.title(), |row| units.contains(&row.service.unit))
    }

    fn goals(&self, shopper: &Shopper<'_>) -> Vec<FacetValue> {
        let plan = shopper.means.plan.iter();
        plan.map(|goal| {
            let title = words::goal(goal.number, &goal.title);
            self.value(goal.id.to_string(), title, |row| goal.categories.contains(&row.service.content.category))
        })
        .collect()
    }

    fn funds(&self, shopper: &Shopper<'_>) -> Vec<FacetValue> {
        let lines = shopper.means.lines.iter();
        lines
            .map(|line| {
                let mut last: Option<(*const CatalogService, Date, bool)> = None;
                let mut bits = Bits::none(self.rows.len());
                for (number, row) in self.rows.iter().enumerate() {
                    // The tiers of a service stand together and mostly start together: one verdict serves them all.
                    let known = last.filter(|(service, start, _)| std::ptr::eq(*service, row.service) && *start == row.start);
                    let pays = known.map_or_else(|| row.could_be_paid(shopper, line), |(_, _, pays)| pays);
                    last = Some((row.service, row.start, pays));
                    if pays {
                        bits.insert(number);
                    }
                }
                FacetValue { key: line.fund.id.to_string(), title: line.fund.title.clone(), bits }
            })
            .collect()
    }

    fn prices(&self) -> Vec<FacetValue> {
        let [low, high] = PRICE_STEPS;
        let between = |row: &Row<'_>, over: Cents, until: Cents| row.price.is_some_and(|price| price > over && price <= until);
        vec![
            self.value("included", words::INCLUDED, |row| row.price.is_some_and(Cents::is_zero)),
            self.value("low", words::up_to(low), |row| between(row, Cents::ZERO, low)),
            self.value("middle", words::up_to(high), |row| between(row, low, high)),
            self.value("high", words::over(high), |row| row.price.is_some_and(|price| price > high)),
        ]
    }

    fn starts(&self) -> Vec<FacetValue> {
        let month = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
        let ahead = move |row: &Row<'_>, today: Date| month(row.start) - month(today);
        vec![
            self.value("this", words::START_THIS_MONTH, |row| ahead(row, self.today) <= 0),
            self.value("next", words::START_NEXT_MONTH, |row| ahead(row, self.today) == 1),
            self.value("later", words::START_LATER, |row| ahead(row, self.today) > 1),
        ]
    }

    fn ratings(&self) -> Vec<FacetValue> {
        let at_least = |(key, stars): (&str, u32)| {
            self.value(key, words::stars_and_more(key), move |row| rating(row.service.buyers).is_some_and(|rating| rating >= stars))
        };
        let unrated = self.value("none", words::NOT_RATED_YET, |row| row.service.buyers.ratings == 0);
        RATING_STEPS.into_iter().map(at_least).chain([unrated]).collect()
    }
}

impl Row<'_> {
    fn could_be_paid(&self, shopper: &Shopper<'_>, line: &crate::budget::api::BudgetLineView) -> bool {
        let purchase = Purchase { content: &self.service.content, price: Cents::ZERO, start: self.start, goal: None };
        could_pay(&purchase, &shopper.means, line)
    }
}

/// The average of a service's ratings in hundredths of a star.
pub fn rating(buyers: Buyers) -> Option<u32> {
    buyers.stars.checked_mul(100)?.checked_div(buyers.ratings)
}
