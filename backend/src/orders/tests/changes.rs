//! Changes of running orders with the money at every step: grown and approved, shrunk and released, refused, overtaken, raced for.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::{Role, Scope};
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{NewDelivery, OrderAction, OrderReason, OrderVersion, OrderView};
use shared::orders::change::ChangeState;
use shared::orders::change::api::{AcceptingChange, ChangeQuery, ChangeView, ChangesView, NewChange};
use shared::orders::questions::{NewAnswer, OrderQuestion};
use shared::time::Date;

use super::scene::{Scene, day};
use super::silence::accepted_order;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::{Actor, Grant};
use crate::orders::service;

/// Four days at $3,800.00 from the general fund, in work since 12 January 2027; it is 20 January.
async fn order(scene: &Scene) -> OrderId {
    accepted_order(scene, scene.general).await
}

fn code<T>(done: Result<T, AppError>) -> Option<ErrorCode> {
    done.err().map(|error| error.code())
}

async fn propose(scene: &Scene, by: &Arc<Actor>, order: OrderId, (quantity, price): (u32, i64)) -> Result<OrderView, AppError> {
    let (version, reason) = (scene.version(order).await.version, "Two more teams".to_owned());
    let start = scene.see(by, order).await.summary.start;
    let body = NewChange { version, package: scene.coaching, quantity, start, price: Cents::new(price), reason };
    service::propose_change(&scene.app, &scene.ctx("ProposeChange", by), order, body).await
}

async fn seen(scene: &Scene, by: &Actor, order: OrderId) -> ChangesView {
    service::changes(&scene.app, by, order).await.expect("the changes")
}

async fn open(scene: &Scene, order: OrderId) -> ChangeView {
    seen(scene, &scene.principal, order).await.open.expect("an open change")
}

async fn accept(scene: &Scene, by: &Arc<Actor>, order: OrderId) -> Result<OrderView, AppError> {
    let change = open(scene, order).await;
    let body = AcceptingChange { version: scene.version(order).await.version, price: change.after.price };
    service::accept_change(&scene.app, &scene.ctx("AcceptChange", by), change.id, body).await
}

async fn ended(scene: &Scene, by: &Arc<Actor>, order: OrderId, refuse: bool) -> Result<OrderView, AppError> {
    let change = open(scene, order).await;
    let body = OrderReason { version: scene.version(order).await.version, reason: "Not now".to_owned() };
    if refuse {
        service::refuse_change(&scene.app, &scene.ctx("RefuseChange", by), change.id, body).await
    } else {
        service::withdraw_change(&scene.app, &scene.ctx("WithdrawChange", by), change.id, body).await
    }
}

/// Available, pre-encumbered, encumbered and spent of the general line.
async fn money(scene: &Scene) -> [i64; 4] {
    let line = scene.money_states().await[1];
    [line.available.get(), line.pre_encumbered.get(), line.encumbered.get(), line.spent.get()]
}

async fn confirmed(scene: &Scene, order: OrderId, quantity: u32) -> OrderView {
    let version = scene.version(order).await.version;
    let body = NewDelivery { version, day: day("2027-01-13"), first: None, quantity, note: String::new() };
    let view = service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged");
    let entry = view.deliveries.iter().find(|entry| entry.state == shared::orders::DeliveryState::Logged).expect("the entry").id;
    let body = OrderVersion { version: view.version };
    service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.clerk), entry, body).await.expect("confirmed")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_larger_order_is_reserved_when_proposed_and_approved_by_somebody_else() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let asked = ChangeQuery { package: None, quantity: 8, start: None };
        let shown = service::preview_change(&scene.app, &scene.principal, order, (asked, scene.app.now())).await.expect("shown");
        assert_eq!((shown.after.price, shown.added, shown.needs_approval), (Cents::new(760_000), Cents::new(380_000), true));
        assert_eq!(shown.pays.iter().map(|share| share.amount).sum::<Cents>(), shown.added);
        assert!(service::preview_change(&scene.app, &scene.head, order, (asked, scene.app.now())).await.expect("shown").pays.is_empty());
        assert_eq!(code(propose(&scene, &scene.principal, order, (8, 1)).await), Some(ErrorCode::PriceChanged));
        // Who holds both roles proposes for the school, and is barred from approving it.
        let grants = vec![
            Grant { role: Role::Principal, scope: Scope::School(scene.school) },
            Grant { role: Role::BudgetOfficer, scope: Scope::District },
        ];
        let both = Arc::new(Actor { grants, ..(*scene.principal).clone() });
        propose(&scene, &both, order, (8, 760_000)).await.expect("proposed");
        assert_eq!(money(&scene).await, [1_240_000, 380_000, 380_000, 0]);
        assert_eq!(code(propose(&scene, &scene.head, order, (3, 285_000)).await), Some(ErrorCode::NotInThisState), "one at a time");
        assert_eq!(code(accept(&scene, &scene.principal, order).await), Some(ErrorCode::NotYourOwn));
        let view = accept(&scene, &scene.head, order).await.expect("agreed");
        assert_eq!((view.summary.price, view.summary.ordered_units), (Cents::new(380_000), 4), "it does not hold yet");
        assert_eq!(open(&scene, order).await.state, ChangeState::Approving);
        let version = scene.version(order).await;
        let own = service::approve(&scene.app, &scene.ctx("ApproveOrder", &both), order, version).await;
        assert_eq!(code(own), Some(ErrorCode::NotYourOwn));
        let pending = service::pending(&scene.app, &scene.officer, scene.app.now()).await.expect("what waits");
        assert_eq!(pending.iter().map(|one| one.order.price).collect::<Vec<_>>(), [Cents::new(760_000)]);
        assert!(scene.see(&scene.officer, order).await.actions.contains(&OrderAction::Approve));
        let view = service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, version).await.expect("approved");
        assert_eq!((view.summary.price, view.summary.ordered_units, view.quantity), (Cents::new(760_000), 8, 8));
        assert_eq!(money(&scene).await, [1_240_000, 0, 760_000, 0]);
        assert_eq!(view.encumbered, view.summary.price);
        scene.ledger_is_sound().await;
        // What it costs now is delivered to the cent; who bought more does not receive.
        let all = confirmed(&scene, order, 8).await;
        assert_eq!((all.summary.state, all.spent), (OrderState::Delivered, Cents::new(760_000)));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn within_the_policy_more_is_encumbered_once_both_agree() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        propose(&scene, &scene.head, order, (5, 475_000)).await.expect("proposed");
        assert_eq!(money(&scene).await, [1_620_000, 0, 380_000, 0], "what the unit proposes reserves nothing");
        assert_eq!(code(accept(&scene, &scene.clerk, order).await), Some(ErrorCode::NotAllowed), "who does not buy binds nobody");
        let view = accept(&scene, &scene.principal, order).await.expect("agreed");
        assert_eq!((view.summary.price, view.quantity), (Cents::new(475_000), 5));
        assert_eq!(money(&scene).await, [1_525_000, 0, 475_000, 0]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_smaller_order_frees_its_money_at_once_and_never_undercuts_what_was_delivered() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        confirmed(&scene, order, 2).await;
        assert_eq!(code(propose(&scene, &scene.principal, order, (1, 95_000)).await), Some(ErrorCode::BadInput));
        propose(&scene, &scene.principal, order, (3, 285_000)).await.expect("proposed");
        assert_eq!(money(&scene).await, [1_620_000, 0, 190_000, 190_000]);
        let view = accept(&scene, &scene.head, order).await.expect("agreed");
        assert_eq!((view.summary.price, view.summary.ordered_units, view.summary.state), (Cents::new(285_000), 3, OrderState::InDelivery));
        assert_eq!(money(&scene).await, [1_715_000, 0, 95_000, 190_000]);
        assert_eq!(view.encumbered.saturating_add(view.spent), view.summary.price);
        // Down to what is delivered: the order is whole.
        propose(&scene, &scene.head, order, (2, 190_000)).await.expect("proposed");
        let view = accept(&scene, &scene.principal, order).await.expect("agreed");
        assert_eq!(view.summary.state, OrderState::Delivered);
        assert_eq!(money(&scene).await, [1_810_000, 0, 0, 190_000]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_taken_back_or_not_approved_leaves_the_order_as_it_is() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let before = money(&scene).await;
        propose(&scene, &scene.principal, order, (8, 760_000)).await.expect("proposed");
        ended(&scene, &scene.head, order, true).await.expect("refused");
        assert_eq!(money(&scene).await, before);
        propose(&scene, &scene.principal, order, (8, 760_000)).await.expect("proposed");
        assert_eq!(code(ended(&scene, &scene.head, order, false).await), Some(ErrorCode::NotAllowed));
        ended(&scene, &scene.principal, order, false).await.expect("taken back");
        assert_eq!(money(&scene).await, before);
        propose(&scene, &scene.head, order, (8, 760_000)).await.expect("proposed");
        accept(&scene, &scene.principal, order).await.expect("agreed");
        assert_eq!(money(&scene).await, [1_240_000, 380_000, 380_000, 0], "reserved when the school agrees");
        let body = OrderReason { version: scene.version(order).await.version, reason: "Not this year".to_owned() };
        service::send_back(&scene.app, &scene.ctx("ReturnOrder", &scene.officer), order, body).await.expect("sent back");
        assert_eq!(money(&scene).await, before);
        let view = scene.see(&scene.principal, order).await;
        assert_eq!((view.summary.state, view.summary.price, view.quantity), (OrderState::Accepted, Cents::new(380_000), 4));
        let states: Vec<ChangeState> = seen(&scene, &scene.principal, order).await.past.iter().map(|change| change.state).collect();
        assert_eq!(states, [ChangeState::Returned, ChangeState::Withdrawn, ChangeState::Refused]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_change_lapses_with_its_order_and_stands_before_a_rescue() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        propose(&scene, &scene.principal, order, (6, 570_000)).await.expect("proposed");
        let version = scene.version(order).await.version;
        let back = shared::orders::api::HandingBack { version, units: 1, value: Cents::new(95_000), reason: "Less".to_owned() };
        let refused = service::hand_back_units(&scene.app, &scene.ctx("HandBackUnits", &scene.principal), order, back).await;
        assert_eq!(code(refused), Some(ErrorCode::NotInThisState));
        let body = OrderReason { version, reason: "We move".to_owned() };
        service::cancel(&scene.app, &scene.ctx("CancelOrder", &scene.principal), order, body).await.expect("cancelled");
        let [_, reserved, encumbered, _] = money(&scene).await;
        assert_eq!((reserved, encumbered), (0, 0));
        assert_eq!(seen(&scene, &scene.principal, order).await.past[0].state, ChangeState::Lapsed);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_delivery_lets_an_open_change_lapse() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        propose(&scene, &scene.principal, order, (6, 570_000)).await.expect("proposed");
        let view = confirmed(&scene, order, 4).await;
        assert_eq!(view.summary.state, OrderState::Delivered);
        assert_eq!(money(&scene).await, [1_620_000, 0, 0, 380_000]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_agree_at_once_one_does() {
    on_each(|db| async move {
        let scene = Arc::new(Scene::build(db).await);
        let order = order(&scene).await;
        propose(&scene, &scene.principal, order, (5, 475_000)).await.expect("proposed");
        let (change, version) = (open(&scene, order).await, scene.version(order).await.version);
        let body = AcceptingChange { version, price: change.after.price };
        let tries = (0..2).map(|_| {
            let (scene, ctx) = (Arc::clone(&scene), scene.ctx("AcceptChange", &scene.head));
            tokio::spawn(async move { service::accept_change(&scene.app, &ctx, change.id, body).await })
        });
        let done: Vec<Result<_, AppError>> = join_all(tries).await.into_iter().map(|done| done.expect("no panic")).collect();
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        let lost = done.into_iter().find_map(|done| done.err().map(|error| error.code()));
        assert!(matches!(lost, Some(ErrorCode::Stale | ErrorCode::NotInThisState)), "{lost:?}");
        assert_eq!(money(&scene).await, [1_525_000, 0, 475_000, 0]);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_school_finds_neither_the_order_nor_its_change() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        propose(&scene, &scene.principal, order, (5, 475_000)).await.expect("proposed");
        let change = open(&scene, order).await;
        assert_eq!(code(service::changes(&scene.app, &scene.stranger, order).await), Some(ErrorCode::NotFound));
        let asked = (ChangeQuery { package: None, quantity: 8, start: None }, scene.app.now());
        assert_eq!(code(service::preview_change(&scene.app, &scene.stranger, order, asked).await), Some(ErrorCode::NotFound));
        let body = AcceptingChange { version: 1, price: change.after.price };
        let ctx = scene.ctx("AcceptChange", &scene.stranger);
        assert_eq!(code(service::accept_change(&scene.app, &ctx, change.id, body).await), Some(ErrorCode::NotFound));
        let missing = shared::id::Id::from_bits(7);
        assert_eq!(code(service::accept_change(&scene.app, &ctx, missing, body).await), Some(ErrorCode::NotFound));
        assert_eq!(code(service::changes(&scene.app, &scene.clerk, order).await), None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn capacity_follows_the_quantity_and_more_than_is_left_is_refused() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let left = || async {
            let found = crate::catalog::service::for_sale(&scene.app.db.reader(), scene.coaching).await.expect("on sale");
            found.package.left
        };
        assert_eq!(left().await, Some(496));
        assert_eq!(code(propose(&scene, &scene.head, order, (501, 501 * 90_250)).await), Some(ErrorCode::NotEnoughMoney));
        propose(&scene, &scene.principal, order, (8, 760_000)).await.expect("proposed");
        assert_eq!(left().await, Some(496));
        accept(&scene, &scene.head, order).await.expect("agreed");
        assert_eq!(left().await, Some(492), "kept while it waits for approval");
        ended(&scene, &scene.principal, order, false).await.expect("taken back");
        assert_eq!(left().await, Some(496));
        propose(&scene, &scene.principal, order, (2, 190_000)).await.expect("proposed");
        accept(&scene, &scene.head, order).await.expect("agreed");
        assert_eq!(left().await, Some(498));
    })
    .await;
}

/// A change that waits for the unit since Wednesday noon, 20 January 2027; the service answers within two working days.
async fn waiting(scene: &Scene) -> OrderId {
    let order = order(scene).await;
    propose(scene, &scene.principal, order, (5, 475_000)).await.expect("proposed");
    order
}

async fn due_day(scene: &Scene, order: OrderId) -> Date {
    let time = crate::calendar::service::time(&scene.app.db.reader()).await.expect("the time");
    time.district.day_of(open(scene, order).await.due.expect("a promise")).expect("a day")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_of_a_change_rests_while_the_school_owes_an_answer_and_climbs_when_nobody_answers() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let executive = scene.person("Helen", Role::Executive, Scope::District).await;
        let order = waiting(&scene).await;
        assert_eq!(due_day(&scene, order).await, day("2027-01-22"));
        let desk = service::desk(&scene.app, &scene.head, scene.app.now()).await.expect("a desk");
        assert!(desk.mine.iter().any(|item| item.action == "Answer the proposed change"));
        scene.wait_days(1);
        let ask = OrderQuestion { text: "Which grades?".to_owned() };
        let view = service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, ask).await.expect("asked");
        assert!(open(&scene, order).await.rests.is_some());
        scene.wait_days(6);
        service::climb_overdue(&scene.app, scene.app.now()).await.expect("the job runs");
        assert_eq!(open(&scene, order).await.climbed_to, None, "nothing climbs while it rests");
        let question = view.questions.last().expect("the question");
        let body = NewAnswer { version: question.version, text: "Four.".to_owned(), refused: false, instead: String::new() };
        service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.principal), question.id, body).await.expect("answered");
        // One working day was left: from Wednesday the 27th to Thursday.
        assert_eq!(due_day(&scene, order).await, day("2027-01-28"));
        scene.wait_days(7);
        service::climb_overdue(&scene.app, scene.app.now()).await.expect("the job runs");
        assert!(open(&scene, order).await.climbed_to.is_some());
        let desk = service::desk(&scene.app, &executive, scene.app.now()).await.expect("a desk");
        assert!(desk.mine.iter().any(|item| item.action == "See that it is answered"));
        let view = accept(&scene, &scene.head, order).await.expect("a late answer counts");
        assert!(view.timeline.iter().any(|fact| fact.detail.contains("after the promised time")), "{:?}", view.timeline);
    })
    .await;
}
