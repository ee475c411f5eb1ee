//! The trail read back.

use shared::id::{Id as _, OrderId, PersonId, SchoolId};
use shared::time::Timestamp;

use super::service::export_of;
use super::store::{Position, Selection, page};
use super::verify;
use crate::db::testing::{NOON, command, on_each, record};
use crate::db::{AuditRecord, Command, Db, DbError};

async fn write(db: &Db, n: u128, change: impl Fn(AuditRecord) -> AuditRecord) {
    let at = NOON.plus_seconds(i64::try_from(n / 3).unwrap_or_default());
    let key = Command { at, ..command(n) };
    let audit = change(record(&key));
    let done = db.command(&key, OrderId::from_bits(n), audit, |tx, audit| async move { tx.commit(audit, vec![]).await });
    done.await.unwrap_or_else(|error: DbError| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    on_each(|db| async move {
        for n in 0..20 {
            write(&db, n, |audit| audit).await;
        }
        let (mut seen, mut after): (Vec<Timestamp>, Option<Position>) = (Vec::new(), None);
        let mut ids = std::collections::BTreeSet::new();
        loop {
            let items = page(&db.reader(), &Selection::default(), after, 3).await.expect("a page");
            let Some(last) = items.last() else { break };
            after = Some(Position::of(last).to_string().parse().expect("a cursor"));
            seen.extend(items.iter().map(|item| item.at));
            ids.extend(items.iter().map(|item| item.id));
        }
        assert_eq!((seen.len(), ids.len()), (20, 20));
        assert!(seen.is_sorted_by(|a, b| a >= b));
        assert!("nonsense".parse::<Position>().is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_narrow_the_trail() {
    on_each(|db| async move {
        let school = SchoolId::from_bits(5);
        write(&db, 1, |audit| AuditRecord { action: "ApproveOrder", school: Some(school), ..audit }).await;
        write(&db, 2, |audit| AuditRecord { action: "Approve_ImportX", actor: None, ..audit }).await;
        write(&db, 30, |audit| AuditRecord { object: "ord_9".to_owned(), ..audit }).await;
        let all = Selection::default;
        let count = async |selection: Selection| page(&db.reader(), &selection, None, 100).await.expect("a page").len();
        assert_eq!(count(all()).await, 3);
        assert_eq!(count(Selection { action: Some("approve".to_owned()), ..all() }).await, 2);
        assert_eq!(count(Selection { action: Some("e_i".to_owned()), ..all() }).await, 1);
        assert_eq!(count(Selection { action: Some("%".to_owned()), ..all() }).await, 0);
        assert_eq!(count(Selection { object: Some("ord_9".to_owned()), ..all() }).await, 1);
        write(&db, 31, |audit| audit.about(["ord_8", "ord_9", "ord_a"].map(str::to_owned))).await;
        for (object, records) in [("ord_8", 1), ("ord_9", 2), ("ord_a", 1), ("ord_b", 0)] {
            assert_eq!(count(Selection { object: Some(object.to_owned()), ..all() }).await, records, "{object}");
        }
        let several = Selection { object: Some("ord_a".to_owned()), ..all() };
        let found = page(&db.reader(), &several, None, 1).await.expect("a page");
        assert_eq!((found[0].object.as_str(), found[0].others.join(" ")), ("ord_8", "ord_9 ord_a".to_owned()));
        assert!(export_of(db.clone(), several).await.contains("ord_8 ord_9 ord_a"));
        assert_eq!(count(Selection { actor: Some(PersonId::from_bits(7)), ..all() }).await, 3);
        assert_eq!(count(Selection { school: Some(school), ..all() }).await, 1);
        assert_eq!(count(Selection { from: Some(NOON.plus_seconds(10)), ..all() }).await, 2);
        assert_eq!(count(Selection { before: Some(NOON.plus_seconds(10)), ..all() }).await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_exported_cell_is_a_formula() {
    on_each(|db| async move {
        write(&db, 1, |audit| AuditRecord { reason: "=HYPERLINK(\"http://x\")".to_owned(), summary: "two\nlines".to_owned(), ..audit })
            .await;
        let text = export_of(db, Selection::default()).await;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("a table");
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0][8], &rows[0][9]), ("two\nlines", "'=HYPERLINK(\"http://x\")"));
        assert_eq!(rows[0][12].len(), 64);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_trail_verifies_and_a_forged_record_does_not() {
    on_each(|db| async move {
        for n in 0..5 {
            write(&db, n, |audit| AuditRecord { school: Some(SchoolId::from_bits(n)), reason: "Because.".to_owned(), ..audit }).await;
        }
        write(&db, 5, |audit| audit.about(["ord_1", "ord_2"].map(str::to_owned))).await;
        assert_eq!(verify(&db.reader()).await.expect("verified"), []);
        let forged = command(9);
        let done = db.command(&forged, OrderId::from_bits(9), (), |mut tx, ()| async move {
            let copied = "INSERT INTO audit_record (id, at, actor, action, object, object_title, school, summary, reason, command_id, request_id, \
                          salt, canonical, digest) SELECT 'aud_0000000000000000000000000z', at, actor, action, object, object_title, school, \
                          'Another story.', reason, 'cmd_0000000000000000000000000z', request_id, salt, canonical, digest FROM audit_record LIMIT 1";
            tx.execute(copied, vec![]).await?;
            // Another object slipped in beside those that a sound record names.
            let slipped = "INSERT INTO audit_object (record, position, object) SELECT record, 2, 'ord_3' FROM audit_object WHERE object = 'ord_2'";
            tx.execute(slipped, vec![]).await?;
            tx.commit(record(&command(9)), vec![]).await
        });
        done.await.unwrap_or_else(|error: DbError| panic!("{error}"));
        let found: Vec<String> = verify(&db.reader()).await.expect("verified").into_iter().map(|flaw| flaw.place).collect();
        let forged = ["aud_0000000000000000000000000z", "aud_0000000000000000000000000z"];
        assert_eq!((found.len(), &found[..2]), (3, &forged.map(str::to_owned)[..]), "{found:?}");
    })
    .await;
}
