//! People of outside providers over HTTP: their own orders, and no field of anybody's money or of others in any answer of any endpoint.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use harness::actor::Actor;
use harness::app::TestApp;
use harness::raw;
use shared::budget::api::{GetSchoolBudget, ListFunds, ListSchools};
use shared::catalog::api::{EndProviderPerson, GetCatalog, InviteProviderPerson, ListProviders, NewProviderPerson};
use shared::catalog::provider::ProviderView;
use shared::client::Call;
use shared::contract::{ENDPOINTS, Empty, Meta};
use shared::error::ErrorCode;
use shared::orders::api::{ListOrders, NewDelivery, OrderFilter};
use shared::orders::outside::{GetProviderOrders, LogProviderDelivery, ProviderOrder, ProviderOrders};

harness::on_both_databases!(
    a_providers_person_sees_their_own_orders_and_records_what_was_delivered,
    no_answer_of_any_endpoint_tells_a_provider_of_money_or_of_others,
    papers_that_lapse_leave_the_history_and_nothing_new,
    the_unit_invites_a_providers_people_and_ends_their_access,
);

async fn felix(app: &TestApp) -> Actor {
    app.actor("felix.brandeis").await
}

fn all(view: &ProviderOrders) -> Vec<&ProviderOrder> {
    view.providers.iter().flat_map(|provider| &provider.orders).collect()
}

/// Every order of the district that this provider delivers, as the auditor knows them: by the title of its only service.
async fn orders_titled(app: &TestApp, title: &str) -> BTreeSet<u32> {
    let mut samuel = app.samuel().await;
    let mut found = BTreeSet::new();
    let mut filter = OrderFilter::default();
    loop {
        let page = samuel.call(Call::<ListOrders>::to(()).query(filter.clone())).await.expect("orders");
        found.extend(page.items.iter().filter(|order| order.title == title).map(|order| order.number));
        match page.next {
            Some(next) => filter.after = Some(next),
            None => return found,
        }
    }
}

async fn a_providers_person_sees_their_own_orders_and_records_what_was_delivered(app: TestApp) {
    let (mut felix, mut nora) = (felix(&app).await, app.actor("nora.valdez").await);
    let (seen, others) = (felix.get::<GetProviderOrders>(()).await, nora.get::<GetProviderOrders>(()).await);
    let own = orders_titled(&app, "Arts in the classroom").await;
    assert!(!all(&seen).is_empty() && all(&seen).iter().all(|order| own.contains(&order.number)), "{seen:?}");
    assert!(all(&others).iter().all(|order| !own.contains(&order.number)), "{others:?}");
    let order = all(&seen).into_iter().find(|order| order.may_log).expect("an order in delivery").clone();
    let body = NewDelivery { version: order.version, day: seen.today, first: order.from, quantity: 1, note: "Two rooms.".to_owned() };
    assert_eq!(nora.is_refused::<LogProviderDelivery>(order.id, body.clone()).await.code, ErrorCode::NotFound, "another provider's order");
    let after = felix.does::<LogProviderDelivery>(order.id, body).await;
    let logged = all(&after).into_iter().find(|known| known.id == order.id).expect("the order").clone();
    assert_eq!(logged.delivered, order.delivered + 1);
    // The unit's own orders are not there, whoever asks.
    let mut rosa = app.rosa().await;
    let page = rosa.call(Call::<ListOrders>::to(()).query(OrderFilter::default())).await.expect("orders").items;
    let foreign = page.iter().find(|order| !own.contains(&order.number)).expect("an order of a unit");
    let body = NewDelivery { version: 1, day: seen.today, first: None, quantity: 1, note: String::new() };
    assert_eq!(felix.is_refused::<LogProviderDelivery>(foreign.id, body).await.code, ErrorCode::NotFound);
    app.finish().await;
}

/// Names of fields that speak of money, decisions, opinions or talk.
const FORBIDDEN_FIELDS: &[&str] = &[
    "split", "splits", "fund", "funds", "fund_title", "account", "allocated", "available", "pre_encumbered", "encumbered", "held", "spent", "price",
    "working", "price_lines", "amount", "envelope", "brokerage", "provider_price", "not_to_exceed", "drawn", "rating", "stars", "approvals", "approval",
    "questions", "question", "counter", "goal", "plan", "budget", "lines", "rules", "policy", "cap", "buyer", "timeline", "revenue", "cost",
];

/// What no answer may hold: funds, account strings, schools and providers that are none of the caller's orders.
async fn secrets(app: &TestApp, seen: &ProviderOrders) -> BTreeSet<String> {
    let mut thomas = app.thomas().await;
    let mut secrets: BTreeSet<String> = thomas.get::<ListFunds>(()).await.into_iter().map(|fund| fund.title).collect();
    let own: BTreeSet<&str> = all(seen).iter().map(|order| order.school.as_str()).collect();
    for school in thomas.get::<ListSchools>(()).await {
        if !own.contains(school.name.as_str()) {
            secrets.insert(school.name.clone());
        }
        let budget = thomas.get::<GetSchoolBudget>(school.id).await;
        secrets.extend(budget.lines.iter().map(|line| line.id.to_string()));
    }
    let providers = thomas.get::<ListProviders>(()).await;
    let mine: BTreeSet<&str> = seen.providers.iter().map(|provider| provider.name.as_str()).collect();
    secrets.extend(providers.into_iter().map(|provider| provider.name).filter(|name| !mine.contains(name.as_str())));
    secrets
}

/// Identifiers of the district, so that a leak has something to tell.
async fn objects(app: &TestApp, seen: &ProviderOrders) -> BTreeMap<&'static str, String> {
    let (mut thomas, mut ana) = (app.thomas().await, app.ana().await);
    let catalog = ana.get::<GetCatalog>(()).await;
    let providers = thomas.get::<ListProviders>(()).await;
    let own = all(seen)[0];
    let service = catalog.services.first().expect("a service");
    BTreeMap::from([
        ("{order}", own.id.to_string()),
        ("{school}", ana.school().to_string()),
        ("{unit}", providers[0].unit.id.to_string()),
        ("{service}", service.id.to_string()),
        ("{package}", service.packages[0].id.to_string()),
        ("{provider}", providers[0].id.to_string()),
        ("{line}", thomas.get::<GetSchoolBudget>(ana.school()).await.lines[0].id.to_string()),
        ("{person}", ana.session.as_ref().expect("signed in").person.id.to_string()),
        ("{fund}", thomas.get::<ListFunds>(()).await[0].id.to_string()),
    ])
}

fn paths(meta: &Meta, objects: &BTreeMap<&'static str, String>) -> [String; 2] {
    let fill = |real: bool| {
        let part = |part: &str| match objects.get(part).filter(|_| real) {
            Some(id) => id.clone(),
            None if part.starts_with('{') => raw::unknown_id(part),
            None => part.to_owned(),
        };
        meta.path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    [fill(true), fill(false)]
}

fn field_names(value: &serde_json::Value, into: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                into.insert(name.clone());
                field_names(value, into);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| field_names(item, into)),
        _ => {}
    }
}

/// What is wrong with an answer.
fn leaks(text: &str, secrets: &BTreeSet<String>) -> Vec<String> {
    let mut names = BTreeSet::new();
    field_names(&serde_json::from_str(text).unwrap_or_default(), &mut names);
    let fields = names.into_iter().filter(|name| FORBIDDEN_FIELDS.contains(&name.as_str())).map(|name| format!("the field {name}"));
    let told = secrets.iter().filter(|secret| text.contains(secret.as_str())).map(|secret| format!("“{secret}”"));
    fields.chain(told).collect()
}

async fn no_answer_of_any_endpoint_tells_a_provider_of_money_or_of_others(app: TestApp) {
    let mut felix = felix(&app).await;
    let seen = felix.get::<GetProviderOrders>(()).await;
    let (secrets, objects) = (secrets(&app, &seen).await, objects(&app, &seen).await);
    assert!(secrets.len() > 20, "only {} secrets", secrets.len());
    let before = app.row_counts().await;
    let (mut wrong, mut answered) = (String::new(), BTreeSet::new());
    for meta in ENDPOINTS.iter().flat_map(|slice| slice.iter()).filter(|meta| !matches!(meta.name, "SignOut" | "SignOutEverywhere")) {
        for path in paths(meta, &objects) {
            for body in raw::bodies(meta) {
                let answer = raw::send(&mut felix, meta, &path, &body).await;
                if answer.status < 300 {
                    answered.insert(meta.name);
                }
                for leak in leaks(&answer.text, &secrets) {
                    writeln!(wrong, "{} {path}: {} tells {leak}", meta.name, answer.status).expect("text");
                }
            }
        }
    }
    assert_eq!(wrong, "", "what a provider's person is told");
    let open = ["GetSession", "ListSessions", "GetDesk", "ListNotices", "GetProviderOrders", "AskPasswordReset"];
    let more: Vec<&&str> = answered.iter().filter(|name| !open.contains(name)).collect();
    assert!(more.is_empty(), "answered a provider's person: {more:?}");
    assert!(answered.contains("GetProviderOrders") && answered.contains("GetSession"));
    let after = app.row_counts().await;
    assert_eq!(after, before, "something was written");
    app.finish().await;
}

async fn papers_that_lapse_leave_the_history_and_nothing_new(app: TestApp) {
    let before = felix(&app).await.get::<GetProviderOrders>(()).await;
    let order = all(&before).into_iter().find(|order| order.may_log).expect("an order in delivery").clone();
    // All papers of the demo end with the fiscal year.
    app.pass(240 * 86_400);
    let mut felix = felix(&app).await;
    let after = felix.get::<GetProviderOrders>(()).await;
    assert!(!after.providers[0].lacks.is_empty());
    let numbers = |view: &ProviderOrders| all(view).iter().map(|order| order.number).collect::<Vec<_>>();
    assert_eq!(numbers(&after), numbers(&before), "the history stays readable");
    assert!(all(&after).iter().all(|order| !order.may_log));
    let body = NewDelivery { version: order.version, day: before.today, first: order.from, quantity: 1, note: String::new() };
    assert_eq!(felix.is_refused::<LogProviderDelivery>(order.id, body).await.code, ErrorCode::ProviderNotVetted);
    app.finish().await;
}

fn of<'a>(views: &'a [ProviderView], name: &str) -> &'a ProviderView {
    views.iter().find(|view| view.name == name).expect("the provider")
}

async fn the_unit_invites_a_providers_people_and_ends_their_access(app: TestApp) {
    let (mut simone, mut rosa, mut ana) = (app.actor("simone.arceneaux").await, app.rosa().await, app.ana().await);
    let name = "Open Easel Teaching Artists";
    let views = simone.get::<ListProviders>(()).await;
    let provider = of(&views, name).id;
    let new = |email: &str| NewProviderPerson { name: "Ida Renwick".to_owned(), email: email.to_owned() };
    assert_eq!(rosa.is_refused::<InviteProviderPerson>(provider, new("ida@harborside.example")).await.code, ErrorCode::NotFound, "another unit's");
    assert_eq!(ana.is_refused::<InviteProviderPerson>(provider, new("ida@harborside.example")).await.code, ErrorCode::NotAllowed);
    assert_eq!(simone.is_refused::<InviteProviderPerson>(provider, new("ida")).await.code, ErrorCode::BadInput);
    let taken = simone.is_refused::<InviteProviderPerson>(provider, new("ana.whitfield@riverbend.example")).await;
    assert_eq!(taken.code, ErrorCode::BadInput, "nobody of the district becomes a provider's person by it");
    let views = simone.does::<InviteProviderPerson>(provider, new("ida@harborside.example")).await;
    assert!(of(&views, name).people.iter().any(|person| person.name == "Ida Renwick" && !person.accepted));
    let mut felix = felix(&app).await;
    let role = of(&views, name).people.iter().find(|person| person.name == felix.name()).expect("Felix signs in").role;
    felix.get::<GetProviderOrders>(()).await;
    assert_eq!(rosa.is_refused::<EndProviderPerson>(role, Empty {}).await.code, ErrorCode::NotFound);
    simone.does::<EndProviderPerson>(role, Empty {}).await;
    assert_eq!(felix.is_refused::<GetProviderOrders>((), Empty {}).await.code, ErrorCode::NotAllowed);
    app.finish().await;
}
