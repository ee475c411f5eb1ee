//! The outbox: effects are rows, committed with their command and performed afterwards, each until it is done.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use shared::id::EffectId;
use shared::time::Timestamp;

use super::Tools;
use crate::db::{Db, DbError, Effect, Query as _, Row, Technical};
use crate::ports::clock::Clock;
use crate::ports::mailer::{MailError, Mailer};
use crate::values;

/// Effects of one batch, performed side by side.
const BATCH: u32 = 8;
/// An effect is tried for so long before it counts as failed for now.
const PATIENCE: Duration = Duration::from_secs(60);
/// A claimed effect is left alone for so long; well above [`PATIENCE`], else two replicas would perform it.
const CLAIM_SECONDS: i64 = 300;
/// Doubling from half a minute to six hours: more than two days in all.
const TRIES: u32 = 20;
const FIRST_PAUSE_SECONDS: i64 = 30;
const LONGEST_PAUSE_SECONDS: i64 = 6 * 3_600;
/// Longest stored reason of a failure.
const REASON_LIMIT: usize = 300;

/// Performs what commands left behind.
#[derive(Clone)]
pub struct Outbox {
    db: Db,
    clock: Arc<dyn Clock>,
    mailer: Arc<dyn Mailer>,
}

/// An effect that this replica has claimed.
struct Claimed {
    id: EffectId,
    attempts: u32,
    effect: Result<Effect, DbError>,
}

/// What became of a try.
#[derive(Clone)]
enum Outcome {
    Done,
    Later(String),
    Never(String),
}

/// How much there is, for the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    pub failed: i64,
}

impl Outbox {
    pub fn new(tools: &Tools) -> Self {
        Self { db: tools.db.clone(), clock: Arc::clone(&tools.clock), mailer: Arc::clone(&tools.mailer) }
    }

    /// Returns when a command of this replica has left effects behind.
    pub async fn stirred(&self) {
        self.db.effects_left().await;
    }

    /// Performs all that is due, until nothing is or `enough` says so. Answers with how many were done.
    ///
    /// # Errors
    /// Only those of the database; an effect that fails is put off instead.
    pub async fn drain(&self, enough: impl Fn() -> bool) -> Result<usize, DbError> {
        let mut done = 0;
        while !enough() {
            let claimed = self.claim().await?;
            if claimed.is_empty() {
                break;
            }
            let outcomes = join_all(claimed.into_iter().map(|effect| self.perform(effect))).await;
            done += outcomes.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().filter(|done| *done).count();
        }
        Ok(done)
    }

    /// How much waits and how much has failed for good.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn backlog(&self) -> Result<Backlog, DbError> {
        let sql = "SELECT COALESCE(SUM(CASE state WHEN 'waiting' THEN 1 ELSE 0 END), 0) AS waiting, COUNT(*) AS of_all FROM effect \
                   WHERE state <> 'done'";
        let row = self.db.reader().one(sql, values![]).await?;
        let count = |column| row.as_ref().map_or(Ok(0), |row| row.get::<i64>(column));
        let waiting = count("waiting")?;
        Ok(Backlog { waiting, failed: count("of_all")? - waiting })
    }

    /// Claims due effects by moving them out of sight for a while: a replica that dies loses none.
    async fn claim(&self) -> Result<Vec<Claimed>, DbError> {
        let now = self.clock.now();
        let rows = self.db.technical(now, |mut tx, now| async move {
            let rows = tx.claim_due_effects(now, now.plus_seconds(CLAIM_SECONDS), BATCH).await?;
            tx.commit_technical(Technical::Outbox).await?;
            Ok::<Vec<Row>, DbError>(rows)
        });
        rows.await?.iter().map(claimed).collect()
    }

    async fn perform(&self, claimed: Claimed) -> Result<bool, DbError> {
        let outcome = match &claimed.effect {
            Err(error) => Outcome::Never(error.to_string()),
            Ok(Effect::Mail(mail)) => match tokio::time::timeout(PATIENCE, self.mailer.send(&claimed.id.to_string(), mail)).await {
                Ok(Ok(())) => Outcome::Done,
                Ok(Err(MailError::Later(why))) => Outcome::Later(why),
                Ok(Err(MailError::Never(why))) => Outcome::Never(why),
                Err(_) => Outcome::Later("no answer in time".to_owned()),
            },
        };
        let done = matches!(outcome, Outcome::Done);
        self.settle(claimed.id, claimed.attempts, outcome).await?;
        Ok(done)
    }

    async fn settle(&self, id: EffectId, attempts: u32, outcome: Outcome) -> Result<(), DbError> {
        let now = self.clock.now();
        self.db
            .technical((id, attempts, outcome, now), |mut tx, (id, attempts, outcome, now)| async move {
                // The number of attempts fences off a replica that was thought dead.
                let (sql, parameters) = match outcome {
                    // Once sent the text is forgotten: it may hold a link that signs in.
                    Outcome::Done => (
                        "UPDATE effect SET state = 'done', payload = '', last_error = '' WHERE id = $1 AND attempts = $2",
                        values![id, attempts],
                    ),
                    Outcome::Later(why) if attempts < TRIES => (
                        "UPDATE effect SET due = $3, last_error = $4 WHERE id = $1 AND attempts = $2",
                        values![id, attempts, next_try(now, attempts), short(&why)],
                    ),
                    Outcome::Later(why) | Outcome::Never(why) => {
                        tracing::error!(effect = %id, why, "an effect failed for good and stays in the outbox");
                        (
                            "UPDATE effect SET state = 'failed', last_error = $3 WHERE id = $1 AND attempts = $2",
                            values![id, attempts, short(&why)],
                        )
                    }
                };
                tx.execute(sql, parameters).await?;
                tx.commit_technical(Technical::Outbox).await
            })
            .await
    }
}

fn claimed(row: &Row) -> Result<Claimed, DbError> {
    Ok(Claimed { id: row.get("id")?, attempts: row.get("attempts")?, effect: row.json("payload") })
}

fn next_try(now: Timestamp, attempts: u32) -> Timestamp {
    let doubled = FIRST_PAUSE_SECONDS.saturating_mul(1 << attempts.saturating_sub(1).min(20));
    now.plus_seconds(doubled.min(LONGEST_PAUSE_SECONDS))
}

fn short(why: &str) -> String {
    why.chars().take(REASON_LIMIT).collect()
}
