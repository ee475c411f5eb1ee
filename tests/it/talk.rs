//! What the two sides say to each other, over HTTP: a question to a unit with its answer, the library, and a deputy who answers.

use harness::app::{NOW, TestApp};
use harness::{drafts, market};
use shared::audit::api::{AuditFilter, ListAuditRecords};
use shared::catalog::Category;
use shared::client::Call;
use shared::error::ErrorCode;
use shared::identity::absence::NewAbsence;
use shared::identity::api::{GetAbsences, SetAbsence};
use shared::money::Cents;
use shared::orders::api::{AcceptOrder, Acceptance};
use shared::orders::questions::{
    AnswerQuestion, AskInOrder, AskUnit, GetLibrary, GetQuestion, LibraryText, NewAnswer, NewQuestion, OrderQuestion, PublishAnswer,
    RateAnswer, Usefulness,
};

harness::on_both_databases!(
    a_school_asks_a_unit_and_every_school_finds_the_answer,
    the_clock_of_an_order_rests_while_the_school_owes_an_answer,
    a_deputy_answers_an_order_and_the_trail_keeps_both_names,
);

async fn a_school_asks_a_unit_and_every_school_finds_the_answer(app: TestApp) {
    let (mut ana, mut rosa, mut ken) = (app.ana().await, app.rosa().await, app.actor("ken.morita").await);
    let before = ana.get::<GetLibrary>(()).await.len();
    let body = NewQuestion { school: ana.school(), service: None, text: "Who plans the lesson?".to_owned(), follows: None };
    let asked = ana.does::<AskUnit>(rosa.unit(), body.clone()).await;
    let id = asked.summary.id;
    let elsewhere = app.actor("theodore.marsh").await.is_refused::<AskUnit>(rosa.unit(), body).await;
    assert_eq!(elsewhere.code, ErrorCode::NotFound, "nobody asks for another school");
    let no = NewAnswer { version: asked.summary.version, text: "Not we.".to_owned(), refused: true, instead: String::new() };
    assert_eq!(ken.is_refused::<AnswerQuestion>(id, no.clone()).await.code, ErrorCode::AnswerNeedsReason);
    let but = NewAnswer { instead: "Ask the coach to plan with you.".to_owned(), ..no };
    let answered = ken.does::<AnswerQuestion>(id, but).await;
    let rated = ana.does::<RateAnswer>(id, Usefulness { version: answered.summary.version, useful: true }).await;
    assert_eq!(rated.summary.useful, Some(true));
    let text = LibraryText { title: "Who plans the lesson?".to_owned(), text: "Your teachers, with the coach beside them.".to_owned() };
    assert_eq!(ken.is_refused::<PublishAnswer>(id, text.clone()).await.code, ErrorCode::NotAllowed);
    rosa.does::<PublishAnswer>(id, text).await;
    let mut theodore = app.actor("theodore.marsh").await;
    assert_eq!(theodore.get::<GetLibrary>(()).await.len(), before + 1);
    assert!(theodore.call(Call::<GetQuestion>::to(id)).await.is_err(), "the question itself stays between the two");
    app.finish().await;
}

async fn the_clock_of_an_order_rests_while_the_school_owes_an_answer(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("Number sense days", Category::Coaching, Cents::new(40_000), 40)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 2, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    let due = order.summary.waits_for.as_ref().and_then(|waits| waits.due).expect("a promise");
    let asked = rosa.does::<AskInOrder>(order.summary.id, OrderQuestion { text: "Which grade?".to_owned() }).await;
    assert!(asked.summary.waits_for.and_then(|waits| waits.rests).is_some());
    let question = &asked.questions[0];
    let answer = NewAnswer { version: question.version, text: "Grade four.".to_owned(), refused: false, instead: String::new() };
    ana.does::<AnswerQuestion>(question.id, answer).await;
    let after = ana.get::<shared::orders::api::GetOrder>(order.summary.id).await.summary.waits_for.expect("it waits");
    // Asked and answered in the same moment: the promise stands as it was, to the second.
    assert_eq!((after.rests, after.due.map(|due| due.micros() / 1_000_000)), (None, Some(due.micros() / 1_000_000)));
    app.finish().await;
}

async fn a_deputy_answers_an_order_and_the_trail_keeps_both_names(app: TestApp) {
    let (mut ana, mut rosa, mut ken) = (app.ana().await, app.rosa().await, app.actor("ken.morita").await);
    let service = market::publish(&mut rosa, drafts::days("Place value days", Category::Coaching, Cents::new(40_000), 40)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 2, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    let (id, start) = (order.summary.id, order.summary.start);
    let body = Acceptance { version: order.version, contact: ken.name(), start, note: String::new() };
    assert_eq!(ken.is_refused::<AcceptOrder>(id, body.clone()).await.code, ErrorCode::NotAllowed);
    let view = rosa.get::<GetAbsences>(()).await;
    let deputy = view.candidates.iter().find(|one| one.person.name == ken.name()).expect("Ken could stand in").person.id;
    let absence = NewAbsence { deputy, first: view.today, last: view.today.plus_days(5), note: String::new() };
    rosa.does::<SetAbsence>((), absence).await;
    let accepted = ken.does::<AcceptOrder>(id, body).await;
    let entry = accepted.timeline.iter().find(|entry| entry.on_behalf_of.is_some()).expect("both names");
    assert_eq!(entry.on_behalf_of.as_ref().map(|absent| absent.name.clone()), Some(rosa.name()));
    let mut samuel = app.samuel().await;
    let filter = AuditFilter { object: Some(id.to_string()), ..AuditFilter::default() };
    let records = samuel.call(Call::<ListAuditRecords>::to(()).query(filter)).await.expect("the trail").items;
    assert!(records.iter().any(|record| record.summary.contains("who is away")), "{NOW:?}");
    app.finish().await;
}
