//! The site in a real browser: a key typed into the shelf's search and a box ticked among 2,000 packages, a quantity typed in a cart of
//! 20 lines; beside them a bare filter in JavaScript over the same list, in the same page, in the same run.
//!
//! The server gives its catalog and its cart as they are; on their way into the page they are made as large as the target says.

use harness::actor::Actor;
use harness::app::TestApp;
use harness::browser::{Browser, Scheme, WIDE};
use harness::market;
use serde_json::{Value, json};
use shared::catalog::Category;
use shared::catalog::api::{Catalog, CatalogService, GetCatalog};
use shared::id::{Id as _, PackageId, ServiceId};
use shared::orders::api::GetCart;

use crate::figures::Report;

/// How many packages the shelf holds.
const PACKAGES: usize = 2_000;
/// How many lines the cart holds.
const LINES: usize = 20;
/// Words that make each copy of a service one of its own.
const PLACES: [&str; 12] =
    ["Harbor", "Meadow", "Summit", "Juniper", "Canyon", "Willow", "Prairie", "Lakeside", "Foothill", "Orchard", "Granite", "Sycamore"];
const THEMES: [&str; 10] =
    ["fractions", "phonics", "robotics", "attendance", "belonging", "writing", "algebra", "science", "gardening", "theatre"];
/// What is typed, a letter at a time: a word, a word with a slip, several words, a few letters.
const TYPED: [&str; 5] = ["mathematics coaching", "mathemtaics", "family evenings attendance", "harbor robotics", "read"];

/// Measures in the browser; said aloud where there is none.
pub async fn measure(report: &mut Report) {
    let Some(browser) = Browser::start().await else { return };
    let app = TestApp::demo_sqlite().await;
    let mut ana = app.ana().await;
    let catalog = grown(ana.get::<GetCatalog>(()).await);
    let cart = filled_cart(&mut ana).await;
    replace(&browser, &catalog, &cart).await;
    browser.look(WIDE, Scheme::Light).await;
    sign_in(&browser, &app).await;
    browser.open(&format!("{}/shelf", app.base(0))).await;
    browser.wait_until("return document.querySelectorAll('.service-card').length > 20", "a shelf of cards").await;
    let names = [
        ("keys", "a key among 2,000 packages: result laid out"),
        ("frames", "a key among 2,000 packages: next frame painted"),
        ("ticks", "a box ticked among 2,000 packages: result laid out"),
        ("bare", "reference: a key, bare JavaScript filter, 24 bare cards"),
    ];
    note(report, &run(&browser, &shelf_script()).await, &names);
    browser.open(&format!("{}/cart", app.base(0))).await;
    browser.wait_until(&format!("return document.querySelectorAll('.cart-line').length >= {LINES}"), "a full cart").await;
    browser.click("Change").await;
    browser.wait_until("return !!document.querySelector('dialog[open] input[name=quantity]')", "the form of a line").await;
    note(report, &run(&browser, &cart_script()).await, &[("quantities", "a quantity in a cart of 20 lines: re-priced and laid out")]);
    browser.finish().await;
    app.finish().await;
}

fn note(report: &mut Report, measured: &Value, names: &[(&str, &str)]) {
    for (key, name) in names {
        let micros: Vec<u64> = measured[*key].as_array().map(|list| list.iter().filter_map(Value::as_u64).collect()).unwrap_or_default();
        assert!(micros.len() > 20, "only {} samples of {name}: {measured}", micros.len());
        report.latency(name, micros);
    }
}

/// The demo's catalog again and again, each copy with words and ids of its own, until the shelf is full.
fn grown(catalog: Catalog) -> Catalog {
    let mut services: Vec<CatalogService> = Vec::new();
    let mut packages = 0;
    let mut copy: usize = 0;
    while packages < PACKAGES {
        for service in &catalog.services {
            let mut one = service.clone();
            if copy > 0 {
                let number = u128::try_from(services.len() + 1).expect("a small number");
                one.id = ServiceId::from_bits(number);
                let (place, theme) = (PLACES[(copy + services.len()) % PLACES.len()], THEMES[(copy * 7 + services.len()) % THEMES.len()]);
                one.content.title = format!("{place} {theme}: {}", one.content.title);
                one.content.subjects.push(theme.to_owned());
                for (at, package) in one.packages.iter_mut().enumerate() {
                    package.id = PackageId::from_bits(number * 8 + u128::try_from(at).expect("a small number"));
                }
            }
            one.packages.truncate(PACKAGES - packages);
            packages += one.packages.len();
            services.push(one);
            if packages >= PACKAGES {
                break;
            }
        }
        copy += 1;
    }
    Catalog { services, ..catalog }
}

/// A cart of 20 lines, made of one real line.
async fn filled_cart(actor: &mut Actor) -> Value {
    let service = market::on_shelf(actor, "Elementary mathematics coaching").await;
    let package = service.packages.iter().find(|package| package.left.is_some()).unwrap_or(&service.packages[0]).clone();
    let goal = market::goal(actor, Category::Coaching).await;
    let line = market::add(actor, &package, 6, Some(goal)).await;
    let mut cart = serde_json::to_value(actor.get::<GetCart>(actor.school()).await).expect("a cart");
    let lines = (0..LINES).map(|at| {
        let mut copy = serde_json::to_value(&line).expect("a line");
        copy["order"] = json!(shared::id::OrderId::from_bits(u128::try_from(at + 1).expect("a small number")));
        copy
    });
    cart["lines"] = lines.collect();
    cart
}

/// Makes the page receive these in the place of what the server says.
async fn replace(browser: &Browser, catalog: &Catalog, cart: &Value) {
    let bodies = json!({"catalog": serde_json::to_string(catalog).expect("a catalog"), "cart": cart.to_string()});
    let script = format!(
        "(() => {{ const bodies = {bodies}; const real = window.fetch.bind(window);
           window.__catalog = bodies.catalog;
           window.fetch = (what, options) => {{
             const path = new URL(typeof what === 'string' ? what : what.url, location.href).pathname;
             const body = path === '/api/catalog' ? bodies.catalog : path.endsWith('/cart') ? bodies.cart : null;
             return body ? Promise.resolve(new Response(body, {{headers: {{'content-type': 'application/json'}}}})) : real(what, options);
           }}; }})()"
    );
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script})).await;
}

async fn sign_in(browser: &Browser, app: &TestApp) {
    browser.open(&format!("{}/sign-in", app.base(0))).await;
    browser.fill("E-mail", &app.email("ana.whitfield")).await;
    browser.fill("Password", app.password()).await;
    browser.click("Sign in").await;
    browser.wait_until("return !location.pathname.startsWith('/sign-in')", "the page after signing in").await;
}

async fn run(browser: &Browser, script: &str) -> Value {
    let evaluated = browser.cdp("Runtime.evaluate", json!({"expression": script, "awaitPromise": true, "returnByValue": true})).await;
    let text = evaluated["result"]["value"].as_str().unwrap_or_else(|| panic!("the page measured nothing: {evaluated}"));
    serde_json::from_str(text).expect("samples")
}

/// What both scripts measure with. The frame waits for the microtasks in which the site draws; reading a height lays the page out.
const TOOLS: &str = "
  const micros = ms => Math.round(ms * 1000);
  const drained = () => new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });
  const painted = () => new Promise(done => requestAnimationFrame(() => drained().then(done)));
  const type = (field, text) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, text);
    field.dispatchEvent(new InputEvent('input', {bubbles: true}));
  };
  const laid = () => document.body.offsetHeight;
  const measure = async (act, into, frames) => {
    await painted();
    const begun = performance.now();
    act();
    await Promise.resolve().then(() => Promise.resolve());
    await drained();
    laid();
    into.push(micros(performance.now() - begun));
    if (frames) { await painted(); frames.push(micros(performance.now() - begun)); }
  };
";

fn shelf_script() -> String {
    let typed = json!(TYPED);
    format!(
        "(async () => {{ {TOOLS}
           const keys = [], frames = [], ticks = [], bare = [];
           const field = document.querySelector('#shelf-search');
           const all = {typed};
           for (let round = 0; round < 2; round++) for (const text of all) {{
             for (let end = 1; end <= text.length; end++) await measure(() => type(field, text.slice(0, end)), round ? keys : [], round ? frames : null);
             await measure(() => type(field, ''), round ? keys : [], round ? frames : null);
           }}
           for (let round = 0; round < 12; round++) for (const name of ['tier', 'fund']) {{
             const box = () => document.querySelector(`input[type=checkbox][name='${{name}}']`);
             await measure(() => box().click(), ticks);
             await measure(() => box().click(), ticks);
           }}
           const services = JSON.parse(window.__catalog).services.map(s => ({{title: s.content.title, value: s.content.value_statement,
             text: [s.content.title, s.content.value_statement, s.content.outcome, ...s.content.subjects].join(' ').toLowerCase()}}));
           const place = document.createElement('div'); document.body.append(place);
           const filter = text => {{
             const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
             const found = services.filter(s => words.every(w => s.text.includes(w)));
             place.replaceChildren(...found.slice(0, 24).map(s => {{ const a = document.createElement('article'); const h = document.createElement('h3');
               const p = document.createElement('p'); h.textContent = s.title; p.textContent = s.value; a.append(h, p); return a; }}));
           }};
           for (const text of all) for (let end = 1; end <= text.length; end++) await measure(() => filter(text.slice(0, end)), bare);
           place.remove();
           return JSON.stringify({{keys, frames, ticks, bare}}); }})()"
    )
}

fn cart_script() -> String {
    format!(
        "(async () => {{ {TOOLS}
           const field = () => document.querySelector('dialog[open] input[name=quantity]');
           const quantities = [];
           for (let round = 0; round < 60; round++)
             await measure(() => type(field(), String(2 + round % 17)), round < 10 ? [] : quantities);
           return JSON.stringify({{quantities}}); }})()"
    )
}
