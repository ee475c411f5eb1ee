//! One purchase from the cart to the closed order, with its money at every step; and the ways in which it can turn.

use shared::money::Cents;
use shared::orders::api::{Acceptance, Closing, Comment, Counter, Dispute, DraftEdit, Helped, NewDelivery, OrderAction, OrderReason, Taking};
use shared::orders::{Alternative, DeliveryState, DisputeReason, NoReason, OrderState, SplitPart};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::orders::service;

/// Available, pre-encumbered, encumbered and spent of the general fund's line, in cents.
async fn general(scene: &Scene) -> (i64, i64, i64, i64) {
    let money = scene.money_states().await[1];
    (money.available.get(), money.pre_encumbered.get(), money.encumbered.get(), money.spent.get())
}

fn reason(version: u32) -> OrderReason {
    OrderReason { version, reason: "Plans changed".to_owned() }
}

pub async fn accept(scene: &Scene, order: shared::id::OrderId) {
    let version = scene.version(order).await.version;
    let body = Acceptance { version, contact: "Rosa Delgado".to_owned(), start: day("2027-01-12"), note: String::new() };
    service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
}

pub async fn deliver(scene: &Scene, order: shared::id::OrderId, quantity: u32) -> shared::orders::api::OrderView {
    let version = scene.version(order).await.version;
    let body = NewDelivery { version, first: None, day: day("2027-01-12"), quantity, note: String::new() };
    service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged")
}

pub async fn confirm(scene: &Scene, view: &shared::orders::api::OrderView) -> shared::orders::api::OrderView {
    let entry = view.deliveries.iter().find(|entry| entry.state == DeliveryState::Logged).expect("an entry");
    let body = shared::orders::api::OrderVersion { version: view.version };
    service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.clerk), entry.id, body).await.expect("confirmed")
}

/// A coaching order of ten days over $9,500.00, which needs approval, paid by the general fund alone.
async fn submitted(scene: &Scene) -> shared::id::OrderId {
    let cart = scene.draft(scene.coaching, 10, Some(scene.goal)).await;
    let line = &cart.lines[0];
    let split = Some(vec![SplitPart { line: scene.general, amount: Cents::new(950_000) }]);
    let edit = DraftEdit {
        version: line.version,
        quantity: 10,
        start: line.start,
        goal: line.goal,
        split,
        note: String::new(),
        choices: shared::catalog::choice::Choices::default(),
    };
    let cart = service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), line.order, edit).await.expect("edited");
    assert_eq!(cart.lines[0].problems, Vec::<String>::new());
    assert_eq!(cart.approvals[0].steps.len(), 1);
    scene.submit().await.expect("submitted")[0]
}

async fn approved(scene: &Scene) -> shared::id::OrderId {
    let order = submitted(scene).await;
    let version = scene.version(order).await;
    service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, version).await.expect("approved");
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_walks_from_the_cart_to_closed_and_its_money_with_it() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        assert_eq!(general(&scene).await, (1_050_000, 950_000, 0, 0));
        let view = scene.see(&scene.officer, order).await;
        assert_eq!(view.actions, [OrderAction::Approve, OrderAction::Return, OrderAction::Comment]);
        let body = scene.version(order).await;
        service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, body).await.expect("approved");
        assert_eq!(general(&scene).await, (1_050_000, 0, 950_000, 0));
        accept(&scene, order).await;
        scene.wait_days(60);
        let view = confirm(&scene, &deliver(&scene, order, 4).await).await;
        assert_eq!((view.summary.state, view.summary.delivered_units), (OrderState::InDelivery, 4));
        assert_eq!(general(&scene).await, (1_050_000, 0, 570_000, 380_000));
        let view = confirm(&scene, &deliver(&scene, order, 6).await).await;
        assert_eq!(view.summary.state, OrderState::Delivered);
        assert_eq!(general(&scene).await, (1_050_000, 0, 0, 950_000));
        assert_eq!(scene.earned().await, Cents::new(950_000));
        let body = Closing { version: view.version, stars: 5, helped: Helped::Yes, hours_saved: 3, comment: "Thank you".to_owned() };
        let view = service::close(&scene.app, &scene.ctx("CloseOrder", &scene.principal), order, body).await.expect("closed");
        assert_eq!(view.summary.state, OrderState::Closed);
        assert_eq!(view.rating.map(|rating| rating.stars), Some(5));
        assert!(view.timeline.len() >= 9);
        assert!(!service::notices(&scene.app, &scene.principal).await.expect("notices").is_empty());
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_small_order_is_approved_by_policy_and_paid_from_the_most_restricted_fund_first() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.coaching, 5, Some(scene.goal)).await;
        let order = scene.submit().await.expect("submitted")[0];
        let view = scene.see(&scene.principal, order).await;
        assert_eq!(view.summary.state, OrderState::Approved);
        assert_eq!(view.split.len(), 1);
        assert_eq!(view.split[0].account, "01-3010-0-1110-2140-5710-212");
        assert_eq!(scene.money_states().await[0].encumbered, Cents::new(475_000));
        // The unit sees the order and none of the school's money.
        let unit = scene.see(&scene.head, order).await;
        assert!(unit.split.is_empty());
        assert_eq!(unit.actions, [OrderAction::Accept, OrderAction::Counter, OrderAction::Comment]);
        // A second one within the week is looked at together with the first.
        scene.draft(scene.coaching, 1, Some(scene.goal)).await;
        let second = scene.submit().await.expect("submitted")[0];
        assert_eq!(scene.see(&scene.principal, second).await.summary.state, OrderState::Submitted);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_returned_goes_back_into_the_cart_and_out_again() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        let version = scene.version(order).await.version;
        let view =
            service::send_back(&scene.app, &scene.ctx("ReturnOrder", &scene.officer), order, reason(version)).await.expect("returned");
        assert_eq!(general(&scene).await, (2_000_000, 0, 0, 0));
        let edit = DraftEdit {
            version: view.version,
            quantity: 5,
            start: day("2027-01-12"),
            goal: Some(scene.goal),
            split: None,
            note: String::new(),
            choices: view.choices.clone(),
        };
        let cart = service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), order, edit).await.expect("back in the cart");
        assert_eq!(cart.lines.len(), 1);
        let again = scene.submit_seen(&cart).await.expect("submitted")[0];
        assert_eq!(again, order);
        assert_eq!(scene.see(&scene.principal, order).await.summary.state, OrderState::Approved);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_but_offers_an_alternative_that_the_school_takes_within_the_envelope() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        let offer = |quantity| Alternative { package: scene.coaching, quantity, start: day("2027-02-01"), fund: None, note: String::new() };
        let body = Counter {
            version: scene.version(order).await.version,
            reason: NoReason::NoCapacity,
            explanation: "January is full.".to_owned(),
            alternatives: vec![offer(8), offer(12)],
            rule_quoted: String::new(),
            offer_to_talk: String::new(),
        };
        let view = service::counter(&scene.app, &scene.ctx("CounterOrder", &scene.head), order, body).await.expect("countered");
        assert_eq!(view.summary.state, OrderState::Countered);
        let offers = scene.see(&scene.principal, order).await.counter.expect("offers").offers;
        assert_eq!(
            offers.iter().map(|offer| (offer.price.get(), offer.needs_approval)).collect::<Vec<_>>(),
            [(760_000, false), (1_083_000, true)]
        );
        let body = Taking { version: view.version, alternative: 0 };
        let view = service::take(&scene.app, &scene.ctx("TakeAlternative", &scene.principal), order, body).await.expect("taken");
        assert_eq!((view.summary.state, view.summary.price), (OrderState::Accepted, Cents::new(760_000)));
        assert_eq!(general(&scene).await, (1_240_000, 0, 760_000, 0));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alternative_above_the_envelope_waits_for_approval() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        let alternatives = vec![Alternative { package: scene.coaching, quantity: 12, start: day("2027-02-01"), fund: None, note: String::new() }];
        let (version, explanation) = (scene.version(order).await.version, "More days are needed.".to_owned());
        let (rule_quoted, offer_to_talk) = (String::new(), String::new());
        let body = Counter { version, reason: NoReason::NotReady, explanation, alternatives, rule_quoted, offer_to_talk };
        let view = service::counter(&scene.app, &scene.ctx("CounterOrder", &scene.head), order, body).await.expect("countered");
        let body = Taking { version: view.version, alternative: 0 };
        let view = service::take(&scene.app, &scene.ctx("TakeAlternative", &scene.principal), order, body).await.expect("taken");
        assert_eq!(view.summary.state, OrderState::Submitted);
        assert_eq!(general(&scene).await, (917_000, 1_083_000, 0, 0));
        let body = scene.version(order).await;
        service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.officer), order, body).await.expect("approved");
        assert_eq!(general(&scene).await, (917_000, 0, 1_083_000, 0));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_cancellation_keeps_the_fee_of_what_was_not_delivered() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        accept(&scene, order).await;
        scene.wait_days(60);
        let view = confirm(&scene, &deliver(&scene, order, 5).await).await;
        let done =
            service::cancel(&scene.app, &scene.ctx("CancelOrder", &scene.principal), order, reason(view.version)).await.expect("cancelled");
        assert_eq!(done.summary.state, OrderState::Cancelled);
        // Half was delivered: 475,000 spent; a fifth of the other half is kept.
        assert_eq!(general(&scene).await, (1_430_000, 0, 0, 570_000));
        assert_eq!(scene.earned().await, Cents::new(570_000));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_is_settled_by_the_unit_and_a_wrong_confirmation_by_the_budget_office() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        accept(&scene, order).await;
        scene.wait_days(60);
        let view = deliver(&scene, order, 3).await;
        let entry = view.deliveries[0].id;
        let body = Dispute { version: view.version, dispute: DisputeReason::Fewer, reason: "Two days, not three".to_owned() };
        let view = service::dispute(&scene.app, &scene.ctx("DisputeDelivery", &scene.clerk), entry, body).await.expect("disputed");
        let view =
            service::retract(&scene.app, &scene.ctx("RetractDelivery", &scene.head), entry, reason(view.version)).await.expect("retracted");
        assert_eq!(view.deliveries[0].state, DeliveryState::Reversed);
        assert_eq!(general(&scene).await, (1_050_000, 0, 950_000, 0));
        let view = confirm(&scene, &deliver(&scene, order, 10).await).await;
        assert_eq!(view.summary.state, OrderState::Delivered);
        let entry = view.deliveries.iter().find(|entry| entry.state == DeliveryState::Confirmed).expect("confirmed").id;
        let view = service::reverse(&scene.app, &scene.ctx("ReverseDelivery", &scene.officer), entry, reason(view.version))
            .await
            .expect("reversed");
        assert_eq!((view.summary.state, view.summary.delivered_units), (OrderState::InDelivery, 0));
        assert_eq!(general(&scene).await, (1_050_000, 0, 950_000, 0));
        assert_eq!(scene.earned().await, Cents::ZERO);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_finds_on_their_desk_what_waits_for_them() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = submitted(&scene).await;
        let now = scene.app.now();
        let desk = |actor: std::sync::Arc<crate::identity::Actor>| {
            let app = scene.app.clone();
            async move { service::desk(&app, &actor, now).await.expect("a desk") }
        };
        let officer = desk(scene.officer.clone()).await;
        assert!(officer.mine.iter().any(|item| item.link == format!("/orders/{order}") && item.action == "Approve"));
        let principal = desk(scene.principal.clone()).await;
        assert!(principal.theirs.iter().any(|item| item.link == format!("/orders/{order}")));
        assert_eq!(principal.numbers.len(), 3);
        let comment = Comment { text: "Please hurry.".to_owned() };
        service::comment(&scene.app, &scene.ctx("CommentOrder", &scene.principal), order, comment).await.expect("said");
        assert!(scene.see(&scene.officer, order).await.timeline.iter().any(|entry| entry.comment));
    })
    .await;
}
