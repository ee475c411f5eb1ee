//! Over HTTP: whom people report to, and who acts for a principal on leave.

use harness::actor::Actor;
use harness::app::TestApp;
use harness::{drafts, market};
use shared::audit::api::{AuditFilter, ListAuditRecords};
use shared::catalog::Category;
use shared::client::Call;
use shared::contract::Empty;
use shared::error::ErrorCode;
use shared::id::PersonId;
use shared::identity::acting::NewActing;
use shared::identity::api::{
    ConfirmActing, ConfirmManager, GetAbsences, GetSession, ListActing, ListPeople, ManagerProposal, PersonView, ProposeActing, ProposeManager,
};
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{ApproveOrder, GetOrder, OrderVersion, SubmitCart};

harness::on_both_databases!(
    whom_people_report_to_takes_two_people_and_no_circle,
    nobody_approves_for_somebody_they_report_to,
    an_acting_principal_buys_under_both_names_until_the_leave_ends,
    the_demo_district_shows_who_stands_in,
);

async fn person(app: &TestApp, name: &str) -> PersonView {
    let all = app.actor("priya.raman").await.get::<ListPeople>(()).await;
    all.into_iter().find(|person| person.name == name).unwrap_or_else(|| panic!("nobody is called {name}"))
}

/// Proposed by the administrator and confirmed by an executive.
async fn report(app: &TestApp, who: &str, to: PersonId) {
    let (mut priya, mut helen) = (app.actor("priya.raman").await, app.actor("helen.okafor").await);
    let id = person(app, who).await.id;
    let proposed = priya.does::<ProposeManager>(id, ManagerProposal { manager: Some(to) }).await;
    let done = helen.does::<ConfirmManager>(proposed.manager_proposed.expect("it waits").id, Empty {}).await;
    assert_eq!(done.reports_to.map(|manager| manager.id), Some(to));
}

async fn whom_people_report_to_takes_two_people_and_no_circle(app: TestApp) {
    let (mut priya, mut thomas, mut ana) = (app.actor("priya.raman").await, app.thomas().await, app.ana().await);
    let (joel, principal, helen) = (person(&app, "Joel Baptiste").await, person(&app, "Ana Whitfield").await, person(&app, "Helen Okafor").await);
    assert_eq!(joel.reports_to.as_ref().map(|manager| manager.id), Some(principal.id), "the demo names who reports to whom");
    assert_eq!(principal.reports_to.as_ref().map(|manager| manager.id), Some(helen.id));
    assert_eq!(person(&app, "Samuel Oyelaran").await.reports_to, None, "an auditor reports to nobody here");
    let to = |manager: &PersonView| ManagerProposal { manager: Some(manager.id) };
    assert_eq!(ana.is_refused::<ProposeManager>(joel.id, to(&helen)).await.code, ErrorCode::NotAllowed);
    let own = person(&app, "Priya Raman").await.id;
    assert_eq!(priya.is_refused::<ProposeManager>(own, to(&joel)).await.code, ErrorCode::NotYourOwn);
    assert_eq!(priya.is_refused::<ProposeManager>(principal.id, to(&joel)).await.code, ErrorCode::BadInput, "a circle");
    let proposed = priya.does::<ProposeManager>(joel.id, to(&helen)).await;
    let waits = proposed.manager_proposed.expect("it waits");
    assert_eq!(proposed.reports_to.map(|manager| manager.id), Some(principal.id), "what waits does not hold");
    assert_eq!(priya.is_refused::<ConfirmManager>(waits.id, Empty {}).await.code, ErrorCode::NotAllowed);
    let done = thomas.does::<ConfirmManager>(waits.id, Empty {}).await;
    assert_eq!((done.reports_to.map(|manager| manager.id), done.manager_proposed), (Some(helen.id), None));
    assert_eq!(thomas.is_refused::<ConfirmManager>(waits.id, Empty {}).await.code, ErrorCode::NotInThisState);
    // Nobody confirms about themselves.
    let about = priya.does::<ProposeManager>(person(&app, "Thomas Lindqvist").await.id, to(&joel)).await.manager_proposed.expect("it waits").id;
    assert_eq!(thomas.is_refused::<ConfirmManager>(about, Empty {}).await.code, ErrorCode::NotYourOwn);
    app.finish().await;
}

async fn nobody_approves_for_somebody_they_report_to(app: TestApp) {
    let (mut ana, mut rosa) = (app.ana().await, app.rosa().await);
    let service = market::publish(&mut rosa, drafts::days("A whole term", Category::Coaching, Cents::new(95_000), 40)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 8, Some(goal)).await;
    let order = market::submit(&mut ana, &line).await;
    assert_eq!(order.summary.state, OrderState::Submitted);
    let principal = person(&app, "Ana Whitfield").await.id;
    report(&app, "Thomas Lindqvist", principal).await;
    let (mut thomas, mut denise) = (app.thomas().await, app.actor_at("denise.achterberg", 1).await);
    let version = OrderVersion { version: order.version };
    let refused = thomas.is_refused::<ApproveOrder>(order.summary.id, version).await;
    assert_eq!(refused.code, ErrorCode::NotYourOwn);
    assert!(refused.message.contains("report"), "{}", refused.message);
    denise.does::<ApproveOrder>(order.summary.id, version).await;
    app.finish().await;
}

async fn appoint(app: &TestApp, principal: &str, deputy: &str) {
    let (mut helen, mut thomas) = (app.actor("helen.okafor").await, app.actor_at("thomas.lindqvist", 1).await);
    let view = helen.get::<ListActing>(()).await;
    let seat = view.seats.iter().find(|seat| seat.person.name == principal).expect("a principal");
    let deputy = view.candidates.iter().find(|one| one.name == deputy).expect("may act");
    assert!(view.candidates.iter().all(|one| one.name != "Thomas Lindqvist"), "who sets budgets does not act");
    let (first, last) = (view.today, view.today.plus_days(6));
    let new = NewActing { school: seat.school.id, person: seat.person.id, deputy: deputy.id, first, last, reason: "A week's leave.".to_owned() };
    let view = helen.does::<ProposeActing>((), new).await;
    let waits = view.appointments.iter().find(|one| one.confirmed_by.is_none()).expect("it waits").id;
    assert_eq!(helen.is_refused::<ConfirmActing>(waits, Empty {}).await.code, ErrorCode::NotYourOwn);
    let view = thomas.does::<ConfirmActing>(waits, Empty {}).await;
    assert!(view.appointments.iter().any(|one| one.id == waits && one.now));
}

fn may_buy(session: &shared::identity::api::SessionView) -> bool {
    session.permissions.contains(&Permission::SubmitOrder)
}

async fn an_acting_principal_buys_under_both_names_until_the_leave_ends(app: TestApp) {
    let (mut ana, mut rosa, mut joel) = (app.ana().await, app.rosa().await, app.joel().await);
    let service = market::publish(&mut rosa, drafts::days("One visit", Category::Coaching, Cents::new(12_500), 10)).await;
    let goal = market::goal(&mut ana, Category::Coaching).await;
    let line = market::add(&mut ana, &service.packages[0], 1, Some(goal)).await;
    assert_eq!(joel.is_refused::<SubmitCart>(joel.school(), market::submission(&[&line])).await.code, ErrorCode::NotAllowed);
    appoint(&app, "Ana Whitfield", "Joel Baptiste").await;
    let order = market::submit(&mut joel, &line).await;
    assert_eq!((order.buyer.name.as_str(), order.bought_for.map(|absent| absent.name)), ("Joel Baptiste", Some(ana.name())));
    let session = joel.get::<GetSession>(()).await.session.expect("signed in");
    assert!(may_buy(&session) && session.acting.iter().any(|one| one.person.name == ana.name()));
    assert!(ana.get::<GetAbsences>(()).await.acting.iter().any(|one| one.deputy.name == joel.name()));
    let mut samuel = app.samuel().await;
    let filter = AuditFilter { object: Some(order.summary.id.to_string()), ..AuditFilter::default() };
    let records = samuel.call(Call::<ListAuditRecords>::to(()).query(filter)).await.expect("the trail").items;
    let record = records.iter().find(|record| record.action == "SubmitCart").expect("the submission");
    assert!(record.summary.contains("acting for Ana Whitfield"), "{}", record.summary);
    // The office's day after the last one has come: nothing had to end it.
    app.pass(7 * 86_400);
    let mut joel = app.joel().await;
    assert!(!may_buy(joel.session.as_ref().expect("signed in")));
    let next = market::add(&mut joel, &service.packages[0], 1, Some(goal)).await;
    assert_eq!(joel.is_refused::<SubmitCart>(joel.school(), market::submission(&[&next])).await.code, ErrorCode::NotAllowed);
    assert_eq!(ana_now(&app).await.get::<GetOrder>(order.summary.id).await.buyer.name, "Joel Baptiste");
    app.finish().await;
}

async fn ana_now(app: &TestApp) -> Actor {
    app.ana().await
}

async fn the_demo_district_shows_who_stands_in(app: TestApp) {
    let view = app.actor("helen.okafor").await.get::<ListActing>(()).await;
    let acting = view.appointments.iter().find(|one| one.now).expect("a principal is on leave");
    assert_eq!((acting.person.name.as_str(), acting.deputy.name.as_str()), ("Miriam Feld", "Andrea Lomax"));
    let mut andrea = app.actor("andrea.lomax").await;
    assert!(may_buy(andrea.session.as_ref().expect("signed in")));
    assert_eq!(andrea.get::<GetAbsences>(()).await.acting.len(), 1);
    let policies = app.actor("denise.achterberg").await.get::<shared::orders::api::ListPolicies>(()).await;
    assert!(policies.iter().any(|version| version.proposed && version.may_confirm), "a proposed policy waits for its second person");
    let decisions = app.actor("theodore.marsh").await.get::<shared::orders::api::GetDecisions>(()).await;
    assert!(decisions.given.iter().any(|one| one.cap.is_some()), "somebody buys up to an amount");
    let away = app.actor("ingrid.solberg").await.get::<GetAbsences>(()).await;
    assert!(away.own.iter().any(|absence| absence.now), "somebody is away");
    app.finish().await;
}
