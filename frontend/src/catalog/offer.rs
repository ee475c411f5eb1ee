//! A service's tiers as one school sees them: price with its working, who can pay, what each adds; no page, no server.

use serde::{Deserialize, Serialize};
use shared::budget::FundKind;
use shared::budget::fundfit::{FundFit, Means, Purchase, fund_fit};
use shared::calendar::SchoolCalendar;
use shared::catalog::api::{CatalogPackage, CatalogService, PackageContent};
use shared::catalog::choice::Choices;
use shared::catalog::price::{self, Buying, PriceError, Priced};
use shared::catalog::search::{earliest_start, fitting_goal};
use shared::catalog::{PriceModel, SchoolFacts};
use shared::id::PlanGoalId;
use shared::money::Cents;
use shared::orders::SplitPart;
use shared::orders::approval::FundTraits;
use shared::time::Date;

use super::state::{entry_package, joined, list, short_fund};

/// A service's address: the tier looked at, and how it would be bought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Years of the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<String>,
    /// Numbers of the add-ons taken, with points between them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add: Option<String>,
    /// A plan goal's id, or `none`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
}

/// Who looks: without a school there are prices but no funds.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    pub facts: &'a SchoolFacts,
    pub means: Option<Means<'a>>,
    pub today: Date,
    /// The district's days.
    pub days: &'a SchoolCalendar,
}

impl Viewer<'_> {
    fn buying(&self) -> Buying<'_> {
        Buying { facts: self.facts, day: self.today, quote: None }
    }
}

/// What paying for a tier means for the school, in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PayHint {
    /// Nothing to say: it is free, or nobody looks on behalf of a school.
    Silent,
    /// Money with strings pays all of it.
    Pays { fund: String },
    /// So much of it has to come from money without strings.
    TakesFlexible(Cents),
    /// So much of it nobody can pay.
    Short(Cents),
}

/// One tier as a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierView {
    pub package: CatalogPackage,
    pub name: String,
    pub quantity: u32,
    pub choices: Choices,
    pub price: Result<Priced, PriceError>,
    /// The tier before it, whose things it holds too.
    pub holds: Option<String>,
    pub gets: Vec<String>,
    pub hint: PayHint,
    pub start: Date,
}

impl ServiceQuery {
    pub fn chosen<'a>(&self, service: &'a CatalogService) -> Option<&'a CatalogPackage> {
        let wanted = self.package.as_deref();
        service.packages.iter().find(|package| Some(package.id.to_string().as_str()) == wanted).or_else(|| entry_package(service))
    }

    /// The goal named in the address; else the one of the plan that speaks most of this service.
    pub fn goal(&self, service: &CatalogService, viewer: &Viewer<'_>) -> Option<PlanGoalId> {
        let plan = viewer.means.map(|means| means.plan).unwrap_or_default();
        match self.goal.as_deref() {
            Some("none") => None,
            Some(named) => plan.iter().map(|goal| goal.id).find(|id| id.to_string() == named),
            None => fitting_goal(&service.content, plan).map(|(goal, _)| goal.id),
        }
    }

    fn quantity_of(&self, package: &CatalogPackage, chosen: bool) -> u32 {
        let usual = price::default_quantity(&package.content.price);
        let typed = self.quantity.as_deref().and_then(|text| text.trim().parse().ok());
        typed.filter(|_| chosen && price::takes_quantity(&package.content.price)).unwrap_or(usual)
    }

    /// The term and the add-ons in the address, as far as the chosen package offers them.
    fn choices_of(&self, package: &CatalogPackage, chosen: bool) -> Choices {
        if !chosen {
            return Choices::default();
        }
        let add_ons = list(self.add.as_deref()).iter().filter_map(|key| key.parse().ok()).collect();
        let years = self.years.as_deref().and_then(|years| years.parse().ok()).unwrap_or(1);
        Choices { years, add_ons }.offered_by(&package.content.extras)
    }

    /// With another term or other add-ons.
    #[must_use]
    pub fn choosing(&self, choices: &Choices) -> Self {
        let keys: Vec<String> = choices.add_ons.iter().map(u16::to_string).collect();
        Self { years: Some(choices.years.to_string()).filter(|years| years != "1"), add: joined(&keys), ..self.clone() }
    }

    fn start_of(&self, service: &CatalogService, package: &CatalogPackage, viewer: &Viewer<'_>) -> Date {
        let typed = self.start.as_deref().and_then(|text| text.parse().ok());
        typed.unwrap_or_else(|| earliest_start(service, package, (viewer.days, viewer.today)))
    }
}

/// The unit's own name of a tier, or the tier's.
pub fn tier_name(content: &PackageContent) -> String {
    if content.name.is_empty() { content.tier.title().to_owned() } else { content.name.clone() }
}

/// What a package delivers, counted: `15 coaching days`.
pub fn gets(content: &PackageContent, quantity: u32) -> Vec<String> {
    let bought = |each: u32| each.saturating_mul(quantity);
    let deliverables = content.deliverables.iter();
    deliverables
        .map(|item| match (bought(item.quantity), item.title.is_empty()) {
            (count, true) => format!("{count} × {}", item.measure.title()),
            (count, false) => format!("{count} × {}", item.title),
        })
        .collect()
}

/// All tiers of a service, in order.
pub fn tiers(service: &CatalogService, query: &ServiceQuery, viewer: &Viewer<'_>) -> Vec<TierView> {
    let chosen = query.chosen(service).map(|package| package.id);
    let mut before: Option<String> = None;
    let columns = service.packages.iter().map(|package| {
        let name = tier_name(&package.content);
        let quantity = query.quantity_of(package, Some(package.id) == chosen);
        let choices = query.choices_of(package, Some(package.id) == chosen);
        let price = price::price_of(&package.content, quantity, &choices, &viewer.buying());
        let hint = match (&price, fit(service, package, query, viewer)) {
            (Ok(priced), Some(fit)) if !priced.total.is_zero() => pay_hint(&fit, viewer),
            (Ok(_) | Err(_), _) => PayHint::Silent,
        };
        TierView {
            package: package.clone(),
            quantity,
            choices,
            price,
            holds: before.replace(name.clone()),
            gets: gets(&package.content, quantity),
            hint,
            start: query.start_of(service, package, viewer),
            name,
        }
    });
    columns.collect()
}

/// Who can pay for one tier; `None` without a school or a price.
pub fn fit(service: &CatalogService, package: &CatalogPackage, query: &ServiceQuery, viewer: &Viewer<'_>) -> Option<FundFit> {
    let means = viewer.means?;
    let chosen = query.chosen(service).is_some_and(|chosen| chosen.id == package.id);
    let choices = query.choices_of(package, chosen);
    let price = price::price_of(&package.content, query.quantity_of(package, chosen), &choices, &viewer.buying()).ok()?.total;
    let goal = query.goal(service, viewer);
    let start = query.start_of(service, package, viewer);
    Some(fund_fit(&Purchase { content: &service.content, price, start, goal }, &means))
}

/// What the approval policy asks of the funds that would pay.
pub fn funds(fit: &FundFit, viewer: &Viewer<'_>) -> Vec<FundTraits> {
    let lines = viewer.means.map(|means| means.lines).unwrap_or_default();
    let fund = |part: &SplitPart| {
        let fund = &lines.iter().find(|line| line.id == part.line)?.fund;
        Some(FundTraits { id: fund.id, kind: fund.kind, family: fund.family })
    };
    fit.proposal().iter().filter_map(fund).collect()
}

fn pay_hint(fit: &FundFit, viewer: &Viewer<'_>) -> PayHint {
    if !fit.shortfall.is_zero() {
        return PayHint::Short(fit.shortfall);
    }
    let lines = viewer.means.map(|means| means.lines).unwrap_or_default();
    let is_flexible = |line| lines.iter().any(|known| known.id == line && known.fund.kind == FundKind::Unrestricted);
    let used = || fit.offers.iter().filter(|offer| !offer.this_order.is_zero());
    let flexible: Cents = used().filter(|offer| is_flexible(offer.line)).map(|offer| offer.this_order).sum();
    match used().next() {
        Some(first) if flexible.is_zero() => PayHint::Pays { fund: short_fund(&first.title) },
        Some(_) => PayHint::TakesFlexible(flexible),
        None => PayHint::Silent,
    }
}

/// Whether a tier costs nothing by its price model.
pub fn is_free(package: &CatalogPackage) -> bool {
    package.content.price == PriceModel::Included
}

#[cfg(test)]
mod tests {
    use shared::catalog::Tier;
    use shared::catalog::choice::{AddOn, AddOnCount, Extras, TermPrice};
    use shared::money::BasisPoints;

    use super::super::testing::{service, viewer};
    use super::*;

    #[test]
    fn a_typed_quantity_reprices_the_chosen_tier() {
        let query = ServiceQuery { quantity: Some("15".to_owned()), ..ServiceQuery::default() };
        let tiers = tiers(&service(), &query, &viewer());
        assert_eq!(tiers[1].price.as_ref().map(|priced| priced.working.as_str()), Ok("15 days × $902.50 — volume price"));
        assert_eq!(tiers[1].gets, ["15 × coaching days"]);
        assert_eq!(tiers[1].holds.as_deref(), Some("Core"));
        assert_eq!(tiers[0].quantity, 1);
    }

    #[test]
    fn a_term_and_add_ons_in_the_address_reprice_the_chosen_tier() {
        let mut service = service();
        let add_on =
            AddOn { key: 7, title: "Kit".to_owned(), count: AddOnCount::WithEach, price: PriceModel::Flat { price: Cents::new(1_000) } };
        let terms = vec![TermPrice { years: 2, less: BasisPoints(1_000) }];
        service.packages[1].content.extras = Extras { early: None, terms, add_ons: vec![add_on], guaranteed: None };
        let query = ServiceQuery::default().choosing(&Choices { years: 2, add_ons: vec![7] });
        assert_eq!((query.years.as_deref(), query.add.as_deref()), (Some("2"), Some("7")));
        let tiers = tiers(&service, &query, &viewer());
        assert_eq!(tiers[1].price.as_ref().map(|priced| priced.total), Ok(Cents::new(570_000 - 57_000 + 6_000)));
        assert_eq!(ServiceQuery::default().choosing(&Choices::default()), ServiceQuery::default());
    }

    #[test]
    fn a_quantity_that_is_no_number_is_the_usual_one() {
        let query = ServiceQuery { quantity: Some("many".to_owned()), ..ServiceQuery::default() };
        assert_eq!(tiers(&service(), &query, &viewer())[1].quantity, 6);
    }

    #[test]
    fn the_first_tier_that_costs_something_is_looked_at_first() {
        let service = service();
        assert_eq!(ServiceQuery::default().chosen(&service).map(|package| package.content.tier), Some(Tier::Plus));
        let core = ServiceQuery { package: Some(service.packages[0].id.to_string()), ..ServiceQuery::default() };
        assert_eq!(core.chosen(&service).map(|package| package.content.tier), Some(Tier::Core));
    }
}
