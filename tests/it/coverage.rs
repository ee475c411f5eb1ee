//! The whole API: every endpoint × every role × own and foreign objects, generated from the list of endpoints.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use harness::actor::Actor;
use harness::app::TestApp;
use harness::raw;
use shared::contract::{Access, ENDPOINTS, Meta};
use shared::id::SchoolId;
use shared::identity::Role;
use shared::identity::policy::Permission;
use shared::orders::api::{ListOrders, OrderFilter};

harness::on_both_databases!(
    every_cell_of_the_access_matrix_answers_as_the_policy_says,
    a_foreign_object_answers_exactly_like_a_missing_one,
);

fn all() -> impl Iterator<Item = &'static Meta> {
    ENDPOINTS.iter().flat_map(|slice| slice.iter())
}

/// One person of the demo for each role.
const PEOPLE: &[(Role, &str)] = &[
    (Role::Principal, "ana.whitfield"),
    (Role::SchoolStaff, "joel.baptiste"),
    (Role::UnitHead, "rosa.delgado"),
    (Role::UnitStaff, "ken.morita"),
    (Role::NetworkOfficer, "marcus.bell"),
    (Role::BudgetOfficer, "thomas.lindqvist"),
    (Role::CardAdministrator, "carol.beaumont"),
    (Role::Auditor, "samuel.oyelaran"),
    (Role::Executive, "helen.okafor"),
    (Role::SystemAdministrator, "priya.raman"),
    (Role::ProviderStaff, "felix.brandeis"),
];

/// A path whose braces hold identifiers of the right kind that name nothing.
fn missing_path(meta: &Meta) -> String {
    meta.path
        .split('/')
        .map(|part| if part.starts_with('{') { raw::unknown_id(part) } else { part.to_owned() })
        .collect::<Vec<_>>()
        .join("/")
}

/// Ends the session it is called with, so it would spoil the rest of the sweep; the identity tests call it.
fn ends_the_session(meta: &Meta) -> bool {
    matches!(meta.name, "SignOut" | "SignOutEverywhere")
}

async fn every_cell_of_the_access_matrix_answers_as_the_policy_says(app: TestApp) {
    let before = app.row_counts().await;
    let mut anonymous = Actor::anonymous(app.base(0));
    let mut wrong = String::new();
    for meta in all() {
        let answer = raw::send(&mut anonymous, meta, &missing_path(meta), "{}").await;
        let open = meta.access == Access::Public;
        if open == (answer.status == 401 && meta.name != "SignIn") {
            writeln!(wrong, "{} anonymous: {}", meta.name, answer.status).expect("text");
        }
    }
    for (role, name) in PEOPLE {
        let mut actor = app.actor(name).await;
        for meta in all().filter(|meta| !ends_the_session(meta)) {
            let answer = raw::send(&mut actor, meta, &missing_path(meta), "{}").await;
            let allowed = match meta.access {
                Access::Public | Access::SignedIn => true,
                Access::Inside => *role != Role::ProviderStaff,
                Access::May(permission) => permission.roles().contains(role),
            };
            let refused = answer.status == 403 && answer.text.contains("not_allowed");
            if allowed == refused || answer.status >= 500 || (allowed && answer.status == 401 && meta.name != "SignIn") {
                writeln!(wrong, "{} {}: {} {}", meta.name, role.name(), answer.status, answer.text).expect("text");
            }
        }
    }
    assert_eq!(wrong, "", "cells that differ from the policy");
    assert_eq!(app.row_counts().await, before, "a refused call changed something");
    app.finish().await;
}

/// Objects of Cedar Grove Elementary and of the unit Literacy: foreign to Ana and to Rosa.
async fn foreign_objects(app: &TestApp) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    let mut theodore = app.actor("theodore.marsh").await;
    let school: SchoolId = theodore.school();
    found.insert("{school}", school.to_string());
    let budget = harness::market::money(&mut theodore).await;
    found.insert("{line}", budget.lines[0].id.to_string());
    let mut samuel = app.samuel().await;
    let filter = OrderFilter { school: Some(school), ..OrderFilter::default() };
    let orders = samuel.call(shared::client::Call::<ListOrders>::to(()).query(filter)).await.expect("orders").items;
    // Rosa's own unit may have sold to Cedar Grove; an order of another unit is foreign to both.
    let rosa_unit = app.rosa().await.unit();
    let order = orders.iter().find(|o| o.unit.id != rosa_unit).expect("an order of Cedar Grove with another unit");
    found.insert("{order}", order.id.to_string());
    for summary in orders.iter().filter(|o| o.unit.id != rosa_unit) {
        let changes = samuel.get::<shared::orders::change::api::GetChanges>(summary.id).await;
        if let Some(change) = changes.open.or_else(|| changes.past.into_iter().next()) {
            found.insert("{change}", change.id.to_string());
        }
    }
    for summary in orders.iter().filter(|o| o.unit.id != rosa_unit) {
        let whole = samuel.get::<shared::orders::api::GetOrder>(summary.id).await;
        if let Some(delivery) = whole.deliveries.first() {
            found.insert("{delivery}", delivery.id.to_string());
        }
    }
    let mut jerome = app.actor("jerome.whitlock").await;
    let menu = jerome.get::<shared::catalog::api::GetMenu>(jerome.unit()).await;
    found.insert("{unit}", jerome.unit().to_string());
    found.insert("{menu}", menu.id.to_string());
    found.insert("{service}", menu.services[0].id.to_string());
    let package = menu.services[0].draft.packages[0].id.expect("a package on the shelf");
    found.insert("{package}", package.to_string());
    let days = jerome.get::<shared::orders::booking::api::GetUnitCalendar>(jerome.unit()).await;
    found.insert("{away}", days.away[0].id.to_string());
    found.insert("{booking}", days.bookings[0].id.to_string());
    let mut rosa = app.rosa().await;
    let own = app.ana().await.school();
    let line = rosa.get::<shared::orders::waiting::GetUnitWaiting>(rosa.unit()).await.places;
    found.insert("{place}", line.iter().find(|place| place.school.id != own).expect("another school in line").id.to_string());
    found
}

/// What everybody in the district may know of every school or service.
fn open_to_the_district(meta: &Meta) -> bool {
    matches!(meta.name, "GetSchool" | "GetSimilarSchools")
}

async fn a_foreign_object_answers_exactly_like_a_missing_one(app: TestApp) {
    let objects = foreign_objects(&app).await;
    let before = app.row_counts().await;
    let mut wrong = String::new();
    let mut cells = 0;
    for name in ["ana.whitfield", "joel.baptiste", "rosa.delgado", "ken.morita"] {
        let mut actor = app.actor(name).await;
        let permissions: Vec<Permission> = actor.session.as_ref().map(|s| s.permissions.clone()).unwrap_or_default();
        let may_call = |meta: &Meta| match meta.access {
            Access::May(permission) => permissions.contains(&permission),
            Access::SignedIn | Access::Inside => true,
            Access::Public => false,
        };
        for meta in all().filter(|meta| may_call(meta) && !open_to_the_district(meta)) {
            let Some((key, id)) = objects.iter().find(|(key, _)| meta.path.contains(*key)) else { continue };
            for body in raw::bodies(meta) {
                let foreign = raw::send(&mut actor, meta, &meta.path.replace(key, id), &body).await;
                let missing = raw::send(&mut actor, meta, &missing_path(meta), &body).await;
                cells += 1;
                if foreign.without_request_id() != missing.without_request_id() || foreign.status < 400 {
                    writeln!(wrong, "{name} {}: foreign {foreign:?}, missing {missing:?}", meta.name).expect("text");
                }
            }
        }
    }
    assert_eq!(wrong, "", "foreign objects that show");
    assert!(cells > 40, "only {cells} cells were looked at");
    assert_eq!(app.row_counts().await, before);
    app.finish().await;
}

#[test]
fn each_person_of_the_sweep_stands_for_one_role() {
    assert_eq!(PEOPLE.iter().map(|(role, _)| *role).collect::<Vec<_>>(), Role::ALL);
}
