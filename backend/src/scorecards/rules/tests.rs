//! The arithmetic of the seller's view.

use shared::catalog::api::PackageContent;
use shared::catalog::choice::Extras;
use shared::catalog::{PriceModel, Tier};
use shared::id::{Id as _, PersonId};
use shared::identity::api::SchoolRef;

use super::*;
use crate::catalog::service::OneCost;

fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("a day"))
}

fn tier(number: u128, cost: Option<i64>, capacity: Option<u32>, sold: u32) -> OfferedTier {
    let content = PackageContent {
        tier: Tier::Plus,
        name: String::new(),
        for_whom: String::new(),
        adds: Vec::new(),
        deliverables: Vec::new(),
        price: PriceModel::Flat { price: Cents::new(1_000) },
        capacity,
        starts: None,
        extras: Extras::default(),
    };
    let cost = cost.map(|cents| OneCost { one: Cents::new(cents), parts: 1 });
    OfferedTier { id: PackageId::from_bits(number), name: "Plus".to_owned(), content, capacity, sold, cost, carried: Carried::Unknown }
}

fn offered(tiers: Vec<OfferedTier>) -> Offered {
    Offered { id: ServiceId::from_bits(1), title: "Coaching".to_owned(), on_shelf: true, stars: 9, ratings: 2, tiers }
}

fn sale(school: u128, state: OrderState, (price, spent): (i64, i64), goal: Option<&str>) -> Sale {
    let name = format!("School {school}");
    Sale {
        school: SchoolRef { id: SchoolId::from_bits(school), name },
        service: ServiceId::from_bits(1),
        title: "Coaching".to_owned(),
        package: PackageId::from_bits(1),
        state,
        price: Cents::new(price),
        spent: Cents::new(spent),
        quantity: 4,
        units: 4,
        confirmed_units: u32::try_from(spent * 4 / price.max(1)).unwrap_or(0),
        goal: goal.map(str::to_owned),
        drafted: day("2026-09-30"),
        submitted: (state != OrderState::Draft).then(|| day("2026-10-01")),
    }
}

fn look(school: u128, kind: Interest, on: &str, times: u32) -> Look {
    Look { day: day(on), school: SchoolId::from_bits(school), package: PackageId::from_bits(1), kind, times }
}

fn head() -> PersonRef {
    PersonRef { id: PersonId::from_bits(1), name: "Rosa".to_owned() }
}

#[test]
fn money_and_goods_are_counted_by_what_became_of_each_order() {
    let offered = [offered(vec![tier(1, Some(100), Some(20), 8)])];
    let sales = [
        sale(1, OrderState::InDelivery, (1_000, 250), Some("Mathematics")),
        sale(2, OrderState::Closed, (1_000, 1_000), Some("Mathematics")),
        // Ended early: what was delivered of it is earned and cost, nothing is to come.
        sale(3, OrderState::Cancelled, (1_000, 500), None),
        sale(4, OrderState::Withdrawn, (1_000, 0), None),
        sale(5, OrderState::Draft, (1_000, 0), None),
    ];
    let (owners, head) = (BTreeMap::new(), head());
    let material = Material { offered: &offered, looks: &[], sales: &sales, owners: &owners, head: &head };
    let totals = material.totals();
    assert_eq!((totals.earned.get(), totals.committed.get(), totals.cost.get(), totals.uncosted), (1_750, 750, 400 + 400 + 200, 0));
    let services = material.services();
    let one = &services[0].tiers[0];
    assert_eq!((one.drafted, one.ordered, one.schools), (5, 4, 3));
    assert_eq!((one.sold, one.delivered, one.unsold()), (8, 1 + 4 + 2, Some(12)));
    assert_eq!(one.cost, Some(Cents::new(1_000)));
    assert_eq!(one.owner.name, "Rosa");
    assert_eq!(services[0].rating_tenths, Some(45));
    // Who would miss it: those with an order that stands.
    let hurt = &services[0].hurt;
    assert_eq!((hurt.dollars.get(), hurt.schools.len(), hurt.goals.len(), hurt.goals[0].schools), (2_000, 2, 1, 2));
}

#[test]
fn without_a_cost_nothing_is_said_of_cost() {
    let offered = [offered(vec![tier(1, None, None, 0)])];
    let sales = [sale(1, OrderState::Closed, (1_000, 1_000), None)];
    let (owners, head) = (BTreeMap::new(), head());
    let material = Material { offered: &offered, looks: &[], sales: &sales, owners: &owners, head: &head };
    let services = material.services();
    let one = &services[0].tiers[0];
    assert_eq!((one.cost, one.unsold(), material.totals().uncosted), (None, None, 1));
}

#[test]
fn a_school_that_compared_and_did_not_buy_is_counted_once() {
    let offered = [offered(vec![tier(1, None, None, 0)])];
    let sales = [sale(1, OrderState::Approved, (1_000, 0), None), sale(2, OrderState::Draft, (1_000, 0), None)];
    let looks = [
        look(1, Interest::Compared, "2026-09-02", 1),
        look(2, Interest::Compared, "2026-09-02", 1),
        look(2, Interest::Compared, "2026-10-02", 3),
        look(3, Interest::Viewed, "2026-10-02", 2),
    ];
    let (owners, head) = (BTreeMap::new(), head());
    let material = Material { offered: &offered, looks: &looks, sales: &sales, owners: &owners, head: &head };
    assert_eq!(material.services()[0].compared_not_bought, 1);
    let months = material.months(day("2026-07-01"), day("2026-10-05"));
    let told: Vec<_> =
        months.iter().map(|month| (month.month.month(), month.viewed, month.compared, month.drafted, month.ordered)).collect();
    assert_eq!(told, [(7, 0, 0, 0, 0), (8, 0, 0, 0, 0), (9, 0, 2, 2, 0), (10, 2, 3, 0, 1)]);
}

#[test]
fn what_left_the_shelf_and_was_bought_still_stands() {
    let sales = [sale(1, OrderState::Closed, (1_000, 1_000), None)];
    let (owners, head) = (BTreeMap::new(), head());
    let material = Material { offered: &[], looks: &[], sales: &sales, owners: &owners, head: &head };
    let services = material.services();
    assert_eq!((services.len(), services[0].on_shelf, services[0].hurt.dollars.get()), (1, false, 1_000));
}
