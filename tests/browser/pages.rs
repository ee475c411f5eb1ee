//! Every page, as a person of its role sees it: axe-core finds nothing, the console is clean, nothing overflows, and a picture is kept.

use std::fmt::Write as _;

use harness::app::TestApp;
use harness::browser::{Browser, PHONE, Scheme, Size, WIDE};

/// Page by page: who looks, where, and the picture's name.
const PAGES: &[(&str, &str, &str)] = &[
    ("ana.whitfield", "/", "desk-principal"),
    ("ana.whitfield", "/shelf", "shelf"),
    ("ana.whitfield", "{service}", "service"),
    ("ana.whitfield", "/cart", "cart"),
    ("ana.whitfield", "/orders", "orders"),
    ("ana.whitfield", "{order}", "order-principal"),
    ("ana.whitfield", "/renewals", "renewals-principal"),
    ("ana.whitfield", "{changed-order}", "order-change"),
    ("ana.whitfield", "/choices", "choices-principal"),
    ("ana.whitfield", "/questions", "questions"),
    ("ana.whitfield", "{question}", "question"),
    ("ana.whitfield", "/budget", "budget"),
    ("ana.whitfield", "{line}", "budget-line"),
    ("ana.whitfield", "/calendar", "calendar-principal"),
    ("ana.whitfield", "/account", "account"),
    ("ana.whitfield", "/decisions", "decisions"),
    ("ana.whitfield", "/away", "away-principal"),
    ("joel.baptiste", "/", "desk-receiver"),
    ("joel.baptiste", "/deliveries", "deliveries-receiver"),
    ("ken.morita", "/deliveries", "deliveries-unit"),
    ("rosa.delgado", "/", "desk-unit-head"),
    ("rosa.delgado", "/menu", "menu"),
    ("rosa.delgado", "/menu/prices", "menu-prices"),
    ("rosa.delgado", "/menu/list", "menu-list"),
    ("rosa.delgado", "{menu-versions}", "menu-versions"),
    ("helen.okafor", "/reviews", "menu-reviews"),
    ("rosa.delgado", "{menu-service}", "menu-service"),
    ("rosa.delgado", "/unit", "unit-board"),
    ("rosa.delgado", "/unit/calendar", "unit-days-week"),
    ("rosa.delgado", "/unit/calendar?show=month", "unit-days-month"),
    ("rosa.delgado", "/calendar", "calendar-unit"),
    ("rosa.delgado", "{unit-order}", "order-unit"),
    ("rosa.delgado", "/renewals", "renewals-unit"),
    ("simone.arceneaux", "/providers", "providers"),
    ("felix.brandeis", "/our-orders", "provider-orders"),
    ("felix.brandeis", "/account", "account-provider"),
    ("thomas.lindqvist", "/", "desk-budget-officer"),
    ("rosa.delgado", "/seller", "seller"),
    ("thomas.lindqvist", "/away", "away-budget-officer"),
    ("thomas.lindqvist", "/gifts", "gifts"),
    ("thomas.lindqvist", "/dates", "yearly-dates"),
    ("thomas.lindqvist", "/renewals", "renewals-office"),
    ("thomas.lindqvist", "/choices", "choices-office"),
    ("thomas.lindqvist", "/approvals", "approvals"),
    ("thomas.lindqvist", "/policy", "policy"),
    ("thomas.lindqvist", "/budget-office", "budget-office"),
    ("thomas.lindqvist", "/imports", "imports"),
    ("thomas.lindqvist", "/calendar", "calendar-budget-officer"),
    ("marcus.bell", "/", "desk-network-officer"),
    ("marcus.bell", "/my-schools", "my-schools"),
    ("marcus.bell", "{my-school}", "my-school"),
    ("samuel.oyelaran", "/audit", "audit"),
    ("helen.okafor", "/", "desk-executive"),
    ("helen.okafor", "/people", "people-executive"),
    ("helen.okafor", "/seller", "seller-executive"),
    ("priya.raman", "/people", "people"),
    ("ana.whitfield", "/no-such-page", "not-found"),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_accessible_clean_and_fits() {
    let Some(browser) = Browser::start().await else { return };
    let app = TestApp::demo_sqlite().await;
    let mut wrong = String::new();
    look_at(&browser, &format!("{}/sign-in", app.base(0)), "sign-in", &mut wrong).await;
    let mut signed_in = "";
    for (person, path, name) in PAGES {
        if *person != signed_in {
            sign_in(&browser, &app, person).await;
            signed_in = person;
        }
        let path = resolve(&app, path).await;
        look_at(&browser, &format!("{}{path}", app.base(0)), name, &mut wrong).await;
    }
    assert_eq!(wrong, "", "findings");
    browser.finish().await;
    app.finish().await;
}

/// Signs in through the page, as a person does.
pub async fn sign_in(browser: &Browser, app: &TestApp, person: &str) {
    browser.page.delete_all_cookies().await.expect("no cookies");
    browser.open(&format!("{}/sign-in", app.base(0))).await;
    browser.fill("E-mail", &app.email(person)).await;
    browser.fill("Password", app.password()).await;
    browser.click("Sign in").await;
    browser.wait_until("return !location.pathname.startsWith('/sign-in')", "the page after signing in").await;
    browser.settled().await;
}

async fn resolve(app: &TestApp, path: &str) -> String {
    match path {
        "{service}" => format!("/services/{}", app.a_service().await),
        "{question}" => format!("/questions/{}", app.a_question_of("ana.whitfield").await),
        "{order}" => format!("/orders/{}", app.an_order_of("ana.whitfield").await),
        "{changed-order}" => format!("/orders/{}", app.a_changed_order_of("ana.whitfield").await),
        "{unit-order}" => format!("/orders/{}", app.an_order_of("rosa.delgado").await),
        "{line}" => format!("/budget/lines/{}", app.a_budget_line().await),
        "{my-school}" => format!("/my-schools/{}", app.a_supported_school().await),
        "{menu-versions}" => format!("/menu/versions/{}", app.a_menu_service().await),
        "{menu-service}" => format!("/menu/services/{}", app.a_menu_service().await),
        plain => plain.to_owned(),
    }
}

async fn look_at(browser: &Browser, url: &str, name: &str, wrong: &mut String) {
    let looks: [(Size, Scheme, &str); 4] = [
        (WIDE, Scheme::Light, "wide-light"),
        (WIDE, Scheme::Dark, "wide-dark"),
        (PHONE, Scheme::Light, "phone-light"),
        (PHONE, Scheme::Dark, "phone-dark"),
    ];
    for (size, scheme, look) in looks {
        browser.look(size, scheme).await;
        browser.open(url).await;
        for finding in browser.axe().await.unwrap_or_default() {
            writeln!(wrong, "{name} {look}: axe: {finding}").expect("text");
        }
        for line in browser.console().await {
            writeln!(wrong, "{name} {look}: console: {line}").expect("text");
        }
        let overflow = browser.script("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
        if overflow.as_i64().unwrap_or(0) > 1 {
            writeln!(wrong, "{name} {look}: {overflow} pixels wider than the window").expect("text");
        }
        browser.picture(&format!("{name}-{look}")).await;
    }
}
