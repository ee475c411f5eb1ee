//! A real district through the screen: files chosen by hand, checked with progress, published; the books sum up as in the source.

use std::path::Path;

use harness::app::TestApp;
use harness::browser::{Browser, Scheme, WIDE};
use harness::district::{FILES, data, sums_of_books, sums_of_source};
use shared::budget::import::{ImportKind, ImportState};
use shared::words::budget::pages::{CHECK_FILE, FILE_KIND, PUBLISH, READY_TEXT, import_kind, import_state};
use shared::words::shell::DROP_FILE;

use crate::pages::sign_in;

#[tokio::test(flavor = "multi_thread")]
async fn a_district_comes_in_through_the_screen() {
    let Some(browser) = Browser::start().await else { return };
    let Some(data) = data() else { return };
    let app = TestApp::new_district("oriel.castellanos@riverbend.example").await;
    browser.look(WIDE, Scheme::Light).await;
    sign_in(&browser, &app, "oriel.castellanos").await;
    for (kind, file) in FILES {
        take(&browser, &app, kind, &data.join(file)).await;
    }
    browser.picture("imports-enrollment-published").await;
    assert_eq!(sums_of_books(&app.app.db).await, sums_of_source(&data));
    browser.open(&format!("{}/budget-office?tab=schools", app.base(0))).await;
    browser.sees("Allendale").await;
    browser.picture("imports-budget-office").await;
    browser.finish().await;
    app.finish().await;
}

async fn take(browser: &Browser, app: &TestApp, kind: ImportKind, file: &Path) {
    browser.open(&format!("{}/imports", app.base(0))).await;
    browser.fill(DROP_FILE, file.to_str().expect("a plain path")).await;
    browser.fill(FILE_KIND, import_kind(kind)).await;
    browser.click(CHECK_FILE).await;
    browser.sees(READY_TEXT).await;
    if kind == ImportKind::Books {
        browser.picture("imports-books-ready").await;
    }
    browser.click(PUBLISH).await;
    browser.sees(import_state(ImportState::Published)).await;
}
