//! Sealing on both databases: every record once, whoever seals; what is sealed stays; every proof leads to the root.

use shared::audit::tree::{empty_root, inclusion_runs, leaf_hash, proves_inclusion};
use shared::id::{Id as _, OrderId};

use super::seal::seal;
use super::sealed;
use crate::db::testing::{command, on_each, record};
use crate::db::{AuditRecord, Db, DbError, Technical};

async fn write(db: &Db, n: u128) {
    let key = command(n);
    let audit = AuditRecord { reason: format!("The {n}th."), ..record(&key) };
    let done = db.command(&key, OrderId::from_bits(n), audit, |tx, audit| async move { tx.commit(audit, vec![]).await });
    done.await.unwrap_or_else(|error: DbError| panic!("{error}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_gets_one_place_and_leads_to_the_root() {
    on_each(|db| async move {
        assert_eq!(sealed::edge(&db.reader()).await.expect("a tree").root(), empty_root());
        for n in 0..11 {
            write(&db, n).await;
            if n % 4 == 0 {
                seal(&db).await.expect("sealed");
            }
        }
        assert_eq!((seal(&db).await.expect("sealed"), seal(&db).await.expect("nothing left")), (2, 0));
        let reader = db.reader();
        let (edge, entries) = (sealed::edge(&reader).await.expect("a tree"), sealed::entries(&reader, 0, 100).await.expect("entries"));
        assert_eq!((edge.size(), entries.len(), sealed::count_waiting(&reader).await.expect("a count")), (11, 11, 0));
        for entry in entries {
            let steps = sealed::proof(&reader, &inclusion_runs(entry.index, 11)).await.expect("a proof");
            assert!(proves_inclusion(leaf_hash(entry.canonical.as_bytes()), (entry.index, 11), &steps, edge.root()), "{}", entry.index);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sealers_at_once_seal_each_record_once() {
    on_each(|db| async move {
        let writer = tokio::spawn({
            let db = db.clone();
            async move {
                for n in 0..40 {
                    write(&db, n).await;
                }
            }
        });
        let sealers: Vec<_> = (0..4).map(|_| tokio::spawn({
            let db = db.clone();
            async move {
                for _ in 0..20 {
                    seal(&db).await.expect("sealed, or another was quicker");
                }
            }
        })).collect();
        writer.await.expect("all written");
        for sealer in sealers {
            sealer.await.expect("a sealer's end");
        }
        seal(&db).await.expect("the rest");
        let entries = sealed::entries(&db.reader(), 0, 100).await.expect("entries");
        assert_eq!(entries.iter().map(|entry| entry.index).collect::<Vec<_>>(), (0..40).collect::<Vec<_>>());
        let ids: std::collections::BTreeSet<_> = entries.iter().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), 40);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_cannot_be_changed_or_removed() {
    on_each(|db| async move {
        write(&db, 1).await;
        seal(&db).await.expect("sealed");
        for sql in [
            "UPDATE leaf SET place = 7",
            "DELETE FROM leaf",
            "UPDATE trail_node SET hash = 'x'",
            "DELETE FROM trail_node",
        ] {
            let tried = db.technical((), move |mut tx, ()| async move {
                tx.execute(sql, Vec::new()).await?;
                tx.commit_technical(Technical::Seal).await
            });
            let refused: Result<(), DbError> = tried.await;
            assert!(matches!(refused, Err(DbError::Refused(_) | DbError::Failed(_))), "{sql}: {refused:?}");
        }
    })
    .await;
}
