//! Lighthouse's performance on the door and on the shelf, as a desktop sees them.

use harness::app::TestApp;
use harness::lighthouse::Lighthouse;

use crate::figures::Report;

/// Looks at both; said aloud where there is no Lighthouse.
pub async fn measure(report: &mut Report) {
    let Some(lighthouse) = Lighthouse::find() else { return };
    let app = TestApp::demo_sqlite().await;
    let cookie = app.ana().await.client.cookie.expect("a session's cookie");
    for (name, path, cookie) in [("the door", "/sign-in", None), ("the shelf, signed in", "/shelf", Some(cookie))] {
        let (lighthouse, url) = (lighthouse.clone(), format!("{}{path}", app.base(0)));
        let scores = tokio::task::spawn_blocking(move || lighthouse.look(&url, cookie.as_deref())).await.expect("no panic");
        report.score(name, scores.performance);
    }
    app.finish().await;
}
