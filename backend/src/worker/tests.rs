//! The outbox and the leases, with several replicas on one database.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use shared::id::{Id as _, OrderId};
use shared::time::Timestamp;

use super::outbox::Backlog;
use super::{ClockWatch, Leases, Outbox, Tools};
use crate::adapters::system::SystemIds;
use crate::db::testing::{NOON, command, on_each, record};
use crate::db::{Db, DbError, Effect, Query as _};
use crate::ports::clock::Clock;
use crate::ports::mailer::{Mail, MailError, Mailer};

/// A clock that moves when told to.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::Relaxed))
    }
}

impl Hands {
    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}

/// A post office that counts what it took, and first refuses as often as it is told.
#[derive(Default)]
struct PostOffice {
    taken: Mutex<BTreeMap<String, u32>>,
    refusals: AtomicI64,
}

#[async_trait]
impl Mailer for PostOffice {
    async fn send(&self, key: &str, mail: &Mail) -> Result<(), MailError> {
        if mail.to == "nowhere" {
            return Err(MailError::Never("no such address".to_owned()));
        }
        if self.refusals.fetch_sub(1, Ordering::Relaxed) > 0 {
            return Err(MailError::Later("closed".to_owned()));
        }
        *self.taken.lock().expect("the counter").entry(key.to_owned()).or_default() += 1;
        Ok(())
    }
}

fn tools(db: &Db, clock: &Arc<Hands>, office: &Arc<PostOffice>) -> Tools {
    Tools { db: db.clone(), clock: clock.clone(), ids: Arc::new(SystemIds::default()), mailer: office.clone() }
}

fn world() -> (Arc<Hands>, Arc<PostOffice>) {
    (Arc::new(Hands(AtomicI64::new(NOON.micros()))), Arc::default())
}

/// A command that leaves mails to `addresses`.
async fn mails(db: &Db, n: u128, addresses: &'static [&'static str]) {
    let click = command(n);
    let done = db.command(&click, OrderId::from_bits(n), (), move |tx, ()| async move {
        let mail = |to: &&str| Effect::Mail(Mail { to: (*to).to_owned(), subject: "s".to_owned(), text: "t".to_owned() });
        tx.commit(record(&command(n)), addresses.iter().map(mail).collect()).await
    });
    done.await.unwrap_or_else(|error: DbError| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_send_each_mail_once() {
    on_each(|db| async move {
        let (clock, office) = world();
        for n in 0..20 {
            mails(&db, n, &["a", "b", "c"]).await;
        }
        let replicas: Vec<Outbox> = (0..3).map(|_| Outbox::new(&tools(&db, &clock, &office))).collect();
        let done = join_all(replicas.iter().map(|outbox| outbox.drain(|| false))).await;
        assert_eq!(done.into_iter().map(|done| done.expect("drained")).sum::<usize>(), 60);
        let taken = office.taken.lock().expect("the counter").clone();
        assert!(taken.len() == 60 && taken.values().all(|times| *times == 1));
        assert_eq!(replicas[0].backlog().await.expect("counted"), Backlog { waiting: 0, failed: 0 });
        let row = db.reader().one("SELECT COUNT(*) AS n FROM effect WHERE payload <> ''", vec![]).await.expect("counted");
        assert_eq!(row.expect("a row").get::<i64>("n").expect("a number"), 0, "a sent text is forgotten");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_is_refused_for_now_is_tried_again_later() {
    on_each(|db| async move {
        let (clock, office) = world();
        office.refusals.store(3, Ordering::Relaxed);
        mails(&db, 1, &["a"]).await;
        let outbox = Outbox::new(&tools(&db, &clock, &office));
        for pause in [0, 30, 60] {
            clock.forward(pause);
            assert_eq!(outbox.drain(|| false).await.expect("tried"), 0);
            assert_eq!(outbox.drain(|| false).await.expect("not due yet"), 0);
        }
        clock.forward(120);
        assert_eq!(outbox.drain(|| false).await.expect("sent"), 1);
        assert_eq!(office.taken.lock().expect("the counter").len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_can_never_go_stays_to_be_seen() {
    on_each(|db| async move {
        let (clock, office) = world();
        mails(&db, 1, &["nowhere", "a"]).await;
        let outbox = Outbox::new(&tools(&db, &clock, &office));
        assert_eq!(outbox.drain(|| false).await.expect("drained"), 1);
        assert_eq!(outbox.backlog().await.expect("counted"), Backlog { waiting: 0, failed: 1 });
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_dead_replica_had_claimed_is_sent_by_another() {
    on_each(|db| async move {
        let (clock, office) = world();
        mails(&db, 1, &["a"]).await;
        let died = db.technical(clock.now(), |mut tx, now| async move {
            tx.claim_due_effects(now, now.plus_seconds(300), 8).await?;
            tx.commit_technical(crate::db::Technical::Outbox).await
        });
        died.await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let outbox = Outbox::new(&tools(&db, &clock, &office));
        assert_eq!(outbox.drain(|| false).await.expect("still claimed"), 0);
        clock.forward(300);
        assert_eq!(outbox.drain(|| false).await.expect("sent"), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_replica_holds_a_lease_until_it_runs_out_or_is_given_up() {
    on_each(|db| async move {
        let (clock, office) = world();
        let replicas: Vec<Leases> = (0..8).map(|_| Leases::new(&tools(&db, &clock, &office))).collect();
        let term = Duration::from_secs(60);
        let held = join_all(replicas.iter().map(|replica| replica.hold("job", NOON, term))).await;
        let holders: Vec<usize> = (0..8).filter(|n| matches!(held[*n], Ok(true))).collect();
        assert_eq!(holders.len(), 1);
        let (holder, other) = (&replicas[holders[0]], &replicas[(holders[0] + 1) % 8]);
        assert!(holder.hold("job", NOON.plus_seconds(30), term).await.expect("renewed"));
        assert!(!other.hold("job", NOON.plus_seconds(60), term).await.expect("held by another"));
        assert!(other.hold("job", NOON.plus_seconds(90), term).await.expect("run out"));
        assert!(!holder.hold("job", NOON.plus_seconds(91), term).await.expect("lost"));
        other.give_up("job").await.expect("given up");
        assert!(holder.hold("job", NOON.plus_seconds(92), term).await.expect("free again"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_straying_clock_makes_a_replica_unready() {
    on_each(|db| async move {
        let watched = ClockWatch::default();
        assert!(!watched.is_ready());
        watched.measure(&db, &crate::adapters::system::SystemClock).await;
        assert!(watched.is_ready());
        if db.is_shared() {
            watched.measure(&db, &Hands(AtomicI64::new(NOON.micros()))).await;
            assert!(!watched.is_ready());
        }
    })
    .await;
}
