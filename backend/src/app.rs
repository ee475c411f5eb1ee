//! The wiring: everything a use case may need, put together once, the same for production and for tests.

use std::sync::Arc;

use shared::id::Id;
use shared::time::Timestamp;

use crate::catalog::http::ShelfCopy;
use crate::config::Config;
use crate::db::Db;
use crate::error::AppError;
use crate::ports::clock::Clock;
use crate::ports::ids::{Ids, new_id};
use crate::ports::mailer::Mailer;

/// The world as the program is given it.
pub struct World {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub mailer: Arc<dyn Mailer>,
}

/// The running program without its server.
pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub mailer: Arc<dyn Mailer>,
    /// The printed catalog.
    pub shelf: ShelfCopy,
    /// The main multi-thread runtime, on which every use case runs.
    pub runtime: tokio::runtime::Handle,
}

impl App {
    /// Puts the program together on the current runtime: opens the database and brings it up to date.
    pub async fn build(config: Config, world: World) -> Result<Arc<Self>, AppError> {
        let World { clock, ids, mailer } = world;
        let db = Db::open(&config.database_url, Arc::clone(&ids)).await?;
        Ok(Arc::new(Self { config, db, clock, ids, mailer, shelf: ShelfCopy::default(), runtime: tokio::runtime::Handle::current() }))
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new identifier, ordered by `now`.
    pub fn id<I: Id>(&self, now: Timestamp) -> I {
        new_id(self.ids.as_ref(), now)
    }
}
