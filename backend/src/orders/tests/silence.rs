//! What silence confirms, and what becomes of an entry in dispute, with the money at every step.

use shared::error::ErrorCode;
use shared::id::{BudgetLineId, DeliveryId, OrderId};
use shared::money::Cents;
use shared::orders::api::{
    Acceptance, Comment, Dispute, DraftEdit, NewDelivery, OrderReason, OrderVersion, OrderView, Settlement, Silence,
};
use shared::orders::{DeliveryState, DisputeReason, OrderState, SplitPart};

use super::scene::{Scene, day};
use crate::db::Query as _;
use crate::error::AppError;
use crate::identity::Actor;
use crate::db::testing::on_each;
use crate::orders::service;

/// Four days of coaching at $3,800.00 from one line, approved by policy and accepted; the clock stands at 20 January 2027, a Wednesday.
pub async fn accepted_order(scene: &Scene, line: BudgetLineId) -> OrderId {
    let order = submitted(scene, line).await;
    accept(scene, order).await;
    order
}

/// The same, approved by the budget office.
pub async fn accepted_with_approval(scene: &Scene, line: BudgetLineId) -> OrderId {
    let order = submitted(scene, line).await;
    let version = scene.version(order).await;
    service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, version).await.expect("approved");
    accept(scene, order).await;
    order
}

async fn submitted(scene: &Scene, line: BudgetLineId) -> OrderId {
    let cart = scene.draft(scene.coaching, 4, Some(scene.goal)).await;
    let draft = &cart.lines[0];
    let edit = DraftEdit {
        version: draft.version,
        quantity: 4,
        start: draft.start,
        goal: draft.goal,
        split: Some(vec![SplitPart { line, amount: Cents::new(380_000) }]),
        note: String::new(),
        choices: shared::catalog::choice::Choices::default(),
    };
    service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), draft.order, edit).await.expect("edited");
    scene.submit().await.expect("submitted")[0]
}

async fn accept(scene: &Scene, order: OrderId) {
    let version = scene.version(order).await.version;
    let body = Acceptance { version, contact: "Rosa".to_owned(), start: day("2027-01-12"), note: String::new() };
    service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
    scene.wait_days(49);
}

pub async fn logged(scene: &Scene, order: OrderId, quantity: u32) -> (OrderView, DeliveryId) {
    let version = scene.version(order).await.version;
    let body = NewDelivery { version, first: None, day: day("2027-01-13"), quantity, note: String::new() };
    let view = service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged");
    let entry = view.deliveries.iter().filter(|entry| entry.state == DeliveryState::Logged).map(|entry| entry.id).max().expect("the entry");
    (view, entry)
}

async fn run(scene: &Scene) {
    service::confirm_by_policy(&scene.app, scene.app.now()).await.expect("the job ran");
}

fn state(view: &OrderView, entry: DeliveryId) -> DeliveryState {
    view.deliveries.iter().find(|known| known.id == entry).expect("the entry").state
}

async fn told(scene: &Scene, actor: &Actor, part: &str) -> usize {
    service::notices(&scene.app, actor).await.expect("notices").iter().filter(|notice| notice.text.contains(part)).count()
}

async fn dispute(scene: &Scene, entry: DeliveryId, version: u32) -> Result<OrderView, AppError> {
    let body = Dispute { version, dispute: DisputeReason::NotDelivered, reason: "Nobody came".to_owned() };
    service::dispute(&scene.app, &scene.ctx("DisputeDelivery", &scene.clerk), entry, body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_told_of_first_then_confirms_once_and_says_so_everywhere() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let (view, entry) = logged(&scene, order, 1).await;
        assert!(matches!(view.silence, Silence::Confirms(_)), "{:?}", view.silence);
        assert!(view.deliveries[0].confirms.is_some());
        // The seventh school day after Wednesday the 20th is Friday the 29th; the tenth is Wednesday, 3 February.
        scene.wait_days(8);
        run(&scene).await;
        assert_eq!(told(&scene, &scene.clerk, "will be confirmed by policy").await, 0);
        scene.wait_days(1);
        run(&scene).await;
        run(&scene).await;
        assert_eq!(told(&scene, &scene.clerk, "will be confirmed by policy on 3 Feb 2027").await, 1);
        scene.wait_days(4);
        run(&scene).await;
        assert_eq!(state(&scene.see(&scene.clerk, order).await, entry), DeliveryState::Logged);
        scene.wait_days(1);
        run(&scene).await;
        run(&scene).await;
        let view = scene.see(&scene.clerk, order).await;
        assert_eq!(state(&view, entry), DeliveryState::Confirmed);
        assert!(view.deliveries[0].by_policy && view.deliveries[0].answered_by.is_none());
        let fact = view.timeline.iter().find(|fact| fact.text.starts_with("Confirmed by policy")).expect("the fact");
        assert_eq!(fact.by, None);
        assert_eq!(scene.money_states().await[1].spent, Cents::new(95_000));
        assert_eq!(scene.earned().await, Cents::new(95_000));
        let sql = "SELECT COUNT(*) AS n FROM audit_record WHERE action = 'ConfirmBySilence' AND actor IS NULL";
        let row = scene.app.db.reader().one(sql, Vec::new()).await.expect("a count").expect("a row");
        assert_eq!(row.get::<i64>("n").expect("a number"), 1);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restricted_money_waits_for_a_person_however_long() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.title_one).await;
        let (view, entry) = logged(&scene, order, 1).await;
        assert!(matches!(view.silence, Silence::Restricted { .. }), "{:?}", view.silence);
        assert_eq!(view.deliveries[0].confirms, None);
        for _ in 0..4 {
            scene.wait_days(21);
            run(&scene).await;
        }
        assert_eq!(state(&scene.see(&scene.clerk, order).await, entry), DeliveryState::Logged);
        assert_eq!(scene.money_states().await[0].spent, Cents::ZERO);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_silence_confirmed_can_be_disputed_and_the_budget_office_reverses_it() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let (_, entry) = logged(&scene, order, 4).await;
        scene.wait_days(9);
        run(&scene).await;
        scene.wait_days(5);
        run(&scene).await;
        let view = scene.see(&scene.clerk, order).await;
        assert_eq!(view.summary.state, OrderState::Delivered);
        // The buyer does not receive, and the unit cannot settle its own entry.
        let body = Dispute { version: view.version, dispute: DisputeReason::Fewer, reason: "No".to_owned() };
        let own = service::dispute(&scene.app, &scene.ctx("DisputeDelivery", &scene.principal), entry, body).await;
        assert_eq!(own.err().map(|error| error.code()), Some(ErrorCode::NotYourOwn));
        let view = dispute(&scene, entry, view.version).await.expect("contested");
        assert_eq!(state(&view, entry), DeliveryState::Contested);
        assert_eq!(scene.money_states().await[1].spent, Cents::new(380_000));
        assert_eq!(told(&scene, &scene.officer, "reverse it, or let it stand").await, 1);
        assert_eq!(told(&scene, &scene.head, "the budget office decides").await, 1);
        let desk = service::desk(&scene.app, &scene.officer, scene.app.now()).await.expect("a desk");
        assert!(desk.mine.iter().any(|item| item.link == format!("/orders/{order}")));
        let body = Settlement { version: view.version, stands: false, reason: "The log-in sheet is empty".to_owned() };
        let view = service::settle(&scene.app, &scene.ctx("SettleDelivery", &scene.officer), entry, body).await.expect("settled");
        assert_eq!((state(&view, entry), view.summary.state), (DeliveryState::Reversed, OrderState::InDelivery));
        assert_eq!(scene.money_states().await[1].spent, Cents::ZERO);
        assert_eq!(scene.earned().await, Cents::ZERO);
        assert_eq!(told(&scene, &scene.clerk, "the unit owes it still").await, 1);
        assert_eq!(told(&scene, &scene.head, "log what is right").await, 1);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_is_talked_over_corrected_or_decided() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let (view, entry) = logged(&scene, order, 2).await;
        let view = dispute(&scene, entry, view.version).await.expect("disputed");
        assert!(view.deliveries[0].may.talk);
        let said = Comment { text: "Was it the 14th?".to_owned() };
        service::talk(&scene.app, &scene.ctx("TalkAboutDelivery", &scene.head), entry, said).await.expect("said");
        let view = scene.see(&scene.head, order).await;
        assert_eq!(view.deliveries[0].messages.len(), 2);
        let body = NewDelivery { version: view.version, first: None, day: day("2027-01-14"), quantity: 1, note: "The 14th".to_owned() };
        let view = service::correct(&scene.app, &scene.ctx("CorrectDelivery", &scene.head), entry, body).await.expect("corrected");
        assert_eq!((state(&view, entry), view.deliveries[0].quantity, view.deliveries[0].answered_by.is_none()), (DeliveryState::Logged, 1, true));
        let view = dispute(&scene, entry, view.version).await.expect("disputed again");
        let reason = OrderReason { version: view.version, reason: "Two teachers saw us".to_owned() };
        let view = service::stand_by(&scene.app, &scene.ctx("StandByDelivery", &scene.head), entry, reason).await.expect("stood by");
        assert_eq!(state(&view, entry), DeliveryState::StoodBy);
        // While it is open the order cannot be cancelled around it.
        let reason = OrderReason { version: view.version, reason: "Enough".to_owned() };
        let cancelled = service::cancel(&scene.app, &scene.ctx("CancelOrder", &scene.principal), order, reason).await;
        assert_eq!(cancelled.err().map(|error| error.code()), Some(ErrorCode::NotInThisState));
        let body = Settlement { version: view.version, stands: true, reason: "Two statements".to_owned() };
        let view = service::settle(&scene.app, &scene.ctx("SettleDelivery", &scene.officer), entry, body).await.expect("settled");
        assert_eq!(state(&view, entry), DeliveryState::Confirmed);
        assert_eq!(scene.money_states().await[1].spent, Cents::new(95_000));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_page_holds_what_each_side_has_to_do() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let (_, entry) = logged(&scene, order, 2).await;
        let now = scene.app.now();
        let unit = service::deliveries(&scene.app, &scene.head, now).await.expect("the unit's day");
        assert_eq!(unit.to_log.iter().map(|item| (item.order, item.usual)).collect::<Vec<_>>(), [(order, 2)]);
        assert!(unit.to_answer.is_empty());
        let clerk = service::deliveries(&scene.app, &scene.clerk, now).await.expect("the receiver's day");
        assert_eq!(clerk.to_answer.iter().map(|item| item.entry.id).collect::<Vec<_>>(), [entry]);
        assert!(clerk.to_log.is_empty());
        let buyer = service::deliveries(&scene.app, &scene.principal, now).await.expect("the buyer's day");
        assert!(buyer.to_answer.is_empty());
        let stranger = service::deliveries(&scene.app, &scene.stranger, now).await.expect("another school's day");
        assert!(stranger.to_answer.is_empty() && stranger.in_dispute.is_empty());
        let version = scene.version(order).await.version;
        service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.clerk), entry, OrderVersion { version }).await.expect("confirmed");
        let clerk = service::deliveries(&scene.app, &scene.clerk, now).await.expect("the receiver's day");
        assert!(clerk.to_answer.is_empty());
    })
    .await;
}
