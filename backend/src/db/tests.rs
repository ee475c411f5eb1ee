//! What the database promises, tried on a real one.

use std::sync::Arc;

use futures_util::future::join_all;
use shared::id::{BudgetLineId, CommandId, Id as _, OrderId, PersonId};
use shared::money::Cents;
use shared::time::{Date, Timestamp};
use tokio::sync::Notify;

use super::testing::{NOON, command, on_each, record};
use super::{Command, Db, DbError, Effect, Lane, Query as _, Technical};
use crate::ports::mailer::Mail;
use crate::values;

/// Runs `command`, whose work is a lease named `name`; leases serve as any table here.
async fn lease(db: &Db, command: Command, result: OrderId, name: &str) -> Result<OrderId, DbError> {
    let input = (command.clone(), name.to_owned());
    db.command(&command, result, input, |mut tx, (command, name)| async move {
        tx.execute("INSERT INTO lease (name, holder, until) VALUES ($1, 'me', 0)", values![name]).await?;
        let mail = Effect::Mail(Mail { to: "a@b.c".to_owned(), subject: "s".to_owned(), text: "t".to_owned() });
        tx.commit(record(&command), vec![mail]).await
    })
    .await
}

async fn count(db: &Db, table: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS n FROM {table}");
    db.reader().one(&sql, vec![]).await.expect("a count").expect("a row").get("n").expect("a number")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_leaves_one_record_and_its_effects() {
    on_each(|db| async move {
        lease(&db, command(1), OrderId::from_bits(1), "a").await.expect("done");
        assert_eq!((count(&db, "lease").await, count(&db, "audit_record").await, count(&db, "effect").await), (1, 1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_command_does_nothing_and_answers_with_the_first_result() {
    on_each(|db| async move {
        let first = OrderId::from_bits(1);
        assert_eq!(lease(&db, command(1), first, "a").await.expect("done"), first);
        assert_eq!(lease(&db, command(1), OrderId::from_bits(2), "b").await.expect("replayed"), first);
        assert_eq!((count(&db, "lease").await, count(&db, "audit_record").await), (1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_id_is_not_for_another_input_or_person() {
    on_each(|db| async move {
        let id = OrderId::from_bits(1);
        lease(&db, command(1), id, "a").await.expect("done");
        let other_input = Command { input_hash: "01".to_owned(), ..command(1) };
        let other_person = Command { actor: Some(PersonId::from_bits(8)), ..command(1) };
        let nobody = Command { actor: None, ..command(1) };
        for reused in [other_input, other_person, nobody] {
            assert!(matches!(lease(&db, reused, id, "b").await, Err(DbError::CommandReused)));
        }
        assert_eq!(count(&db, "lease").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn identical_clicks_have_one_effect() {
    on_each(|db| async move {
        let clicks = (0..32).map(|n| lease(&db, command(1), OrderId::from_bits(n), "a"));
        let results = join_all(clicks).await.into_iter().collect::<Result<Vec<_>, _>>().expect("all answered");
        assert!(results.iter().all(|result| result == &results[0]));
        assert_eq!((count(&db, "lease").await, count(&db, "audit_record").await), (1, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_command_leaves_nothing_and_may_be_tried_again() {
    on_each(|db| async move {
        let failed = db
            .command(&command(1), OrderId::from_bits(1), (), |mut tx, ()| async move {
                tx.execute("INSERT INTO lease (name, holder, until) VALUES ('a', 'me', 0)", vec![]).await?;
                Err(DbError::Busy)
            })
            .await;
        assert!(matches!(failed, Err(DbError::Busy)));
        assert_eq!((count(&db, "lease").await, count(&db, "command").await), (0, 0));
        lease(&db, command(1), OrderId::from_bits(1), "a").await.expect("done");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_goes_on_when_whoever_asked_has_gone() {
    on_each(|db| async move {
        let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let input = (Arc::clone(&begun), Arc::clone(&go));
        let waiting = command(1);
        let mut asked = Box::pin(db.command(&waiting, OrderId::from_bits(1), input, |tx, (begun, go)| async move {
            begun.notify_one();
            go.notified().await;
            tx.commit(record(&command(1)), vec![]).await
        }));
        tokio::select! {
            _ = &mut asked => panic!("it cannot be done yet"),
            () = begun.notified() => {}
        }
        drop(asked);
        go.notify_one();
        // The repeated command waits behind the first and finds it done.
        let replayed = lease(&db, command(1), OrderId::from_bits(2), "b").await.expect("replayed");
        assert_eq!(replayed, OrderId::from_bits(1));
        assert_eq!((count(&db, "lease").await, count(&db, "audit_record").await), (0, 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_claim_there_is_no_commit() {
    on_each(|db| async move {
        let mut tx = db.begin(Lane::Usual).await.expect("a transaction");
        tx.execute("INSERT INTO lease (name, holder, until) VALUES ('a', 'me', 0)", vec![]).await.expect("written");
        assert!(matches!(tx.commit(record(&command(1)), vec![]).await, Err(DbError::Misuse(_))));
        assert_eq!(count(&db, "lease").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_machinery_commits_its_own_tables_only() {
    on_each(|db| async move {
        let mut tx = db.begin(Lane::Usual).await.expect("a transaction");
        tx.execute("INSERT INTO lease (name, holder, until) VALUES ('a', 'me', 0)", vec![]).await.expect("written");
        assert!(matches!(tx.commit_technical(Technical::Outbox).await, Err(DbError::Misuse(_))));
        assert_eq!(count(&db, "lease").await, 0);
        let mut tx = db.begin(Lane::Usual).await.expect("a transaction");
        tx.one("INSERT INTO lease (name, holder, until) VALUES ('a', 'me', 0) RETURNING name", vec![]).await.expect("written");
        assert!(tx.execute("DROP TABLE lease", vec![]).await.is_err());
        tx.commit_technical(Technical::Lease).await.expect("allowed");
        assert_eq!(count(&db, "lease").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_cannot_write() {
    on_each(|db| async move {
        let written = db.reader().all("INSERT INTO lease (name, holder, until) VALUES ('a', 'me', 0) RETURNING name", vec![]).await;
        assert!(written.is_err());
        assert_eq!(count(&db, "lease").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn audit_records_are_never_changed_or_removed() {
    on_each(|db| async move {
        lease(&db, command(1), OrderId::from_bits(1), "a").await.expect("done");
        for sql in ["UPDATE audit_record SET reason = 'x'", "DELETE FROM audit_record"] {
            let mut tx = db.begin(Lane::Usual).await.expect("a transaction");
            assert!(matches!(tx.execute(sql, vec![]).await, Err(DbError::Refused(_))), "{sql}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_come_back_as_they_went() {
    on_each(|db| async move {
        let sql = "SELECT CAST($1 AS TEXT) AS line, CAST($2 AS BIGINT) AS cents, CAST($3 AS BIGINT) AS at, CAST($4 AS TEXT) AS day, \
                   CAST($5 AS TEXT) AS nobody, CAST($6 AS BIGINT) AS no_sum, 7 AS small";
        let (line, day) = (BudgetLineId::from_bits(9), "2026-11-21".parse::<Date>().expect("a day"));
        let values = values![line, Cents::new(-5), NOON, day, None::<PersonId>, None::<Cents>];
        let row = db.reader().one(sql, values).await.expect("an answer").expect("a row");
        assert_eq!(row.get::<BudgetLineId>("line").expect("an id"), line);
        assert_eq!(row.get::<Cents>("cents").expect("cents"), Cents::new(-5));
        assert_eq!(row.get::<Timestamp>("at").expect("an instant"), NOON);
        assert_eq!(row.get::<Date>("day").expect("a day"), day);
        assert_eq!(row.get::<Option<PersonId>>("nobody").expect("nobody"), None);
        assert_eq!(row.get::<Option<Cents>>("no_sum").expect("no_sum"), None);
        assert_eq!(row.get::<u8>("small").expect("a number"), 7);
        // A value that does not parse is an error, never a default.
        assert!(row.get::<CommandId>("line").is_err());
        assert!(row.get::<Cents>("no_sum").is_err());
        assert!(row.get::<Cents>("absent").is_err());
    })
    .await;
}
