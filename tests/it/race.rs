//! Races: 64 buyers for the last dollars of one budget line, and for what policy still approves by itself.

use std::sync::Arc;

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::catalog::api::CatalogPackage;
use shared::client::{Call, CallError};
use shared::error::ErrorCode;
use shared::id::BudgetLineId;
use shared::money::Cents;
use shared::orders::api::{CartLine, SubmitCart, SubmitReply};
use shared::orders::{OrderState, SplitPart};
use tokio::sync::Barrier;

/// Buyers at once (`It shows`: 64).
const BUYERS: usize = 64;
/// So many of them can be served.
const POSSIBLE: usize = 20;

/// What policy approves by itself, and an order far below it.
const APPROVED_UP_TO: i64 = 500_000;
const BELOW: i64 = 45_000;

harness::on_both_databases!(
    buyers_racing_for_the_last_dollars_get_exactly_what_is_there,
    submissions_at_once_never_slip_below_the_approval_amount_together,
);

async fn buyers_racing_for_the_last_dollars_get_exactly_what_is_there(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let budget = market::money(&mut ana).await;
    let unrestricted = budget.lines.iter().find(|line| line.fund.code == "0000").expect("an unrestricted line");
    // One cent less than a POSSIBLE-th more would allow: the next order no longer fits.
    let price = Cents::new(unrestricted.money.available.get() / i64::try_from(POSSIBLE).expect("a count"));
    let service = market::publish(&mut rosa, drafts::days("The last days", Category::Coaching, price, 10_000)).await;
    let lines = drafts_on(&mut ana, &service.packages[0], unrestricted.id).await;
    let mut served = 0;
    for answer in submit_at_once(&app, &ana, lines).await {
        match answer {
            Ok(_) => served += 1,
            Err(error) => assert_eq!(error.code(), Some(ErrorCode::NotEnoughMoney), "{error:?}"),
        }
    }
    let possible = usize::try_from(unrestricted.money.available.get() / price.get()).expect("a count");
    assert_eq!(served, possible, "orders served of {possible} possible");
    let after = market::money(&mut ana).await;
    let line = after.lines.iter().find(|line| line.id == unrestricted.id).expect("the line");
    let committed = line.money.pre_encumbered.get() + line.money.encumbered.get()
        - unrestricted.money.pre_encumbered.get()
        - unrestricted.money.encumbered.get();
    assert_eq!(committed, price.get() * i64::try_from(served).expect("a count"));
    assert!(!line.money.available.is_negative());
    app.finish().await;
}

async fn submissions_at_once_never_slip_below_the_approval_amount_together(app: TestApp) {
    // Long enough for what the school ordered before to count no longer.
    app.pass(21 * 86_400);
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let budget = market::money(&mut ana).await;
    let unrestricted = budget.lines.iter().find(|line| line.fund.code == "0000").expect("an unrestricted line");
    let service = market::publish(&mut rosa, drafts::days("One short day", Category::Coaching, Cents::new(BELOW), 10_000)).await;
    let lines = drafts_on(&mut ana, &service.packages[0], unrestricted.id).await;
    let mut states: Vec<OrderState> = Vec::new();
    for answer in submit_at_once(&app, &ana, lines).await {
        states.extend(answer.expect("a submitted order").orders.iter().map(|order| order.state));
    }
    let approved = states.iter().filter(|state| **state == OrderState::Approved).count();
    let waiting = states.iter().filter(|state| **state == OrderState::Submitted).count();
    assert_eq!(approved, usize::try_from(APPROVED_UP_TO / BELOW).expect("a count"), "approved by policy alone");
    assert_eq!(approved + waiting, BUYERS, "{states:?}");
    app.finish().await;
}

/// As many drafts of one package as there are buyers, each paid from `line`.
async fn drafts_on(ana: &mut Actor, package: &CatalogPackage, line: BudgetLineId) -> Vec<CartLine> {
    let goal = market::goal(ana, Category::Coaching).await;
    let mut lines = Vec::new();
    for _ in 0..BUYERS {
        let draft = market::add(ana, package, 1, Some(goal)).await;
        let cart = market::resplit(ana, &draft, vec![SplitPart { line, amount: draft.price }]).await.expect("a split");
        lines.push(cart.lines.into_iter().find(|l| l.order == draft.order).expect("the line"));
    }
    lines
}

/// Submits each draft by itself, all at the same moment, on all replicas.
async fn submit_at_once(app: &TestApp, ana: &Actor, lines: Vec<CartLine>) -> Vec<Result<SubmitReply, CallError>> {
    let barrier = Arc::new(Barrier::new(lines.len()));
    let submit = |(index, line): (usize, CartLine)| {
        let (mut buyer, barrier) = (ana.at(app.base(index)), Arc::clone(&barrier));
        tokio::spawn(async move {
            barrier.wait().await;
            buyer.call(Call::<SubmitCart>::to(buyer.school()).body(market::submission(&[&line]))).await
        })
    };
    let tasks: Vec<_> = lines.into_iter().enumerate().map(submit).collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("a finished task"));
    }
    answers
}
