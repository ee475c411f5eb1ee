//! Editions and what buyers notice of them: a second person publishes, days of sale, next year, closing, and what is guaranteed.

use std::sync::Arc;

use shared::catalog::api::{MenuEventKind, MenuView, PackageDraft, PriceChange, ServiceEdit};
use shared::catalog::edition::SaleDays;
use shared::catalog::edition::reprice::Rounding;
use shared::catalog::{MenuState, PriceModel, Tier};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::PackageId;
use shared::identity::{Role, Scope};
use shared::money::{BasisPoints, Cents};
use shared::orders::OrderState;
use shared::orders::api::{Closing, Helped};

use super::scene::{Scene, day};
use super::walk::{accept, confirm, deliver};
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::{Actor, Grant};
use crate::orders::service;

async fn menu(scene: &Scene) -> MenuView {
    catalog::menu(&scene.app, &scene.head, scene.unit, None).await.expect("the edition")
}

async fn ask(scene: &Scene) -> MenuView {
    let menu = menu(scene).await;
    let ctx = scene.ctx("AskReview", &scene.head);
    catalog::ask_review(&scene.app, ctx, menu.id, menu.version).await.expect("asked")
}

async fn publish_by(scene: &Scene, who: &Arc<Actor>) -> Result<MenuView, AppError> {
    let menu = menu(scene).await;
    catalog::publish_menu(&scene.app, scene.ctx("PublishMenu", who), menu.id, menu.version).await
}

async fn publish(scene: &Scene) -> MenuView {
    ask(scene).await;
    publish_by(scene, &scene.officer).await.expect("published")
}

/// Changes the service at a place of the menu.
async fn edit(scene: &Scene, at: usize, change: impl FnOnce(&mut shared::catalog::api::ServiceDraft)) -> Result<MenuView, AppError> {
    let service = menu(scene).await.services.swap_remove(at);
    let mut draft = service.draft;
    change(&mut draft);
    let ctx = scene.ctx("EditService", &scene.head);
    catalog::edit_service(&scene.app, ctx, service.id, ServiceEdit { version: service.version, draft }).await
}

fn raise(draft: &mut shared::catalog::api::ServiceDraft) {
    draft.packages[0].content.price = PriceModel::Flat { price: Cents::new(45_000) };
}

async fn notices(scene: &Scene, of: &Actor) -> Vec<String> {
    service::notices(&scene.app, of).await.expect("notices").into_iter().map(|notice| notice.text).collect()
}

async fn price_now(scene: &Scene, package: PackageId) -> PriceModel {
    catalog::for_sale(&scene.app.db.reader(), package).await.expect("on sale").package.content.price
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_publishes_and_nothing_changes_meanwhile() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        edit(&scene, 1, raise).await.expect("a draft");
        let code = |result: Result<MenuView, AppError>| result.map(|menu| menu.state).map_err(|error| error.code());
        assert_eq!(code(publish_by(&scene, &scene.officer).await), Err(ErrorCode::NotInThisState));
        assert_eq!(ask(&scene).await.state, MenuState::ChangesInReview);
        assert_eq!(price_now(&scene, scene.workshop).await, PriceModel::Flat { price: Cents::new(40_000) });
        assert_eq!(code(edit(&scene, 1, raise).await), Err(ErrorCode::NotInThisState));
        assert_eq!(code(publish_by(&scene, &scene.head).await), Err(ErrorCode::NotFound));
        // Who heads the unit and holds the office too decides on nothing of the unit.
        let grants = vec![
            Grant { role: Role::BudgetOfficer, scope: Scope::District },
            Grant { role: Role::UnitHead, scope: Scope::Unit(scene.unit) },
        ];
        let both = Arc::new(Actor { grants, ..(*scene.second_officer).clone() });
        assert_eq!(code(publish_by(&scene, &both).await), Err(ErrorCode::NotYourOwn));
        let published = publish_by(&scene, &scene.officer).await.expect("published");
        assert_eq!((published.state, published.asked), (MenuState::Published, None));
        assert!(published.services.iter().all(|service| !service.changed));
        assert_eq!(price_now(&scene, scene.workshop).await, PriceModel::Flat { price: Cents::new(45_000) });
        let kinds: Vec<MenuEventKind> = published.events.iter().take(2).map(|event| event.kind).collect();
        assert_eq!(kinds, [MenuEventKind::Published, MenuEventKind::Asked]);
        assert!(notices(&scene, &scene.head).await.iter().any(|text| text.contains("published by Olu")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_sent_back_with_what_has_to_change() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        edit(&scene, 1, raise).await.expect("a draft");
        let asked = ask(&scene).await;
        assert!(notices(&scene, &scene.officer).await.iter().any(|text| text.contains("asks for a review")));
        let back = |comment: &str, version: u32| {
            let (ctx, comment) = (scene.ctx("SendMenuBack", &scene.officer), comment.to_owned());
            catalog::send_back(&scene.app, ctx, asked.id, (version, comment))
        };
        let silent = back(" ", asked.version).await.unwrap_err();
        assert!(matches!(silent, AppError::Refused { ref fields, .. } if fields[0].field == "comment"), "{silent:?}");
        assert_eq!(back("Say more.", asked.version + 1).await.unwrap_err().code(), ErrorCode::Stale);
        let sent = back("Say what the $50.00 are for.", asked.version).await.expect("sent back");
        assert_eq!(
            (sent.state, sent.events[0].kind, sent.events[0].text.as_str()),
            (MenuState::Published, MenuEventKind::SentBack, "Say what the $50.00 are for.")
        );
        assert!(notices(&scene, &scene.head).await.iter().any(|text| text.contains("Say what the $50.00 are for.")));
        let asked = ask(&scene).await;
        let ctx = scene.ctx("TakeMenuBack", &scene.head);
        let taken = catalog::take_back(&scene.app, ctx, asked.id, asked.version).await.expect("taken back");
        assert_eq!(taken.state, MenuState::Published);
        edit(&scene, 1, |draft| draft.content.outcome = "Rosters that fit.".to_owned()).await.expect("written again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_checklist_refuses_the_question_and_names_each_field() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        edit(&scene, 0, |draft| draft.content.evidence.clear()).await.expect("a draft");
        let menu = menu(&scene).await;
        assert_eq!(menu.services[0].missing.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["content.evidence"]);
        let ctx = scene.ctx("AskReview", &scene.head);
        let refused = catalog::ask_review(&scene.app, ctx, menu.id, menu.version).await.unwrap_err();
        let AppError::Refused { code, fields, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((code, fields[0].field.as_str()), (ErrorCode::NotPublishable, "services.0.content.evidence"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edition_is_sold_on_its_days_alone() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let before = menu(&scene).await;
        let set = |version: u32, from: &str, until: &str| {
            let days = SaleDays { from: Some(day(from)), until: Some(day(until)) };
            catalog::set_sale_days(&scene.app, scene.ctx("SetSaleDays", &scene.head), before.id, (version, days))
        };
        let outside = set(before.version, "2026-06-30", "2026-12-04").await.unwrap_err();
        assert!(matches!(outside, AppError::Refused { ref fields, .. } if fields[0].field == "from"), "{outside:?}");
        set(before.version, "2026-07-01", "2026-12-04").await.expect("written");
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        let shelf = || catalog::catalog(&scene.app);
        scene.wait_days(10);
        assert_eq!(shelf().await.unwrap().services.len(), 2, "not published yet, so the days do not count");
        publish(&scene).await;
        assert_eq!(shelf().await.unwrap().services.len(), 0);
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.unwrap();
        assert_eq!(cart.lines[0].problems.len(), 1, "{:?}", cart.lines[0].problems);
        assert_eq!(scene.submit().await.unwrap_err().code(), ErrorCode::PackageNotOnSale);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_tells_who_has_it_in_the_cart_and_running_orders_stand() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        let order = scene.submit().await.expect("submitted")[0];
        accept(&scene, order).await;
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        let menu = menu(&scene).await;
        let closed = catalog::close_menu(&scene.app, scene.ctx("CloseMenu", &scene.head), menu.id, menu.version).await.expect("closed");
        assert_eq!(closed.state, MenuState::Closed);
        let told = notices(&scene, &scene.principal).await;
        assert!(told.iter().any(|text| text.starts_with("Workshop is no longer on sale. Take it out of your cart")), "{told:?}");
        assert_eq!(scene.submit().await.unwrap_err().code(), ErrorCode::PackageNotOnSale);
        assert_eq!(catalog::catalog(&scene.app).await.unwrap().services.len(), 0);
        assert_eq!(edit(&scene, 0, raise).await.unwrap_err().code(), ErrorCode::NotInThisState);
        scene.wait_days(45);
        let view = deliver(&scene, order, 3).await;
        let view = confirm(&scene, &view).await;
        assert_eq!((view.summary.state, view.summary.price), (OrderState::Delivered, Cents::new(40_000)));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_tier_is_told_to_who_drafted_it() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        let service = menu(&scene).await.services.swap_remove(1);
        let ctx = scene.ctx("RemoveService", &scene.head);
        catalog::remove_service(&scene.app, ctx, service.id, service.version).await.expect("taken off");
        assert!(notices(&scene, &scene.principal).await.iter().any(|text| text.contains("Workshop is no longer on sale")));
        edit(&scene, 0, |draft| {
            let only = &mut draft.packages[0];
            let plus = PackageDraft { id: None, content: only.content.clone(), cost: None };
            *only = plus;
        })
        .await
        .expect("another tier in its place");
        scene.draft(scene.coaching, 6, Some(scene.goal)).await;
        publish(&scene).await;
        assert!(notices(&scene, &scene.principal).await.iter().any(|text| text.contains("coaching is no longer on sale")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn next_year_starts_as_a_copy_and_its_prices_change_in_one_step() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let this = menu(&scene).await;
        let start = || catalog::start_next_year(&scene.app, scene.ctx("StartNextYear", &scene.head), this.id, this.version);
        let next = start().await.expect("started");
        assert_eq!((next.year, next.state, next.services.len()), (FiscalYear(2027), MenuState::Draft, 2));
        assert_eq!(start().await.unwrap_err().code(), ErrorCode::AlreadyExists);
        assert_eq!(menu(&scene).await.id, this.id, "the open year's edition stays the first");
        let workshop = next.services[1].draft.packages[0].id.expect("an identity");
        assert_ne!(workshop, scene.workshop);
        assert_eq!(catalog::successor(&scene.app.db.reader(), scene.workshop).await.unwrap(), Some(workshop));
        let before = next.services[1].before.as_ref().expect("last year's words");
        assert_eq!(before.packages[0].content.price, PriceModel::Flat { price: Cents::new(40_000) });
        let change = |version: u32, by: i64| {
            let services = next.services.iter().map(|service| service.id).collect();
            let body = PriceChange { version, by: BasisPoints(by), to: Rounding::FiveDollars, services };
            catalog::change_prices(&scene.app, scene.ctx("ChangePrices", &scene.head), next.id, body)
        };
        assert_eq!(change(next.version, 20_000).await.unwrap_err().code(), ErrorCode::BadInput);
        let changed = change(next.version, 300).await.expect("changed");
        assert_eq!(changed.services[1].draft.packages[0].content.price, PriceModel::Flat { price: Cents::new(41_000) });
        assert_eq!(change(next.version, 300).await.unwrap_err().code(), ErrorCode::Stale);
        assert_eq!(price_now(&scene, scene.workshop).await, PriceModel::Flat { price: Cents::new(40_000) });
    })
    .await;
}

/// The workshop's service offers a guaranteed tier too: once a year for each school.
async fn with_core(scene: &Scene) -> PackageId {
    edit(scene, 1, |draft| {
        let mut core = draft.packages[0].clone();
        (core.id, core.content.tier, core.content.price, core.content.capacity) = (None, Tier::Core, PriceModel::Included, None);
        core.content.extras.guaranteed = Some(1);
        draft.packages.insert(0, core);
    })
    .await
    .expect("a core tier");
    let menu = publish(scene).await;
    menu.services[1].draft.packages[0].id.expect("an identity")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_guaranteed_is_ordered_without_money_and_counted_the_same() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let core = with_core(&scene).await;
        let before = scene.money_states().await;
        let cart = scene.draft(core, 1, None).await;
        assert_eq!((cart.lines[0].price, cart.lines[0].split.len(), cart.lines[0].problems.len()), (Cents::ZERO, 0, 0));
        assert!(cart.approvals.iter().all(|forecast| forecast.steps.is_empty()));
        let order = scene.submit().await.expect("submitted")[0];
        assert_eq!(scene.see(&scene.principal, order).await.summary.state, OrderState::Approved);
        accept(&scene, order).await;
        scene.wait_days(45);
        let view = deliver(&scene, order, 3).await;
        let view = confirm(&scene, &view).await;
        let closing = Closing { version: view.version, stars: 5, helped: Helped::Yes, hours_saved: 0, comment: String::new() };
        let view = service::close(&scene.app, &scene.ctx("CloseOrder", &scene.principal), order, closing).await.expect("closed");
        assert_eq!((view.summary.state, view.split.len()), (OrderState::Closed, 0));
        assert_eq!(scene.money_states().await, before);
        assert_eq!(scene.earned().await, Cents::ZERO);
        let shelf = catalog::catalog(&scene.app).await.unwrap();
        let buyers = shelf.services.iter().find(|service| service.content.title == "Workshop").expect("on the shelf").buyers;
        assert_eq!((buyers.schools, buyers.ratings, buyers.stars), (1, 1, 5));
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_gets_no_more_than_is_guaranteed_and_gets_back_what_it_withdraws() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let core = with_core(&scene).await;
        scene.draft(core, 1, None).await;
        scene.draft(core, 1, None).await;
        let both = scene.submit().await.unwrap_err();
        assert_eq!(both.code(), ErrorCode::NoCapacity);
        assert!(
            both.to_string().contains("guaranteed for this year") || format!("{both:?}").contains("guaranteed for this year"),
            "{both:?}"
        );
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.unwrap();
        let one = shared::orders::api::CartView { lines: vec![cart.lines[0].clone()], ..cart };
        let order = scene.submit_seen(&one).await.expect("the first")[0];
        assert_eq!(scene.submit().await.unwrap_err().code(), ErrorCode::NoCapacity);
        let body = shared::orders::api::OrderReason { version: scene.version(order).await.version, reason: "Later".to_owned() };
        service::withdraw(&scene.app, &scene.ctx("WithdrawOrder", &scene.principal), order, body).await.expect("withdrawn");
        scene.submit().await.expect("what was given back can be ordered");
    })
    .await;
}
