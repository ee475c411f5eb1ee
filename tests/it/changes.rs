//! A change of a running order, over HTTP: looked at, proposed, agreed and approved by somebody else, with the school's money at each step.

use harness::app::TestApp;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::client::Call;
use shared::error::ErrorCode;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{AcceptOrder, Acceptance, ApproveOrder, GetOrder, ListApprovals, OrderReason, OrderVersion, OrderView};
use shared::orders::change::ChangeState;
use shared::orders::change::api::{
    AcceptChange, AcceptingChange, ChangeQuery, GetChanges, NewChange, PreviewChange, ProposeChange, RefuseChange, WithdrawChange,
};

harness::on_both_databases!(
    a_larger_order_is_agreed_approved_by_another_person_and_paid,
    a_smaller_order_is_released_at_once_and_a_refusal_changes_nothing,
    the_demo_district_shows_changes_that_wait_for_each_side,
);

async fn the_demo_district_shows_changes_that_wait_for_each_side(app: TestApp) {
    let order = app.a_changed_order_of("ana.whitfield").await.parse().expect("an order");
    let change = app.ana().await.get::<GetChanges>(order).await.open.expect("an open change");
    assert!(change.due.is_some() && !change.waits_for.is_empty());
    app.finish().await;
}

/// Four days of $900.00 each, accepted by the unit.
async fn accepted(app: &TestApp) -> OrderView {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Days that change", Category::Coaching, Cents::new(90_000), 40)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 4, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    if order.summary.state == OrderState::Submitted {
        let mut thomas = app.actor("thomas.lindqvist").await;
        thomas.does::<ApproveOrder>(order.summary.id, OrderVersion { version: order.version }).await;
    }
    let order = ana.get::<GetOrder>(order.summary.id).await;
    let body = Acceptance { version: order.version, contact: rosa.name(), start: order.summary.start, note: String::new() };
    rosa.does::<AcceptOrder>(order.summary.id, body).await
}

fn wanted(order: &OrderView, quantity: u32, price: i64) -> NewChange {
    NewChange {
        version: order.version,
        package: order.package.id,
        quantity,
        start: order.summary.start,
        price: Cents::new(price),
        reason: "Two more teams".to_owned(),
    }
}

async fn a_larger_order_is_agreed_approved_by_another_person_and_paid(app: TestApp) {
    let order = accepted(&app).await;
    let id = order.summary.id;
    let (mut ana, mut rosa, mut thomas) = (app.ana().await, app.rosa().await, app.actor("thomas.lindqvist").await);
    let before = market::money(&mut ana).await.total;
    let asked = ChangeQuery { package: None, quantity: 10, start: None };
    let shown = ana.call(Call::<PreviewChange>::to(id).query(asked)).await.expect("a preview");
    assert_eq!((shown.after.price, shown.added, shown.needs_approval), (Cents::new(900_000), Cents::new(540_000), true));
    let order = ana.does::<ProposeChange>(id, wanted(&order, 10, 900_000)).await;
    let reserved = market::money(&mut ana).await.total;
    assert_eq!(reserved.pre_encumbered.get() - before.pre_encumbered.get(), 540_000);
    let change = rosa.get::<GetChanges>(id).await.open.expect("the open change");
    let body = AcceptingChange { version: order.version, price: change.after.price };
    assert_eq!(ana.is_refused::<AcceptChange>(change.id, body).await.code, ErrorCode::NotYourOwn);
    assert_eq!(app.actor("theodore.marsh").await.is_refused::<AcceptChange>(change.id, body).await.code, ErrorCode::NotFound);
    let order = rosa.does::<AcceptChange>(change.id, body).await;
    assert_eq!(order.summary.price, Cents::new(360_000), "what it adds waits for approval");
    let waits = thomas.get::<ListApprovals>(()).await;
    assert!(waits.iter().any(|one| one.order.id == id && one.order.price == Cents::new(900_000)));
    assert_eq!(ana.is_refused::<ApproveOrder>(id, OrderVersion { version: order.version }).await.code, ErrorCode::NotAllowed);
    let order = thomas.does::<ApproveOrder>(id, OrderVersion { version: order.version }).await;
    assert_eq!((order.summary.price, order.quantity, order.encumbered), (Cents::new(900_000), 10, Cents::new(900_000)));
    let after = market::money(&mut ana).await.total;
    assert_eq!(after.pre_encumbered, before.pre_encumbered);
    assert_eq!(after.encumbered.get() - before.encumbered.get(), 540_000);
    assert_eq!(ana.get::<GetChanges>(id).await.past[0].state, ChangeState::Done);
    app.finish().await;
}

async fn a_smaller_order_is_released_at_once_and_a_refusal_changes_nothing(app: TestApp) {
    let order = accepted(&app).await;
    let id = order.summary.id;
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let before = market::money(&mut ana).await.total;
    let order = rosa.does::<ProposeChange>(id, wanted(&order, 3, 270_000)).await;
    let change = ana.get::<GetChanges>(id).await.open.expect("the open change");
    let order = ana.does::<RefuseChange>(change.id, OrderReason { version: order.version, reason: "We need all four".to_owned() }).await;
    assert_eq!(market::money(&mut ana).await.total, before);
    let order = ana.does::<ProposeChange>(id, wanted(&order, 2, 180_000)).await;
    let change = ana.get::<GetChanges>(id).await.open.expect("the open change");
    let order = ana.does::<WithdrawChange>(change.id, OrderReason { version: order.version, reason: "A mistake".to_owned() }).await;
    let order = ana.does::<ProposeChange>(id, wanted(&order, 3, 270_000)).await;
    let change = rosa.get::<GetChanges>(id).await.open.expect("the open change");
    let order = rosa.does::<AcceptChange>(change.id, AcceptingChange { version: order.version, price: change.after.price }).await;
    assert_eq!((order.summary.price, order.summary.ordered_units), (Cents::new(270_000), 3));
    let after = market::money(&mut ana).await.total;
    assert_eq!(after.available.get() - before.available.get(), 90_000);
    assert_eq!(before.encumbered.get() - after.encumbered.get(), 90_000);
    app.finish().await;
}
