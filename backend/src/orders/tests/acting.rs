//! An acting principal buys under both names, and is one buyer with the principal on leave: neither receives nor approves the other's.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::acting::NewActing;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::api::{Acceptance, CartSubmission, NewDelegation, NewDelivery, OrderVersion, SubmittedDraft};
use shared::orders::approval::{FundMatch, PolicyRow, PolicyStep};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::{Actor, service as identity};
use crate::orders::service;

#[track_caller]
fn refused<T>(done: Result<T, AppError>, code: ErrorCode) {
    match done {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(_) => panic!("not refused with {}", code.wire()),
    }
}

fn plan(scene: &Scene, deputy: &Actor) -> NewActing {
    NewActing {
        school: scene.school,
        person: scene.principal.person,
        deputy: deputy.person,
        first: day("2026-12-02"),
        last: day("2027-01-31"),
        reason: "Parental leave.".to_owned(),
    }
}

/// The first budget officer proposes, the second confirms; the deputy as they then stand.
async fn appoint(scene: &Scene, deputy: &Arc<Actor>) -> Arc<Actor> {
    let ctx = scene.ctx("ProposeActing", &scene.officer);
    let view = identity::propose_acting(&scene.app, &ctx, plan(scene, deputy)).await.expect("proposed");
    let ctx = scene.ctx("ConfirmActing", &scene.second_officer);
    identity::confirm_acting(&scene.app, &ctx, view.appointments[0].id).await.expect("confirmed");
    as_they_stand(scene, deputy).await
}

async fn as_they_stand(scene: &Scene, deputy: &Actor) -> Arc<Actor> {
    identity::with_lent(&scene.app, deputy, scene.app.now()).await.expect("a person")
}

async fn buy(scene: &Scene, actor: &Arc<Actor>) -> Result<OrderId, AppError> {
    let cart = service::cart(&scene.app, actor, scene.school).await?;
    let orders = cart.lines.iter().map(|line| SubmittedDraft { order: line.order, version: line.version, price: line.price }).collect();
    let reply = service::submit(&scene.app, &scene.ctx("SubmitCart", actor), scene.school, CartSubmission { orders }).await?;
    Ok(reply.orders[0].id)
}

/// The unit accepts and records a day; the entry that waits for its receiver.
async fn delivered(scene: &Scene, order: OrderId) -> (shared::id::DeliveryId, OrderVersion) {
    let view = scene.see(&scene.head, order).await;
    let body = Acceptance { version: view.version, contact: "Rosa".to_owned(), start: view.summary.start, note: String::new() };
    let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
    let body = NewDelivery { version: view.version, first: None, day: day("2027-01-12"), quantity: 1, note: String::new() };
    let view = service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged");
    (view.deliveries[0].id, OrderVersion { version: view.version })
}

async fn confirm(scene: &Scene, actor: &Arc<Actor>, (entry, version): (shared::id::DeliveryId, OrderVersion)) -> Result<(), AppError> {
    service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", actor), entry, version).await.map(|_| ())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_appoint_and_neither_is_one_of_the_two() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let propose = |by: &Arc<Actor>, new: NewActing| {
            let ctx = scene.ctx("ProposeActing", by);
            let app = Arc::clone(&scene.app);
            async move { identity::propose_acting(&app, &ctx, new).await }
        };
        refused(propose(&scene.principal, plan(&scene, &scene.clerk)).await, ErrorCode::NotYourOwn);
        refused(propose(&scene.clerk, plan(&scene, &scene.clerk)).await, ErrorCode::NotYourOwn);
        // Who sets budgets does not act; nor does anybody act for somebody who is no principal there.
        refused(propose(&scene.officer, plan(&scene, &scene.second_officer)).await, ErrorCode::BadInput);
        let elsewhere = NewActing { person: scene.stranger.person, ..plan(&scene, &scene.clerk) };
        refused(propose(&scene.officer, elsewhere).await, ErrorCode::BadInput);
        refused(propose(&scene.officer, NewActing { reason: " ".to_owned(), ..plan(&scene, &scene.clerk) }).await, ErrorCode::BadInput);
        let view = propose(&scene.officer, plan(&scene, &scene.clerk)).await.expect("proposed");
        refused(propose(&scene.officer, plan(&scene, &scene.stranger)).await, ErrorCode::BadInput);
        let id = view.appointments[0].id;
        for by in [&scene.officer, &scene.clerk, &scene.principal] {
            refused(identity::confirm_acting(&scene.app, &scene.ctx("ConfirmActing", by), id).await, ErrorCode::NotYourOwn);
        }
        assert!(as_they_stand(&scene, &scene.clerk).await.lent.is_empty(), "what waits gives nothing");
        let done = identity::confirm_acting(&scene.app, &scene.ctx("ConfirmActing", &scene.second_officer), id).await.expect("confirmed");
        assert!(done.appointments[0].now);
        refused(identity::confirm_acting(&scene.app, &scene.ctx("ConfirmActing", &scene.second_officer), id).await, ErrorCode::NotInThisState);
        // One person ends it, and the power is gone at once.
        identity::end_acting(&scene.app, &scene.ctx("EndActing", &scene.second_officer), id).await.expect("ended");
        assert!(as_they_stand(&scene, &scene.clerk).await.lent.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_buys_under_both_names_and_neither_of_the_two_receives_it() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let receiver = scene.person("Ravi", Role::SchoolStaff, Scope::School(scene.school)).await;
        scene.draft(scene.coaching, 1, None).await;
        let before = scene.submit().await.expect("bought before the leave")[0];
        scene.draft(scene.coaching, 1, None).await;
        refused(buy(&scene, &scene.clerk).await, ErrorCode::NotAllowed);
        let acting = appoint(&scene, &scene.clerk).await;
        let order = buy(&scene, &acting).await.expect("bought");
        let view = scene.see(&acting, order).await;
        let names = (view.buyer.name.as_str(), view.bought_for.as_ref().map(|absent| absent.name.as_str()));
        assert_eq!(names, ("Cleo", Some("Pat")));
        let submitted = view.timeline.iter().find(|entry| entry.text.contains("ubmitted")).expect("the submission");
        assert_eq!(submitted.on_behalf_of.as_ref().map(|absent| absent.name.as_str()), Some("Pat"));
        scene.wait_days(41);
        let acting = as_they_stand(&scene, &scene.clerk).await;
        let entry = delivered(&scene, order).await;
        refused(confirm(&scene, &scene.principal, entry).await, ErrorCode::NotYourOwn);
        refused(confirm(&scene, &acting, entry).await, ErrorCode::NotYourOwn);
        confirm(&scene, &receiver, entry).await.expect("a third person receives");
        // What the principal bought before the leave is not for whoever acts to receive.
        let entry = delivered(&scene, before).await;
        refused(confirm(&scene, &acting, entry).await, ErrorCode::NotYourOwn);
        // It is not handed on, and it ends by itself.
        let (first, last) = (day("2027-01-12"), day("2027-01-20"));
        let on = NewDelegation { taker: receiver.person, role: Role::Principal, school: Some(scene.school), first, last, cap: Some(Cents::new(9)) };
        refused(service::delegate(&scene.app, scene.ctx("Delegate", &acting), on).await, ErrorCode::BadInput);
        scene.wait_days(20);
        assert!(as_they_stand(&scene, &scene.clerk).await.lent.is_empty(), "the leave is over");
        let again = OrderVersion { version: scene.see(&scene.head, order).await.version };
        refused(confirm(&scene, &scene.principal, (entry_of(&scene, order).await, again)).await, ErrorCode::NotYourOwn);
        scene.ledger_is_sound().await;
    })
    .await;
}

async fn entry_of(scene: &Scene, order: OrderId) -> shared::id::DeliveryId {
    scene.see(&scene.head, order).await.deliveries[0].id
}

#[tokio::test(flavor = "multi_thread")]
async fn who_acts_and_the_principal_on_leave_are_never_buyer_and_approver_of_one_order() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (chief, other) = (
            scene.person("Chima", Role::Executive, Scope::District).await,
            scene.person("Dele", Role::Executive, Scope::District).await,
        );
        let steps = vec![PolicyStep { role: Role::Executive, days: 2 }];
        let row = PolicyRow { title: "All".to_owned(), over: Cents::ZERO, up_to: None, funds: FundMatch::Any, provider: None, categories: Vec::new(), steps };
        scene.policy(vec![row]).await;
        scene.draft(scene.coaching, 1, None).await;
        let order = scene.submit().await.expect("bought before the leave")[0];
        let acting = appoint(&scene, &chief).await;
        let approve = |actor: &Arc<Actor>, order: OrderId| {
            let ctx = scene.ctx("ApproveOrder", actor);
            let scene = &scene;
            async move { service::approve(&scene.app, &ctx, order, scene.version(order).await).await }
        };
        refused(approve(&acting, order).await, ErrorCode::NotYourOwn);
        scene.draft(scene.coaching, 1, None).await;
        let own = buy(&scene, &acting).await.expect("bought for the principal");
        refused(approve(&acting, own).await, ErrorCode::NotYourOwn);
        scene.wait_days(61);
        let after = as_they_stand(&scene, &chief).await;
        assert!(after.lent.is_empty());
        refused(approve(&after, order).await, ErrorCode::NotYourOwn);
        refused(approve(&after, own).await, ErrorCode::NotYourOwn);
        approve(&other, order).await.expect("a third person decides");
        scene.ledger_is_sound().await;
    })
    .await;
}
