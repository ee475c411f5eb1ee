//! Days that one school gives to another, with everybody pressing at once: the commitment moves once or not at all.

use std::sync::Arc;

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::client::{Call, CallError};
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{
    AcceptOrder, Acceptance, EndGift, GetOrder, GetRescue, GiftView, ListGifts, NewGift, OfferGift, OrderReason, TakeGift, TakingGift,
};
use shared::orders::rescue::GiftState;
use tokio::sync::Barrier;

harness::on_both_databases!(a_gift_that_is_taken_twice_and_taken_back_at_once_has_one_end);

const PRICE: i64 = 45_000;
/// Gifts of one day each that are fought over.
const ROUNDS: usize = 4;

async fn a_gift_that_is_taken_twice_and_taken_back_at_once_has_one_end(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Coaching to share", Category::Coaching, Cents::new(PRICE), 20)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 6, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    assert_eq!(order.summary.state, OrderState::Approved);
    let body = Acceptance { version: order.version, contact: "Ken Morita".to_owned(), start: line.start, note: String::new() };
    rosa.does::<AcceptOrder>(order.summary.id, body).await;
    let mut theodore = app.actor("theodore.marsh").await;
    let goal = market::goal(&mut theodore, Category::Coaching).await;
    for round in 0..ROUNDS {
        let (giver, taker) = (market::money(&mut ana).await.total.encumbered, market::money(&mut theodore).await.total.encumbered);
        let version = ana.get::<GetOrder>(order.summary.id).await.version;
        let offer = NewGift { version, school: theodore.school(), units: 1, reason: "One of our teachers left.".to_owned() };
        let gift = ana.does::<OfferGift>(order.summary.id, offer).await.gifts.into_iter().find(|gift| gift.state == GiftState::Offered);
        let gift = gift.expect("the offered gift");
        let answers = all_at_once(&app, (&ana, &theodore), &gift, TakingGift { version: gift.version, goal: Some(goal) }).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "round {round}: {answers:?}");
        let gifts = ana.call(Call::<ListGifts>::to(())).await.expect("gifts");
        let ended = gifts.into_iter().find(|known| known.id == gift.id).expect("the gift");
        let moved = match ended.state {
            GiftState::Done => gift.value.get(),
            GiftState::Withdrawn => 0,
            GiftState::Offered | GiftState::Taken | GiftState::Declined => panic!("round {round}: {ended:?}"),
        };
        let (after, received) = (market::money(&mut ana).await.total.encumbered, market::money(&mut theodore).await.total.encumbered);
        assert_eq!((giver.get() - after.get(), received.get() - taker.get()), (moved, moved), "round {round}");
        let rest = ana.get::<GetRescue>(order.summary.id).await.rest;
        assert_eq!(rest.price.get(), i64::from(rest.units) * PRICE, "round {round}");
    }
    app.finish().await;
}

/// The receiving principal presses twice, from two windows; the giving one takes it back meanwhile.
async fn all_at_once(app: &TestApp, (giver, taker): (&Actor, &Actor), gift: &GiftView, taking: TakingGift) -> Vec<Result<(), CallError>> {
    let (barrier, id, version) = (Arc::new(Barrier::new(3)), gift.id, gift.version);
    let mut tasks = Vec::new();
    for window in 0..2 {
        let (mut taker, barrier) = (taker.at(app.base(window)), Arc::clone(&barrier));
        tasks.push(tokio::spawn(async move {
            barrier.wait().await;
            taker.call(Call::<TakeGift>::to(id).body(taking)).await.map(drop)
        }));
    }
    let mut giver = giver.at(app.base(1));
    tasks.push(tokio::spawn(async move {
        barrier.wait().await;
        let body = OrderReason { version, reason: "We need it after all.".to_owned() };
        giver.call(Call::<EndGift>::to(id).body(body)).await.map(drop)
    }));
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("a finished task"));
    }
    answers
}
