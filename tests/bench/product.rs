//! The product under load: orders through HTTP, on many lines and on one; pages; the catalog.

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::budget::api::GetSchoolBudget;
use shared::catalog::Category;
use shared::catalog::api::{CatalogPackage, GetCatalog};
use shared::client::Call;
use shared::id::OrderId;
use shared::money::Cents;
use shared::orders::api::{CartLine, GetOrder, SubmitCart};

use crate::figures::Report;
use crate::load;

/// Orders of one measurement.
const ORDERS: usize = 640;
/// Drafts that a cart is filled with at a time; it holds 100, and the demo's carts are not empty.
const CART: usize = 80;
const READS: usize = 6_000;
/// The principals whose schools buy at once.
const PRINCIPALS: &[&str] = &["ana.whitfield", "theodore.marsh", "patrice.olufsen", "raymond.tso", "claire.donnelly", "nathaniel.greer"];

pub async fn measure_on_sqlite(report: &mut Report) {
    measure(report, TestApp::demo_sqlite().await, "SQLite").await;
}

pub async fn measure_on_postgres(report: &mut Report) {
    if let Some(app) = TestApp::demo_postgres().await {
        measure(report, app, "PostgreSQL").await;
    }
}

async fn measure(report: &mut Report, app: TestApp, database: &str) {
    let mut rosa = app.rosa().await;
    let draft = drafts::days("Measured visits", Category::Coaching, Cents::new(100), 1_000_000);
    let package = market::publish(&mut rosa, draft).await.packages[0].clone();
    for clients in [8, 32] {
        orders(report, &app, (PRINCIPALS, &package), clients, &format!("orders/s, {database}, {clients} clients")).await;
    }
    let sample = orders(report, &app, (&PRINCIPALS[..1], &package), 32, &format!("orders/s on one line, {database}, 32 clients")).await;

    let ana = app.ana().await;
    let school = ana.school();
    let states = || (0..32).map(|index| ana.at(app.base(index))).collect::<Vec<Actor>>();
    let budget = load::run(states(), load::deal(vec![(); READS], 32), move |mut actor: Actor, ()| async move {
        actor.get::<GetSchoolBudget>(school).await;
        actor
    });
    note(report, &format!("my budget/s, {database}, 32 clients"), budget.await);
    let page = load::run(states(), load::deal(vec![(); READS], 32), move |mut actor: Actor, ()| async move {
        actor.get::<GetOrder>(sample).await;
        actor
    });
    note(report, &format!("order page/s, {database}, 32 clients"), page.await);
    let catalog = load::run(states(), load::deal(vec![(); READS / 10], 32), |mut actor: Actor, ()| async move {
        actor.client.call_text::<GetCatalog>(Call::to(())).await.expect("the catalog");
        actor
    });
    note(report, &format!("catalog/s, {database}, 32 clients"), catalog.await);
    app.finish().await;
}

/// Drafts of one dollar, spread over the schools, with whoever buys them.
async fn drafts_of(app: &TestApp, people: &[&str], package: &CatalogPackage, count: usize) -> Vec<(Actor, CartLine)> {
    let mut found = Vec::with_capacity(count);
    for person in people {
        let mut actor = app.actor(person).await;
        let goal = market::goal(&mut actor, Category::Coaching).await;
        for _ in 0..count.div_ceil(people.len()) {
            let line = market::add(&mut actor, package, 1, Some(goal)).await;
            found.push((actor.clone(), line));
        }
    }
    found
}

/// Submits them, cart by cart; filling the carts does not count. Returns one of the orders.
async fn orders(report: &mut Report, app: &TestApp, (people, package): (&[&str], &CatalogPackage), clients: usize, name: &str) -> OrderId {
    let (mut measured, mut left, mut sample) = (load::Measured::default(), ORDERS, None);
    while left > 0 {
        let lines = drafts_of(app, people, package, left.min(CART * people.len())).await;
        left = left.saturating_sub(lines.len());
        sample = sample.or_else(|| lines.first().map(|(_, line)| line.order));
        let bases: Vec<String> = (0..clients).map(|index| app.base(index).to_owned()).collect();
        let submit = |base: String, (actor, line): (Actor, CartLine)| async move {
            let mut actor = actor.at(&base);
            actor.does::<SubmitCart>(actor.school(), market::submission(&[&line])).await;
            base
        };
        measured = measured.and(load::run(bases, load::deal(lines, clients), submit).await);
    }
    note(report, name, measured);
    sample.expect("an order")
}

fn note(report: &mut Report, name: &str, measured: load::Measured) {
    report.rate(name, measured.per_second());
    report.latency(name, measured.micros);
}
