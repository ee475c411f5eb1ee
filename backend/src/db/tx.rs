//! A transaction. The only ways to end it well are [`Tx::commit`] with an audit record and [`Tx::commit_technical`].

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{ConnectionTrait, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use shared::id::{AuditRecordId, CommandId, EffectId, Id};
use shared::time::Timestamp;
use tokio::sync::Notify;

use super::command::Command;
use super::error::DbError;
use super::gate::{Lane, Pass};
use super::record::{AuditRecord, Effect, Stored, digest_of};
use super::row::{Row, Value, json, placeholders, rows_of_placeholders};
use super::{Db, Query, query_all, query_one, statement};
use crate::ports::ids::{Ids, new_id};
use crate::values;

/// Rows of one INSERT.
const ROWS_AT_ONCE: usize = 50;

/// What the machinery itself writes, without audit record. Each kind may touch its own tables and no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Technical {
    /// Signing in and out, rotation, throttles, marks of last use.
    Session,
    /// The district's name and calendar, on first start.
    Setup,
    /// A link for a new password: asked for by nobody who is signed in, and nothing changes until it is used.
    ResetLink,
    /// Which notices were read.
    ReadMark,
    /// Progress of the outbox.
    Outbox,
    /// Who does what among the replicas.
    Lease,
    /// Rows of an import that nobody sees before it is published.
    Staging,
    /// What people keep for themselves.
    Personal,
    /// Counts of what schools look for and at.
    Interest,
    /// The trail's tree and its checkpoints.
    Seal,
}

impl Technical {
    const fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Session => &["session", "throttle", "known_device"],
            Self::Setup => &["district"],
            Self::ResetLink => &["invitation", "effect", "throttle"],
            Self::ReadMark => &["notice"],
            Self::Outbox => &["effect"],
            Self::Lease => &["lease"],
            Self::Staging => &["import", "import_row", "import_problem", "books_line"],
            Self::Personal => &["saved_filter"],
            Self::Interest => &["shelf_search", "shelf_interest", "throttle"],
            Self::Seal => &["unsealed", "leaf", "trail_node", "trail_tree", "trail_checkpoint", "effect"],
        }
    }
}

/// Whether a command is the first of its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    New,
    /// It ran before; this is what it was about.
    Done {
        result: String,
    },
}

/// An open transaction; rolled back when dropped.
pub struct Tx {
    inner: DatabaseTransaction,
    written: Mutex<BTreeSet<String>>,
    claimed: Option<(CommandId, Timestamp)>,
    spoilt: bool,
    ids: Arc<dyn Ids>,
    collided: Arc<AtomicBool>,
    effects_left: Arc<Notify>,
    /// What the planted bug saw before the transaction began.
    #[cfg(any(test, feature = "canary_read_then_write"))]
    pub(crate) stale: Option<Vec<Row>>,
    /// Stands last, so that the next writer enters only after the connection is free.
    _pass: Option<Pass>,
}

impl Db {
    /// Opens a transaction: `BEGIN IMMEDIATE` on SQLite, READ COMMITTED on PostgreSQL.
    ///
    /// Prefer [`Db::command`], which claims the command, repeats on collisions and cannot be cancelled half-way.
    ///
    /// # Errors
    /// [`DbError::Busy`] when no connection becomes free in time.
    pub async fn begin(&self, lane: Lane) -> Result<Tx, DbError> {
        self.begin_watched(lane, Arc::new(AtomicBool::new(false))).await
    }

    pub(super) async fn begin_watched(&self, lane: Lane, collided: Arc<AtomicBool>) -> Result<Tx, DbError> {
        #[cfg(any(test, feature = "canary_read_then_write"))]
        let stale = self.stale_counters().await?;
        let pass = match &self.gate {
            Some(gate) => Some(gate.enter(lane).await?),
            None => None,
        };
        let sqlite_transaction_mode = pass.is_some().then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        let begun = self.writer.begin_with_options(options).await.map_err(DbError::from);
        // Another process may hold SQLite's write lock for longer than the busy timeout.
        if matches!(begun, Err(DbError::Busy)) && pass.is_some() {
            collided.store(true, Ordering::Relaxed);
        }
        Ok(Tx {
            inner: begun?,
            written: Mutex::default(),
            claimed: None,
            spoilt: false,
            ids: Arc::clone(&self.ids),
            collided,
            effects_left: Arc::clone(&self.effects_left),
            #[cfg(any(test, feature = "canary_read_then_write"))]
            stale,
            _pass: pass,
        })
    }

    #[cfg(any(test, feature = "canary_read_then_write"))]
    async fn stale_counters(&self) -> Result<Option<Vec<Row>>, DbError> {
        if !self.planted {
            return Ok(None);
        }
        let sql = "SELECT id, debits_pending, debits_posted, credits_pending, credits_posted FROM ledger_account";
        self.reader().all(sql, Vec::new()).await.map(Some)
    }
}

impl Tx {
    /// Runs one INSERT, UPDATE or DELETE and tells how many rows it touched.
    ///
    /// # Errors
    /// [`DbError::Unique`] and [`DbError::Refused`] where a constraint speaks; on PostgreSQL the transaction is then broken, so
    /// write `ON CONFLICT DO NOTHING` and look at the count instead of catching it.
    pub async fn execute(&mut self, sql: &str, values: Vec<Value>) -> Result<u64, DbError> {
        if !self.note_write(sql)? {
            return Err(DbError::Misuse("execute takes INSERT, UPDATE and DELETE".to_owned()));
        }
        let done = self.inner.execute_raw(statement(self.inner.get_database_backend(), sql, values)).await;
        Ok(self.watch(done.map_err(DbError::from))?.rows_affected())
    }

    /// A new identifier ordered by `now`.
    pub fn new_id<I: Id>(&self, now: Timestamp) -> I {
        new_id(&*self.ids, now)
    }

    /// Locks rows of `table` by their ids, in the order of the ids, so that two commands never wait for each other in a circle.
    /// SQLite's one writer holds everything already.
    ///
    /// # Errors
    /// [`DbError::Conflict`] and [`DbError::Busy`], which the command survives by running again.
    pub(crate) async fn lock_rows(&self, table: &'static str, ids: Vec<Value>) -> Result<(), DbError> {
        if self.takes_row_locks() {
            let sql = format!("SELECT id FROM {table} WHERE id IN ({}) ORDER BY id FOR UPDATE", placeholders(1, ids.len()));
            self.all(&sql, ids).await?;
        }
        Ok(())
    }

    const fn takes_row_locks(&self) -> bool {
        self._pass.is_none()
    }

    /// The command and its time, for what carries them in its rows.
    ///
    /// # Errors
    /// [`DbError::Misuse`] outside a command.
    pub(crate) fn claimed(&self) -> Result<(CommandId, Timestamp), DbError> {
        self.claimed.ok_or_else(|| DbError::Misuse("no command was claimed".to_owned()))
    }

    /// Forbids the commit: a part of something that must be whole has failed.
    pub(crate) const fn spoil(&mut self) {
        self.spoilt = true;
    }

    /// Claims a command id. First statement of its transaction, so that a second one waits here until the first has ended.
    pub(super) async fn claim(&mut self, command: &Command, result: &str) -> Result<Claim, DbError> {
        let sql =
            "INSERT INTO command (id, actor, name, input_hash, result_id, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";
        let values = values![command.id, command.actor, command.name, command.input_hash, result, command.at];
        if self.execute(sql, values).await? == 1 {
            self.claimed = Some((command.id, command.at));
            return Ok(Claim::New);
        }
        earlier(self, command).await?.map_or(Err(DbError::Conflict), |result| Ok(Claim::Done { result }))
    }

    /// Ends a command: stores its audit record and its effects, then commits.
    ///
    /// # Errors
    /// [`DbError::Misuse`] where no command or another one was claimed. Nothing is changed then.
    pub async fn commit(mut self, audit: AuditRecord, effects: Vec<Effect>) -> Result<(), DbError> {
        if self.claimed.map(|(id, _)| id) != Some(audit.command_id) {
            return Err(DbError::Misuse(format!("{} ends a command that was not claimed", audit.action)));
        }
        self.insert_audit(&audit).await?;
        self.insert_effects(&effects, audit.at).await?;
        let stir = (!effects.is_empty()).then(|| Arc::clone(&self.effects_left));
        self.finish().await?;
        if let Some(stir) = stir {
            stir.notify_one();
        }
        Ok(())
    }

    /// Ends a transaction of the machinery.
    ///
    /// # Errors
    /// [`DbError::Misuse`] where it wrote a table that its kind may not touch. Nothing is changed then.
    pub async fn commit_technical(self, kind: Technical) -> Result<(), DbError> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(table) = written.iter().find(|table| !kind.tables().contains(&table.as_str())) {
            return Err(DbError::Misuse(format!("{kind:?} may not write the table {table}")));
        }
        let stir = (kind == Technical::ResetLink).then(|| Arc::clone(&self.effects_left));
        self.finish().await?;
        if let Some(stir) = stir {
            stir.notify_one();
        }
        Ok(())
    }

    pub(super) async fn roll_back(self) -> Result<(), DbError> {
        Ok(self.inner.rollback().await?)
    }

    async fn finish(self) -> Result<(), DbError> {
        if self.spoilt {
            return Err(DbError::Misuse("a refused ledger batch cannot be committed".to_owned()));
        }
        let Self { inner, collided, _pass, .. } = self;
        let done = inner.commit().await.map_err(DbError::from);
        if done.as_ref().is_err_and(DbError::is_conflict) {
            collided.store(true, Ordering::Relaxed);
        }
        done
    }

    /// Takes up to `most` due effects, oldest first, and moves them out of sight until `until`; what another replica is just taking is
    /// passed over.
    ///
    /// # Errors
    /// Only those of the database.
    pub(crate) async fn claim_due_effects(&mut self, now: Timestamp, until: Timestamp, most: u32) -> Result<Vec<Row>, DbError> {
        let passing_over = if self.takes_row_locks() { " FOR UPDATE SKIP LOCKED" } else { "" };
        let sql = format!(
            "UPDATE effect SET attempts = attempts + 1, due = $1 WHERE id IN (SELECT id FROM effect WHERE state = 'waiting' AND due <= $2 \
             ORDER BY due, id LIMIT $3{passing_over}) RETURNING id, payload, attempts"
        );
        self.all(&sql, values![until, now, most]).await
    }

    async fn insert_audit(&mut self, audit: &AuditRecord) -> Result<(), DbError> {
        let id: AuditRecordId = self.new_id(audit.at);
        let salt = format!("{:032x}", self.ids.chance());
        let AuditRecord { actor, action, school, command_id, request_id, at, .. } = *audit;
        let (object, others, object_title) = (&audit.object, &audit.others, &audit.object_title);
        let (summary, reason) = (&audit.summary, &audit.reason);
        let canonical =
            Stored { id, at, actor, action, object, others, object_title, school, summary, reason, command_id, request_id, salt: &salt }
                .canonical();
        let digest = digest_of(&canonical);
        let sql = "INSERT INTO audit_record (id, at, actor, action, object, object_title, school, summary, reason, command_id, request_id, \
                   salt, canonical, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
        let values =
            values![id, at, actor, action, object, object_title, school, summary, reason, command_id, request_id, salt, canonical, digest];
        self.execute(sql, values).await?;
        self.execute("INSERT INTO unsealed (record) VALUES ($1)", values![id]).await?;
        self.insert_others(id, others).await
    }

    async fn insert_others(&mut self, record: AuditRecordId, others: &[String]) -> Result<(), DbError> {
        let numbered: Vec<(usize, &String)> = (1..).zip(others).collect();
        for chunk in numbered.chunks(ROWS_AT_ONCE) {
            let sql = format!("INSERT INTO audit_object (record, position, object) VALUES {}", rows_of_placeholders(chunk.len(), 3));
            let values = chunk.iter().flat_map(|(position, object)| values![record, *position, *object]).collect();
            self.execute(&sql, values).await?;
        }
        Ok(())
    }

    /// Queues an effect of the machinery; a command's effects go with [`Tx::commit`].
    ///
    /// # Errors
    /// Those of the database.
    pub async fn queue(&mut self, effect: &Effect, now: Timestamp) -> Result<(), DbError> {
        self.insert_effects(std::slice::from_ref(effect), now).await
    }

    async fn insert_effects(&mut self, effects: &[Effect], now: Timestamp) -> Result<(), DbError> {
        for chunk in effects.chunks(ROWS_AT_ONCE) {
            let sql = format!(
                "INSERT INTO effect (id, kind, payload, due, attempts, state, created, last_error) VALUES {}",
                rows_of_placeholders(chunk.len(), 8)
            );
            let mut parameters = Vec::with_capacity(chunk.len() * 8);
            for effect in chunk {
                let id: EffectId = self.new_id(now);
                parameters.extend(values![id, effect.kind(), json(effect)?, now, 0i64, "waiting", now, ""]);
            }
            self.execute(&sql, parameters).await?;
        }
        Ok(())
    }

    /// Notes the table of a write; false for a query.
    fn note_write(&self, sql: &str) -> Result<bool, DbError> {
        let mut words = sql.split_ascii_whitespace();
        let mut next = || words.next().unwrap_or_default();
        let table = match next().to_ascii_uppercase().as_str() {
            "INSERT" | "DELETE" => {
                next();
                next()
            }
            "UPDATE" => next(),
            "SELECT" | "WITH" | "VALUES" => return Ok(false),
            other => return Err(DbError::Misuse(format!("{other} has no place in a transaction"))),
        };
        let name: String = table.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        self.written.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_ascii_lowercase());
        Ok(true)
    }

    fn watch<T>(&self, done: Result<T, DbError>) -> Result<T, DbError> {
        if done.as_ref().is_err_and(DbError::is_conflict) {
            self.collided.store(true, Ordering::Relaxed);
        }
        done
    }
}

/// What the command's first run was about; refuses an id that was used for something else.
pub(super) async fn earlier<Q: Query>(query: &Q, command: &Command) -> Result<Option<String>, DbError> {
    let found = query.one("SELECT actor, name, input_hash, result_id FROM command WHERE id = $1", values![command.id]).await?;
    let Some(row) = found else { return Ok(None) };
    let same = row.get::<Option<shared::id::PersonId>>("actor")? == command.actor
        && row.get::<String>("name")? == command.name
        && row.get::<String>("input_hash")? == command.input_hash;
    if same { row.get("result_id").map(Some) } else { Err(DbError::CommandReused) }
}

impl Query for Tx {
    async fn all(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, DbError> {
        self.note_write(sql)?;
        self.watch(query_all(&self.inner, sql, values).await)
    }
    async fn one(&self, sql: &str, values: Vec<Value>) -> Result<Option<Row>, DbError> {
        self.note_write(sql)?;
        self.watch(query_one(&self.inner, sql, values).await)
    }
}
