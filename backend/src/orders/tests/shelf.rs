//! What the shelf remembers: filters of a person, counts of a school, what schools alike bought.

use shared::catalog::api::{NewSavedFilter, ShelfNotes};
use shared::catalog::interest::{Interest, LookNote, SearchNote};
use shared::error::ErrorCode;
use shared::id::{Id as _, PackageId, SchoolId};

use super::scene::{Scene, day};
use crate::catalog::service as catalog;
use crate::db::Query as _;
use crate::db::testing::on_each;
use crate::values;

fn named(name: &str, address: &str) -> NewSavedFilter {
    NewSavedFilter { name: name.to_owned(), address: address.to_owned() }
}

fn searched(school: SchoolId, words: &str, found: u32) -> ShelfNotes {
    ShelfNotes { school, searches: vec![SearchNote { words: words.to_owned(), found }], looks: Vec::new() }
}

fn looked(school: SchoolId, package: PackageId, kind: Interest) -> ShelfNotes {
    ShelfNotes { school, searches: Vec::new(), looks: vec![LookNote { package, kind }] }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_is_kept_for_its_person_and_for_nobody_else() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        catalog::save_filter(&scene.app, &scene.principal, named("Coaching", "q=coach")).await.unwrap();
        let kept = catalog::save_filter(&scene.app, &scene.principal, named("Coaching", "?q=coaching&tier=plus")).await.unwrap();
        assert_eq!(kept.iter().map(|filter| filter.address.as_str()).collect::<Vec<_>>(), ["q=coaching&tier=plus"]);
        assert!(catalog::filters(&scene.app, &scene.clerk).await.unwrap().is_empty());
        let refused = catalog::forget_filter(&scene.app, &scene.clerk, kept[0].id).await.unwrap_err();
        assert_eq!(refused.code(), ErrorCode::NotFound);
        assert!(catalog::forget_filter(&scene.app, &scene.principal, kept[0].id).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn searches_that_found_nothing_are_told_once_they_were_typed_twice() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        for (words, found) in
            [("Coding club", 0), ("coding CLUB", 0), ("once only", 0), ("coaching", 0), ("coaching", 1), ("pupil 12345", 0)]
        {
            catalog::note(&scene.app, &scene.clerk, searched(scene.school, words, found)).await.unwrap();
        }
        let told = catalog::empty_searches(&scene.app.db.reader(), day("2026-07-01")).await.unwrap();
        assert_eq!(told.iter().map(|one| (one.words.as_str(), one.times)).collect::<Vec<_>>(), [("coding club", 2)]);
        // What nobody could be told of is not even kept.
        let reader = scene.app.db.reader();
        let kept = reader.all("SELECT words FROM shelf_search WHERE words LIKE 'pupil%'", values![]).await.unwrap();
        assert!(kept.is_empty());
        // Once it finds something, it is no longer missed.
        catalog::note(&scene.app, &scene.clerk, searched(scene.school, "coding club", 3)).await.unwrap();
        assert!(catalog::empty_searches(&reader, day("2026-07-01")).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_are_counted_by_day_and_school_for_packages_on_the_shelf() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        for kind in [Interest::Viewed, Interest::Viewed, Interest::Compared] {
            catalog::note(&scene.app, &scene.principal, looked(scene.school, scene.coaching, kind)).await.unwrap();
        }
        catalog::note(&scene.app, &scene.principal, looked(scene.school, PackageId::from_bits(99), Interest::Viewed)).await.unwrap();
        let service = catalog::for_sale(&scene.app.db.reader(), scene.coaching).await.unwrap().service.id;
        let looks = catalog::looks(&scene.app.db.reader(), &[service], (day("2026-12-02"), day("2026-12-02"))).await.unwrap();
        let told: Vec<_> = looks.iter().map(|look| (look.kind, look.times, look.school == scene.school)).collect();
        assert_eq!(told, [(Interest::Compared, 1, true), (Interest::Viewed, 2, true)]);
        let elsewhere = looked(SchoolId::from_bits(2), scene.coaching, Interest::Viewed);
        assert_eq!(catalog::note(&scene.app, &scene.principal, elsewhere).await.unwrap_err().code(), ErrorCode::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_notes_too_often_is_no_longer_counted() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        for _ in 0..40 {
            catalog::note(&scene.app, &scene.clerk, looked(scene.school, scene.coaching, Interest::Viewed)).await.unwrap();
        }
        let row = scene.app.db.reader().one("SELECT CAST(SUM(times) AS BIGINT) AS times FROM shelf_interest", values![]).await.unwrap();
        assert_eq!(row.unwrap().get::<u32>("times").unwrap(), 30);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_schools_alike_bought_is_told_without_ones_own() {
    on_each(|db| async move {
        let scene = Scene::build(db).await;
        scene.draft(scene.workshop, 1, Some(scene.goal)).await;
        scene.submit().await.expect("bought");
        let theirs = catalog::alike_shelf(&scene.app, &scene.stranger, SchoolId::from_bits(2)).await.unwrap();
        assert_eq!((theirs.schools, theirs.services.len()), (1, 1));
        assert_eq!(theirs.services[0].schools, 1);
        let own = catalog::alike_shelf(&scene.app, &scene.principal, scene.school).await.unwrap();
        assert_eq!((own.schools, own.services.len()), (1, 0));
        let foreign = catalog::alike_shelf(&scene.app, &scene.stranger, scene.school).await.unwrap_err();
        assert_eq!(foreign.code(), ErrorCode::NotFound);
    })
    .await;
}
