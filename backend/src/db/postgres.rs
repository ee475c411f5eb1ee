//! PostgreSQL: READ COMMITTED pinned, every wait bounded, readers that cannot write.

use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use super::error::DbError;
use super::{Query, Reader, migrate};
use crate::ports::clock::Clock;

const WRITERS: u32 = 16;
const READERS: u32 = 16;
const STATEMENTS: usize = 400;
/// The advisory lock that lets one replica at a time apply migrations: "chalk" in ASCII.
const MIGRATION_LOCK: i64 = 0x63_68_61_6c_6b;

/// Opens both pools; the migrations run before, under a lock of the whole database.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), DbError> {
    let url = url.replacen("postgresql://", "postgres://", 1);
    apply_migrations(&url).await?;
    let writer = connect(&url, WRITERS, &[("default_transaction_isolation", "read committed")]).await?;
    let readers =
        connect(&url, READERS, &[("default_transaction_isolation", "read committed"), ("default_transaction_read_only", "on")]).await?;
    Ok((writer, readers))
}

/// The lock belongs to a session, so this runs on one connection that ends afterwards.
async fn apply_migrations(url: &str) -> Result<(), DbError> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).min_connections(1).max_lifetime(None::<Duration>).idle_timeout(None::<Duration>).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    connection.execute_unprepared(&format!("SELECT pg_advisory_lock({MIGRATION_LOCK})")).await?;
    let applied = migrate::apply(&connection).await;
    connection.close().await?;
    applied
}

async fn connect(url: &str, connections: u32, settings: &'static [(&'static str, &'static str)]) -> Result<DatabaseConnection, DbError> {
    const BOUNDS: [(&str, &str); 3] =
        [("statement_timeout", "15s"), ("lock_timeout", "5s"), ("idle_in_transaction_session_timeout", "30s")];
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire_if_idle_for(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(move |options| {
            options.statement_cache_capacity(STATEMENTS).options(BOUNDS).options(settings.iter().copied())
        });
    Ok(Database::connect(options).await?)
}

/// Half of the round trip is taken as the way there.
pub(super) async fn clock_offset_micros(reader: &Reader, clock: &dyn Clock) -> Result<i64, DbError> {
    let before = clock.now().micros();
    let sql = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT) AS micros";
    let row = reader.one(sql, Vec::new()).await?.ok_or_else(|| DbError::Failed("no time".to_owned()))?;
    let after = clock.now().micros();
    Ok(before + (after - before) / 2 - row.get::<i64>("micros")?)
}
