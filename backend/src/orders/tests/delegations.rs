//! Standing in for somebody, buying up to a cap, and versions of the policy put in force by two people.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::Role;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{CartSubmission, NewDelegation, NewPolicy, SubmittedDraft};
use shared::orders::approval::{FundMatch, PolicyRow, PolicyStep};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

#[track_caller]
fn refused<T>(done: Result<T, AppError>, code: ErrorCode) {
    match done {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(_) => panic!("not refused with {}", code.wire()),
    }
}

async fn delegate(scene: &Scene, giver: &Arc<Actor>, taker: &Actor, cap: Option<i64>) -> Result<(), AppError> {
    let buying = cap.is_some();
    let new = NewDelegation {
        taker: taker.person,
        role: if buying { Role::Principal } else { giver.grants[0].role },
        school: buying.then_some(scene.school),
        first: day("2026-12-02"),
        last: day("2026-12-20"),
        cap: cap.map(Cents::new),
    };
    service::delegate(&scene.app, scene.ctx("Delegate", giver), new).await.map(|_| ())
}

async fn approve(scene: &Scene, actor: &Arc<Actor>, order: OrderId) -> Result<OrderState, AppError> {
    let version = scene.version(order).await;
    service::approve(&scene.app, &scene.ctx("ApproveOrder", actor), order, version).await.map(|view| view.summary.state)
}

async fn submitted(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 10, Some(scene.goal)).await;
    scene.submit().await.expect("submitted")[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stands_in_decides_under_both_names_and_inherits_both_conflicts() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        delegate(&scene, &scene.officer, &scene.second_officer, None).await.expect("delegated");
        let order = submitted(&scene).await;
        approve(&scene, &scene.second_officer, order).await.expect("approved");
        let step = scene.see(&scene.principal, order).await.approvals[0].clone();
        let names = (step.decided_by.map(|by| by.name), step.acting_for.map(|other| other.name));
        assert_eq!(names, (Some("Ozan".to_owned()), Some("Olu".to_owned())));
        // The one whom they stand in for reports to the buyer: that bars both.
        scene.reports(&scene.officer, &scene.principal).await;
        let other = submitted(&scene).await;
        refused(approve(&scene, &scene.second_officer, other).await, ErrorCode::NotYourOwn);
        let given = service::decisions(&scene.app, &scene.officer).await.expect("the page").given;
        service::end_delegation(&scene.app, scene.ctx("EndDelegation", &scene.officer), given[0].id).await.expect("ended");
        assert_eq!(approve(&scene, &scene.second_officer, other).await.expect("approved"), OrderState::Approved);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn approvals_go_to_the_trained_only_and_never_down() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        refused(delegate(&scene, &scene.officer, &scene.head, None).await, ErrorCode::BadInput);
        refused(delegate(&scene, &scene.officer, &scene.officer, None).await, ErrorCode::NotYourOwn);
        scene.reports(&scene.second_officer, &scene.officer).await;
        refused(delegate(&scene, &scene.officer, &scene.second_officer, None).await, ErrorCode::BadInput);
        refused(delegate(&scene, &scene.principal, &scene.stranger, Some(100_000)).await, ErrorCode::BadInput);
    })
    .await;
}

/// The clerk submits the whole cart.
async fn buy(scene: &Scene) -> Result<OrderId, AppError> {
    let cart = service::cart(&scene.app, &scene.clerk, scene.school).await?;
    let orders = cart.lines.iter().map(|line| SubmittedDraft { order: line.order, version: line.version, price: line.price }).collect();
    let reply = service::submit(&scene.app, &scene.ctx("SubmitCart", &scene.clerk), scene.school, CartSubmission { orders }).await?;
    Ok(reply.orders[0].id)
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_buy_up_to_the_principals_amount_however_it_is_cut_up() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.coaching, 1, None).await;
        refused(buy(&scene).await, ErrorCode::NotAllowed);
        delegate(&scene, &scene.principal, &scene.clerk, Some(100_000)).await.expect("delegated");
        let order = buy(&scene).await.expect("bought");
        let view = scene.see(&scene.principal, order).await;
        assert_eq!((view.buyer.name.as_str(), view.summary.state), ("Cleo", OrderState::Approved));
        // $950.00 before and $950.00 now are over $1,000.00 together.
        scene.draft(scene.coaching, 1, None).await;
        refused(buy(&scene).await, ErrorCode::NotAllowed);
        scene.wait_days(30);
        refused(buy(&scene).await, ErrorCode::NotAllowed);
        scene.submit().await.expect("the principal submits");
    })
    .await;
}

fn stricter(from: &str) -> NewPolicy {
    let row = PolicyRow {
        title: "Everything".to_owned(),
        over: Cents::ZERO,
        up_to: None,
        funds: FundMatch::Any,
        provider: None,
        categories: Vec::new(),
        steps: vec![PolicyStep { role: Role::BudgetOfficer, days: 1 }],
    };
    NewPolicy { from: day(from), small_order_up_to: Cents::ZERO, window_days: 10, rows: vec![row], reason: "An audit asked for it".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_policy_is_previewed_and_put_in_force_by_another_person() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.coaching, 1, None).await;
        let order = scene.submit().await.expect("submitted")[0];
        let propose = |from: &'static str| service::propose_policy(&scene.app, scene.ctx("ProposePolicy", &scene.officer), stricter(from));
        refused(propose("2026-12-02").await, ErrorCode::BadInput);
        let views = propose("2026-12-03").await.expect("proposed");
        let id = views.iter().find(|view| view.proposed).expect("the proposal").policy.id;
        let preview = service::preview_policy(&scene.app, id).await.expect("the preview");
        assert_eq!(preview.differences.iter().map(|found| found.order.id).collect::<Vec<_>>(), [order]);
        refused(service::confirm_policy(&scene.app, scene.ctx("ConfirmPolicy", &scene.officer), id).await, ErrorCode::NotYourOwn);
        service::confirm_policy(&scene.app, scene.ctx("ConfirmPolicy", &scene.second_officer), id).await.expect("in force");
        scene.draft(scene.coaching, 1, Some(scene.goal)).await;
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
        assert!(cart.approvals[0].steps.is_empty(), "it begins tomorrow");
        scene.wait_days(1);
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
        assert_eq!(cart.approvals[0].steps.len(), 1);
    })
    .await;
}
