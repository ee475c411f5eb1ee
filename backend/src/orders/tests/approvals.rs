//! Approvals in several steps: who may, who may not, what the unit says beside them, and two people who come at once.

use std::sync::Arc;

use shared::budget::FundKind;
use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::api::{Acceptance, Counter, OrderAction, OrderReason, Taking};
use shared::orders::approval::{FundMatch, PolicyRow, PolicyStep};
use shared::orders::{Alternative, ApprovalState, NoReason, OrderState};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

const OFFICE: PolicyStep = PolicyStep { role: Role::BudgetOfficer, days: 2 };
const CHIEF: PolicyStep = PolicyStep { role: Role::Executive, days: 3 };

fn row(over: i64, steps: &[PolicyStep]) -> PolicyRow {
    PolicyRow {
        title: "Large orders".to_owned(),
        over: Cents::new(over),
        up_to: None,
        funds: FundMatch::Any,
        provider: None,
        categories: Vec::new(),
        steps: steps.to_vec(),
    }
}

/// Ten days of coaching over $9,500.00, submitted.
async fn submitted(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 10, Some(scene.goal)).await;
    scene.submit().await.expect("submitted")[0]
}

async fn approve(scene: &Scene, actor: &Arc<Actor>, order: OrderId) -> Result<OrderState, AppError> {
    let version = scene.version(order).await;
    service::approve(&scene.app, &scene.ctx("ApproveOrder", actor), order, version).await.map(|view| view.summary.state)
}

#[track_caller]
fn refused<T>(done: Result<T, AppError>, code: ErrorCode) {
    match done {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(_) => panic!("not refused with {}", code.wire()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_are_taken_one_after_the_other_by_different_people_and_both_stand_on_the_order() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let chief = scene.person("Chima", Role::Executive, Scope::District).await;
        scene.policy(vec![row(500_000, &[OFFICE, CHIEF])]).await;
        let cart = scene.draft(scene.coaching, 10, Some(scene.goal)).await;
        assert_eq!(cart.approvals[0].steps, [OFFICE, CHIEF]);
        let order = scene.submit().await.expect("submitted")[0];
        // The executive comes second.
        refused(approve(&scene, &chief, order).await, ErrorCode::NotAllowed);
        assert_eq!(approve(&scene, &scene.officer, order).await.expect("the first step"), OrderState::Submitted);
        assert_eq!(scene.money_states().await[0].pre_encumbered.get() + scene.money_states().await[1].pre_encumbered.get(), 950_000);
        refused(approve(&scene, &scene.second_officer, order).await, ErrorCode::NotAllowed);
        let waiting = service::pending(&scene.app, &chief, scene.app.now()).await.expect("the list");
        assert_eq!(waiting.iter().map(|item| (item.step, item.steps)).collect::<Vec<_>>(), [(2, 2)]);
        assert_eq!(approve(&scene, &chief, order).await.expect("the second step"), OrderState::Approved);
        let view = scene.see(&scene.principal, order).await;
        let names: Vec<_> = view.approvals.iter().map(|step| (step.state, step.decided_by.as_ref().map(|by| by.name.as_str()))).collect();
        assert_eq!(names, [(ApprovalState::Approved, Some("Olu")), (ApprovalState::Approved, Some("Chima"))]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_steps_of_one_role_take_two_people() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.policy(vec![row(500_000, &[OFFICE, OFFICE])]).await;
        let order = submitted(&scene).await;
        approve(&scene, &scene.officer, order).await.expect("the first step");
        refused(approve(&scene, &scene.officer, order).await, ErrorCode::NotYourOwn);
        assert_eq!(approve(&scene, &scene.second_officer, order).await.expect("the second"), OrderState::Approved);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_decides_on_what_somebody_above_them_asked_for() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let middle = scene.person("Mina", Role::UnitStaff, Scope::Unit(scene.unit)).await;
        scene.reports(&scene.officer, &middle).await;
        scene.reports(&middle, &scene.principal).await;
        let order = submitted(&scene).await;
        let view = scene.see(&scene.officer, order).await;
        assert!(!view.actions.contains(&OrderAction::Approve));
        assert!(view.barred.is_some_and(|why| why.contains("report")));
        refused(approve(&scene, &scene.officer, order).await, ErrorCode::NotYourOwn);
        assert_eq!(approve(&scene, &scene.second_officer, order).await.expect("approved"), OrderState::Approved);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_about_a_fund_ask_only_where_that_fund_pays() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let restricted = PolicyRow { funds: FundMatch::Kind(FundKind::Restricted), ..row(0, &[OFFICE]) };
        scene.policy(vec![row(5_000_000, &[OFFICE]), restricted]).await;
        // Title I may pay only under its goal; without one the general fund pays.
        let cart = scene.draft(scene.coaching, 1, None).await;
        assert_eq!(cart.approvals[0].steps, []);
        let cart = scene.draft(scene.coaching, 1, Some(scene.goal)).await;
        assert_eq!(cart.approvals.iter().filter(|group| group.steps == [OFFICE]).count(), 1);
        let orders = scene.submit().await.expect("submitted");
        let mut states = Vec::new();
        for order in orders {
            states.push(scene.see(&scene.principal, order).await.summary.state);
        }
        assert_eq!(states, [OrderState::Approved, OrderState::Submitted]);
    })
    .await;
}

fn available(version: u32) -> Acceptance {
    Acceptance { version, contact: "Rosa Delgado".to_owned(), start: day("2027-01-12"), note: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_unit_said_beside_the_approval_takes_effect_when_it_lands() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        let view = scene.see(&scene.head, order).await;
        assert!(view.actions.contains(&OrderAction::Accept) && view.answer_due.is_some());
        let ctx = scene.ctx("AcceptOrder", &scene.head);
        let view = service::accept(&scene.app, &ctx, order, available(view.version)).await.expect("available");
        assert_eq!((view.summary.state, view.available), (OrderState::Submitted, true));
        let again = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, available(view.version)).await;
        refused(again, ErrorCode::NotInThisState);
        assert_eq!(approve(&scene, &scene.officer, order).await.expect("approved"), OrderState::Accepted);
        assert_eq!(scene.money_states().await.iter().map(|money| money.encumbered.get()).sum::<i64>(), 950_000);
        scene.ledger_is_sound().await;
    })
    .await;
}

/// “Not available, but…”: so many days at another time.
async fn not_available(scene: &Scene, order: OrderId, quantity: u32) {
    let version = scene.version(order).await.version;
    let later = Alternative { package: scene.coaching, quantity, start: day("2027-02-02"), fund: None, note: String::new() };
    let counter = Counter {
        version,
        reason: NoReason::NoCapacity,
        explanation: "Our coaches are booked in January".to_owned(),
        alternatives: vec![later],
        rule_quoted: String::new(),
        offer_to_talk: String::new(),
    };
    service::counter(&scene.app, &scene.ctx("CounterOrder", &scene.head), order, counter).await.expect("countered");
}

async fn take(scene: &Scene, order: OrderId) -> OrderState {
    let version = scene.version(order).await.version;
    let ctx = scene.ctx("TakeAlternative", &scene.principal);
    service::take(&scene.app, &ctx, order, Taking { version, alternative: 0 }).await.expect("taken").summary.state
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alternative_taken_before_the_approval_asks_the_policy_again() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        not_available(&scene, order, 8).await;
        assert_eq!(take(&scene, order).await, OrderState::Submitted);
        let pre: i64 = scene.money_states().await.iter().map(|money| money.pre_encumbered.get()).sum();
        assert_eq!(pre, 760_000);
        // It was the unit's own offer: approved, it needs no further word.
        assert_eq!(approve(&scene, &scene.officer, order).await.expect("approved"), OrderState::Accepted);
        let order = submitted_small(&scene).await;
        not_available(&scene, order, 1).await;
        assert_eq!(scene.see(&scene.principal, order).await.summary.state, OrderState::Submitted);
        scene.ledger_is_sound().await;
    })
    .await;
}

/// Another order of the same week: small, but counted together.
async fn submitted_small(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 2, Some(scene.goal)).await;
    scene.submit().await.expect("submitted")[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alternative_below_the_amount_is_approved_by_policy_when_taken() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        not_available(&scene, order, 3).await;
        assert_eq!(take(&scene, order).await, OrderState::Accepted);
        let money = scene.money_states().await;
        assert_eq!(
            money.iter().map(|m| (m.pre_encumbered.get(), m.encumbered.get())).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1)),
            (0, 285_000)
        );
        let steps = scene.see(&scene.principal, order).await.approvals;
        assert!(steps.iter().all(|step| step.state == ApprovalState::Void));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_approval_lands_on_a_no_but_and_the_school_chooses_inside_it() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        not_available(&scene, order, 8).await;
        assert_eq!(approve(&scene, &scene.officer, order).await.expect("approved"), OrderState::Countered);
        assert_eq!(take(&scene, order).await, OrderState::Accepted);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_returned_forgets_its_steps_and_what_the_unit_said() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let chief = scene.person("Chima", Role::Executive, Scope::District).await;
        scene.policy(vec![row(500_000, &[OFFICE, CHIEF])]).await;
        let order = submitted(&scene).await;
        let version = scene.version(order).await.version;
        service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, available(version)).await.expect("available");
        approve(&scene, &scene.officer, order).await.expect("the first step");
        let version = scene.version(order).await.version;
        let body = OrderReason { version, reason: "Name the goal".to_owned() };
        let view = service::send_back(&scene.app, &scene.ctx("ReturnOrder", &chief), order, body).await.expect("returned");
        assert_eq!(view.summary.state, OrderState::Returned);
        let states: Vec<ApprovalState> = view.approvals.iter().map(|step| step.state).collect();
        assert_eq!(states, [ApprovalState::Approved, ApprovalState::Returned]);
        assert!(service::pending(&scene.app, &scene.officer, scene.app.now()).await.expect("the list").is_empty());
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_decide_at_once_one_does() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.policy(vec![row(500_000, &[OFFICE, OFFICE])]).await;
        let order = submitted(&scene).await;
        let version = scene.version(order).await;
        let (first, second) = (scene.ctx("ApproveOrder", &scene.officer), scene.ctx("ApproveOrder", &scene.second_officer));
        let (a, b) =
            tokio::join!(service::approve(&scene.app, &first, order, version), service::approve(&scene.app, &second, order, version),);
        assert_eq!([&a, &b].iter().filter(|done| done.is_ok()).count(), 1, "{a:?} {b:?}");
        let view = scene.see(&scene.principal, order).await;
        assert_eq!(view.summary.state, OrderState::Submitted);
        assert_eq!(view.approvals.iter().filter(|step| step.state == ApprovalState::Approved).count(), 1);
        scene.ledger_is_sound().await;
    })
    .await;
}
