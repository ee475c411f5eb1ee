//! Clocks that rest across closed days, the change to summer time and the end of the fiscal year: what was left is what is left.

use shared::calendar::{DayKind, DaySpan};
use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::money::Cents;
use shared::orders::api::{OrderReason, OrderView};
use shared::orders::change::api::{AcceptingChange, ChangeView, NewChange};
use shared::orders::questions::{NewAnswer, OrderQuestion};
use shared::time::Timestamp;

use super::scene::{Scene, day};
use super::silence::accepted_order;
use crate::db::testing::on_each;
use crate::orders::service;

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// An order in work, `days` after Wednesday noon, 20 January 2027.
async fn order(scene: &Scene, days: i64) -> OrderId {
    let order = accepted_order(scene, scene.general).await;
    scene.wait_days(days);
    order
}

async fn proposed(scene: &Scene, order: OrderId) -> ChangeView {
    let view = scene.see(&scene.principal, order).await;
    let (version, start, price) = (view.version, view.summary.start, Cents::new(475_000));
    let body = NewChange { version, package: scene.coaching, quantity: 5, start, price, reason: "One more".to_owned() };
    service::propose_change(&scene.app, &scene.ctx("ProposeChange", &scene.principal), order, body).await.expect("proposed");
    open(scene, order).await
}

async fn open(scene: &Scene, order: OrderId) -> ChangeView {
    service::changes(&scene.app, &scene.principal, order).await.expect("the changes").open.expect("an open change")
}

async fn ask(scene: &Scene, order: OrderId) -> OrderView {
    let body = OrderQuestion { text: "Which grades?".to_owned() };
    service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, body).await.expect("asked")
}

async fn answer(scene: &Scene, view: &OrderView) {
    let question = view.questions.last().expect("the question");
    let body = NewAnswer { version: question.version, text: "Four.".to_owned(), refused: false, instead: String::new() };
    service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.principal), question.id, body).await.expect("answered");
}

/// Seconds from `since` to what is due.
fn left(change: &ChangeView, since: Timestamp) -> i64 {
    change.due.expect("a promise").seconds_since(since)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_working_days_over_the_change_to_summer_time_end_at_the_same_hour() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        // Friday noon, 12 March 2027; the clocks change on Sunday.
        let order = order(&scene, 51).await;
        let change = proposed(&scene, order).await;
        assert_eq!(left(&change, scene.app.now()), 4 * DAY - HOUR, "Tuesday noon is an hour nearer");
        // Asked at once, answered on Monday at the same instant of the day, one o'clock by then: two whole working days are left.
        let view = ask(&scene, order).await;
        scene.wait_days(3);
        answer(&scene, &view).await;
        assert_eq!(left(&open(&scene, order).await, scene.app.now()), 2 * DAY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closed_days_do_not_count_before_or_after_a_rest() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let span = DaySpan { kind: DayKind::Holiday, first: day("2027-01-21"), last: day("2027-01-22"), title: "Closed".to_owned() };
        scene.close_office(span).await;
        let order = order(&scene, 0).await;
        let change = proposed(&scene, order).await;
        assert_eq!(left(&change, scene.app.now()), 6 * DAY, "Wednesday to Tuesday, as Thursday and Friday are closed");
        // Asked on Monday noon with one working day left, answered on Thursday noon.
        scene.wait_days(5);
        let view = ask(&scene, order).await;
        scene.wait_days(3);
        answer(&scene, &view).await;
        assert_eq!(left(&open(&scene, order).await, scene.app.now()), DAY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_rests_over_the_end_of_the_fiscal_year_after_which_nothing_is_changed_any_more() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        // Tuesday, 29 June 2027.
        let order = order(&scene, 160).await;
        let change = proposed(&scene, order).await;
        let two_days = left(&change, scene.app.now());
        let view = ask(&scene, order).await;
        scene.wait_days(2);
        answer(&scene, &view).await;
        let change = open(&scene, order).await;
        assert_eq!((two_days, left(&change, scene.app.now())), (2 * DAY, 4 * DAY), "Thursday to Monday in the new year");
        let version = scene.version(order).await.version;
        let body = AcceptingChange { version, price: change.after.price };
        let late = service::accept_change(&scene.app, &scene.ctx("AcceptChange", &scene.head), change.id, body).await;
        assert_eq!(late.err().map(|error| error.code()), Some(ErrorCode::NotInThisState));
        let reason = OrderReason { version, reason: "The year is over".to_owned() };
        service::withdraw_change(&scene.app, &scene.ctx("WithdrawChange", &scene.principal), change.id, reason).await.expect("taken back");
        let line = scene.money_states().await[1];
        assert_eq!((line.pre_encumbered, line.encumbered), (Cents::ZERO, Cents::new(380_000)));
        scene.ledger_is_sound().await;
    })
    .await;
}
