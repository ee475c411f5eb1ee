//! Lighthouse on the door and on the shelf: whatever it measures of quality is perfect, and nothing jumps while it loads. Speed is the bench's matter.

use harness::app::TestApp;
use harness::lighthouse::Lighthouse;

#[tokio::test(flavor = "multi_thread")]
async fn the_door_and_the_shelf_are_without_fault() {
    let Some(lighthouse) = Lighthouse::find() else { return };
    let app = TestApp::demo_sqlite().await;
    let cookie = app.ana().await.client.cookie.expect("a session's cookie");
    let pages = [(format!("{}/sign-in", app.base(0)), None), (format!("{}/shelf", app.base(0)), Some(cookie))];
    let mut wrong = Vec::new();
    for (url, cookie) in pages {
        let (looks, page) = (lighthouse.clone(), url.clone());
        let scores = tokio::task::spawn_blocking(move || looks.look(&page, cookie.as_deref())).await.expect("no panic");
        println!("{url}: {scores:?}");
        assert_eq!(scores.address, url, "the page that was looked at");
        if (scores.accessibility, scores.best_practices, scores.steadiness) != (100, 100, 100) {
            wrong.push(format!("{url}: {scores:?}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    app.finish().await;
}
