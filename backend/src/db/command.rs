//! A command: claimed by its id, run as a task of its own, repeated as a whole when transactions collide.

use std::fmt::Display;
use std::future::Future;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use shared::id::{CommandId, PersonId};
use shared::time::Timestamp;

use super::Db;
use super::error::DbError;
use super::gate::Lane;
use super::tx::{Claim, Tx};

/// So often a command runs again before it gives up with [`DbError::Conflict`] or [`DbError::Busy`].
const TRIES: u32 = 8;

/// Who wants what done, and the key under which it is done once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Chosen by the client.
    pub id: CommandId,
    /// Absent on the command line.
    pub actor: Option<PersonId>,
    /// The endpoint's or the program's name for it.
    pub name: &'static str,
    /// Digest of endpoint, path and body, in hexadecimal.
    pub input_hash: String,
    pub at: Timestamp,
    pub lane: Lane,
}

impl Db {
    /// Runs `run` in a transaction that has claimed `command`, and answers with `result`, the id of what the command is about.
    ///
    /// `run` gets a clone of `input` on each try and ends with [`Tx::commit`]. A repeated command does not run: the answer is the
    /// id that the first one stored. The work goes on when the caller is dropped.
    ///
    /// # Errors
    /// What `run` returns; [`DbError::CommandReused`] where the id was used by another person or with another input.
    pub async fn command<T, I, E, F, Fut>(&self, command: &Command, result: T, input: I, run: F) -> Result<T, E>
    where
        T: Display + FromStr + Send + 'static,
        I: Clone + Send + Sync + 'static,
        E: From<DbError> + Send + 'static,
        F: Fn(Tx, I) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
    {
        let (db, command) = (self.clone(), command.clone());
        self.detached(async move {
            let collided = Arc::new(AtomicBool::new(false));
            let text = result.to_string();
            for attempt in 1..=TRIES {
                collided.store(false, Ordering::Relaxed);
                let tried: Result<Option<String>, E> = async {
                    let mut tx = db.begin_watched(command.lane, Arc::clone(&collided)).await?;
                    match tx.claim(&command, &text).await? {
                        Claim::New => run(tx, input.clone()).await.map(|()| None),
                        Claim::Done { result } => tx.roll_back().await.map(|()| Some(result)).map_err(E::from),
                    }
                }
                .await;
                match tried {
                    Ok(None) => return Ok(result),
                    Ok(Some(earlier)) => return earlier.parse().map_err(|_| DbError::CommandReused.into()),
                    Err(_) if attempt < TRIES && collided.load(Ordering::Relaxed) => pause(attempt, db.ids.chance()).await,
                    Err(error) => return Err(error),
                }
            }
            Err(DbError::Conflict.into())
        })
        .await
    }

    /// What a command that ran before was about; nothing where it did not run.
    ///
    /// For use cases that judge before they open their transaction: what the first run did stands in the way of a second judgement.
    ///
    /// # Errors
    /// [`DbError::CommandReused`] where the id was used by another person or with another input.
    pub async fn answered(&self, command: &Command) -> Result<Option<String>, DbError> {
        super::tx::earlier(&self.reader(), command).await
    }

    /// As [`Db::command`], for the machinery's own tables: no command id, no audit record. `run` ends with [`Tx::commit_technical`].
    ///
    /// # Errors
    /// What `run` returns.
    pub async fn technical<R, I, E, F, Fut>(&self, input: I, run: F) -> Result<R, E>
    where
        R: Send + 'static,
        I: Clone + Send + Sync + 'static,
        E: From<DbError> + Send + 'static,
        F: Fn(Tx, I) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let db = self.clone();
        self.detached(async move {
            let collided = Arc::new(AtomicBool::new(false));
            for attempt in 1..=TRIES {
                collided.store(false, Ordering::Relaxed);
                let tried = match db.begin_watched(Lane::Usual, Arc::clone(&collided)).await {
                    Ok(tx) => run(tx, input.clone()).await,
                    Err(error) => Err(error.into()),
                };
                match tried {
                    Err(_) if attempt < TRIES && collided.load(Ordering::Relaxed) => pause(attempt, db.ids.chance()).await,
                    done => return done,
                }
            }
            Err(DbError::Conflict.into())
        })
        .await
    }

    async fn detached<R, E, Fut>(&self, work: Fut) -> Result<R, E>
    where
        R: Send + 'static,
        E: From<DbError> + Send + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        match self.runtime.spawn(work).await {
            Ok(done) => done,
            Err(broken) => Err(DbError::Failed(format!("the command broke off: {broken}")).into()),
        }
    }
}

/// Doubling from 1 ms, with chance, so that the same two do not meet again.
async fn pause(attempt: u32, chance: u128) {
    let most = 1_000u64 << attempt.min(7);
    let micros = most / 2 + u64::try_from(chance % u128::from(most)).unwrap_or(0) / 2;
    tokio::time::sleep(Duration::from_micros(micros)).await;
}
