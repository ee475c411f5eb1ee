//! What must be refused: each with a clear message, and nothing changed.

use harness::actor::{Actor, code_of, new_command};
use harness::app::TestApp;
use harness::{drafts, market};
use shared::budget::FundRules;
use shared::budget::api::GetBudgetLine;
use shared::catalog::Category;
use shared::catalog::api::{EditService, GetMenu, ServiceEdit};
use shared::client::Call;
use shared::error::ErrorCode;
use shared::id::{BudgetLineId, Id, OrderId};
use shared::money::Cents;
use shared::orders::api::{
    AcceptOrder, Acceptance, ApproveOrder, Counter, CounterOrder, GetOrder, OrderReason, OrderVersion, ReturnOrder, SubmitCart,
};
use shared::orders::{NoReason, OrderState, SplitPart};

harness::on_both_databases!(
    a_fund_that_may_not_pay_is_refused,
    an_unknown_budget_line_is_refused,
    a_changed_price_is_refused,
    a_foreign_schools_order_is_not_there,
    a_stale_form_is_refused,
    two_approvers_at_once_make_one_approval,
    the_same_command_twice_has_one_effect,
    a_bare_no_is_refused,
    more_than_a_line_holds_is_refused,
);

async fn coaching(app: &TestApp, day_price: i64) -> (Actor, Actor, shared::catalog::api::CatalogService) {
    let (ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Number talks", Category::Coaching, Cents::new(day_price), 500)).await;
    (ana, rosa, service)
}

async fn a_fund_that_may_not_pay_is_refused(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 50_000).await;
    let before = market::money(&mut ana).await;
    let barred = before.lines.iter().find(|line| match &line.fund.rules {
        FundRules::Undecided => true,
        FundRules::Decided(rule) => !rule.categories.is_empty() && !rule.categories.contains(&Category::Coaching),
    });
    let barred = barred.expect("the demo has a fund that may not pay for coaching").id;
    let line = market::add(&mut ana, &service.packages[0], 1, None).await;
    let edited = market::resplit(&mut ana, &line, vec![SplitPart { line: barred, amount: line.price }]).await;
    let code = match edited {
        Err(refused) => refused.code(),
        Ok(cart) => {
            let line = cart.lines.iter().find(|l| l.order == line.order).expect("the line");
            assert!(!line.problems.is_empty());
            code_of(&ana.call(Call::<SubmitCart>::to(ana.school()).body(market::submission(&[line]))).await)
        }
    };
    assert!(matches!(code, Some(ErrorCode::FundMayNotPay | ErrorCode::FundUndecided)), "{code:?}");
    assert_eq!(market::money(&mut ana).await, before);
    app.finish().await;
}

async fn an_unknown_budget_line_is_refused(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 50_000).await;
    let before = market::money(&mut ana).await;
    let line = market::add(&mut ana, &service.packages[0], 1, None).await;
    let unknown = SplitPart { line: BudgetLineId::from_bits(7), amount: line.price };
    let refused = market::resplit(&mut ana, &line, vec![unknown]).await;
    assert!(refused.is_err(), "an unknown budget line was taken");
    assert_eq!(market::money(&mut ana).await, before);
    app.finish().await;
}

async fn a_changed_price_is_refused(app: TestApp) {
    let (mut ana, mut rosa, service) = coaching(&app, 50_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 2, Some(goal)).await;
    let before = market::money(&mut ana).await;
    let menu = rosa.get::<GetMenu>(rosa.unit()).await;
    let mine = menu.services.iter().find(|s| s.id == service.id).expect("the service");
    let mut draft = mine.draft.clone();
    draft.packages[0].content = drafts::tier(shared::catalog::Tier::Essential, Cents::new(60_000), 500);
    rosa.does::<EditService>(service.id, ServiceEdit { version: mine.version, draft }).await;
    market::publish_menu(&mut rosa).await;
    let refusal = ana.is_refused::<SubmitCart>(ana.school(), market::submission(&[&line])).await;
    assert_eq!(refusal.code, ErrorCode::PriceChanged, "{refusal:?}");
    assert_eq!(market::money(&mut ana).await, before);
    app.finish().await;
}

async fn a_foreign_schools_order_is_not_there(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 50_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    let mut theodore = app.actor("theodore.marsh").await;
    let foreign = theodore.is_refused::<GetOrder>(order.summary.id, shared::contract::Empty {}).await;
    let missing = theodore.is_refused::<GetOrder>(OrderId::from_bits(9), shared::contract::Empty {}).await;
    assert_eq!((foreign.code, &foreign.message, &foreign.fields), (ErrorCode::NotFound, &missing.message, &missing.fields));
    let line = order.split[0].part.line;
    assert_eq!(theodore.is_refused::<GetBudgetLine>(line, shared::contract::Empty {}).await.code, ErrorCode::NotFound);
    let mut jerome = app.actor("jerome.whitlock").await;
    let acceptance = Acceptance { version: order.version, contact: "x".to_owned(), start: order.summary.start, note: String::new() };
    assert_eq!(jerome.is_refused::<AcceptOrder>(order.summary.id, acceptance).await.code, ErrorCode::NotFound);
    app.finish().await;
}

async fn a_stale_form_is_refused(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 50_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    let mut seen_before = line.clone();
    market::resplit(&mut ana, &line, line.split.clone()).await.expect("a first edit");
    seen_before.note = "typed in another window".to_owned();
    let second = market::resplit(&mut ana, &seen_before, line.split.clone()).await;
    assert_eq!(code_of(&second), Some(ErrorCode::Stale));
    app.finish().await;
}

async fn two_approvers_at_once_make_one_approval(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 95_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 8, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    assert_eq!(order.summary.state, OrderState::Submitted);
    let (mut thomas, mut denise) = (app.thomas().await, app.actor_at("denise.achterberg", 1).await);
    let version = OrderVersion { version: order.version };
    let reason = OrderReason { version: order.version, reason: "Another fund, please.".to_owned() };
    let (yes, no) = tokio::join!(
        thomas.call(Call::<ApproveOrder>::to(order.summary.id).body(version)),
        denise.call(Call::<ReturnOrder>::to(order.summary.id).body(reason)),
    );
    assert!(yes.is_ok() != no.is_ok(), "{yes:?} {no:?}");
    let loser = code_of(&yes).or(code_of(&no));
    assert!(matches!(loser, Some(ErrorCode::Stale | ErrorCode::NotInThisState)), "{loser:?}");
    app.finish().await;
}

async fn the_same_command_twice_has_one_effect(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 10_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    let command = new_command();
    let body = market::submission(&[&line]);
    let first = ana.call(Call::<SubmitCart>::to(ana.school()).body(body.clone()).command(command)).await.expect("the first");
    let after = market::money(&mut ana).await;
    let again = ana.call(Call::<SubmitCart>::to(ana.school()).body(body.clone()).command(command)).await.expect("the repeat");
    assert_eq!(first.orders[0].id, again.orders[0].id);
    assert_eq!(market::money(&mut ana).await, after);
    let mut other = body.clone();
    other.orders[0].price = Cents::new(1);
    let misuse = ana.call(Call::<SubmitCart>::to(ana.school()).body(other).command(command)).await;
    assert_eq!(code_of(&misuse), Some(ErrorCode::CommandReused));
    app.finish().await;
}

async fn a_bare_no_is_refused(app: TestApp) {
    let (mut ana, mut rosa, service) = coaching(&app, 10_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    let counter = Counter {
        version: order.version,
        reason: NoReason::NoCapacity,
        explanation: "We are full.".to_owned(),
        alternatives: Vec::new(),
        rule_quoted: String::new(),
        offer_to_talk: String::new(),
    };
    let refusal = rosa.is_refused::<CounterOrder>(order.summary.id, counter).await;
    assert_eq!(refusal.code, ErrorCode::AnswerNeedsReason);
    assert_eq!(ana.get::<GetOrder>(order.summary.id).await.summary.state, OrderState::Approved);
    app.finish().await;
}

async fn more_than_a_line_holds_is_refused(app: TestApp) {
    let (mut ana, _rosa, service) = coaching(&app, 500_000).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let before = market::money(&mut ana).await;
    let line = market::add(&mut ana, &service.packages[0], 100, Some(goal)).await;
    let refusal = ana.is_refused::<SubmitCart>(ana.school(), market::submission(&[&line])).await;
    assert!(matches!(refusal.code, ErrorCode::NotEnoughMoney | ErrorCode::SplitDoesNotAddUp), "{refusal:?}");
    assert_eq!(market::money(&mut ana).await, before);
    app.finish().await;
}
