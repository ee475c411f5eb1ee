//! A service's first year, by hand: a unit head publishes three tiers, a principal compares and buys two with a split over three funds,
//! is countered and takes the alternative, the receiver confirms what was delivered, two days are handed back, and the order is renewed.

use harness::app::TestApp;
use harness::browser::{Browser, PHONE, Scheme, Size, WIDE};
use shared::client::Call;
use shared::fiscal::FiscalYear;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{GetOrder, ListOrders, NewYearlyDate, OrderAction, OrderFilter, OrderSummary, OrderView, SetYearlyDate};
use shared::orders::dates::YearlyKind;
use shared::orders::renewal::{GetRenewals, RenewalAnswer, RenewalState};
use shared::words::catalog::{
    ADD_TIER, ASK_REVIEW, ASKED_REVIEW, CHECKLIST_DONE, COMPARE_TIERS, NEW_SERVICE, PUBLISH_IT, PUBLISHED, SAVE_DRAFT, START_NEXT_YEAR,
    STARTED_NEXT_YEAR,
};
use shared::words::orders::renewal;
use shared::words::orders::{self as words, BY_HAND, CONFIRM, HAND_BACK, SAVE_CHANGES, SEND, SUBMIT, TAKE_OUT, TAKE_THIS, action_title};

use crate::pages::sign_in;

const SERVICE: &str = "Science notebooks coaching";
/// What a unit head writes about a service, in the order of the page.
const FIELDS: &[(&str, &str)] = &[
    ("title", SERVICE),
    ("value_statement", "Students write what they think before they are told, and teachers see it."),
    ("category", "coaching"),
    ("span", "elementary"),
    ("subjects", "science, writing"),
    ("outcome", "By spring every class keeps notebooks that show how students changed their minds."),
    ("evidence", "Two pilot schools kept it after the first year; samples of their notebooks are on file."),
    ("prerequisites", "Half a day of release time a month for each teacher; Plus brings the substitute."),
    ("level.reply_days", "2"),
    ("level.start_days", "10"),
    ("terms.cancel_free_days", "14"),
    ("terms.late_cancel_fee", "20"),
    ("terms.hand_back_until", "2027-02-12"),
];
/// Rung, for whom, what it adds, days, dollars a day.
const TIERS: &[(&str, &str, &str, &str, &str)] = &[
    ("essential", "Two or three teachers who want to begin", "An observation tool", "4", "1200"),
    ("plus", "A grade level that works together", "A planning meeting each month", "8", "1150"),
    ("intensive", "A school that builds its own coaches", "Two teachers trained to coach others", "20", "1050"),
];
/// Who pays how much of the tier Plus.
const SHARES: [(&str, &str); 3] = [("LCFF supplemental", "4000.00"), ("LCFF concentration", "3000.00"), ("Unrestricted", "2200.00")];
const DAY: i64 = 24 * 60 * 60;

harness::on_both_databases!(a_services_first_year_by_hand);

async fn a_services_first_year_by_hand(app: TestApp) {
    let Some(browser) = Browser::start().await else { return };
    browser.look(WIDE, Scheme::Light).await;
    publish(&browser, &app).await;
    compare_and_buy(&browser, &app).await;
    let (essential, plus) = (order(&app, "Essential").await, order(&app, "Plus").await);
    assert_eq!((essential.price, plus.price), (Cents::new(480_000), Cents::new(920_000)));
    sign_in(&browser, &app, "thomas.lindqvist").await;
    for order in [&essential, &plus] {
        browser.open(&page(&app, order)).await;
        browser.click(action_title(OrderAction::Approve)).await;
        browser.sees(OrderState::Approved.title()).await;
    }
    counter(&browser, &app, &essential).await;
    deliver(&browser, &app, &plus).await;
    hand_back(&browser, &app, &plus).await;
    let (essential, plus) = (view(&app, &essential).await, view(&app, &plus).await);
    assert_eq!((essential.quantity, essential.summary.price, essential.summary.state), (3, Cents::new(360_000), OrderState::Accepted));
    assert_eq!((plus.quantity, plus.summary.price), (6, Cents::new(690_000)), "two days at $1,150 are given back");
    assert_eq!(plus.split.len(), 3, "three funds still pay");
    renew(&browser, &app, &plus.summary).await;
    let noise: Vec<String> = browser.console().await.into_iter().filter(|line| line.starts_with("SEVERE")).collect();
    assert_eq!(noise, Vec::<String>::new());
    browser.finish().await;
    app.finish().await;
}

/// A unit head writes a service with three tiers; a second person publishes the menu.
async fn publish(browser: &Browser, app: &TestApp) {
    sign_in(browser, app, "rosa.delgado").await;
    browser.open(&format!("{}/menu", app.base(0))).await;
    browser.click(NEW_SERVICE).await;
    for (name, text) in FIELDS {
        browser.set(&format!("content.{name}"), text).await;
    }
    for (at, (rung, whom, adds, days, dollars)) in TIERS.iter().enumerate() {
        if at > 0 {
            browser.click(ADD_TIER).await;
        }
        let tier = format!("packages.{at}.content");
        let deliverable = ("deliverables.0.title", "Coaching day in your rooms");
        let fields = [
            ("tier", *rung),
            ("for_whom", whom),
            ("adds", adds),
            ("price.model", "quantity_bands"),
            ("price.measure", "coaching_day"),
            ("price.default_quantity", days),
            ("price.bands.0.each", dollars),
            deliverable,
            ("deliverables.0.quantity", "1"),
            ("deliverables.0.measure", "coaching_day"),
            ("capacity", "40"),
            ("starts", "2026-12-01"),
        ];
        for (name, text) in fields {
            browser.set(&format!("{tier}.{name}"), text).await;
        }
    }
    browser.sees(CHECKLIST_DONE).await;
    pictures(browser, "year-editor").await;
    browser.click(SAVE_DRAFT).await;
    browser.click(ASK_REVIEW).await;
    browser.sees(ASKED_REVIEW).await;
    sign_in(browser, app, "helen.okafor").await;
    browser.open(&format!("{}/reviews", app.base(0))).await;
    browser.click("Mathematics, ").await;
    browser.sees(SERVICE).await;
    pictures(browser, "year-review").await;
    browser.click(PUBLISH_IT).await;
    browser.sees(PUBLISHED).await;
}

/// The principal finds it, sees its tiers side by side, takes two and lets three funds pay one of them.
async fn compare_and_buy(browser: &Browser, app: &TestApp) {
    sign_in(browser, app, "ana.whitfield").await;
    browser.open(&format!("{}/cart", app.base(0))).await;
    browser.click(TAKE_OUT).await;
    browser.open(&format!("{}/shelf?q=science%20notebok", app.base(0))).await;
    browser.click(SERVICE).await;
    browser.sees("How Lincoln can pay for").await;
    let service = browser.page.current_url().await.expect("an address").to_string();
    browser.click(COMPARE_TIERS).await;
    browser.sees("8 days × $1,150.00").await;
    pictures(browser, "year-compare").await;
    for tier in ["Essential", "Plus"] {
        browser.open(&service).await;
        browser.click(tier).await;
        browser.sees(&format!("How Lincoln can pay for {tier}")).await;
        browser.click(&format!("Add {tier} to plan")).await;
        browser.sees(shared::words::catalog::IN_THE_CART).await;
    }
    pictures(browser, "year-service").await;
    browser.open(&format!("{}/cart", app.base(0))).await;
    browser.sees("$9,200.00").await;
    split(browser).await;
    pictures(browser, "year-cart").await;
    browser.click(SUBMIT).await;
    browser.wait_until("return !document.querySelector('.cart-line')", "an empty cart").await;
}

/// Writes the shares of the tier Plus by hand.
async fn split(browser: &Browser) {
    let open = "const card = [...document.querySelectorAll('.cart-line')].find(c => c.innerText.includes('$9,200.00'));
        [...card.querySelectorAll('button')].find(b => b.getAttribute('aria-label').startsWith('Change')).click(); return true";
    browser.script(open).await;
    browser.click(BY_HAND).await;
    browser.sees(words::WHO_PAYS).await;
    let clear = "const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
        document.querySelectorAll('.split-editor input').forEach(f => { set.call(f, ''); f.dispatchEvent(new Event('input', {bubbles: true})); });
        return true";
    browser.script(clear).await;
    for (fund, amount) in SHARES {
        browser.fill(&words::share_of(fund), amount).await;
    }
    pictures(browser, "year-split").await;
    browser.click(SAVE_CHANGES).await;
    browser.wait_until("return !document.querySelector('dialog[open]')", "the saved split").await;
    for (_, amount) in SHARES {
        browser.sees(&format!("${},{}", &amount[..1], &amount[1..])).await;
    }
}

/// “No, but…”: three days can be done; the principal takes them in one tap, with no new approval.
async fn counter(browser: &Browser, app: &TestApp, order: &OrderSummary) {
    sign_in(browser, app, "rosa.delgado").await;
    browser.open(&page(app, order)).await;
    browser.click(action_title(OrderAction::Counter)).await;
    browser.fill(words::EXPLANATION, "Our fourth day is promised to another school until May.").await;
    browser.fill(words::ALTERNATIVE, &words::package_title(SERVICE, "Essential")).await;
    browser.set("alternatives.0.quantity", "3").await;
    browser.picture("year-counter").await;
    browser.click(SEND).await;
    browser.sees(OrderState::Countered.title()).await;
    sign_in(browser, app, "ana.whitfield").await;
    browser.open(&page(app, order)).await;
    browser.sees(words::INSIDE_ENVELOPE).await;
    pictures(browser, "year-offer").await;
    browser.click(TAKE_THIS).await;
    browser.sees("$3,600").await;
    accept(browser, app, order).await;
}

async fn accept(browser: &Browser, app: &TestApp, order: &OrderSummary) {
    sign_in(browser, app, "rosa.delgado").await;
    browser.open(&page(app, order)).await;
    // Taking what the unit offered is its acceptance; a plain order is accepted by hand.
    if view(app, order).await.summary.state == OrderState::Accepted {
        return;
    }
    browser.click(action_title(OrderAction::Accept)).await;
    browser.fill(words::CONTACT, "Ken Morita").await;
    browser.click(SEND).await;
    browser.sees("Accepted: starts").await;
}

/// Two days from a phone, confirmed by a receiver who did not buy.
async fn deliver(browser: &Browser, app: &TestApp, order: &OrderSummary) {
    accept(browser, app, order).await;
    // Until two school days after the start.
    app.pass(27 * DAY);
    sign_in(browser, app, "rosa.delgado").await;
    browser.look(PHONE, Scheme::Light).await;
    browser.open(&page(app, order)).await;
    browser.click(action_title(OrderAction::LogDelivery)).await;
    browser.fill(words::DAY, "2026-12-16").await;
    browser.fill(words::QUANTITY, "2").await;
    browser.click(SEND).await;
    browser.sees("Delivered 2").await;
    sign_in(browser, app, "joel.baptiste").await;
    browser.open(&page(app, order)).await;
    browser.click(CONFIRM).await;
    browser.sees("Confirmed 2").await;
    pictures(browser, "year-confirmed").await;
    browser.look(WIDE, Scheme::Light).await;
}

async fn hand_back(browser: &Browser, app: &TestApp, order: &OrderSummary) {
    sign_in(browser, app, "ana.whitfield").await;
    browser.open(&page(app, order)).await;
    browser.set("units", "2").await;
    browser.sees("$2,300.00").await;
    browser.set("reason", "Two of our teachers are on leave until summer.").await;
    pictures(browser, "year-hand-back").await;
    browser.send(HAND_BACK).await;
    browser.sees("Handed back 2").await;
    pictures(browser, "year-order").await;
}

/// Next year's edition is published; the principal renews what is left of the order at next year's price.
async fn renew(browser: &Browser, app: &TestApp, order: &OrderSummary) {
    let last_day = NewYearlyDate { year: FiscalYear(2026), kind: YearlyKind::RenewalCloses, day: "2027-04-15".parse().expect("a day") };
    app.thomas().await.does::<SetYearlyDate>((), last_day).await;
    sign_in(browser, app, "rosa.delgado").await;
    browser.open(&format!("{}/menu", app.base(0))).await;
    browser.click(START_NEXT_YEAR).await;
    browser.sees(STARTED_NEXT_YEAR).await;
    browser.click(ASK_REVIEW).await;
    browser.sees(ASKED_REVIEW).await;
    sign_in(browser, app, "helen.okafor").await;
    browser.open(&format!("{}/reviews", app.base(0))).await;
    browser.click("Mathematics, ").await;
    browser.click(PUBLISH_IT).await;
    browser.sees(PUBLISHED).await;
    backend::orders::service::attend_renewals(&app.app, app.app.now()).await.expect("the job that makes the offers");
    sign_in(browser, app, "ana.whitfield").await;
    browser.open(&format!("{}{}", app.base(0), renewal::LINK)).await;
    browser.sees(SERVICE).await;
    browser.set(&format!("{}.answer", order.id), RenewalAnswer::Renew.name()).await;
    pictures(browser, "year-renewals").await;
    browser.click(renewal::SAVE).await;
    browser.sees(renewal::SAVED).await;
    let mut ana = app.ana().await;
    let view = ana.get::<GetRenewals>(ana.school()).await;
    let line = view.lines.iter().find(|line| line.order == order.id).expect("the order's offer");
    assert_eq!((line.state, line.next.price()), (RenewalState::Renewed, Some(Cents::new(690_000))), "the six days that were kept");
}

fn page(app: &TestApp, order: &OrderSummary) -> String {
    format!("{}/orders/{}", app.base(0), order.id)
}

async fn view(app: &TestApp, order: &OrderSummary) -> OrderView {
    app.ana().await.get::<GetOrder>(order.id).await
}

async fn order(app: &TestApp, tier: &str) -> OrderSummary {
    let filter = OrderFilter { words: Some("notebooks".to_owned()), ..OrderFilter::default() };
    let page = app.ana().await.call(Call::<ListOrders>::to(()).query(filter)).await.expect("orders");
    page.items.into_iter().find(|order| order.tier_name == tier).expect("the order of the tier")
}

/// The page as it stands now, wide and on a phone, light and dark.
async fn pictures(browser: &Browser, name: &str) {
    let looks: [(Size, Scheme, &str); 4] = [
        (PHONE, Scheme::Light, "phone-light"),
        (PHONE, Scheme::Dark, "phone-dark"),
        (WIDE, Scheme::Dark, "wide-dark"),
        (WIDE, Scheme::Light, "wide-light"),
    ];
    for (size, scheme, look) in looks {
        browser.look(size, scheme).await;
        browser.script("scrollTo(0, 0); return true").await;
        browser.picture(&format!("{name}-{look}")).await;
    }
}
