//! What nobody answers in the promised time climbs by working days, each step once; an answer after it still counts.

use std::sync::Arc;

use shared::calendar::{DayKind, DaySpan};
use shared::id::OrderId;
use shared::identity::{Role, Scope};
use shared::orders::api::{Acceptance, OrderView};
use shared::orders::questions::{NewQuestion, OrderQuestion};

use super::scene::{Scene, day};
use crate::calendar::service as calendar;
use crate::db::testing::on_each;
use crate::identity::{Actor, service as identity};
use crate::orders::service;

/// Approved by policy on Wednesday noon; the answer is due on Friday noon.
async fn approved(scene: &Scene) -> OrderId {
    scene.draft(scene.coaching, 5, Some(scene.goal)).await;
    scene.submit().await.expect("submitted")[0]
}

async fn run(scene: &Scene) {
    service::climb_overdue(&scene.app, scene.app.now()).await.expect("the job runs");
}

fn climbs(view: &OrderView) -> Vec<&str> {
    let texts = view.timeline.iter().map(|entry| entry.text.as_str());
    texts.filter(|text| text.contains("reminded") || text.contains("climbed")).collect()
}

async fn sees(scene: &Scene, person: &Arc<Actor>) -> bool {
    let desk = service::desk(&scene.app, person, scene.app.now()).await.expect("a desk");
    desk.mine.iter().any(|item| item.action == "See that it is answered")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_that_nobody_answers_climbs_to_the_chief_and_then_to_the_executives() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let chief = scene.person("Helen", Role::Executive, Scope::District).await;
        let superintendent = scene.person("Amara", Role::Executive, Scope::District).await;
        let body = shared::identity::chief::NewChief { division: shared::catalog::Division::Instruction, person: chief.person };
        identity::name_chief(&scene.app, &scene.ctx("NameChief", &superintendent), body).await.expect("named");
        let order = approved(&scene).await;
        scene.wait_days(1);
        run(&scene).await;
        assert!(climbs(&scene.see(&scene.principal, order).await).is_empty(), "nothing climbs before its time");
        scene.wait_days(1);
        for _ in 0..3 {
            run(&scene).await;
        }
        let view = scene.see(&scene.principal, order).await;
        assert_eq!(climbs(&view), ["Answer to an order was due today: Rosa was reminded"]);
        assert!(!sees(&scene, &chief).await);
        // Sunday: no working day has passed, and nobody is called.
        scene.wait_days(2);
        run(&scene).await;
        assert_eq!(climbs(&scene.see(&scene.principal, order).await).len(), 1);
        scene.wait_days(1);
        run(&scene).await;
        let view = scene.see(&scene.principal, order).await;
        let waits = view.summary.waits_for.clone().expect("it waits");
        assert_eq!(waits.climbed_to.as_deref(), Some("Helen, chief of Instruction"));
        assert!(waits.since.is_some());
        assert!(sees(&scene, &chief).await && !sees(&scene, &superintendent).await);
        assert!(!service::notices(&scene.app, &chief).await.expect("notices").is_empty());
        scene.wait_days(2);
        run(&scene).await;
        assert!(sees(&scene, &superintendent).await);
        assert_eq!(climbs(&scene.see(&scene.principal, order).await).len(), 3);
        // An answer after the deadline still works, says that it was late, and clears the desks.
        let version = scene.version(order).await.version;
        let body = Acceptance { version, contact: "Rosa".to_owned(), start: day("2027-01-12"), note: String::new() };
        let view = service::accept(&scene.app, &scene.ctx("AcceptOrder", &scene.head), order, body).await.expect("accepted");
        assert!(view.timeline.iter().any(|entry| entry.detail.contains("3 working days after the promised time")), "{:?}", view.timeline);
        assert!(!sees(&scene, &chief).await && !sees(&scene, &superintendent).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_climbs_while_the_clock_rests_or_the_office_is_closed() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let order = approved(&scene).await;
        let ask = OrderQuestion { text: "Which room?".to_owned() };
        service::ask_in_order(&scene.app, &scene.ctx("AskInOrder", &scene.head), order, ask).await.expect("asked");
        scene.wait_days(20);
        run(&scene).await;
        assert!(climbs(&scene.see(&scene.principal, order).await).is_empty());
        let question = NewQuestion { school: scene.school, service: None, text: "When?".to_owned(), follows: None };
        let asked = service::ask_unit(&scene.app, &scene.ctx("AskUnit", &scene.principal), scene.unit, question).await.expect("asked");
        // 22 December; the answer would be due on the 24th, but the office is closed until the new year.
        let span = DaySpan { kind: DayKind::Holiday, first: day("2026-12-23"), last: day("2027-01-01"), title: "Closed".to_owned() };
        scene.close_office(span).await;
        let late = service::question(&scene.app, &scene.head, asked.summary.id).await.expect("the question").summary.due;
        scene.wait_days(8);
        run(&scene).await;
        let seen = service::question(&scene.app, &scene.head, asked.summary.id).await.expect("the question");
        assert_eq!((seen.summary.due, seen.summary.climbed_to), (late, None));
        // Monday, 4 January: the first working day after it was due.
        scene.wait_days(5);
        run(&scene).await;
        let seen = service::question(&scene.app, &scene.head, asked.summary.id).await.expect("the question");
        assert!(seen.summary.climbed_to.is_some_and(|name| name.contains("chief of Instruction")));
        assert!(calendar::time(&scene.app.db.reader()).await.is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overdue_approval_reminds_the_budget_office_and_climbs_to_the_executives() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        let executive = scene.person("Helen", Role::Executive, Scope::District).await;
        scene.draft(scene.coaching, 10, Some(scene.goal)).await;
        let order = scene.submit().await.expect("submitted")[0];
        scene.wait_days(6);
        run(&scene).await;
        let view = scene.see(&scene.principal, order).await;
        assert_eq!(climbs(&view).len(), 2, "{:?}", view.timeline);
        assert!(sees(&scene, &executive).await);
    })
    .await;
}
