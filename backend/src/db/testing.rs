//! A fresh database for each test: SQLite in a temporary file, PostgreSQL too where `CHALKLINE_TEST_POSTGRES` names a server.

use std::future::Future;
use std::sync::Arc;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use shared::id::{CommandId, Id as _, PersonId, RequestId};
use shared::time::Timestamp;

use super::{AuditRecord, Command, Db, Lane};
use crate::adapters::system::SystemIds;
use crate::ports::ids::Ids;

/// The instant at which tests happen.
pub const NOON: Timestamp = Timestamp::from_micros(1_790_000_000_000_000);

/// Runs `test` on every kind of database there is, each freshly made and taken away afterwards.
pub async fn on_each<F, Fut>(test: F)
where
    F: Fn(Db) -> Fut,
    Fut: Future<Output = ()>,
{
    on_each_address(async |url: String| {
        let db = open(&url).await;
        test(db.clone()).await;
        db.close().await.expect("the database closes");
    })
    .await;
}

/// As [`on_each`], for tests that open the database themselves.
pub async fn on_each_address(test: impl AsyncFn(String)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    test(format!("sqlite:{}", folder.path().join("test.db").display())).await;
    if let Ok(server) = std::env::var("CHALKLINE_TEST_POSTGRES") {
        let name = format!("chalkline_{:032x}", SystemIds::default().chance());
        let admin: DatabaseConnection = Database::connect(&server).await.expect("the PostgreSQL server");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
        test(with_name(&server, &name)).await;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.expect("the database goes");
        admin.close().await.expect("the server lets go");
    }
}

async fn open(url: &str) -> Db {
    Db::open(url, Arc::new(SystemIds::default())).await.expect("the database opens")
}

/// `postgres://host/postgres?…` with another database in its path.
fn with_name(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, String::new()), |(address, query)| (address, format!("?{query}")));
    let host = address.rsplit_once('/').map_or(address, |(host, _)| host);
    format!("{host}/{name}{query}")
}

/// The command number `n` of nobody in particular.
pub fn command(n: u128) -> Command {
    Command {
        id: CommandId::from_bits(n),
        actor: Some(PersonId::from_bits(7)),
        name: "TestCommand",
        input_hash: "00".to_owned(),
        at: NOON,
        lane: Lane::Usual,
    }
}

/// The record that ends `command`.
pub fn record(command: &Command) -> AuditRecord {
    AuditRecord {
        actor: command.actor,
        action: command.name,
        object: "obj_1".to_owned(),
        others: Vec::new(),
        object_title: "Object 1".to_owned(),
        school: None,
        summary: "Something changed.".to_owned(),
        reason: String::new(),
        command_id: command.id,
        request_id: RequestId::from_bits(command.id.bits()),
        at: command.at,
    }
}
