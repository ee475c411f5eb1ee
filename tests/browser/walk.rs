//! The three people's days, by hand: the unit head publishes, the principal finds and buys, the budget officer approves, the unit
//! accepts and delivers, the school's receiver confirms, the auditor finds it.

use harness::app::TestApp;
use harness::browser::{Browser, PHONE, Scheme, WIDE};
use shared::client::Call;
use shared::orders::OrderState;
use shared::orders::api::{GetOrder, ListOrders, OrderAction, OrderFilter};
use shared::words::catalog::{ASK_REVIEW, ASKED_REVIEW, PUBLISH_IT, PUBLISHED, SAVE_DRAFT, SAVED};
use shared::words::orders::{SEND, SUBMIT, TAKE_OUT, action_title};

use crate::pages::sign_in;

const RENEWED: &str = "Elementary mathematics coaching, renewed";

harness::on_both_databases!(a_purchase_by_hand_from_menu_to_audit);

async fn a_purchase_by_hand_from_menu_to_audit(app: TestApp) {
    let Some(browser) = Browser::start().await else { return };
    browser.look(WIDE, Scheme::Light).await;
    rosa_publishes(&browser, &app).await;
    let order = ana_buys(&browser, &app).await;
    let page = format!("{}/orders/{order}", app.base(0));

    sign_in(&browser, &app, "thomas.lindqvist").await;
    browser.open(&page).await;
    browser.click(action_title(OrderAction::Approve)).await;
    browser.sees(OrderState::Approved.title()).await;

    sign_in(&browser, &app, "rosa.delgado").await;
    browser.open(&page).await;
    browser.click(action_title(OrderAction::Accept)).await;
    browser.fill("Contact", "Ken Morita").await;
    browser.fill("Start", "2026-11-20").await;
    browser.click(SEND).await;
    browser.sees("Accepted: starts 20 Nov 2026").await;
    browser.look(PHONE, Scheme::Light).await;
    browser.click(action_title(OrderAction::LogDelivery)).await;
    browser.fill("Day", "2026-11-20").await;
    browser.fill("Quantity", "2").await;
    browser.picture("walk-log-delivery-phone").await;
    browser.click(SEND).await;
    browser.sees("Delivered 2").await;

    sign_in(&browser, &app, "joel.baptiste").await;
    browser.open(&page).await;
    browser.click("Confirm").await;
    browser.sees("Confirmed 2").await;
    browser.picture("walk-confirmed-phone").await;

    browser.look(WIDE, Scheme::Light).await;
    sign_in(&browser, &app, "samuel.oyelaran").await;
    browser.open(&format!("{}/audit?object={order}", app.base(0))).await;
    browser.sees("ConfirmDelivery").await;
    browser.picture("walk-audit").await;
    let noise: Vec<String> = browser.console().await.into_iter().filter(|line| line.starts_with("SEVERE")).collect();
    assert_eq!(noise, Vec::<String>::new());

    let view = app.ana().await.get::<GetOrder>(order.parse().expect("an order's id")).await;
    assert_eq!((view.summary.state, view.summary.delivered_units), (OrderState::InDelivery, 2));
    browser.finish().await;
    app.finish().await;
}

async fn rosa_publishes(browser: &Browser, app: &TestApp) {
    sign_in(browser, app, "rosa.delgado").await;
    browser.open(&format!("{}/menu/services/{}", app.base(0), app.a_service().await)).await;
    browser.fill("Title", RENEWED).await;
    browser.click(SAVE_DRAFT).await;
    browser.sees(SAVED).await;
    browser.open(&format!("{}/menu", app.base(0))).await;
    browser.click(ASK_REVIEW).await;
    browser.sees(ASKED_REVIEW).await;
    sign_in(browser, app, "helen.okafor").await;
    browser.open(&format!("{}/reviews", app.base(0))).await;
    browser.click("Mathematics, ").await;
    browser.click(PUBLISH_IT).await;
    browser.sees(PUBLISHED).await;
}

/// Finds the service with a typing error, puts its second tier into the cart and submits; returns the order's id.
async fn ana_buys(browser: &Browser, app: &TestApp) -> String {
    sign_in(browser, app, "ana.whitfield").await;
    browser.open(&format!("{}/shelf?q=matematics%20coaching%20renewd", app.base(0))).await;
    browser.sees(RENEWED).await;
    browser.click(RENEWED).await;
    browser.sees("How Lincoln can pay for").await;
    browser.click("Add to plan").await;
    browser
        .wait_until("return document.body.innerText.includes('cart') || document.body.innerText.includes('Cart')", "word of the cart")
        .await;
    browser.open(&format!("{}/cart", app.base(0))).await;
    browser.sees(RENEWED).await;
    // The demo left a draft in the cart whose start has passed.
    browser.click(TAKE_OUT).await;
    browser.wait_until("return !document.querySelector('main').innerText.includes('That day has passed')", "a cart without notes").await;
    browser.picture("walk-cart").await;
    browser.click(SUBMIT).await;
    browser
        .wait_until("return !location.pathname.startsWith('/cart') || document.body.innerText.includes('ubmitted')", "the submitted order")
        .await;
    let mut ana = app.ana().await;
    let filter = OrderFilter { words: Some("renewed".to_owned()), ..OrderFilter::default() };
    let page = ana.call(Call::<ListOrders>::to(()).query(filter)).await.expect("orders");
    let order = page.items.first().expect("the new order");
    assert_eq!(order.state, OrderState::Submitted);
    order.id.to_string()
}
