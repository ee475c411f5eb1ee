//! What is made of an order's rest, with the money at every step: handed back, given to another school, swapped; stretches and half-year.

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::Role;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::approval::{FundMatch, PolicyRow, PolicyStep};
use shared::orders::api::{GiftVersion, HandingBack, NewDelivery, NewGift, OrderReason, OrderVersion, Swap, SwapQuery, TakingGift, DeliveryVerdict};
use shared::orders::rescue::{GiftState, HandBack};

use super::scene::{Scene, day};
use super::silence::accepted_order;
use crate::db::testing::on_each;
use crate::orders::service;

/// Four days at $3,800.00 from the general fund, in work since 12 January 2027; it is 20 January.
async fn order(scene: &Scene) -> OrderId {
    accepted_order(scene, scene.general).await
}

async fn confirmed(scene: &Scene, order: OrderId, quantity: u32) {
    let version = scene.version(order).await.version;
    let body = NewDelivery { version, day: day("2027-01-13"), first: None, quantity, note: String::new() };
    let view = service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged");
    let entry = view.deliveries.iter().find(|entry| entry.state == shared::orders::DeliveryState::Logged).expect("the entry").id;
    let body = OrderVersion { version: view.version };
    service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.clerk), entry, body).await.expect("confirmed");
}

pub fn code<T>(done: Result<T, crate::error::AppError>) -> Option<ErrorCode> {
    done.err().map(|error| error.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_handed_back_at_their_value_until_the_cut_off_and_never_after() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        confirmed(&scene, order, 1).await;
        let view = service::rescue(&scene.app, &scene.principal, order).await.expect("the rest");
        assert_eq!((view.rest.left(), view.hand_back), (3, HandBack::Until { day: day("2027-02-15") }));
        let value = view.rest.value_of(2);
        assert_eq!(value, Cents::new(190_000));
        let back = |version, units, value| HandingBack { version, units, value, reason: "A new calendar".to_owned() };
        let run = |body| {
            let ctx = scene.ctx("HandBackUnits", &scene.principal);
            let (app, order) = (scene.app.clone(), order);
            async move { service::hand_back_units(&app, &ctx, order, body).await }
        };
        assert_eq!(code(run(back(view.version, 4, value)).await), Some(ErrorCode::BadInput));
        assert_eq!(code(run(back(view.version, 2, Cents::new(1))).await), Some(ErrorCode::PriceChanged));
        let after = run(back(view.version, 2, value)).await.expect("handed back");
        assert_eq!((after.summary.price, after.summary.ordered_units, after.quantity), (Cents::new(190_000), 2, 2));
        let money = scene.money_states().await[1];
        assert_eq!((money.available.get(), money.encumbered.get(), money.spent.get()), (1_810_000, 95_000, 95_000));
        // The last of what stays is handed back: the order is delivered.
        let view = service::rescue(&scene.app, &scene.principal, order).await.expect("the rest");
        let after = run(back(view.version, 1, view.rest.value_of(1))).await.expect("handed back");
        assert_eq!(after.summary.state, OrderState::Delivered);
        assert_eq!(scene.money_states().await[1].encumbered, Cents::ZERO);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_cut_off_nothing_is_handed_back_and_the_refusal_says_what_else_there_is() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        scene.wait_days(40);
        let view = service::rescue(&scene.app, &scene.principal, order).await.expect("the rest");
        assert!(matches!(view.hand_back, HandBack::Over { .. }));
        let body = HandingBack { version: view.version, units: 1, value: view.rest.value_of(1), reason: "Late".to_owned() };
        let refused = service::hand_back_units(&scene.app, &scene.ctx("HandBackUnits", &scene.principal), order, body).await;
        assert_eq!(code(refused), Some(ErrorCode::NotInThisState));
        assert_eq!(scene.money_states().await[1].encumbered, Cents::new(380_000));
    })
    .await;
}

async fn offered(scene: &Scene, order: OrderId, units: u32) -> shared::orders::api::GiftView {
    let view = service::rescue(&scene.app, &scene.principal, order).await.expect("the rest");
    let body = NewGift { version: view.version, school: scene.other_school, units, reason: "We are full".to_owned() };
    let view = service::offer_gift(&scene.app, &scene.ctx("OfferGift", &scene.principal), order, body).await.expect("offered");
    view.gifts[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn given_days_move_the_commitment_to_the_other_schools_own_line() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let gift = offered(&scene, order, 2).await;
        assert_eq!((gift.value, gift.state), (Cents::new(190_000), GiftState::Offered));
        assert_eq!(scene.money_states().await[1].encumbered, Cents::new(380_000));
        // What is promised cannot be promised twice.
        let view = service::rescue(&scene.app, &scene.principal, order).await.expect("the rest");
        let body = NewGift { version: view.version, school: scene.other_school, units: 3, reason: "More".to_owned() };
        let twice = service::offer_gift(&scene.app, &scene.ctx("OfferGift", &scene.principal), order, body).await;
        assert_eq!(code(twice), Some(ErrorCode::BadInput));
        let body = TakingGift { version: gift.version, goal: None };
        let own = service::take_gift(&scene.app, &scene.ctx("TakeGift", &scene.principal), gift.id, body).await;
        assert_eq!(code(own), Some(ErrorCode::NotAllowed));
        let body = TakingGift { version: gift.version, goal: None };
        let ctx = scene.ctx("TakeGift", &scene.stranger);
        let gifts = service::take_gift(&scene.app, &ctx, gift.id, body).await.expect("taken");
        assert_eq!(gifts[0].state, GiftState::Done);
        // Sent a second time it has one effect.
        let again = service::take_gift(&scene.app, &ctx, gift.id, body).await.expect("answered again");
        assert_eq!(again[0].becomes, gifts[0].becomes);
        let (giver, taker) = (scene.money_states().await[1], scene.states_of(scene.other_general).await);
        assert_eq!((giver.available.get(), giver.encumbered.get()), (1_810_000, 190_000));
        assert_eq!((taker.available.get(), taker.encumbered.get()), (310_000, 190_000));
        let born = gifts[0].becomes.expect("an order of the other school");
        let view = scene.see(&scene.stranger, born).await;
        assert_eq!((view.summary.state, view.summary.ordered_units, view.summary.price), (OrderState::Accepted, 2, Cents::new(190_000)));
        assert_eq!(scene.see(&scene.principal, order).await.summary.ordered_units, 2);
        assert!(scene.see(&scene.head, born).await.actions.contains(&shared::orders::api::OrderAction::LogDelivery));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn above_the_policy_amount_the_budget_office_approves_a_gift_and_nothing_moves_before() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.policy(vec![office_above(100_000)]).await;
        let order = accepted_by_office(&scene).await;
        let gift = offered(&scene, order, 2).await;
        let body = TakingGift { version: gift.version, goal: None };
        let gifts = service::take_gift(&scene.app, &scene.ctx("TakeGift", &scene.stranger), gift.id, body).await.expect("taken");
        assert_eq!(gifts[0].state, GiftState::Taken);
        assert_eq!(scene.states_of(scene.other_general).await.encumbered, Cents::ZERO);
        let body = GiftVersion { version: gifts[0].version };
        let gifts = service::approve_gift(&scene.app, &scene.ctx("ApproveGift", &scene.officer), gift.id, body).await.expect("approved");
        assert_eq!(gifts[0].state, GiftState::Done);
        assert_eq!(scene.states_of(scene.other_general).await.encumbered, Cents::new(190_000));
        scene.ledger_is_sound().await;
    })
    .await;
}

fn office_above(cents: i64) -> PolicyRow {
    PolicyRow {
        title: "Large orders".to_owned(),
        over: Cents::new(cents),
        up_to: None,
        funds: FundMatch::Any,
        provider: None,
        categories: Vec::new(),
        steps: vec![PolicyStep { role: Role::BudgetOfficer, days: 2 }],
    }
}

async fn accepted_by_office(scene: &Scene) -> OrderId {
    super::silence::accepted_with_approval(scene, scene.general).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_that_is_ended_moves_nothing() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let gift = offered(&scene, order, 1).await;
        let body = OrderReason { version: gift.version, reason: "No room".to_owned() };
        let gifts = service::end_gift(&scene.app, &scene.ctx("EndGift", &scene.stranger), gift.id, body).await.expect("declined");
        assert_eq!(gifts[0].state, GiftState::Declined);
        let body = TakingGift { version: gifts[0].version, goal: None };
        let late = service::take_gift(&scene.app, &scene.ctx("TakeGift", &scene.stranger), gift.id, body).await;
        assert_eq!(code(late), Some(ErrorCode::NotInThisState));
        assert_eq!(scene.money_states().await[1].encumbered, Cents::new(380_000));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rest_is_swapped_inside_what_becomes_free_without_a_new_approval() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        confirmed(&scene, order, 1).await;
        let asked = SwapQuery { package: Some(scene.workshop), quantity: 2 };
        let seen = service::preview_swap(&scene.app, &scene.principal, order, (asked, scene.app.now())).await.expect("shown");
        assert_eq!((seen.price, seen.freed, seen.kept, seen.needs_approval), (Cents::new(80_000), Cents::new(285_000), Cents::ZERO, false));
        let version = scene.version(order).await.version;
        let body = Swap { version, package: scene.workshop, quantity: 2, price: seen.price, reason: "A workshop fits better".to_owned() };
        let wrong = Swap { price: Cents::new(1), ..body.clone() };
        let refused = service::swap(&scene.app, &scene.ctx("SwapRest", &scene.principal), order, wrong).await;
        assert_eq!(code(refused), Some(ErrorCode::PriceChanged));
        let ctx = scene.ctx("SwapRest", &scene.principal);
        let new = service::swap(&scene.app, &ctx, order, body.clone()).await.expect("swapped");
        let again = service::swap(&scene.app, &ctx, order, body).await.expect("answered again");
        assert_eq!(again.summary.id, new.summary.id);
        assert_eq!((new.summary.state, new.summary.price), (OrderState::Approved, Cents::new(80_000)));
        let old = scene.see(&scene.principal, order).await;
        assert_eq!((old.summary.state, old.summary.price, old.summary.ordered_units), (OrderState::Delivered, Cents::new(95_000), 1));
        let lines = scene.money_states().await;
        let encumbered: Cents = lines.iter().map(|line| line.encumbered).sum();
        assert_eq!((encumbered, lines[1].spent), (Cents::new(80_000), Cents::new(95_000)));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_delivery_stands_in_the_way_of_a_swap() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let version = scene.version(order).await.version;
        let body = NewDelivery { version, day: day("2027-01-13"), first: None, quantity: 1, note: String::new() };
        service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await.expect("logged");
        let version = scene.version(order).await.version;
        let body = Swap { version, package: scene.workshop, quantity: 1, price: Cents::new(40_000), reason: "Now".to_owned() };
        let refused = service::swap(&scene.app, &scene.ctx("SwapRest", &scene.principal), order, body).await;
        assert_eq!(code(refused), Some(ErrorCode::NotInThisState));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_behind_at_half_year_is_told_once_with_what_can_be_done() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order(&scene).await;
        let alert = || async { service::alert_at_half_year(&scene.app, scene.app.now()).await.expect("the job ran") };
        let behind = || async {
            let view = scene.see(&scene.principal, order).await;
            (view.summary.pace, view.timeline.iter().filter(|fact| fact.text.starts_with("Behind at half of the year")).count())
        };
        // Two thirds of a month after a half-year start nothing is due yet; a month later one of four days should have come.
        alert().await;
        assert_eq!(behind().await, (Some(DeliveryVerdict::OnPace), 0));
        scene.set_date(shared::orders::dates::YearlyKind::HalfYear, "2027-03-15").await;
        scene.wait_days(60);
        alert().await;
        alert().await;
        assert_eq!(behind().await, (Some(DeliveryVerdict::Behind), 1));
        let told = service::notices(&scene.app, &scene.principal).await.expect("notices");
        assert_eq!(told.iter().filter(|notice| notice.text.contains("behind its plan")).count(), 1);
        let told = service::notices(&scene.app, &scene.head).await.expect("notices");
        assert_eq!(told.iter().filter(|notice| notice.text.contains("behind its plan")).count(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_delivered_in_stretches_of_school_days_to_the_cent() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = scene.monthly_order().await;
        let log = |first: &str, last: &str| {
            let (first, last) = (Some(day(first)), day(last));
            let scene = &scene;
            async move {
                let version = scene.version(order).await.version;
                let body = NewDelivery { version, day: last, first, quantity: 0, note: String::new() };
                service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, body).await
            }
        };
        // Two months from Tuesday, 12 January, to 11 March: 14, 20 and 9 school days.
        let view = scene.see(&scene.head, order).await;
        assert_eq!(view.periods.iter().map(|period| period.days).collect::<Vec<_>>(), [14, 20, 9]);
        scene.wait_days(110);
        let view = log("2027-01-12", "2027-01-31").await.expect("a part of January");
        assert_eq!((view.deliveries[0].quantity, view.summary.ordered_units), (14, 43));
        assert_eq!(code(log("2027-01-29", "2027-02-05").await), Some(ErrorCode::BadInput));
        log("2027-02-01", "2027-02-28").await.expect("February");
        log("2027-03-01", "2027-03-11").await.expect("a part of March");
        let mut spent = Vec::new();
        for _ in 0..3 {
            let view = scene.see(&scene.clerk, order).await;
            let entry = view.deliveries.iter().find(|entry| entry.may.answer).expect("an entry").id;
            let body = OrderVersion { version: view.version };
            let view = service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &scene.clerk), entry, body).await.expect("confirmed");
            spent.push(view.spent.get());
        }
        assert_eq!(spent[2], 100_000);
        assert!(spent[0] < spent[1] - spent[0], "February is whole, January is not: {spent:?}");
        assert_eq!(scene.see(&scene.clerk, order).await.summary.state, OrderState::Delivered);
        scene.ledger_is_sound().await;
    })
    .await;
}
