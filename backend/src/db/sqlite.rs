//! SQLite: bundled, write-ahead log, one writer connection and a few query-only readers.

use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

use super::error::DbError;
use super::{migrate, query_one};

/// Older ones can corrupt a database in write-ahead mode (the WAL-reset bug, fixed on 2026-03-13).
const OLDEST_VERSION: (u32, u32, u32) = (3, 51, 3);
const READERS: u32 = 4;
const BUSY_TIMEOUT: Duration = Duration::from_secs(1);
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 400;

/// Opens writer and readers and applies the migrations through the writer.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, DatabaseConnection), DbError> {
    let writer = connect(url, 1, |options| {
        options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("journal_size_limit", "67108864")
    })
    .await?;
    check_version(&writer).await?;
    migrate::apply(&writer).await?;
    let readers = connect(url, READERS, |options| options.pragma("query_only", "ON")).await?;
    Ok((writer, readers))
}

async fn connect(
    url: &str,
    connections: u32,
    configure: fn(SqliteConnectOptions) -> SqliteConnectOptions,
) -> Result<DatabaseConnection, DbError> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| configure(options.busy_timeout(BUSY_TIMEOUT).statement_cache_capacity(STATEMENTS)));
    Ok(Database::connect(options).await?)
}

async fn check_version(writer: &DatabaseConnection) -> Result<(), DbError> {
    let row = query_one(writer, "SELECT sqlite_version() AS version", Vec::new()).await?;
    let version = row.ok_or_else(|| DbError::Failed("SQLite does not tell its version".to_owned()))?.get::<String>("version")?;
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    let found = (part(), part(), part());
    if found < OLDEST_VERSION {
        let (major, minor, patch) = OLDEST_VERSION;
        return Err(DbError::Failed(format!(
            "SQLite {version} is older than {major}.{minor}.{patch}, which is the first that keeps its log whole"
        )));
    }
    Ok(())
}

/// Folds the write-ahead log into the file.
pub(super) async fn checkpoint(writer: &DatabaseConnection) -> Result<(), DbError> {
    writer.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    Ok(())
}

/// Writes a consistent copy while others read and write.
pub(super) async fn copy_to(writer: &DatabaseConnection, file: &Path) -> Result<(), DbError> {
    let quoted = file.display().to_string().replace('\'', "''");
    writer.execute_unprepared(&format!("VACUUM INTO '{quoted}'")).await?;
    Ok(())
}

/// Whether another program has the database open: only who is alone with it can leave the write-ahead mode.
pub(super) async fn is_in_use(file: &Path) -> bool {
    // What cannot be opened at all is broken or not there, and nobody's.
    let Ok(opened) = connect(&format!("sqlite:{}", file.display()), 1, |options| options).await else { return false };
    let left = opened.execute_unprepared("PRAGMA journal_mode = DELETE").await.map_err(DbError::from);
    let closed = opened.close().await.map_err(DbError::from);
    matches!(left, Err(DbError::Busy)) || matches!(closed, Err(DbError::Busy))
}

/// Whether `file` is a whole database of this program.
pub(super) async fn is_sound(file: &Path) -> Result<bool, DbError> {
    let url = format!("sqlite:{}", file.display());
    let opened = connect(&url, 1, |options| options.pragma("query_only", "ON")).await?;
    let checked = query_one(&opened, "SELECT quick_check AS verdict FROM pragma_quick_check LIMIT 1", Vec::new()).await;
    let ours = query_one(&opened, "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'audit_record'", Vec::new()).await;
    opened.close().await?;
    let verdict = checked?.map(|row| row.get::<String>("verdict")).transpose()?;
    Ok(verdict.as_deref() == Some("ok") && ours?.is_some())
}
