//! What the demo district promises: it is whole, it is lawful, and the same seed gives it again.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::catalog::api::Catalog;
use shared::catalog::checklist::{Around, missing, missing_around};
use shared::catalog::price::{PriceError, usual_price};
use shared::error::ErrorCode;
use shared::identity::input::new_password;
use shared::orders::OrderState;
use shared::orders::api::OrderFilter;
use shared::time::Date;

use super::*;
use crate::app::World;
use crate::config::{Config, PasswordCost};
use crate::identity::{Actor, Grant};
use crate::ledger;
use crate::orders::service as orders;

const SEED: u64 = 7;

fn anchor() -> Date {
    "2026-11-20".parse().unwrap()
}

fn days() -> days::Days {
    days::Days::new(anchor(), "America/Los_Angeles").unwrap()
}

async fn empty(folder: &std::path::Path) -> Arc<App> {
    let config = Config { password_cost: PasswordCost { memory_kib: 64, passes: 1 }, ..Config::local(folder) };
    let world = World::real(&config).unwrap();
    App::build(config, world).await.unwrap()
}

#[test]
fn the_catalog_is_rich_and_every_service_can_be_published() {
    let data = data::read().unwrap();
    let services: Vec<_> = data.units.iter().flat_map(|unit| unit.services.iter().map(move |service| (unit, service))).collect();
    assert!(services.len() >= 40);
    assert!(services.iter().map(|(_, service)| service.tiers.len()).sum::<usize>() >= 100);
    let facts: Vec<_> = data.schools.iter().map(money::facts).collect();
    for (unit, service) in services {
        let draft = menus::draft(service, &days()).unwrap();
        assert_eq!(missing(&draft), [], "{}", service.key);
        let around = Around { division: unit.division, contact: &unit.head, schools: &facts, day: days().anchor };
        assert_eq!(missing_around(&draft, &around), [], "{}", service.key);
        assert_eq!(shared::catalog::input::clean(draft.clone()), Ok(draft), "{}", service.key);
    }
}

#[test]
fn every_package_has_a_price_for_every_school() {
    let data = data::read().unwrap();
    for service in data.units.iter().flat_map(|unit| &unit.services) {
        for package in menus::draft(service, &days()).unwrap().packages {
            for school in &data.schools {
                let priced = usual_price(&package.content, &money::facts(school), days().anchor);
                let asked = matches!(priced, Err(PriceError::QuoteNeeded | PriceError::CostUnknown { .. }));
                assert!(priced.is_ok() || asked, "{} for {}: {priced:?}", service.key, school.name);
            }
        }
    }
}

#[test]
fn every_fund_is_decided_with_its_quote_or_waits_for_the_budget_office() {
    let data = data::read().unwrap();
    let undecided = data.funds.iter().filter(|fund| fund.rule.is_none()).count();
    assert_eq!(undecided, 1);
    for rule in data.funds.iter().filter_map(|fund| fund.rule.as_ref()) {
        assert!(!rule.quote.is_empty() && !rule.source.is_empty());
        assert!(rule.only_for.is_empty() || rule.not_for.is_empty());
    }
    for school in &data.schools {
        let given = data.funds.iter().filter_map(|fund| money::given(fund, school).unwrap()).count();
        assert!(given >= 5, "{} has {given} funds", school.name);
    }
}

#[test]
fn everybody_has_an_address_and_a_name_of_their_own() {
    let data = data::read().unwrap();
    let mut names: Vec<&String> = data.schools.iter().flat_map(|school| std::iter::once(&school.principal).chain(&school.staff)).collect();
    names.extend(data.units.iter().flat_map(|unit| std::iter::once(&unit.head).chain(&unit.staff)));
    names.extend(data.district.officers.iter().map(|officer| &officer.name));
    names.extend(data.district.networks.iter().map(|network| &network.officer));
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    assert!(new_password(&data.district.password, &["riverbend", "unified"]).is_ok());
}

#[test]
fn a_young_fiscal_year_squeezes_the_history() {
    let young = days::Days::new("2026-07-20".parse().unwrap(), "America/Los_Angeles").unwrap();
    assert!(young.has_history());
    assert!(young.ago(45) >= young.first);
    assert!(!days::Days::new("2026-07-05".parse().unwrap(), "America/Los_Angeles").unwrap().has_history());
    assert_eq!(days().ago(5).to_string(), "2026-11-13");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_district_comes_to_life_and_its_ledger_balances() {
    let folder = tempfile::tempdir().unwrap();
    let app = empty(folder.path()).await;
    let loaded = load(&app, SEED, anchor()).await.unwrap();
    assert!(loaded.orders >= 58, "{} orders", loaded.orders);
    assert_eq!(ledger::audit(&app.db.reader()).await.unwrap(), []);
    let auditor = Actor {
        person: shared::id::Id::from_bits(1),
        name: "Test".to_owned(),
        grants: vec![Grant { role: Role::Auditor, scope: shared::identity::Scope::District }],
        session: None,
        lent: Vec::new(),
    };
    let mut states = BTreeSet::new();
    // Drafts stand in the cart of their school and in no list.
    for state in OrderState::ALL.iter().filter(|state| **state != OrderState::Draft) {
        let filter = OrderFilter { state: Some(*state), ..OrderFilter::default() };
        if !orders::list(&app, &auditor, &filter).await.unwrap().items.is_empty() {
            states.insert(*state);
        }
    }
    assert_eq!(states.len() + 1, OrderState::ALL.len(), "{states:?}");
    let again = load(&app, SEED, anchor()).await.unwrap_err();
    assert_eq!(again.code(), ErrorCode::AlreadyExists);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_seed_gives_the_same_shelf() {
    let (first, second) = (shelf_of(SEED).await, shelf_of(SEED).await);
    assert_eq!(first.services.len(), second.services.len());
    assert_eq!(plain(&first), plain(&second));
}

async fn shelf_of(seed: u64) -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    let app = empty(folder.path()).await;
    load(&app, seed, anchor()).await.unwrap();
    let at = days().at(anchor(), 9 * 60).unwrap();
    catalog::catalog(&stage::Stage::new(&app, at).app).await.unwrap()
}

/// The shelf without identities, which are never the same twice.
fn plain(catalog: &Catalog) -> Vec<String> {
    let mut lines = Vec::new();
    for service in &catalog.services {
        lines.push(format!("{:?} {:?} {:?}", service.menu_year, service.content, service.buyers));
        lines.extend(service.packages.iter().map(|package| format!("{} {:?} {:?}", package.version, package.content, package.left)));
    }
    lines.sort();
    lines
}

/// A visitor starts the demo on any day: in a holiday week, in the winter break, on the fiscal year's last and first days.
#[tokio::test(flavor = "multi_thread")]
async fn the_district_opens_on_whatever_day_it_is() {
    for day in ["2026-11-27", "2026-12-30", "2027-06-30", "2027-07-01"] {
        let folder = tempfile::tempdir().unwrap();
        let app = empty(folder.path()).await;
        load(&app, SEED, day.parse().unwrap()).await.unwrap_or_else(|error| panic!("{day}: {error}"));
        assert_eq!(ledger::audit(&app.db.reader()).await.unwrap(), [], "{day}");
        app.db.clone().close().await.unwrap();
    }
}
