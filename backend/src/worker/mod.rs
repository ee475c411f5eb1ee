//! Background work on every replica: the outbox, recurring jobs under leases, and a watch on the clock.

pub mod clock;
pub mod lease;
pub mod outbox;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use shared::time::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::db::Db;
use crate::error::AppError;
use crate::ports::clock::Clock;
use crate::ports::ids::Ids;
use crate::ports::mailer::Mailer;

pub use clock::ClockWatch;
pub use lease::Leases;
pub use outbox::Outbox;

/// The outbox looks at least so often, for what another replica or an earlier run left behind.
const OUTBOX_PERIOD: Duration = Duration::from_secs(2);
const CLOCK_PERIOD: Duration = Duration::from_secs(60);

/// What a job does at an instant.
type Work = Box<dyn Fn(Timestamp) -> Pin<Box<dyn Future<Output = Result<(), AppError>> + Send>> + Send + Sync>;

/// Work that recurs and that one replica at a time does.
pub struct Job {
    pub name: &'static str,
    pub period: Duration,
    work: Work,
}

impl Job {
    pub fn new<F, Fut>(name: &'static str, period: Duration, work: F) -> Self
    where
        F: Fn(Timestamp) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), AppError>> + Send + 'static,
    {
        Self { name, period, work: Box::new(move |now| Box::pin(work(now))) }
    }
}

/// What the worker needs of the program.
#[derive(Clone)]
pub struct Tools {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub mailer: Arc<dyn Mailer>,
}

/// The running background work.
pub struct Worker {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Worker {
    /// Starts the outbox, the watch on the clock and `jobs` on the current runtime.
    pub fn start(tools: &Tools, watched: &Arc<ClockWatch>, jobs: Vec<Job>) -> Self {
        let (stop, _) = watch::channel(false);
        let mut tasks = vec![
            tokio::spawn(keep_outbox_empty(Outbox::new(tools), stop.subscribe())),
            tokio::spawn(watch_clock(tools.clone(), Arc::clone(watched), stop.subscribe())),
        ];
        let leases = Arc::new(Leases::new(tools));
        tasks.extend(jobs.into_iter().map(|job| tokio::spawn(recur(job, tools.clone(), Arc::clone(&leases), stop.subscribe()))));
        Self { stop, tasks }
    }

    /// Lets each task end what it is at, then returns.
    pub async fn stop(self) {
        // A receiver that is gone has ended already.
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a background task broke off");
            }
        }
    }
}

/// Waits for `period` or the stop; true when it is time to stop.
async fn rested(period: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::time::timeout(period, stop.wait_for(|stopping| *stopping)).await.is_ok()
}

async fn keep_outbox_empty(outbox: Outbox, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = outbox.drain(|| *stop.borrow()).await {
            tracing::warn!(%error, "the outbox could not be worked on");
        }
        tokio::select! {
            () = outbox.stirred() => {}
            stopping = rested(OUTBOX_PERIOD, &mut stop) => if stopping { return },
        }
        if *stop.borrow() {
            return;
        }
    }
}

async fn watch_clock(tools: Tools, watched: Arc<ClockWatch>, mut stop: watch::Receiver<bool>) {
    loop {
        watched.measure(&tools.db, &*tools.clock).await;
        if rested(CLOCK_PERIOD, &mut stop).await {
            return;
        }
    }
}

/// Rests first: a replica that starts has people waiting at its door, and what a job does is never urgent to the minute.
async fn recur(job: Job, tools: Tools, leases: Arc<Leases>, mut stop: watch::Receiver<bool>) {
    while !rested(job.period, &mut stop).await {
        let now = tools.clock.now();
        // The lease outlives the period, so that one replica keeps the job until it dies or stops.
        match leases.hold(job.name, now, job.period * 3).await {
            Ok(false) => {}
            Ok(true) => {
                if let Err(error) = (job.work)(now).await {
                    tracing::error!(%error, job = job.name, "a job failed and will run again");
                }
            }
            Err(error) => tracing::warn!(%error, job = job.name, "no lease"),
        }
    }
    if let Err(error) = leases.give_up(job.name).await {
        tracing::warn!(%error, job = job.name, "the lease stays until it runs out");
    }
}

#[cfg(test)]
mod tests;
