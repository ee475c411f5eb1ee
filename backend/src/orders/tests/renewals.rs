//! The renewal round with its clock: next year's price, locked prices, what is retired, lapsing, and the turn of the year.

use shared::budget::api::PlanGoalView;
use shared::catalog::Category;
use shared::catalog::api::{MenuView, PriceChange, ServiceEdit};
use shared::catalog::choice::{Choices, TermPrice};
use shared::catalog::edition::reprice::Rounding;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, Id as _, OrderId, PlanGoalId};
use shared::money::{BasisPoints, Cents};
use shared::orders::OrderState;
use shared::orders::api::{Acceptance, CartLine, DraftEdit, NewDraft};
use shared::orders::renewal::{
    AnsweredOrder, NextYear, RenewalAnswer, RenewalAnswers, RenewalLine, RenewalState, RenewalsView, RoundPhase,
};

use super::scene::{Scene, day};
use super::silence::accepted_order;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service;

const NEXT: FiscalYear = FiscalYear(2027);
/// From 20 January 2027 to 1 July.
const TO_JULY: i64 = 162;

/// Next year's edition as a copy, ten percent dearer.
pub async fn dearer_edition(scene: &Scene) -> MenuView {
    let this = catalog::menu(&scene.app, &scene.head, scene.unit, None).await.expect("the edition");
    let ctx = scene.ctx("StartNextYear", &scene.head);
    let next = catalog::start_next_year(&scene.app, ctx, this.id, this.version).await.expect("started");
    let services = next.services.iter().map(|service| service.id).collect();
    let body = PriceChange { version: next.version, by: BasisPoints(1_000), to: Rounding::FiveDollars, services };
    catalog::change_prices(&scene.app, scene.ctx("ChangePrices", &scene.head), next.id, body).await.expect("dearer")
}

pub async fn publish(scene: &Scene, menu: MenuView) {
    let asked = catalog::ask_review(&scene.app, scene.ctx("AskReview", &scene.head), menu.id, menu.version).await.expect("asked");
    catalog::publish_menu(&scene.app, scene.ctx("PublishMenu", &scene.officer), asked.id, asked.version).await.expect("published");
}

/// The goal of next year's plan that has the name of this year's.
fn next_goal() -> PlanGoalView {
    PlanGoalView {
        id: PlanGoalId::from_bits(21),
        number: 1,
        title: "Mathematics".to_owned(),
        indicator: "Share on grade level".to_owned(),
        categories: vec![Category::Coaching],
        lines: Vec::new(),
        ordered: Cents::ZERO,
    }
}

/// Money and plan of next year: the general fund alone.
pub async fn next_money(scene: &Scene, cents: i64) {
    let (id, school) = (BudgetLineId::from_bits(11), scene.school);
    let new = budget::NewLine { id, school, fund: FundId::from_bits(2), year: NEXT, sacs_fund: "01".to_owned() };
    scene
        .set_up(new, move |mut tx, ctx, new| async move {
            budget::open_line(&mut tx, &new).await?;
            budget::put_goal(&mut tx, new.school, NEXT, &next_goal()).await?;
            let given = budget::NewAllocation { line: new.id, amount: Cents::new(cents), document: "projected".to_owned() };
            budget::allocate(&mut tx, &[given]).await?;
            Scene::done(tx, ctx).await
        })
        .await;
}

async fn open(scene: &Scene) {
    let round = service::open_renewals(&scene.app, &scene.ctx("OpenRenewals", &scene.officer)).await.expect("opened");
    assert_eq!((round.phase, round.schools[0].open), (RoundPhase::Open, 1));
}

async fn run(scene: &Scene) {
    service::attend_renewals(&scene.app, scene.app.now()).await.expect("the job ran");
}

async fn view(scene: &Scene) -> RenewalsView {
    service::renewals(&scene.app, &scene.principal, scene.school).await.expect("the renewals")
}

async fn only(scene: &Scene) -> RenewalLine {
    view(scene).await.lines.swap_remove(0)
}

async fn answer(scene: &Scene, actor: &std::sync::Arc<Actor>, what: (RenewalAnswer, u32, &str)) -> Result<RenewalsView, AppError> {
    let line = only(scene).await;
    let answers = vec![AnsweredOrder { order: line.order, version: line.version, answer: what.0, quantity: what.1, reason: what.2.to_owned() }];
    service::answer_renewals(&scene.app, &scene.ctx("AnswerRenewals", actor), scene.school, RenewalAnswers { answers }).await
}

async fn told(scene: &Scene, actor: &Actor, part: &str) -> usize {
    service::notices(&scene.app, actor).await.expect("notices").iter().filter(|notice| notice.text.contains(part)).count()
}

async fn cart(scene: &Scene) -> Vec<CartLine> {
    service::cart(&scene.app, &scene.principal, scene.school).await.expect("the cart").lines
}

async fn facts(scene: &Scene, order: OrderId) -> Vec<String> {
    scene.see(&scene.principal, order).await.timeline.into_iter().map(|fact| fact.text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_offered_at_next_years_price_and_renewed_into_the_new_years_cart() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        let next = dearer_edition(&scene).await;
        assert_eq!(view(&scene).await.lines.len(), 0, "nothing before the round");
        open(&scene).await;
        let again = service::open_renewals(&scene.app, &scene.ctx("OpenRenewals", &scene.officer)).await.unwrap_err();
        assert_eq!(again.code(), ErrorCode::NotInThisState);
        assert_eq!(told(&scene, &scene.principal, "can be renewed for 2027–28").await, 1);
        assert_eq!(only(&scene).await.next, NextYear::NotYet { price: Cents::new(380_000) });
        publish(&scene, next).await;
        let line = only(&scene).await;
        let NextYear::Published { price, working, changes, .. } = &line.next else { panic!("{:?}", line.next) };
        assert_eq!((line.wanted, *price, working.as_str(), changes.len()), (4, Cents::new(418_000), "4 days × $1,045.00", 0));
        assert_eq!((line.goal.as_deref(), line.goal_stays), (Some("Goal 2 · Mathematics"), true));
        answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.expect("renewed");
        run(&scene).await;
        assert_eq!(cart(&scene).await.len(), 0, "a stated intention until the year begins");
        assert_eq!(service::unit_renewals(&scene.app, &scene.head, scene.unit).await.unwrap().lines[0].state, RenewalState::Renewed);

        scene.wait_days(TO_JULY);
        run(&scene).await;
        assert_eq!(cart(&scene).await.len(), 0, "the new year has no budget yet");
        next_money(&scene, 1_000_000).await;
        run(&scene).await;
        run(&scene).await;
        let lines = cart(&scene).await;
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].price, lines[0].renews.map(|old| old.order), lines[0].problems.len()), (Cents::new(418_000), Some(order), 0));
        assert_eq!((lines[0].start, lines[0].goal), (day("2028-01-12"), Some(next_goal().id)));
        let renewed = scene.submit().await.expect("submitted as any order")[0];
        let seen = scene.see(&scene.principal, renewed).await;
        assert_eq!((seen.summary.state, seen.year, seen.renews.map(|old| old.order)), (OrderState::Approved, NEXT, Some(order)));
        assert!(facts(&scene, order).await.iter().any(|text| text.contains("renewed: in the cart as order")));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_schools_principal_answers_and_a_stale_form_is_refused() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        accepted_order(&scene, scene.general).await;
        open(&scene).await;
        for actor in [&scene.clerk, &scene.officer, &scene.head, &scene.stranger] {
            let refused = answer(&scene, actor, (RenewalAnswer::Renew, 0, "")).await.unwrap_err();
            assert_eq!(refused.code(), ErrorCode::NotFound, "{}", actor.name);
        }
        let foreign = service::renewals(&scene.app, &scene.stranger, scene.school).await.unwrap_err();
        assert_eq!(foreign.code(), ErrorCode::NotFound);
        let head = service::open_renewals(&scene.app, &scene.ctx("OpenRenewals", &scene.head)).await.unwrap_err();
        assert_eq!(head.code(), ErrorCode::NotFound);
        let line = only(&scene).await;
        answer(&scene, &scene.principal, (RenewalAnswer::Change, 6, "")).await.expect("six instead of four");
        let body = AnsweredOrder { order: line.order, version: line.version, answer: RenewalAnswer::Renew, quantity: 0, reason: String::new() };
        let ctx = scene.ctx("AnswerRenewals", &scene.principal);
        let stale = service::answer_renewals(&scene.app, &ctx, scene.school, RenewalAnswers { answers: vec![body] }).await.unwrap_err();
        assert_eq!(stale.code(), ErrorCode::Stale);
        let line = only(&scene).await;
        assert_eq!((line.state, line.wanted, line.next), (RenewalState::Changed, 6, NextYear::NotYet { price: Cents::new(570_000) }));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sum_stands_against_next_years_budget_by_fund() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        accepted_order(&scene, scene.general).await;
        open(&scene).await;
        assert_eq!(view(&scene).await.money, None);
        next_money(&scene, 300_000).await;
        let seen = view(&scene).await;
        let money = seen.money.clone().expect("next year's budget");
        assert_eq!((money.funds[0].available, money.funds[0].asked, money.short), (Cents::new(300_000), Cents::new(300_000), Cents::new(80_000)));
        assert_eq!(seen.totals(), (Cents::new(380_000), Cents::new(380_000)));
        answer(&scene, &scene.principal, (RenewalAnswer::Change, 2, "")).await.expect("fewer");
        let money = view(&scene).await.money.expect("next year's budget");
        assert_eq!((money.funds[0].asked, money.short), (Cents::new(190_000), Cents::ZERO));
        let line = BudgetLineId::from_bits(11);
        let states = crate::ledger::states(&scene.app.db.reader(), &[line]).await.unwrap();
        assert_eq!(states[&line].available, Cents::new(300_000), "an intention reserves nothing");
    })
    .await;
}

/// Four days of coaching for three years, accepted; the clock stands at 20 January 2027.
async fn order_for_three_years(scene: &Scene) -> OrderId {
    let menu = catalog::menu(&scene.app, &scene.head, scene.unit, None).await.expect("the edition");
    let service = menu.services.iter().find(|service| service.draft.content.title == "Mathematics coaching").expect("coaching");
    let mut draft = service.draft.clone();
    draft.packages[0].content.extras.terms = vec![TermPrice { years: 3, less: BasisPoints(0) }];
    let edit = ServiceEdit { version: service.version, draft };
    let menu = catalog::edit_service(&scene.app, scene.ctx("EditService", &scene.head), service.id, edit).await.expect("edited");
    publish(scene, menu).await;
    let choices = Choices { years: 3, add_ons: Vec::new() };
    let body = NewDraft { package: scene.coaching, quantity: 4, start: Some(day("2027-01-12")), goal: Some(scene.goal), choices };
    service::add(&scene.app, &scene.ctx("AddToCart", &scene.principal), scene.school, body).await.expect("a draft");
    let order = scene.submit().await.expect("submitted")[0];
    let body = Acceptance { version: scene.version(order).await.version, contact: "Rosa".to_owned(), start: day("2027-01-12"), note: String::new() };
    service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
    scene.wait_days(49);
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn within_its_term_an_order_renews_at_the_price_that_was_agreed() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = order_for_three_years(&scene).await;
        publish(&scene, dearer_edition(&scene).await).await;
        open(&scene).await;
        assert_eq!(only(&scene).await.next, NextYear::Locked { price: Cents::new(380_000), year_of_term: 2, years: 3 });
        answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.expect("renewed");
        scene.wait_days(TO_JULY);
        next_money(&scene, 1_000_000).await;
        run(&scene).await;
        let line = cart(&scene).await.swap_remove(0);
        assert_eq!((line.price, line.locked, line.working.as_str()), (Cents::new(380_000), true, "Year 2 of 3 at the price that was agreed"));
        let edit = |line: &CartLine, quantity: u32, start: &str| DraftEdit {
            version: line.version,
            quantity,
            start: day(start),
            goal: line.goal,
            split: None,
            note: String::new(),
            choices: line.choices.clone(),
        };
        let later = edit(&line, 4, "2027-09-06");
        service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), line.order, later).await.expect("another day");
        let line = cart(&scene).await.swap_remove(0);
        assert_eq!((line.price, line.start), (Cents::new(380_000), day("2027-09-06")));
        let renewed = scene.submit().await.expect("submitted")[0];
        let seen = scene.see(&scene.principal, renewed).await;
        assert_eq!((seen.summary.price, seen.renews.map(|old| old.order)), (Cents::new(380_000), Some(order)));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_quantity_gives_up_the_agreed_price() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        order_for_three_years(&scene).await;
        publish(&scene, dearer_edition(&scene).await).await;
        open(&scene).await;
        let seen = answer(&scene, &scene.principal, (RenewalAnswer::Change, 5, "")).await.expect("five");
        assert_eq!(seen.lines[0].next.price(), Some(Cents::new(522_500)));
        answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.expect("four after all");
        scene.wait_days(TO_JULY);
        next_money(&scene, 1_000_000).await;
        run(&scene).await;
        let line = cart(&scene).await.swap_remove(0);
        let (goal, split, note, choices) = (line.goal, None, String::new(), line.choices.clone());
        let body = DraftEdit { version: line.version, quantity: 5, start: line.start, goal, split, note, choices };
        service::edit(&scene.app, &scene.ctx("EditDraft", &scene.principal), line.order, body).await.expect("five");
        let line = cart(&scene).await.swap_remove(0);
        assert_eq!((line.price, line.locked), (Cents::new(522_500), false));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_next_year_does_not_offer_is_said_and_can_only_be_dropped() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        accepted_order(&scene, scene.general).await;
        let next = dearer_edition(&scene).await;
        let coaching = next.services.iter().find(|service| service.draft.content.title == "Mathematics coaching").expect("coaching");
        let ctx = scene.ctx("RemoveService", &scene.head);
        let next = catalog::remove_service(&scene.app, ctx, coaching.id, coaching.version).await.expect("taken off");
        publish(&scene, next).await;
        open(&scene).await;
        let line = only(&scene).await;
        assert_eq!((&line.next, line.waits()), (&NextYear::Retired { in_term: false }, false));
        let refused = answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.unwrap_err();
        let field = format!("{}.answer", line.order);
        assert!(matches!(refused, AppError::Refused { ref fields, .. } if fields[0].field == field), "{refused:?}");
        let silent = answer(&scene, &scene.principal, (RenewalAnswer::Drop, 0, " ")).await.unwrap_err();
        assert!(matches!(silent, AppError::Refused { ref fields, .. } if fields[0].field.ends_with(".reason")), "{silent:?}");
        answer(&scene, &scene.principal, (RenewalAnswer::Drop, 0, "It ends, and we go on alone.")).await.expect("dropped");
        assert_eq!(told(&scene, &scene.head, "does not renew Mathematics coaching: It ends, and we go on alone.").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_renewed_and_then_taken_off_the_menu_is_told_and_not_ordered() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        open(&scene).await;
        answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.expect("renewed at this year's price, for now");
        let next = dearer_edition(&scene).await;
        let coaching = next.services.iter().find(|service| service.draft.content.title == "Mathematics coaching").expect("coaching");
        let ctx = scene.ctx("RemoveService", &scene.head);
        let next = catalog::remove_service(&scene.app, ctx, coaching.id, coaching.version).await.expect("taken off");
        publish(&scene, next).await;
        scene.wait_days(TO_JULY);
        next_money(&scene, 1_000_000).await;
        run(&scene).await;
        run(&scene).await;
        assert_eq!(cart(&scene).await.len(), 0);
        assert_eq!(told(&scene, &scene.principal, "the new year's menu does not have it").await, 1);
        assert!(facts(&scene, order).await.iter().any(|text| text.contains("cannot be ordered")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_is_reminded_of_and_lapses_and_never_renews() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = accepted_order(&scene, scene.general).await;
        // The day of the table: 1 March, forty days later.
        scene.wait_days(39);
        run(&scene).await;
        assert_eq!(view(&scene).await.lines.len(), 0);
        scene.wait_days(1);
        run(&scene).await;
        run(&scene).await;
        assert_eq!((view(&scene).await.waiting(), told(&scene, &scene.principal, "can be renewed").await), (1, 1));
        scene.wait_days(31);
        run(&scene).await;
        run(&scene).await;
        assert_eq!(told(&scene, &scene.principal, "wait for your answer").await, 1, "1 April");
        scene.wait_days(14);
        run(&scene).await;
        assert_eq!(told(&scene, &scene.principal, "wait for your answer").await, 2, "the last day");
        assert_eq!(only(&scene).await.state, RenewalState::Open);
        scene.wait_days(1);
        run(&scene).await;
        run(&scene).await;
        assert_eq!(only(&scene).await.state, RenewalState::Lapsed);
        assert_eq!((told(&scene, &scene.principal, "lapsed").await, told(&scene, &scene.head, "are not renewed").await), (1, 1));
        assert!(facts(&scene, order).await.iter().any(|text| text.starts_with("Lapsed: nobody answered by")));
        let late = answer(&scene, &scene.principal, (RenewalAnswer::Renew, 0, "")).await.unwrap_err();
        assert_eq!(late.code(), ErrorCode::NotInThisState);
        publish(&scene, dearer_edition(&scene).await).await;
        scene.wait_days(80);
        next_money(&scene, 1_000_000).await;
        run(&scene).await;
        assert_eq!(cart(&scene).await.len(), 0);
    })
    .await;
}
