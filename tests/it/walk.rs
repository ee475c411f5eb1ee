//! The main job, end to end: publish, find, buy, approve, accept, deliver, confirm, close, audit.

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::audit::api::{AuditFilter, AuditRecordView, ListAuditRecords};
use shared::budget::CauseKind;
use shared::budget::api::GetBudgetLine;
use shared::catalog::Category;
use shared::client::Call;
use shared::error::ErrorCode;
use shared::ledger::TransferKind;
use shared::money::Cents;
use shared::orders::api::{
    AcceptOrder, Acceptance, ApproveOrder, CloseOrder, Closing, ConfirmDelivery, GetOrder, Helped, LogDelivery, NewDelivery, OrderVersion,
    OrderView, SubmitCart,
};
use shared::orders::{DeliveryState, OrderState};

harness::on_both_databases!(
    a_school_buys_from_the_menu_to_the_audit_trail,
    a_small_order_is_approved_by_policy_at_once,
    orders_submitted_together_are_each_found_in_the_trail,
);

async fn a_school_buys_from_the_menu_to_the_audit_trail(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Fractions residency", Category::Coaching, Cents::new(95_000), 40)).await;
    assert_eq!(market::on_shelf(&mut ana, "Fractions residency").await.id, service.id);

    let before = market::money(&mut ana).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 8, Some(goal)).await;
    assert_eq!(line.price, Cents::new(760_000));
    assert_eq!(line.problems, Vec::<String>::new());
    assert_eq!(line.split.iter().map(|part| part.amount).sum::<Cents>(), line.price);

    let order = market::submit(&mut ana, &line).await;
    assert_eq!(order.summary.state, OrderState::Submitted);
    let reserved = market::money(&mut ana).await;
    assert_eq!(reserved.total.pre_encumbered.get() - before.total.pre_encumbered.get(), 760_000);
    assert_eq!(before.total.available.get() - reserved.total.available.get(), 760_000);

    let own = ana.is_refused::<ApproveOrder>(order.summary.id, OrderVersion { version: order.version }).await;
    assert_eq!(own.code, ErrorCode::NotAllowed);
    let mut thomas = app.thomas().await;
    let order = thomas.does::<ApproveOrder>(order.summary.id, OrderVersion { version: order.version }).await;
    assert_eq!(order.summary.state, OrderState::Approved);
    let acceptance = Acceptance { version: order.version, contact: rosa.name(), start: order.summary.start, note: String::new() };
    let order = rosa.does::<AcceptOrder>(order.summary.id, acceptance).await;
    assert_eq!(order.summary.state, OrderState::Accepted);
    assert!(order.split.is_empty(), "a unit sees no school's funds");

    let order = deliver(&app, &mut rosa, order).await;
    assert_eq!(order.summary.state, OrderState::Delivered);
    let spent = market::money(&mut ana).await;
    assert_eq!(spent.total.spent.get() - before.total.spent.get(), 760_000);
    assert_eq!(spent.total.encumbered, before.total.encumbered);

    let closing = Closing { version: order.version, stars: 5, helped: Helped::Yes, hours_saved: 12, comment: "Worth it.".to_owned() };
    let order = ana.does::<CloseOrder>(order.summary.id, closing).await;
    assert_eq!(order.summary.state, OrderState::Closed);
    the_auditor_finds_it(&app, &order).await;
    app.finish().await;
}

/// Two entries; the buyer may not confirm, a receiver of the school does.
async fn deliver(app: &TestApp, rosa: &mut Actor, mut order: OrderView) -> OrderView {
    let (mut ana, mut joel) = (app.ana().await, app.joel().await);
    for quantity in [3, 5] {
        let body = NewDelivery { version: order.version, first: None, day: order.summary.start, quantity, note: "In rooms 4 and 5.".to_owned() };
        let logged = rosa.does::<LogDelivery>(order.summary.id, body).await;
        let entry = logged.deliveries.iter().find(|d| d.state == DeliveryState::Logged).expect("the entry").id;
        let refusal = ana.is_refused::<ConfirmDelivery>(entry, OrderVersion { version: logged.version }).await;
        assert_eq!(refusal.code, ErrorCode::NotYourOwn);
        joel.does::<ConfirmDelivery>(entry, OrderVersion { version: logged.version }).await;
        order = ana.get::<GetOrder>(order.summary.id).await;
    }
    order
}

async fn orders_submitted_together_are_each_found_in_the_trail(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Number talks", Category::Coaching, Cents::new(10_000), 40)).await;
    let mut lines = Vec::new();
    for quantity in 1..=3 {
        lines.push(market::add(&mut ana, &service.packages[0], quantity, None).await);
    }
    let reply = ana.does::<SubmitCart>(ana.school(), market::submission(&lines.iter().collect::<Vec<_>>())).await;
    let mut samuel = app.samuel().await;
    let mut records = Vec::new();
    for order in &reply.orders {
        let filter = AuditFilter { object: Some(order.id.to_string()), ..AuditFilter::default() };
        let page = samuel.call(Call::<ListAuditRecords>::to(()).query(filter)).await.expect("the trail");
        records.extend(page.items.into_iter().filter(|record| record.action == "SubmitCart"));
    }
    let ids: Vec<String> = reply.orders.iter().map(|order| order.id.to_string()).collect();
    assert_eq!(records.len(), ids.len(), "one submission in the trail of each of its orders");
    for record in &records {
        assert_eq!((&record.object, &record.others[..], record.id), (&ids[0], &ids[1..], records[0].id));
    }
    app.finish().await;
}

async fn the_auditor_finds_it(app: &TestApp, order: &OrderView) {
    let mut samuel = app.samuel().await;
    let filter = AuditFilter { object: Some(order.summary.id.to_string()), ..AuditFilter::default() };
    let page = samuel.call(Call::<ListAuditRecords>::to(()).query(filter)).await.expect("the trail");
    let mut actions: Vec<&str> = page.items.iter().map(|record: &AuditRecordView| record.action.as_str()).collect();
    actions.reverse();
    for action in ["ApproveOrder", "AcceptOrder", "LogDelivery", "ConfirmDelivery", "CloseOrder"] {
        assert!(actions.contains(&action), "{action} in {actions:?}");
    }
    let found = samuel.get::<GetOrder>(order.summary.id).await;
    let mut posted = 0;
    for part in &found.split {
        let detail = samuel.get::<GetBudgetLine>(part.part.line).await;
        let mine = detail.movements.iter().filter(|m| m.cause_title.contains(&order.summary.number.to_string()));
        posted += mine.filter(|m| m.kind == TransferKind::DeliverySpent).map(|m| m.change.spent.get()).sum::<i64>();
        assert!(detail.movements.iter().any(|m| m.cause == CauseKind::Order || m.cause == CauseKind::Delivery));
    }
    assert_eq!(posted, order.summary.price.get());
}

async fn a_small_order_is_approved_by_policy_at_once(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("One visit", Category::Coaching, Cents::new(12_500), 10)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    assert_eq!(order.summary.state, OrderState::Approved);
    assert_eq!(order.encumbered, Cents::new(12_500));
    app.finish().await;
}
