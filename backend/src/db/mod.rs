//! The database: SQLite or PostgreSQL, chosen by the URL. The only module that knows dialects.
//!
//! Stores see a [`Reader`] (query-only) or a [`Tx`], never a bare connection, which would commit by itself.

mod command;
mod error;
mod gate;
mod migrate;
mod postgres;
mod record;
mod row;
mod sqlite;
mod tx;

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use tokio::sync::Notify;

use crate::ports::clock::Clock;
use crate::ports::ids::Ids;

pub use command::Command;
pub use error::DbError;
pub use gate::Lane;
pub use record::{AuditRecord, Effect, Stored, digest_of};
pub use row::{FromColumn, Row, ToValue, Value, json, placeholders, rows_of_placeholders, word};
pub use tx::{Technical, Tx};

/// Queries, the same on a [`Reader`] and inside a [`Tx`]. SQL is portable: `$1` placeholders, `CAST(sum(x) AS BIGINT)`.
pub trait Query: Send + Sync {
    /// All rows of the answer. The caller bounds it.
    fn all(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Vec<Row>, DbError>> + Send;
    /// The first row, if any.
    fn one(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Result<Option<Row>, DbError>> + Send;
}

/// The database's two doors: many readers, and transactions.
#[derive(Clone)]
pub struct Db {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    /// Only before SQLite's one writer.
    gate: Option<gate::Gate>,
    ids: Arc<dyn Ids>,
    /// Rung by every commit that leaves effects.
    effects_left: Arc<Notify>,
    #[cfg(any(test, feature = "canary_read_then_write"))]
    planted: bool,
    /// Commands run here even when whoever asked has gone; actix's own workers are other runtimes.
    runtime: tokio::runtime::Handle,
}

/// Queries outside any transaction; the connection itself refuses to write.
#[derive(Clone)]
pub struct Reader(DatabaseConnection);

impl Db {
    /// Connects, checks the database's version and brings its tables up to date.
    ///
    /// `url` is `sqlite:<path>` or `postgres://…`. Call it on the runtime that shall carry the commands.
    ///
    /// # Errors
    /// When the database cannot be reached, is too old, or a migration fails.
    pub async fn open(url: &str, ids: Arc<dyn Ids>) -> Result<Self, DbError> {
        let (writer, readers, gate) = if url.starts_with("sqlite:") {
            let (writer, readers) = sqlite::open(url).await?;
            (writer, readers, Some(gate::Gate::default()))
        } else {
            let (writer, readers) = postgres::open(url).await?;
            (writer, readers, None)
        };
        Ok(Self {
            writer,
            readers,
            gate,
            ids,
            effects_left: Arc::default(),
            #[cfg(any(test, feature = "canary_read_then_write"))]
            planted: false,
            runtime: tokio::runtime::Handle::current(),
        })
    }

    /// Plants the bug that the field ships: balances are read before the transaction, the decision is made in the program, and the
    /// result is written back. Only for the tests that must catch it.
    #[cfg(any(test, feature = "canary_read_then_write"))]
    #[must_use]
    pub fn with_read_then_write(self) -> Self {
        Self { planted: true, ..self }
    }

    /// A door for queries.
    pub fn reader(&self) -> Reader {
        Reader(self.readers.clone())
    }

    /// Returns when a commit here has left effects for the outbox.
    pub(crate) async fn effects_left(&self) {
        self.effects_left.notified().await;
    }

    /// Whether several replicas of the program may share this database.
    pub fn is_shared(&self) -> bool {
        self.gate.is_none()
    }

    /// How far `clock` runs ahead of the database's clock, in microseconds; always 0 on SQLite.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn clock_offset_micros(&self, clock: &dyn Clock) -> Result<i64, DbError> {
        if self.gate.is_some() { Ok(0) } else { postgres::clock_offset_micros(&self.reader(), clock).await }
    }

    /// Writes a consistent copy into a new file while others read and write; SQLite only.
    ///
    /// # Errors
    /// [`DbError::Misuse`] on PostgreSQL, whose own tools do this; else what the disk says.
    pub async fn copy_to(&self, file: &Path) -> Result<(), DbError> {
        if self.is_shared() {
            return Err(DbError::Misuse("PostgreSQL is copied by pg_dump".to_owned()));
        }
        sqlite::copy_to(&self.writer, file).await
    }

    /// Ends all connections after their work; SQLite's write-ahead log is folded into the file.
    pub async fn close(self) -> Result<(), DbError> {
        self.readers.close().await?;
        if self.gate.is_some() {
            sqlite::checkpoint(&self.writer).await?;
        }
        Ok(self.writer.close().await?)
    }
}

/// Whether a program has this SQLite database open; folds its write-ahead log into the file where none has.
pub async fn is_in_use(file: &Path) -> bool {
    sqlite::is_in_use(file).await
}

/// Whether `file` is a whole SQLite database of this program.
///
/// # Errors
/// Where it cannot be opened.
pub async fn is_sound(file: &Path) -> Result<bool, DbError> {
    sqlite::is_sound(file).await
}

impl Query for Reader {
    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, DbError> {
        query_all(&self.0, sql, values).await
    }
    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, DbError> {
        query_one(&self.0, sql, values).await
    }
}

fn statement(backend: DbBackend, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql, values)
}

async fn query_all<C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, DbError> {
    let rows = connection.query_all_raw(statement(connection.get_database_backend(), sql, values)).await?;
    Ok(rows.into_iter().map(Row).collect())
}

async fn query_one<C: ConnectionTrait>(connection: &C, sql: &str, values: Vec<Value>) -> Result<Option<Row>, DbError> {
    let row = connection.query_one_raw(statement(connection.get_database_backend(), sql, values)).await?;
    Ok(row.map(Row))
}

#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;
