//! Every refusal says why and changes nothing.

use shared::budget::MoneyStates;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::api::{CartSubmission, Counter, DraftEdit, NewDelivery, OrderFilter, OrderVersion, SubmittedDraft};
use shared::orders::{NoReason, OrderState, SplitPart};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::orders::service;

#[track_caller]
fn refused<T>(done: Result<T, AppError>, code: ErrorCode) {
    match done {
        Err(error) => assert_eq!(error.code(), code, "{error}"),
        Ok(_) => panic!("not refused with {}", code.wire()),
    }
}

/// The one draft of the cart with its split set by hand.
async fn with_split(scene: &Scene, split: Vec<SplitPart>) {
    let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
    let line = &cart.lines[0];
    let edit = DraftEdit {
        version: line.version,
        quantity: line.quantity,
        start: line.start,
        goal: line.goal,
        split: Some(split),
        note: String::new(),
        choices: line.choices.clone(),
    };
    service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), line.order, edit).await.expect("edited");
}

async fn unchanged(scene: &Scene, before: &[MoneyStates]) {
    assert_eq!(scene.money_states().await, before);
    let listed = service::list(&scene.app, &scene.officer, &OrderFilter::default()).await.expect("the list");
    assert!(listed.items.is_empty());
    scene.ledger_is_sound().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fund_that_may_not_pay_an_undecided_one_and_a_wrong_sum_are_refused() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let before = scene.money_states().await;
        scene.draft(scene.coaching, 1, None).await;
        let part = |line, cents| SplitPart { line, amount: Cents::new(cents) };
        for (split, code) in [
            (vec![part(scene.title_one, 95_000)], ErrorCode::GoalNeeded),
            (vec![part(scene.undecided, 95_000)], ErrorCode::FundUndecided),
            (vec![part(scene.general, 94_999)], ErrorCode::SplitDoesNotAddUp),
        ] {
            with_split(&scene, split).await;
            refused(scene.submit().await, code);
            unchanged(&scene, &before).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_order_names_its_goal_and_does_not_overdraw() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let before = scene.money_states().await;
        scene.draft(scene.coaching, 3, None).await;
        refused(scene.submit().await, ErrorCode::GoalNeeded);
        scene.draft(scene.coaching, 40, Some(scene.goal)).await;
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart");
        let large = SubmittedDraft { order: cart.lines[1].order, version: cart.lines[1].version, price: cart.lines[1].price };
        let ctx = scene.ctx("SubmitCart", &scene.principal);
        refused(service::submit(&scene.app, &ctx, scene.school, CartSubmission { orders: vec![large] }).await, ErrorCode::NotEnoughMoney);
        unchanged(&scene, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_price_an_old_form_and_a_foreign_order_are_refused() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let before = scene.money_states().await;
        let cart = scene.draft(scene.coaching, 1, None).await;
        let line = &cart.lines[0];
        let submit = |version, price, actor: std::sync::Arc<crate::identity::Actor>| {
            let (ctx, app) = (scene.ctx("SubmitCart", &actor), scene.app.clone());
            let orders = vec![SubmittedDraft { order: line.order, version, price }];
            async move { service::submit(&app, &ctx, scene.school, CartSubmission { orders }).await }
        };
        refused(submit(line.version, Cents::new(90_000), scene.principal.clone()).await, ErrorCode::PriceChanged);
        refused(submit(line.version + 1, line.price, scene.principal.clone()).await, ErrorCode::Stale);
        refused(submit(line.version, line.price, scene.stranger.clone()).await, ErrorCode::NotFound);
        refused(submit(line.version, line.price, scene.head.clone()).await, ErrorCode::NotFound);
        refused(service::order(&scene.app, &scene.stranger, line.order).await, ErrorCode::NotFound);
        refused(service::order(&scene.app, &scene.head, line.order).await, ErrorCode::NotFound);
        refused(service::cart(&scene.app, &scene.stranger, scene.school).await, ErrorCode::NotFound);
        unchanged(&scene, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_or_none_and_no_more_than_the_unit_can_deliver() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let before = scene.money_states().await;
        scene.draft(scene.workshop, 2, None).await;
        scene.draft(scene.workshop, 1, None).await;
        // Each alone is possible; together they are more than is left.
        refused(scene.submit().await, ErrorCode::NoCapacity);
        unchanged(&scene, &before).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_approves_their_own_and_two_approvers_have_one_effect() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.coaching, 10, Some(scene.goal)).await;
        let order = scene.submit().await.expect("submitted")[0];
        let version = scene.version(order).await;
        // Whoever bought holds the budget officer's role as well, and still may not.
        let mut both = (*scene.principal).clone();
        both.grants.extend(scene.officer.grants.clone());
        let both = std::sync::Arc::new(both);
        refused(service::approve(&scene.app, &scene.ctx("ApproveOrder", &both), order, version).await, ErrorCode::NotYourOwn);
        refused(service::approve(&scene.app, &scene.ctx("ApproveOrder", &scene.principal), order, version).await, ErrorCode::NotAllowed);
        let before = scene.money_states().await;
        let (first, second) = (scene.ctx("ApproveOrder", &scene.officer), scene.ctx("ApproveOrder", &scene.second_officer));
        let (one, two) =
            tokio::join!(service::approve(&scene.app, &first, order, version), service::approve(&scene.app, &second, order, version));
        let codes: Vec<Option<ErrorCode>> = [&one, &two].iter().map(|done| done.as_ref().err().map(AppError::code)).collect();
        assert_eq!(codes.iter().filter(|code| code.is_none()).count(), 1, "{codes:?}");
        assert!(codes.iter().flatten().all(|code| [ErrorCode::Stale, ErrorCode::NotInThisState].contains(code)), "{codes:?}");
        let after = scene.money_states().await;
        let encumbered: Cents = after.iter().map(|money| money.encumbered).sum();
        assert_eq!(encumbered, before.iter().map(|money| money.pre_encumbered).sum());
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_twice_has_one_effect_and_the_same_answer() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let cart = scene.draft(scene.coaching, 1, None).await;
        let line = &cart.lines[0];
        let orders = vec![SubmittedDraft { order: line.order, version: line.version, price: line.price }];
        let ctx = scene.ctx("SubmitCart", &scene.principal);
        let first = service::submit(&scene.app, &ctx, scene.school, CartSubmission { orders: orders.clone() }).await.expect("submitted");
        let money = scene.money_states().await;
        let again =
            service::submit(&scene.app, &ctx, scene.school, CartSubmission { orders: orders.clone() }).await.expect("the same answer");
        assert_eq!(first, again);
        assert_eq!(scene.money_states().await, money);
        let mut other = ctx.clone();
        other.input_hash = "another input".to_owned();
        refused(service::submit(&scene.app, &other, scene.school, CartSubmission { orders }).await, ErrorCode::CommandReused);
        assert_eq!(first.orders[0].state, OrderState::Approved);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buyer_does_not_receive_and_a_bare_no_is_no_answer() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.coaching, 1, None).await;
        let order = scene.submit().await.expect("submitted")[0];
        let version = scene.version(order).await.version;
        let bare = Counter {
            version,
            reason: NoReason::BoundByRule,
            explanation: "No.".to_owned(),
            alternatives: Vec::new(),
            rule_quoted: String::new(),
            offer_to_talk: String::new(),
        };
        refused(service::counter(&scene.app, &scene.ctx("CounterOrder", &scene.head), order, bare).await, ErrorCode::AnswerNeedsReason);
        let body = shared::orders::api::Acceptance { version, contact: "Rosa".to_owned(), start: day("2026-12-02"), note: String::new() };
        let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
        let log = |quantity, on| NewDelivery { version: view.version, first: None, day: day(on), quantity, note: String::new() };
        let ctx = |name| scene.ctx(name, &scene.head);
        refused(service::log(&scene.app, &ctx("LogDelivery"), order, log(2, "2026-12-02")).await, ErrorCode::BadInput);
        refused(service::log(&scene.app, &ctx("LogDelivery"), order, log(1, "2026-12-01")).await, ErrorCode::BadInput);
        refused(service::log(&scene.app, &ctx("LogDelivery"), order, log(1, "2026-12-03")).await, ErrorCode::BadInput);
        let view = service::log(&scene.app, &ctx("LogDelivery"), order, log(1, "2026-12-02")).await.expect("logged");
        let (entry, version) = (view.deliveries[0].id, OrderVersion { version: view.version });
        refused(service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.principal), entry, version).await, ErrorCode::NotYourOwn);
        refused(service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.stranger), entry, version).await, ErrorCode::NotFound);
        let money = scene.money_states().await;
        assert_eq!(money.iter().map(|line| line.spent).sum::<Cents>(), Cents::ZERO);
    })
    .await;
}
