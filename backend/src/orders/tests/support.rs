//! Suggested carts and words beside a cart: who sees, who answers, and that nothing is edited afterwards.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{Id as _, NetworkId, SchoolId};
use shared::identity::{Role, Scope};
use shared::orders::api::Comment;
use shared::orders::support::{Adoption, Declining, NewSuggestedLine, NewSuggestion, SuggestionState};

use super::scene::{Scene, day};
use crate::db::testing::on_each;
use crate::identity::Actor;
use crate::orders::service;

/// Mara looks after the network that Lincoln is in; Nils after another.
async fn officers(scene: &Scene) -> (Arc<Actor>, Arc<Actor>) {
    let (own, other) = (NetworkId::from_bits(1), NetworkId::from_bits(2));
    scene.join_network(scene.school, own).await;
    let mara = scene.person("Mara", Role::NetworkOfficer, Scope::Network(own)).await;
    let nils = scene.person("Nils", Role::NetworkOfficer, Scope::Network(other)).await;
    (mara, nils)
}

fn suggestion(scene: &Scene) -> NewSuggestion {
    let line = |package, quantity, reason: &str| NewSuggestedLine {
        package,
        quantity,
        start: Some(day("2027-01-12")),
        goal: Some(scene.goal),
        reason: reason.to_owned(),
    };
    let lines = vec![line(scene.coaching, 6, "Four novice teachers"), line(scene.workshop, 0, "For the whole staff")];
    NewSuggestion { title: "A start in mathematics".to_owned(), note: String::new(), lines }
}

fn declining(version: u32) -> Declining {
    Declining { version, word: "We have a coach.".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_principal_takes_some_lines_as_her_own_drafts() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (mara, _) = officers(&scene).await;
        let made = service::suggest(&scene.app, &scene.ctx("SuggestCart", &mara), scene.school, suggestion(&scene)).await.unwrap();
        assert!(!made[0].may_answer);
        let seen = service::suggestions(&scene.app, &scene.principal, scene.school).await.unwrap();
        assert!(seen[0].may_answer);
        assert_eq!(seen[0].lines[1].quantity, 1, "none named is as many as usual");
        let body = Adoption { version: seen[0].version, lines: vec![1] };
        let adopted = service::adopt(&scene.app, &scene.ctx("AdoptSuggestion", &scene.principal), seen[0].id, body.clone()).await.unwrap();
        assert_eq!(adopted[0].state, SuggestionState::Adopted);
        assert_eq!(adopted[0].lines.iter().map(|line| line.order.is_some()).collect::<Vec<_>>(), [true, false]);
        let cart = service::cart(&scene.app, &scene.principal, scene.school).await.unwrap();
        assert_eq!(cart.lines.iter().map(|line| (line.package, line.quantity)).collect::<Vec<_>>(), [(scene.coaching, 6)]);
        assert_eq!(cart.lines[0].drafted_by.id, scene.principal.person, "the draft is the principal's own");
        // Answered once: neither taken again nor declined, and the other line stays out.
        let again = service::adopt(&scene.app, &scene.ctx("AdoptSuggestion", &scene.principal), seen[0].id, body).await;
        assert_eq!(again.unwrap_err().code(), ErrorCode::Stale);
        let late = service::decline(&scene.app, &scene.ctx("DeclineSuggestion", &scene.principal), seen[0].id, declining(2)).await;
        assert_eq!(late.unwrap_err().code(), ErrorCode::Stale);
        // The officer hears of it.
        let notices = service::notices(&scene.app, &mara).await.unwrap();
        assert!(notices[0].text.contains("1 of 2 lines"), "{}", notices[0].text);
        scene.ledger_is_sound().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suggestion_is_declined_with_a_word() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (mara, _) = officers(&scene).await;
        let made = service::suggest(&scene.app, &scene.ctx("SuggestCart", &mara), scene.school, suggestion(&scene)).await.unwrap();
        let silent = Declining { version: 1, word: " ".to_owned() };
        let refused = service::decline(&scene.app, &scene.ctx("DeclineSuggestion", &scene.principal), made[0].id, silent).await;
        assert_eq!(refused.unwrap_err().code(), ErrorCode::BadInput);
        let desk = service::desk(&scene.app, &scene.principal, scene.app.now()).await.unwrap();
        assert!(desk.mine.iter().any(|item| item.title.contains("A start in mathematics")));
        let declined =
            service::decline(&scene.app, &scene.ctx("DeclineSuggestion", &scene.principal), made[0].id, declining(1)).await.unwrap();
        assert_eq!((declined[0].state, declined[0].answer.as_str()), (SuggestionState::Declined, "We have a coach."));
        let desk = service::desk(&scene.app, &scene.principal, scene.app.now()).await.unwrap();
        assert!(desk.mine.iter().all(|item| !item.title.contains("A start in mathematics")));
        assert!(service::cart(&scene.app, &scene.principal, scene.school).await.unwrap().lines.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_sees_the_own_networks_schools_and_decides_nothing() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (mara, nils) = officers(&scene).await;
        let own = service::my_schools(&scene.app, &mara).await.unwrap();
        assert_eq!(own.schools.iter().map(|school| school.school.id).collect::<Vec<_>>(), [scene.school]);
        assert_eq!(own.schools[0].unserved.len(), 1);
        assert!(service::my_schools(&scene.app, &nils).await.unwrap().schools.is_empty());
        let foreign = service::suggest(&scene.app, &scene.ctx("SuggestCart", &nils), scene.school, suggestion(&scene)).await;
        assert_eq!(foreign.unwrap_err().code(), ErrorCode::NotFound);
        let made = service::suggest(&scene.app, &scene.ctx("SuggestCart", &mara), scene.school, suggestion(&scene)).await.unwrap();
        let all = Adoption { version: 1, lines: vec![1, 2] };
        for actor in [&mara, &scene.clerk, &scene.stranger, &scene.head] {
            let refused = service::adopt(&scene.app, &scene.ctx("AdoptSuggestion", actor), made[0].id, all.clone()).await;
            assert_eq!(refused.unwrap_err().code(), ErrorCode::NotFound, "{}", actor.name);
        }
        for actor in [&nils, &scene.stranger] {
            assert_eq!(service::suggestions(&scene.app, actor, scene.school).await.unwrap_err().code(), ErrorCode::NotFound);
            assert_eq!(service::cart_comments(&scene.app, actor, scene.school).await.unwrap_err().code(), ErrorCode::NotFound);
        }
        let desk = service::desk(&scene.app, &mara, scene.app.now()).await.unwrap();
        assert!(desk.theirs.iter().any(|item| item.title.contains("Lincoln")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_beside_a_cart_is_heard_on_both_sides() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let (mara, _) = officers(&scene).await;
        let say = |text: &str| Comment { text: text.to_owned() };
        service::comment_cart(&scene.app, &scene.ctx("CommentCart", &mara), scene.school, say("Start small?")).await.unwrap();
        let said = service::comment_cart(&scene.app, &scene.ctx("CommentCart", &scene.clerk), scene.school, say("Yes.")).await.unwrap();
        assert_eq!(said.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Start small?", "Yes."]);
        assert!(service::notices(&scene.app, &scene.principal).await.unwrap().len() >= 2);
        assert_eq!(service::notices(&scene.app, &mara).await.unwrap().len(), 1);
        let foreign = service::comment_cart(&scene.app, &scene.ctx("CommentCart", &mara), SchoolId::from_bits(2), say("Hello")).await;
        assert_eq!(foreign.unwrap_err().code(), ErrorCode::NotFound);
        let empty = service::comment_cart(&scene.app, &scene.ctx("CommentCart", &mara), scene.school, say("")).await;
        assert_eq!(empty.unwrap_err().code(), ErrorCode::BadInput);
    })
    .await;
}
