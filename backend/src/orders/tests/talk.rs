//! What the two sides say to each other: questions with a clock, clocks that rest, the library, and deputies.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::OrderId;
use shared::identity::absence::NewAbsence;
use shared::identity::{Role, Scope};
use shared::orders::OrderState;
use shared::orders::api::Acceptance;
use shared::orders::questions::{
    LibraryText, NewAnswer, NewQuestion, OrderQuestion, QuestionAction, QuestionFilter, QuestionState, QuestionVersion, QuestionView,
    Usefulness,
};
use shared::time::Timestamp;

use super::scene::{MORNING, Scene, day};
use crate::db::testing::on_each;
use crate::identity::{Actor, service as identity};
use crate::orders::service;

/// A coaching order that policy approved on Wednesday noon: the unit answers within two working days.
async fn approved(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 5, Some(scene.goal)).await;
    let order = scene.submit().await.expect("submitted")[0];
    assert_eq!(scene.see(&scene.principal, order).await.summary.state, OrderState::Approved);
    order
}

fn due(view: &shared::orders::api::OrderView) -> Option<Timestamp> {
    view.summary.waits_for.as_ref().and_then(|waits| waits.due)
}

async fn asked(scene: &Scene) -> QuestionView {
    let body = NewQuestion { school: scene.school, service: None, text: "How much release time?".to_owned(), follows: None };
    service::ask_unit(&scene.app, &scene.ctx("AskUnit", &scene.principal), scene.unit, body).await.expect("asked")
}

fn answer(version: u32, refused: bool, instead: &str) -> NewAnswer {
    NewAnswer { version, text: "Half a day a week.".to_owned(), refused, instead: instead.to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_has_an_owner_and_a_promised_time_and_its_answer_is_rated_and_published() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let view = asked(&scene).await;
        let (id, version) = (view.summary.id, view.summary.version);
        assert_eq!(view.summary.due, MORNING.plus_days(2));
        assert_eq!(view.actions, [QuestionAction::Withdraw]);
        let head = service::desk(&scene.app, &scene.head, MORNING).await.expect("a desk");
        assert!(head.mine.iter().any(|item| item.link == format!("/questions/{id}")));
        let principal = service::desk(&scene.app, &scene.principal, MORNING).await.expect("a desk");
        assert!(principal.theirs.iter().any(|item| item.link == format!("/questions/{id}")));
        // Nobody else sees it, the asker does not answer it, and a bare no is refused.
        assert_eq!(service::question(&scene.app, &scene.stranger, id).await.map(|_| ()).unwrap_err().code(), ErrorCode::NotFound);
        let own =
            service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.principal), id, answer(version, false, "")).await;
        assert_eq!(own.unwrap_err().code(), ErrorCode::NotAllowed);
        let bare = service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.head), id, answer(version, true, "")).await;
        assert_eq!(bare.unwrap_err().code(), ErrorCode::AnswerNeedsReason);
        scene.wait_days(5);
        let ctx = scene.ctx("AnswerQuestion", &scene.head);
        let view = service::answer_question(&scene.app, &ctx, id, answer(version, true, "Ask Data.")).await.expect("answered");
        let said = view.summary.answer.expect("an answer");
        assert!(said.late && said.refused);
        // A refusal is rated too, once, by the asker.
        let rate = |version| Usefulness { version, useful: true };
        let seen = service::question(&scene.app, &scene.principal, id).await.expect("the question");
        assert_eq!(seen.actions, [QuestionAction::Rate, QuestionAction::FollowUp]);
        let version = seen.summary.version;
        let rated = service::rate_answer(&scene.app, &scene.ctx("RateAnswer", &scene.principal), id, rate(version)).await.expect("rated");
        assert_eq!(rated.summary.useful, Some(true));
        let named = LibraryText { title: "At Lincoln Elementary?".to_owned(), text: "Half a day.".to_owned() };
        let refused = service::publish_answer(&scene.app, &scene.ctx("PublishAnswer", &scene.head), id, named).await;
        assert_eq!(refused.unwrap_err().code(), ErrorCode::BadInput);
        let text = LibraryText { title: "How much release time?".to_owned(), text: "Half a day.".to_owned() };
        let published = service::publish_answer(&scene.app, &scene.ctx("PublishAnswer", &scene.head), id, text).await.expect("published");
        let entry = published.library.expect("an entry").id;
        assert_eq!(service::library(&scene.app).await.expect("the library").len(), 1);
        service::remove_answer(&scene.app, &scene.ctx("RemoveAnswer", &scene.head), entry).await.expect("removed");
        assert!(service::library(&scene.app).await.expect("the library").is_empty());
        let filter = QuestionFilter { words: Some("RELEASE half".to_owned()), ..QuestionFilter::default() };
        assert_eq!(service::questions(&scene.app, &scene.head, &filter).await.expect("a list").items.len(), 1);
        assert!(service::questions(&scene.app, &scene.stranger, &filter).await.expect("a list").items.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_units_clock_rests_while_the_school_owes_an_answer() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        assert_eq!(due(&scene.see(&scene.head, order).await), Some(MORNING.plus_days(2)));
        scene.wait_days(1);
        let ask = |text: &str| OrderQuestion { text: text.to_owned() };
        let view =
            service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, ask("Which room?")).await.expect("asked");
        assert_eq!(view.summary.waits_for.as_ref().and_then(|waits| waits.rests), Some(MORNING.plus_days(1)));
        // The school's own question stops nothing: it does not owe the next step.
        let view =
            service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.principal), order, ask("Who comes?")).await.expect("asked");
        assert_eq!(view.questions.len(), 2);
        // Five days later nothing is overdue on the unit's desk.
        scene.wait_days(5);
        let desk = service::desk(&scene.app, &scene.head, scene.app.now()).await.expect("a desk");
        assert!(desk.mine.iter().any(|item| item.action.contains("clock rests") && !item.overdue));
        let question = view.questions.iter().find(|question| question.text == "Which room?").expect("the question").clone();
        let body = answer(question.version, false, "");
        service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.clerk), question.id, body).await.expect("answered");
        // Tuesday noon, with one working day left.
        let view = scene.see(&scene.head, order).await;
        assert_eq!(due(&view), Some(MORNING.plus_days(7)));
        assert_eq!(view.summary.waits_for.and_then(|waits| waits.rests), None);
        assert!(view.timeline.iter().any(|entry| entry.comment && entry.detail.contains("The clock runs on.")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_runs_on_when_the_question_is_taken_back_and_a_step_taken_meanwhile_ends_the_rest() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        let ask = OrderQuestion { text: "Which room?".to_owned() };
        let view = service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, ask.clone()).await.expect("asked");
        scene.wait_days(1);
        let question = &view.questions[0];
        let body = QuestionVersion { version: question.version };
        let taken = service::withdraw_question(&scene.app, &scene.ctx("WithdrawQuestion", &scene.head), question.id, body).await;
        assert_eq!(taken.expect("taken back").summary.state, QuestionState::Withdrawn);
        assert_eq!(due(&scene.see(&scene.head, order).await), Some(MORNING.plus_days(5)));
        // The unit accepts although its second question is open: the promise is kept, and the answer moves nothing any more.
        let view = service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, ask).await.expect("asked");
        let body = Acceptance { version: view.version, contact: "Rosa".to_owned(), start: day("2027-01-12"), note: String::new() };
        let accepted = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
        let question = accepted.questions.iter().find(|question| question.state == QuestionState::Open).expect("the question").clone();
        service::answer_question(&scene.app, &scene.ctx("AnswerQuestion", &scene.clerk), question.id, answer(question.version, false, ""))
            .await
            .expect("answered");
        assert_eq!(due(&scene.see(&scene.head, order).await), due(&accepted));
    })
    .await;
}

async fn away(scene: &Scene, person: &Arc<Actor>, deputy: &Arc<Actor>) -> Result<(), ErrorCode> {
    let body = NewAbsence { deputy: deputy.person, first: day("2026-12-02"), last: day("2026-12-11"), note: String::new() };
    identity::set_absence(&scene.app, &scene.ctx("SetAbsence", person), body).await.map(|_| ()).map_err(|error| error.code())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_answers_while_the_head_is_away_and_both_names_are_kept() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let ken = scene.person("Ken", Role::UnitStaff, Scope::Unit(scene.unit)).await;
        let order = approved(&scene).await;
        assert_eq!(away(&scene, &scene.head, &scene.clerk).await, Err(ErrorCode::BadInput), "a deputy works in the same unit");
        assert_eq!(away(&scene, &scene.head, &ken).await, Ok(()));
        assert_eq!(away(&scene, &scene.head, &ken).await, Err(ErrorCode::BadInput), "one absence at a time");
        let ken = identity::with_lent(&scene.app, &ken, MORNING).await.expect("a deputy");
        let desk = service::desk(&scene.app, &ken, MORNING).await.expect("a desk");
        assert!(desk.mine.iter().any(|item| item.action == "Answer, for Rosa, who is away"), "{:?}", desk.mine);
        let version = scene.version(order).await.version;
        let body = Acceptance { version, contact: "Ken".to_owned(), start: day("2027-01-12"), note: String::new() };
        let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &ken), order, body).await.expect("accepted");
        let entry = view.timeline.iter().find(|entry| entry.on_behalf_of.is_some()).expect("an entry with both names");
        assert_eq!(
            (entry.by.as_ref().map(|by| by.name.as_str()), entry.on_behalf_of.as_ref().map(|of| of.name.as_str())),
            (Some("Ken"), Some("Rosa"))
        );
        // The day after the last it is over.
        let later = identity::with_lent(&scene.app, &ken, MORNING.plus_days(10)).await.expect("nobody's deputy");
        assert!(later.lent.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_inherits_both_persons_conflicts() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        // A second principal of the school stands in for the buyer: she receives nothing that the buyer bought.
        let second = scene.person("Petra", Role::Principal, Scope::School(scene.school)).await;
        let order = approved(&scene).await;
        let version = scene.version(order).await.version;
        let body = Acceptance { version, contact: "Rosa".to_owned(), start: day("2026-12-02"), note: String::new() };
        let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
        let log = shared::orders::api::NewDelivery { version: view.version, day: day("2026-12-02"), first: None, quantity: 1, note: String::new() };
        let view = service::log(&scene.app, &scene.ctx("LogDelivery", &scene.head), order, log).await.expect("logged");
        assert!(scene.see(&second, order).await.deliveries[0].may.answer);
        assert_eq!(away(&scene, &scene.principal, &second).await, Ok(()));
        let deputy = identity::with_lent(&scene.app, &second, MORNING).await.expect("a deputy");
        assert!(!scene.see(&deputy, order).await.deliveries[0].may.answer);
        let confirm = shared::orders::api::OrderVersion { version: view.version };
        let refused = service::confirm(&scene.app, &scene.ctx("ConfirmDelivery", &deputy), view.deliveries[0].id, confirm).await;
        assert_eq!(refused.unwrap_err().code(), ErrorCode::NotYourOwn);
    })
    .await;
}
