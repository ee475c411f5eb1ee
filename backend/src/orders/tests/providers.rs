//! Outside providers: papers by maker and checker, a contract that orders draw down, and what is refused when either is not in order.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::catalog::PriceModel;
use shared::catalog::api::{NewPaper, NewProvider, PaperCheck};
use shared::catalog::provider::PaperKind;
use shared::error::ErrorCode;
use shared::id::{PackageId, ProviderId, VettingId};
use shared::money::{BasisPoints, Cents};
use shared::orders::OrderState;
use shared::orders::api::{CartSubmission, OrderReason, OrderVersion, SubmittedDraft};

use super::scene::{Scene, day};
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

const NAME: &str = "Open Easel Teaching Artists";

#[track_caller]
fn refused<T>(done: Result<T, AppError>, code: ErrorCode) {
    match done {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(_) => panic!("not refused with {}", code.wire()),
    }
}

async fn provider(scene: &Scene) -> ProviderId {
    let new = NewProvider { unit: scene.unit, name: NAME.to_owned(), contact_email: String::new() };
    catalog::add_provider(&scene.app, scene.ctx("AddProvider", &scene.head), new).await.expect("added")[0].id
}

async fn record(scene: &Scene, provider: ProviderId, kind: PaperKind, until: &str, most: Option<i64>) -> VettingId {
    let new = NewPaper { kind, reference: "GL 77".to_owned(), until: day(until), not_to_exceed: most.map(Cents::new) };
    let views = catalog::record_paper(&scene.app, scene.ctx("RecordPaper", &scene.head), provider, new).await.expect("recorded");
    views[0].papers[0].id
}

async fn check(scene: &Scene, actor: &Arc<Actor>, paper: VettingId) -> Result<(), AppError> {
    let body = PaperCheck { good: true, note: String::new() };
    catalog::check_paper(&scene.app, scene.ctx("CheckPaper", actor), paper, body).await.map(|_| ())
}

/// A vetted provider whose contract allows `most`, and its package at $400.00 and 15 % brokerage.
async fn vetted(scene: &Scene, most: i64) -> PackageId {
    let id = provider(scene).await;
    for (kind, until, most) in
        [(PaperKind::Contract, "2027-06-30", Some(most)), (PaperKind::Insurance, "2026-12-20", None), (PaperKind::Clearance, "2027-06-30", None)]
    {
        let paper = record(scene, id, kind, until, most).await;
        check(scene, &scene.officer, paper).await.expect("checked");
    }
    package(scene).await
}

async fn package(scene: &Scene) -> PackageId {
    scene.offer_of(NAME, PriceModel::Brokered { provider_price: Cents::new(40_000), brokerage: BasisPoints(1_500) }).await
}

async fn drawn(scene: &Scene) -> i64 {
    let views = catalog::providers(&scene.app, &scene.officer).await.expect("the list");
    views[0].contract.map_or(0, |contract| contract.drawn.get())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_records_a_paper_does_not_check_it_and_nothing_is_sold_before() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let id = provider(&scene).await;
        let paper = record(&scene, id, PaperKind::Insurance, "2027-06-30", None).await;
        refused(check(&scene, &scene.head, paper).await, ErrorCode::NotFound);
        let package = package(&scene).await;
        let cart = scene.draft(package, 1, None).await;
        assert_eq!(cart.lines[0].problems.len(), 3, "{:?}", cart.lines[0].problems);
        refused(scene.submit().await, ErrorCode::ProviderNotVetted);
        check(&scene, &scene.officer, paper).await.expect("checked");
        refused(check(&scene, &scene.second_officer, paper).await, ErrorCode::NotInThisState);
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
        assert_eq!(cart.lines[0].problems.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_draw_the_contract_down_and_give_it_back() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let package = vetted(&scene, 100_000).await;
        scene.draft(package, 1, None).await;
        let order = scene.submit().await.expect("submitted")[0];
        // $460.00 with brokerage; the contract pays the provider's $400.00.
        let view = scene.see(&scene.principal, order).await;
        assert_eq!((view.summary.price, view.summary.state), (Cents::new(46_000), OrderState::Approved));
        assert_eq!(view.provider.as_ref().map(|provider| provider.brokerage), Some(Cents::new(6_000)));
        assert_eq!(drawn(&scene).await, 40_000);
        scene.draft(package, 2, None).await;
        refused(scene.submit().await, ErrorCode::ContractExhausted);
        let version = scene.version(order).await.version;
        let body = OrderReason { version, reason: "Plans changed".to_owned() };
        service::withdraw(&scene.app, &scene.ctx("WithdrawOrder", &scene.principal), order, body).await.expect("withdrawn");
        assert_eq!(drawn(&scene).await, 0);
        scene.submit().await.expect("there is room again");
        assert_eq!(drawn(&scene).await, 80_000);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lapsed_insurance_stops_sales_warns_running_orders_and_tells_the_unit() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let package = vetted(&scene, 1_000_000).await;
        scene.draft(package, 1, None).await;
        let order = scene.submit().await.expect("submitted")[0];
        let desk = service::desk(&scene.app, &scene.head, scene.app.now()).await.expect("the desk");
        assert!(desk.mine.iter().any(|item| item.title.contains("insurance") && item.title.contains(NAME)), "{:?}", desk.mine);
        scene.wait_days(30);
        let warnings = scene.see(&scene.principal, order).await.provider.expect("a provider").warnings;
        assert!(warnings.iter().any(|warning| warning.contains("ran out")), "{warnings:?}");
        let cart = scene.draft(package, 1, None).await;
        assert!(cart.lines[0].problems[0].contains("insurance"));
        refused(scene.submit().await, ErrorCode::ProviderNotVetted);
        let desk = service::desk(&scene.app, &scene.head, scene.app.now()).await.expect("the desk");
        assert!(desk.mine.iter().any(|item| item.title.contains("cannot be sold")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_checked_a_providers_papers_decides_on_none_of_its_orders_for_thirty_days() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let package = vetted(&scene, 9_000_000).await;
        scene.draft(package, 12, Some(scene.goal)).await;
        let order = scene.submit().await.expect("submitted")[0];
        let version: OrderVersion = scene.version(order).await;
        let approve = |actor: &Arc<Actor>| scene.ctx("ApproveOrder", actor);
        refused(service::approve(&scene.app, &approve(&scene.officer), order, version).await, ErrorCode::NotYourOwn);
        service::approve(&scene.app, &approve(&scene.second_officer), order, version).await.expect("approved");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn buyers_racing_for_the_rest_of_a_contract_never_draw_too_much() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::build(db).await);
        let package = vetted(&scene, 200_000).await;
        let mut drafts = Vec::new();
        for _ in 0..8 {
            let cart = scene.draft(package, 1, None).await;
            let line = cart.lines.last().expect("the draft");
            drafts.push(SubmittedDraft { order: line.order, version: line.version, price: line.price });
        }
        let buyers = drafts.into_iter().map(|draft| {
            let (scene, ctx) = (Arc::clone(&scene), scene.ctx("SubmitCart", &scene.principal));
            tokio::spawn(async move { service::submit(&scene.app, &ctx, scene.school, CartSubmission { orders: vec![draft] }).await })
        });
        let done: Vec<Result<_, AppError>> = join_all(buyers).await.into_iter().map(|done| done.expect("no panic")).collect();
        let lost: Vec<ErrorCode> = done.iter().filter_map(|done| done.as_ref().err().map(AppError::code)).collect();
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 5, "{lost:?}");
        assert!(lost.iter().all(|code| *code == ErrorCode::ContractExhausted), "{lost:?}");
        assert_eq!(drawn(&scene).await, 200_000);
        scene.ledger_is_sound().await;
    })
    .await;
}
