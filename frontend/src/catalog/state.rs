//! What the shelf's address holds, and what its cards say; no page, no server.

use serde::{Deserialize, Serialize};
use shared::catalog::api::{Catalog, CatalogPackage, CatalogService, CatalogUnit, MenuView};
use shared::catalog::price::{self, CardPrice};
use shared::catalog::search::{FacetKind, Index, Query, Sort, rating};
use shared::catalog::{PriceModel, SchoolFacts};
use shared::id::UnitId;
use shared::money::BasisPoints;
use shared::time::Date;

use super::groups::Grouping;

/// The most packages side by side.
pub const COMPARED_LIMIT: usize = 4;
/// So many left, or fewer, are worth saying.
const FEW_LEFT: u32 = 3;
/// Fund badges on a card; the rest is counted.
const BADGES: usize = 2;

/// The shelf's address. Several values of one filter stand with points between them: letters, digits and `_` need no escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// How the results stand in groups: [`Grouping`]'s names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Packages picked for the comparison.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compare: Option<String>,
}

impl ShelfQuery {
    fn slot(&mut self, kind: FacetKind) -> &mut Option<String> {
        match kind {
            FacetKind::Goal => &mut self.goal,
            FacetKind::Fund => &mut self.fund,
            FacetKind::Price => &mut self.price,
            FacetKind::Tier => &mut self.tier,
            FacetKind::Division => &mut self.division,
            FacetKind::Unit => &mut self.unit,
            FacetKind::Category => &mut self.category,
            FacetKind::Span => &mut self.span,
            FacetKind::Start => &mut self.start,
            FacetKind::Rating => &mut self.rating,
            FacetKind::Capacity => &mut self.capacity,
        }
    }

    /// The values chosen of one facet.
    pub fn chosen(&self, kind: FacetKind) -> Vec<String> {
        list(self.clone().slot(kind).as_deref())
    }

    /// How many filters are in force, the words left aside.
    pub fn count(&self) -> usize {
        FacetKind::ALL.into_iter().map(|kind| self.chosen(kind).len()).sum()
    }

    /// With one value on or off.
    #[must_use]
    pub fn switched(&self, kind: FacetKind, key: &str, on: bool) -> Self {
        let mut next = self.clone();
        let mut keys = self.chosen(kind);
        keys.retain(|known| known != key);
        if on {
            keys.push(key.to_owned());
        }
        *next.slot(kind) = joined(&keys);
        next
    }

    /// Without filters and words; sorting and comparison stay.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self { sort: self.sort.clone(), group: self.group.clone(), compare: self.compare.clone(), ..Self::default() }
    }

    #[must_use]
    pub fn with_words(&self, words: &str) -> Self {
        Self { q: Some(words.to_owned()).filter(|words| !words.is_empty()), ..self.clone() }
    }

    pub fn sort(&self) -> Sort {
        self.sort.as_deref().and_then(Sort::parse).unwrap_or_default()
    }

    pub fn grouping(&self) -> Option<Grouping> {
        self.group.as_deref().and_then(Grouping::parse)
    }

    pub fn compared(&self) -> Vec<String> {
        list(self.compare.as_deref())
    }

    /// With one package in or out of the comparison; a fifth is not taken.
    #[must_use]
    pub fn with_compared(&self, package: &str, on: bool) -> Self {
        let mut packages = self.compared();
        packages.retain(|known| known != package);
        if on && packages.len() < COMPARED_LIMIT {
            packages.push(package.to_owned());
        }
        Self { compare: joined(&packages), ..self.clone() }
    }

    /// What the index is asked.
    pub fn to_search(&self) -> Query {
        let of = |kind| self.chosen(kind).into_iter().map(move |key| (kind, key));
        let chosen = FacetKind::ALL.into_iter().flat_map(of).collect();
        Query { words: self.q.clone().unwrap_or_default(), chosen, sort: self.sort() }
    }
}

/// Values with points between them, as they stand in an address.
pub fn list(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default().split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

pub fn joined(parts: &[String]) -> Option<String> {
    Some(parts.join(".")).filter(|text| !text.is_empty())
}

/// What one card shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    pub id: String,
    pub title: String,
    pub value_statement: String,
    pub division: String,
    /// The unit, or the provider that it brokers.
    pub seller: String,
    /// An outside provider delivers it: the district's fee inside the price, where there is one.
    pub contracted_out: Option<BasisPoints>,
    pub rating_tenths: Option<u32>,
    pub schools: u32,
    pub price: CardPrice,
    /// Restricted funds that can pay, by short title, and how many more there are.
    pub funds: Vec<String>,
    pub more_funds: usize,
    /// Only money without strings can pay.
    pub only_unrestricted: bool,
    /// No fund of the school may pay.
    pub unpayable: bool,
    /// Said where few are left.
    pub left: Option<u32>,
    /// The first day that any tier with places left can start.
    pub start: Option<Date>,
    /// The package that the comparison takes.
    pub package: String,
}

/// What the cards of a page have in common.
pub struct Cards<'a> {
    pub catalog: &'a Catalog,
    pub index: &'a Index,
    pub facts: SchoolFacts,
    /// The day that early prices go by.
    pub today: Date,
    /// Titles of funds without strings.
    pub unrestricted: Vec<String>,
    /// Whether a school looks, so that funds and prices mean something.
    pub has_school: bool,
}

impl Cards<'_> {
    /// The card of a service, by its number in the catalog.
    pub fn card(&self, number: usize) -> Option<CardView> {
        let service = self.catalog.services.get(number)?;
        let unit = unit_of(self.catalog, service.unit)?;
        // What a fund pays for least often says most.
        let mut payers = self.index.values_of(FacetKind::Fund, number);
        payers.sort_by_key(|value| value.package_count());
        let payers: Vec<&str> = payers.iter().map(|value| value.title.as_str()).collect();
        let with_strings: Vec<&str> = payers.iter().filter(|title| !self.unrestricted.iter().any(|free| free == *title)).copied().collect();
        let priced = service.packages.iter().any(|package| package.content.price != PriceModel::Included);
        Some(CardView {
            id: service.id.to_string(),
            title: service.content.title.clone(),
            value_statement: service.content.value_statement.clone(),
            division: unit.division.title().to_owned(),
            seller: service.content.provider.clone().unwrap_or_else(|| unit.name.clone()),
            contracted_out: service.content.provider.as_ref().map(|_| fee(service)),
            rating_tenths: rating(service.buyers).map(|hundredths| (hundredths + 5) / 10),
            schools: service.buyers.schools,
            price: price::from_price(service.packages.iter().map(|package| &package.content), &self.facts, self.today),
            funds: with_strings.iter().take(BADGES).map(|title| short_fund(title)).collect(),
            more_funds: with_strings.len().saturating_sub(BADGES),
            only_unrestricted: self.has_school && priced && with_strings.is_empty() && !payers.is_empty(),
            unpayable: self.has_school && priced && payers.is_empty(),
            left: few_left(service),
            start: self.index.starts_in(number).map(|days| self.today.plus_days(days)),
            package: entry_package(service).map(|package| package.id.to_string()).unwrap_or_default(),
        })
    }
}

/// The district's fee on what an outside provider charges.
fn fee(service: &CatalogService) -> BasisPoints {
    let of = |package: &CatalogPackage| match package.content.price {
        PriceModel::Brokered { brokerage, .. } => Some(brokerage),
        _ => None,
    };
    service.packages.iter().find_map(of).unwrap_or(BasisPoints(0))
}

/// How many are left where every tier that costs something is running out.
fn few_left(service: &CatalogService) -> Option<u32> {
    let paid = service.packages.iter().filter(|package| package.content.price != PriceModel::Included);
    let left: Option<Vec<u32>> = paid.map(|package| package.left).collect();
    left?.into_iter().max().filter(|left| *left <= FEW_LEFT)
}

/// The tier a newcomer starts from: the first that is not free, else the first.
pub fn entry_package(service: &CatalogService) -> Option<&CatalogPackage> {
    let paid = service.packages.iter().find(|package| package.content.price != PriceModel::Included);
    paid.or_else(|| service.packages.first())
}

pub fn unit_of(catalog: &Catalog, id: UnitId) -> Option<&CatalogUnit> {
    catalog.units.iter().find(|unit| unit.id == id)
}

/// Whether the shelf shows the menu as it is written.
pub fn unchanged(menu: &MenuView) -> bool {
    menu.published.is_some() && menu.wanted == menu.sale && menu.services.iter().all(|service| !service.changed && service.on_shelf)
}

/// `Title I, Part A` is `Title I` on a badge.
pub fn short_fund(title: &str) -> String {
    title.split([',', '(']).next().unwrap_or(title).trim().to_owned()
}

/// `Lincoln Elementary` is `Lincoln` where the sentence has little room.
pub fn short_school(name: &str) -> &str {
    const KINDS: [&str; 8] = [" Elementary", " Middle", " High", " Academy", " K–8", " School", " Preparatory", " Secondary"];
    KINDS.iter().find_map(|kind| name.split_once(kind).map(|(short, _)| short)).filter(|short| !short.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_goes_into_the_address_and_out_of_it() {
        let query = ShelfQuery::default().switched(FacetKind::Tier, "plus", true).switched(FacetKind::Tier, "core", true);
        assert_eq!(query.tier.as_deref(), Some("plus.core"));
        assert_eq!(query.count(), 2);
        assert_eq!(query.to_search().chosen, [(FacetKind::Tier, "plus".to_owned()), (FacetKind::Tier, "core".to_owned())]);
        let off = query.switched(FacetKind::Tier, "plus", false).switched(FacetKind::Tier, "core", false);
        assert_eq!(off, ShelfQuery::default());
    }

    #[test]
    fn clearing_keeps_sorting_and_comparison() {
        let query = ShelfQuery { sort: Some("price".to_owned()), compare: Some("pkg_a".to_owned()), ..ShelfQuery::default() };
        assert_eq!(query.with_words("math").switched(FacetKind::Goal, "g", true).cleared(), query);
        assert_eq!(query.sort(), Sort::Price);
    }

    #[test]
    fn a_fifth_is_not_compared() {
        let four = ["a", "b", "c", "d"].iter().fold(ShelfQuery::default(), |query, package| query.with_compared(package, true));
        assert_eq!(four.with_compared("e", true), four);
        assert_eq!(four.with_compared("b", false).compared(), ["a", "c", "d"]);
    }

    #[test]
    fn names_are_short_where_room_is_short() {
        assert_eq!(short_fund("Title I, Part A"), "Title I");
        assert_eq!(short_fund("Unrestricted"), "Unrestricted");
        assert_eq!(short_school("Lincoln Elementary"), "Lincoln");
        assert_eq!(short_school("San Antonio High School"), "San Antonio");
        assert_eq!(short_school("Redwood"), "Redwood");
    }
}
