//! `chalkline backup` and `chalkline restore`, by the real program: a copy taken while schools buy holds all that was acknowledged
//! before it, and takes the place of a database only where nobody uses it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use harness::actor::Actor;
use harness::program::Program;
use harness::{drafts, market};
use shared::catalog::Category;
use shared::catalog::api::CatalogPackage;
use shared::money::Cents;
use shared::orders::api::GetOrder;

const WHOLE: &str = "The ledger balances and the audit trail is whole.";

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_while_schools_buy_is_whole_and_can_take_the_place_of_the_database() {
    let program = Program::on_sqlite().await;
    let (mut ana, mut rosa) = (program.actor("ana.whitfield").await, program.actor("rosa.delgado").await);
    let service = market::publish(&mut rosa, drafts::days("Short visits", Category::Coaching, Cents::new(100), 100_000)).await;
    let line = market::add(&mut ana, &service.packages[0], 7, None).await;
    let bought = market::submit(&mut ana, &line).await;

    let folder = tempfile::tempdir().expect("a folder for copies");
    let (copy, broken) = (folder.path().join("copy.sqlite"), folder.path().join("broken.sqlite"));
    let [copy_name, broken_name] = [&copy, &broken].map(|path| path.to_str().expect("a plain path").to_owned());
    let stopped = Arc::new(AtomicBool::new(false));
    let buyer = tokio::spawn(buy_on(program.actor("ana.whitfield").await, service.packages[0].clone(), Arc::clone(&stopped)));
    program.runs(&["backup", &copy_name]).await.expect("a copy while serving");
    stopped.store(true, Ordering::Relaxed);
    assert!(buyer.await.expect("a buyer") > 0, "nothing was bought while the copy was made");
    let twice = program.runs(&["backup", &copy_name]).await.expect_err("a copy in place of another");
    assert!(twice.contains("exists already"), "{twice}");

    let mut elsewhere = Program::nowhere_yet();
    elsewhere.runs(&["restore", &copy_name]).await.expect("restored into a new folder");
    assert!(elsewhere.runs(&["verify"]).await.expect("a whole database").contains(WHOLE));
    elsewhere.start_again().await;
    let there = elsewhere.actor("ana.whitfield").await.get::<GetOrder>(bought.summary.id).await;
    assert_eq!((there.summary.number, there.summary.state), (bought.summary.number, bought.summary.state));

    let in_use = elsewhere.runs(&["restore", &copy_name]).await.expect_err("restored under a running server");
    assert!(in_use.contains("Stop the server first"), "{in_use}");
    let line = market::add(&mut elsewhere.actor("ana.whitfield").await, &service.packages[0], 8, None).await;
    let later = market::submit(&mut elsewhere.actor("ana.whitfield").await, &line).await;
    elsewhere.stop();
    let before = elsewhere.files();
    std::fs::write(&broken, &std::fs::read(&copy).expect("the copy")[..100_000]).expect("half a copy");
    for damaged in [&broken_name, "Cargo.toml"] {
        let refused = elsewhere.runs(&["restore", damaged]).await.expect_err("half a database restored");
        assert!(refused.contains("nothing was changed"), "{refused}");
    }
    assert!(elsewhere.files().is_subset(&before), "left behind by a refusal: {:?}", elsewhere.files());

    let said = elsewhere.runs(&["restore", &copy_name]).await.expect("restored over a database");
    assert!(said.contains("before-restore"), "{said}");
    elsewhere.start_again().await;
    let mut ana = elsewhere.actor("ana.whitfield").await;
    ana.get::<GetOrder>(bought.summary.id).await;
    let gone = ana.call(shared::client::Call::<GetOrder>::to(later.summary.id)).await;
    assert!(gone.is_err(), "an order of after the copy is in it");
    elsewhere.finish().await;
    program.finish().await;
}

/// Puts drafts into the cart and takes none out; returns how many.
async fn buy_on(mut ana: Actor, package: CatalogPackage, stopped: Arc<AtomicBool>) -> u32 {
    let mut bought = 0;
    while !stopped.load(Ordering::Relaxed) && bought < 90 {
        market::add(&mut ana, &package, 1, None).await;
        bought += 1;
    }
    bought
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgresql_database_is_left_to_its_own_tools() {
    let Some(program) = Program::on_postgres().await else { return };
    for words in [["backup", "copy.sqlite"], ["restore", "copy.sqlite"]] {
        let refused = program.runs(&words).await.expect_err("a copy of PostgreSQL");
        assert!(refused.contains("use pg_dump and pg_restore"), "{refused}");
    }
    assert!(program.runs(&["verify"]).await.expect("a whole database").contains(WHOLE));
    program.finish().await;
}
