//! The seller's view and the review board on real databases: figures, decisions, answers, owners, files.

use std::sync::Arc;

use futures_util::StreamExt as _;
use shared::catalog::api::ShelfNotes;
use shared::catalog::interest::{Interest, LookNote, SearchNote};
use shared::error::ErrorCode;
use shared::id::{Id as _, PersonId, ServiceId, UnitId};
use shared::identity::{Role, Scope};
use shared::scorecards::api::{SellerTable, UnsoldOwner};
use shared::scorecards::seller::{Decision, NewReview, ReviewReply, SellerView};

use super::scene::Scene;
use crate::catalog::service as catalog;
use crate::db::testing::on_each;
use crate::error::AppError;
use crate::identity::{Actor, Grant};
use crate::orders::service as orders;
use crate::scorecards::service;

fn decision(decision: Decision) -> NewReview {
    let (evidence, reason) = ("One school of two.".to_owned(), "It helps.".to_owned());
    NewReview { decision, evidence, reason }
}

async fn coaching(scene: &Scene) -> ServiceId {
    catalog::for_sale(&scene.app.db.reader(), scene.coaching).await.expect("on the shelf").service.id
}

async fn view(scene: &Scene, actor: &Actor) -> SellerView {
    service::seller_view(&scene.app, actor, scene.unit).await.expect("the view")
}

async fn search_twice(scene: &Scene, words: &str, looks: &[LookNote]) {
    for _ in 0..2 {
        let search = SearchNote { words: words.to_owned(), found: 0 };
        let notes = ShelfNotes { school: scene.school, searches: vec![search], looks: looks.to_vec() };
        catalog::note(&scene.app, &scene.principal, notes).await.expect("noted");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_sees_from_the_first_look_to_what_is_not_sold() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let looks = [Interest::Viewed, Interest::Compared].map(|kind| LookNote { package: scene.coaching, kind });
        search_twice(&scene, "chess club", &looks).await;
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        scene.submit().await.expect("bought");
        scene.draft(scene.coaching, 2, Some(scene.goal)).await;
        let seen = view(&scene, &scene.head).await;
        let of = |title: &str| seen.services.iter().find(|service| service.title == title).expect("the service");
        let (coaching, workshop) = (of("Mathematics coaching"), of("Workshop"));
        let tier = &coaching.tiers[0];
        assert_eq!((tier.viewed, tier.compared, tier.drafted, tier.ordered), (2, 2, 1, 0));
        assert_eq!((coaching.compared_not_bought, workshop.compared_not_bought), (1, 0));
        assert_eq!((workshop.tiers[0].sold, workshop.tiers[0].unsold(), workshop.tiers[0].ordered), (1, Some(1), 1));
        assert_eq!(workshop.hurt.schools[0].school.id, scene.school);
        assert_eq!(workshop.hurt.goals[0].title, "Mathematics");
        assert_eq!(seen.totals.committed.get(), 40_000);
        assert_eq!(seen.searches.iter().map(|one| (one.words.as_str(), one.times)).collect::<Vec<_>>(), [("chess club", 2)]);
        assert_eq!(seen.months.last().map(|month| (month.viewed, month.drafted, month.ordered)), Some((2, 2, 1)));
        // Who may not see it hears that it is not there.
        for actor in [&scene.principal, &scene.clerk, &scene.stranger] {
            let refused = service::seller_view(&scene.app, actor, scene.unit).await.unwrap_err();
            assert_eq!(refused.code(), ErrorCode::NotFound);
        }
        assert!(service::seller_view(&scene.app, &scene.head, UnitId::from_bits(99)).await.is_err());
    })
    .await;
}

async fn decide(scene: &Scene, actor: &Arc<Actor>, body: NewReview) -> Result<SellerView, AppError> {
    let id = coaching(scene).await;
    service::decide(&scene.app, &scene.ctx("DecideService", actor), id, body).await
}

async fn reply(scene: &Scene, actor: &Arc<Actor>, text: &str) -> Result<SellerView, AppError> {
    let review = view(scene, &scene.head).await.reviews[0].id;
    service::reply(&scene.app, &scene.ctx("ReplyToReview", actor), review, ReviewReply { text: text.to_owned() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_decides_outside_the_unit_and_the_unit_answers_once() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let chief = scene.person("Helen", Role::Executive, Scope::District).await;
        assert_eq!(decide(&scene, &scene.head, decision(Decision::Keep)).await.unwrap_err().code(), ErrorCode::NotFound);
        // Whoever heads the unit does not judge it, whatever else they are.
        let mut grants = scene.head.grants.clone();
        grants.push(Grant { role: Role::Executive, scope: Scope::District });
        let both = Arc::new(Actor { grants, ..(*scene.head).clone() });
        assert_eq!(decide(&scene, &both, decision(Decision::Keep)).await.unwrap_err().code(), ErrorCode::NotYourOwn);
        let bare = NewReview { evidence: String::new(), ..decision(Decision::Retire) };
        assert_eq!(decide(&scene, &chief, bare).await.unwrap_err().code(), ErrorCode::BadInput);
        let seen = decide(&scene, &chief, decision(Decision::Retire)).await.unwrap();
        assert!(seen.may_decide && !seen.reviews[0].may_reply);
        assert!(seen.reviews[0].figures.contains("0 orders"), "{}", seen.reviews[0].figures);
        let id = coaching(&scene).await;
        assert_eq!(seen.services.iter().find(|service| service.id == id).unwrap().decision, Some(Decision::Retire));
        assert!(orders::notices(&scene.app, &scene.head).await.unwrap()[0].text.contains("retire"));
        // The unit answers, once; the board may decide anew, and both stand.
        assert!(view(&scene, &scene.head).await.reviews[0].may_reply);
        assert_eq!(reply(&scene, &chief, "No.").await.unwrap_err().code(), ErrorCode::NotFound);
        let answered = reply(&scene, &scene.head, "Two schools wait for spring.").await.unwrap();
        assert_eq!(answered.reviews[0].reply, "Two schools wait for spring.");
        assert_eq!(reply(&scene, &scene.head, "And more.").await.unwrap_err().code(), ErrorCode::NotInThisState);
        let again = decide(&scene, &scene.officer, decision(Decision::Redesign)).await.unwrap();
        let told: Vec<_> = again.reviews.iter().map(|review| (review.revision, review.decision)).collect();
        assert_eq!(told, [(2, Decision::Redesign), (1, Decision::Retire)]);
    })
    .await;
}

async fn name(scene: &Scene, actor: &Arc<Actor>, owner: PersonId) -> Result<SellerView, AppError> {
    service::name_owner(&scene.app, &scene.ctx("NameUnsoldOwner", actor), scene.workshop, UnsoldOwner { owner }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_sold_has_an_owner_of_the_unit() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let ken = scene.person("Ken", Role::UnitStaff, Scope::Unit(scene.unit)).await;
        let owner_of = |view: &SellerView| {
            let mut tiers = view.services.iter().flat_map(|service| &service.tiers);
            tiers.find(|tier| tier.package == scene.workshop).expect("the tier").owner.name.clone()
        };
        assert_eq!(owner_of(&view(&scene, &scene.head).await), "Rosa", "the head, where nobody was named");
        assert_eq!(owner_of(&name(&scene, &scene.head, ken.person).await.unwrap()), "Ken");
        assert_eq!(name(&scene, &scene.head, scene.clerk.person).await.unwrap_err().code(), ErrorCode::BadInput);
        assert_eq!(name(&scene, &ken, ken.person).await.unwrap_err().code(), ErrorCode::NotFound);
    })
    .await;
}

async fn file(scene: &Scene, table: SellerTable) -> String {
    let csv = service::export(&scene.app, &scene.head, scene.unit, Some(table)).await.expect("a file");
    let parts: Vec<Result<Vec<u8>, AppError>> = csv.chunks.collect().await;
    String::from_utf8(parts.into_iter().flat_map(|part| part.expect("a part")).collect()).expect("text")
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_leave_as_files_that_no_spreadsheet_runs() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        search_twice(&scene, "chess", &[]).await;
        assert_eq!(file(&scene, SellerTable::Searches).await, "Words,Times,Last\nchess,2,2026-12-02\n");
        let tiers = file(&scene, SellerTable::Tiers).await;
        assert!(tiers.lines().nth(1).unwrap().starts_with("Mathematics coaching,Plus,0,0,0,0,0,0.00,0.00,,"), "{tiers}");
        assert_eq!(file(&scene, SellerTable::Demand).await.lines().count(), 1 + 6);
        assert_eq!(file(&scene, SellerTable::Hurt).await.lines().count(), 1);
        let foreign = service::export(&scene.app, &scene.stranger, scene.unit, None).await;
        assert_eq!(foreign.err().map(|error| error.code()), Some(ErrorCode::NotFound));
    })
    .await;
}
