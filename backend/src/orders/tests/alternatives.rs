//! “No, but…” with real alternatives: another fund, and another unit, which then has to answer.

use std::sync::Arc;

use shared::catalog::api::ServiceDraft;
use shared::catalog::{Division, PriceModel, Tier};
use shared::error::ErrorCode;
use shared::id::{FundId, Id as _, OrderId, PackageId, UnitId};
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::api::{Acceptance, Counter, OrderView, Taking};
use shared::orders::{Alternative, NoReason, OrderState};

use super::scene::{Scene, YEAR, content, day, tier};
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

/// Four days at $3,800.00, paid from Title I under the plan's goal, approved by policy.
async fn approved(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 4, Some(scene.goal)).await;
    let order = scene.submit().await.expect("submitted")[0];
    assert_eq!(scene.money_states().await[0].encumbered, Cents::new(380_000));
    order
}

fn instead(package: PackageId, quantity: u32, fund: Option<FundId>) -> Alternative {
    Alternative { package, quantity, start: day("2027-02-01"), fund, note: String::new() }
}

async fn counter(scene: &Scene, order: OrderId, alternatives: Vec<Alternative>) -> Result<OrderView, AppError> {
    let body = Counter {
        version: scene.version(order).await.version,
        reason: NoReason::NoCapacity,
        explanation: "January is full.".to_owned(),
        alternatives,
        rule_quoted: String::new(),
        offer_to_talk: String::new(),
    };
    service::counter(&scene.app, &scene.ctx("CounterOrder", &scene.head), order, body).await
}

async fn take(scene: &Scene, order: OrderId, alternative: u32) -> OrderView {
    let body = Taking { version: scene.version(order).await.version, alternative };
    service::take(&scene.app, &scene.ctx("TakeAlternative", &scene.principal), order, body).await.expect("taken")
}

/// Another unit that sells reading days at $2,000.00 and a year at $9,000.00.
async fn literacy(scene: &Scene) -> (UnitId, Arc<Actor>, [PackageId; 2]) {
    let unit = catalog::NewUnit {
        code: "902".to_owned(),
        name: "Literacy".to_owned(),
        division: Division::Operations,
        about: "Readers.".to_owned(),
        contact: "Jerome".to_owned(),
        contact_email: "jerome@district.example".to_owned(),
    };
    scene
        .set_up(unit, |mut tx, ctx, unit| async move {
            catalog::upsert_unit(&mut tx, &unit, YEAR, ctx.now).await?;
            Scene::done(tx, ctx).await
        })
        .await;
    let units = catalog::all_units(&scene.app.db.reader()).await.expect("units");
    let unit = units.iter().find(|unit| unit.id != scene.unit).expect("the new unit").id;
    let head = scene.person("Jerome", Role::UnitHead, Scope::Unit(unit)).await;
    let flat = |cents| PriceModel::Flat { price: Cents::new(cents) };
    let packages = vec![tier(Tier::Essential, flat(200_000), 2, Some(5)), tier(Tier::Plus, flat(900_000), 9, Some(5))];
    let draft = ServiceDraft { content: content("Reading days"), packages };
    catalog::create_service(&scene.app, scene.ctx("CreateService", &head), (unit, None), draft).await.expect("a service");
    let menu = catalog::menu(&scene.app, &head, unit, None).await.expect("the menu");
    let menu = catalog::ask_review(&scene.app, scene.ctx("AskReview", &head), menu.id, menu.version).await.expect("asked");
    let menu = catalog::publish_menu(&scene.app, scene.ctx("Publish", &scene.officer), menu.id, menu.version).await.expect("published");
    let packages = &menu.services[0].draft.packages;
    let id = |at: usize| packages[at].id.expect("a published package");
    (unit, head, [id(0), id(1)])
}

#[tokio::test(flavor = "multi_thread")]
async fn one_answer_offers_up_to_three_ways_and_another_fund_pays_where_it_may() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        let (general, undecided) = (FundId::from_bits(2), FundId::from_bits(3));
        let four = vec![instead(scene.coaching, 4, None); 4];
        assert_eq!(counter(&scene, order, four).await.err().map(|error| error.code()), Some(ErrorCode::BadInput));
        let unfit = counter(&scene, order, vec![instead(scene.coaching, 4, Some(undecided))]).await.expect_err("no rule says it may pay");
        assert!(matches!(&unfit, AppError::Refused { fields, .. } if fields[0].field == "alternatives.0.fund"), "{unfit}");
        let ways = vec![instead(scene.workshop, 1, None), instead(scene.coaching, 3, None), instead(scene.coaching, 4, Some(general))];
        let view = counter(&scene, order, ways).await.expect("countered");
        let offers = view.counter.expect("offers").offers;
        let seen: Vec<_> = offers.iter().map(|offer| (offer.price.get(), offer.fund_title.clone())).collect();
        assert_eq!(seen, [(40_000, None), (285_000, None), (380_000, Some("Fund 0000".to_owned()))]);
        let view = take(&scene, order, 2).await;
        assert_eq!(view.summary.state, OrderState::Accepted);
        let lines = scene.money_states().await;
        assert_eq!((lines[0].encumbered, lines[1].encumbered), (Cents::ZERO, Cents::new(380_000)));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_units_package_moves_the_order_to_it_and_that_unit_answers() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (unit, jerome, [days, _]) = literacy(&scene).await;
        let order = approved(&scene).await;
        counter(&scene, order, vec![instead(days, 1, None)]).await.expect("countered");
        let view = take(&scene, order, 0).await;
        assert_eq!((view.summary.state, view.summary.unit.id, view.summary.price), (OrderState::Approved, unit, Cents::new(200_000)));
        assert!(view.summary.waits_for.is_some_and(|waits| waits.due.is_some() && waits.owner.contains("Literacy")));
        let money: i64 = scene.money_states().await.iter().map(|line| line.encumbered.get()).sum();
        assert_eq!(money, 200_000);
        assert_eq!(service::order(&scene.app, &scene.head, order).await.err().map(|error| error.code()), Some(ErrorCode::NotFound));
        let version = scene.version(order).await.version;
        let body = Acceptance { version, contact: "Jerome".to_owned(), start: day("2027-02-01"), note: String::new() };
        let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &jerome), order, body).await.expect("accepted");
        assert_eq!(view.summary.state, OrderState::Accepted);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_units_package_above_what_was_approved_is_approved_first() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (unit, jerome, [_, year]) = literacy(&scene).await;
        let order = approved(&scene).await;
        counter(&scene, order, vec![instead(year, 1, None)]).await.expect("countered");
        let view = take(&scene, order, 0).await;
        assert_eq!((view.summary.state, view.summary.unit.id), (OrderState::Submitted, unit));
        let version = scene.version(order).await;
        let view = service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, version).await.expect("approved");
        assert_eq!(view.summary.state, OrderState::Approved, "the other unit has yet to answer");
        assert!(scene.see(&jerome, order).await.actions.contains(&shared::orders::api::OrderAction::Accept));
        let money: i64 = scene.money_states().await.iter().map(|line| line.encumbered.get()).sum();
        assert_eq!(money, 900_000);
        scene.ledger_is_sound().await;
    })
    .await;
}
