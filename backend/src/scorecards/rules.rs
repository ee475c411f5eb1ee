//! From looks, orders and costs to the seller's view: pure, and the same for the page and its files.

use std::collections::{BTreeMap, BTreeSet};

use shared::catalog::PriceModel;
use shared::catalog::interest::Interest;
use shared::id::{PackageId, SchoolId, ServiceId};
use shared::identity::api::PersonRef;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::scorecards::seller::{Hurt, HurtGoal, HurtSchool, MonthDemand, SellerService, SellerTier, SellerTotals, TakeUp};
use shared::time::Date;
use shared::words::scorecards as words;

use crate::catalog::service::{Carried, Look, Offered, OfferedTier};
use crate::orders::service::Sale;

/// What the view is made of.
pub struct Material<'a> {
    pub offered: &'a [Offered],
    pub looks: &'a [Look],
    pub sales: &'a [Sale],
    pub owners: &'a BTreeMap<PackageId, PersonRef>,
    /// Who answers where nobody was named.
    pub head: &'a PersonRef,
}

/// Whether an order counts as bought: it was submitted and not taken back.
fn is_bought(state: OrderState) -> bool {
    match state {
        OrderState::Submitted
        | OrderState::Approved
        | OrderState::Accepted
        | OrderState::Countered
        | OrderState::InDelivery
        | OrderState::Delivered
        | OrderState::Closed => true,
        OrderState::Draft | OrderState::Returned | OrderState::Withdrawn | OrderState::Cancelled => false,
    }
}

/// What of an order's price is still to be delivered.
fn committed(sale: &Sale) -> Cents {
    if is_bought(sale.state) { sale.price.saturating_sub(sale.spent) } else { Cents::ZERO }
}

/// What an order cost the unit; of one that ended early, what was delivered of it.
fn cost_of(sale: &Sale, tier: Option<&OfferedTier>) -> Option<Cents> {
    let cost = tier?.cost?;
    let whole = cost.one.checked_ratio(i64::from(sale.quantity), cost.parts)?;
    if is_bought(sale.state) { Some(whole) } else { whole.checked_ratio(i64::from(sale.confirmed_units), i64::from(sale.units.max(1))) }
}

/// Whether an order tells something about money: bought, or delivered in part before it ended.
fn counts(sale: &Sale) -> bool {
    is_bought(sale.state) || !sale.spent.is_zero()
}

impl Material<'_> {
    fn tier(&self, package: PackageId) -> Option<&OfferedTier> {
        self.offered.iter().flat_map(|service| &service.tiers).find(|tier| tier.id == package)
    }

    pub fn totals(&self) -> SellerTotals {
        let mut totals = SellerTotals::default();
        for sale in self.sales.iter().filter(|sale| counts(sale)) {
            totals.earned = totals.earned.saturating_add(sale.spent);
            totals.committed = totals.committed.saturating_add(committed(sale));
            match cost_of(sale, self.tier(sale.package)) {
                Some(cost) => totals.cost = totals.cost.saturating_add(cost),
                None => totals.uncosted += 1,
            }
        }
        totals
    }

    /// Every month from that of `first` to that of `today`, also the empty ones.
    pub fn months(&self, first: Date, today: Date) -> Vec<MonthDemand> {
        let mut months: Vec<MonthDemand> = Vec::new();
        let mut day = first;
        while day <= today {
            let known = months.last().is_some_and(|last| same_month(last.month, day));
            if !known {
                months.push(MonthDemand { month: day, viewed: 0, compared: 0, drafted: 0, ordered: 0 });
            }
            day = day.plus_days(1);
        }
        let mut of = |day: Date, add: &dyn Fn(&mut MonthDemand)| {
            if let Some(month) = months.iter_mut().find(|month| same_month(month.month, day)) {
                add(month);
            }
        };
        for look in self.looks {
            match look.kind {
                Interest::Viewed => of(look.day, &|month| month.viewed += look.times),
                Interest::Compared => of(look.day, &|month| month.compared += look.times),
            }
        }
        for sale in self.sales {
            of(sale.drafted, &|month| month.drafted += 1);
            if let Some(day) = sale.submitted {
                of(day, &|month| month.ordered += 1);
            }
        }
        months
    }

    /// The unit's services in the order of the menu; what left the shelf and was bought stands last.
    pub fn services(&self) -> Vec<SellerService> {
        let mut services: Vec<SellerService> = self.offered.iter().map(|service| self.service(service)).collect();
        let known: BTreeSet<ServiceId> = services.iter().map(|service| service.id).collect();
        let mut others: BTreeMap<ServiceId, &Sale> = BTreeMap::new();
        for sale in self.sales.iter().filter(|sale| !known.contains(&sale.service)) {
            others.entry(sale.service).or_insert(sale);
        }
        let off_shelf = |(id, sale): (ServiceId, &Sale)| {
            let gone = Offered { id, title: sale.title.clone(), on_shelf: false, stars: 0, ratings: 0, tiers: Vec::new() };
            self.service(&gone)
        };
        services.extend(others.into_iter().map(off_shelf));
        services
    }

    fn service(&self, service: &Offered) -> SellerService {
        let own: Vec<&Sale> = self.sales.iter().filter(|sale| sale.service == service.id).collect();
        let packages: BTreeSet<PackageId> = service.tiers.iter().map(|tier| tier.id).collect();
        let buyers: BTreeSet<SchoolId> = own.iter().filter(|sale| counts(sale)).map(|sale| sale.school.id).collect();
        let compared = self.looks.iter().filter(|look| look.kind == Interest::Compared && packages.contains(&look.package));
        let lost: BTreeSet<SchoolId> = compared.map(|look| look.school).filter(|school| !buyers.contains(school)).collect();
        SellerService {
            id: service.id,
            title: service.title.clone(),
            on_shelf: service.on_shelf,
            rating_tenths: (service.stars * 10).checked_div(service.ratings),
            ratings: service.ratings,
            tiers: service.tiers.iter().map(|tier| self.one_tier(tier, &own)).collect(),
            compared_not_bought: count(lost.len()),
            hurt: hurt(&own),
            decision: None,
        }
    }

    fn one_tier(&self, tier: &OfferedTier, sales: &[&Sale]) -> SellerTier {
        let own: Vec<&Sale> = sales.iter().copied().filter(|sale| sale.package == tier.id).collect();
        let looks = |kind| self.looks.iter().filter(|look| look.package == tier.id && look.kind == kind).map(|look| look.times).sum();
        let paid = || own.iter().copied().filter(|sale| counts(sale));
        let sum = |of: fn(&Sale) -> Cents| paid().map(of).fold(Cents::ZERO, Cents::saturating_add);
        SellerTier {
            package: tier.id,
            name: tier.name.clone(),
            viewed: looks(Interest::Viewed),
            compared: looks(Interest::Compared),
            drafted: count(own.len()),
            ordered: count(own.iter().filter(|sale| sale.submitted.is_some()).count()),
            schools: count(paid().map(|sale| sale.school.id).collect::<BTreeSet<_>>().len()),
            earned: sum(|sale| sale.spent),
            committed: sum(committed),
            cost: tier.cost.and_then(|_| paid().map(|sale| cost_of(sale, Some(tier))).sum()),
            break_even: take_up(tier),
            capacity: tier.capacity,
            sold: tier.sold,
            delivered: delivered(&own).min(tier.sold),
            owner: self.owners.get(&tier.id).unwrap_or(self.head).clone(),
        }
    }
}

/// Of what was sold, how much was confirmed, counted as capacity is.
fn delivered(sales: &[&Sale]) -> u32 {
    let of = |sale: &&Sale| u64::from(sale.quantity) * u64::from(sale.confirmed_units) / u64::from(sale.units.max(1));
    sales.iter().filter(|sale| counts(sale)).map(of).sum::<u64>().try_into().unwrap_or(u32::MAX)
}

fn hurt(sales: &[&Sale]) -> Hurt {
    let mut schools: BTreeMap<SchoolId, HurtSchool> = BTreeMap::new();
    let mut goals: BTreeMap<String, (BTreeSet<SchoolId>, Cents)> = BTreeMap::new();
    let mut dollars = Cents::ZERO;
    for sale in sales.iter().filter(|sale| is_bought(sale.state)) {
        dollars = dollars.saturating_add(sale.price);
        let school = schools.entry(sale.school.id).or_insert_with(|| HurtSchool { school: sale.school.clone(), dollars: Cents::ZERO });
        school.dollars = school.dollars.saturating_add(sale.price);
        let goal = goals.entry(sale.goal.clone().unwrap_or_else(|| words::NO_GOAL.to_owned())).or_default();
        goal.0.insert(sale.school.id);
        goal.1 = goal.1.saturating_add(sale.price);
    }
    let mut schools: Vec<HurtSchool> = schools.into_values().collect();
    schools.sort_by(|a, b| b.dollars.cmp(&a.dollars).then_with(|| a.school.name.cmp(&b.school.name)));
    let mut goals: Vec<HurtGoal> =
        goals.into_iter().map(|(title, (schools, dollars))| HurtGoal { title, schools: count(schools.len()), dollars }).collect();
    goals.sort_by(|a, b| b.dollars.cmp(&a.dollars).then_with(|| a.title.cmp(&b.title)));
    Hurt { dollars, schools, goals }
}

fn same_month(a: Date, b: Date) -> bool {
    (a.year(), a.month()) == (b.year(), b.month())
}

fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// At which take-up a tier pays its staff; what is guaranteed has no price to do so.
fn take_up(tier: &OfferedTier) -> TakeUp {
    match (tier.content.price == PriceModel::Included, tier.carried) {
        (true, _) => TakeUp::Free,
        (false, Carried::At { sold }) => TakeUp::At { sold },
        (false, Carried::Never { short }) => TakeUp::Never { short },
        (false, Carried::Unknown) => TakeUp::Unknown,
    }
}

#[cfg(test)]
mod tests;
