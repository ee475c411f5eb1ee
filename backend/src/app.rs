//! The wiring: everything a use case may need, put together once, the same for production and for tests.

use std::sync::Arc;

use shared::fiscal::FiscalCalendar;
use shared::id::Id;
use shared::time::Timestamp;

use crate::adapters::files::MailFolder;
use crate::adapters::password::Argon2Passwords;
use crate::adapters::smtp::Smtp;
use crate::adapters::system::{SystemClock, SystemIds};
use crate::adapters::trail_key::KeyFile;
use crate::catalog::http::ShelfCopy;
use crate::catalog::service::Tell;
use crate::config::{Config, ConfigError, MailRoute};
use crate::db::{Db, Technical, Tx};
use crate::error::AppError;
use crate::identity::{District, service};
use crate::ports::clock::Clock;
use crate::ports::ids::{Ids, new_id};
use crate::ports::mailer::Mailer;
use crate::ports::password::Passwords;
use crate::ports::trail_key::TrailKey;
use crate::telemetry::Metrics;
use crate::telling;
use crate::worker::{ClockWatch, Tools};

/// The world as the program is given it.
pub struct World {
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub mailer: Arc<dyn Mailer>,
}

impl World {
    /// The real one.
    ///
    /// # Errors
    /// Where the mail's configuration is not taken.
    pub fn real(config: &Config) -> Result<Self, ConfigError> {
        let mailer: Arc<dyn Mailer> = match &config.mail {
            MailRoute::Folder(folder) => Arc::new(MailFolder::new(folder.clone(), &config.mail_from)?),
            MailRoute::Smtp(url) => Arc::new(Smtp::new(url, &config.mail_from)?),
        };
        Ok(Self { clock: Arc::new(SystemClock), ids: Arc::new(SystemIds::default()), mailer })
    }
}

/// The running program without its server.
pub struct App {
    pub config: Config,
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    pub mailer: Arc<dyn Mailer>,
    pub passwords: Arc<dyn Passwords>,
    pub trail_key: Arc<dyn TrailKey>,
    /// The printed catalog.
    pub shelf: ShelfCopy,
    /// How the catalog tells people.
    pub tell: Tell,
    pub metrics: Metrics,
    pub clock_watch: Arc<ClockWatch>,
    /// The main multi-thread runtime, on which every use case runs.
    pub runtime: tokio::runtime::Handle,
}

impl App {
    /// Puts the program together on the current runtime: opens the database, brings it up to date, names the district.
    ///
    /// # Errors
    /// Where the database cannot be opened.
    pub async fn build(config: Config, world: World) -> Result<Arc<Self>, AppError> {
        let db = Db::open(config.database_url.expose(), Arc::clone(&world.ids)).await?;
        let app = Self::over(config, db, world);
        app.name_district().await?;
        Ok(Arc::new(app))
    }

    /// The program over a database that is open already, on the current runtime.
    pub fn over(config: Config, db: Db, world: World) -> Self {
        let World { clock, ids, mailer } = world;
        let passwords = Arc::new(Argon2Passwords::new(config.password_cost, config.pepper.clone()));
        let trail_key = Arc::new(KeyFile::new(config.trail_key.clone(), Arc::clone(&ids)));
        Self {
            config,
            db,
            clock,
            ids,
            mailer,
            passwords,
            trail_key,
            shelf: ShelfCopy::default(),
            tell: telling::tell,
            metrics: Metrics::default(),
            clock_watch: Arc::default(),
            runtime: tokio::runtime::Handle::current(),
        }
    }

    /// The same program by another clock: the demo district's history is played by it.
    pub fn with_clock(&self, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            config: self.config.clone(),
            db: self.db.clone(),
            clock,
            ids: Arc::clone(&self.ids),
            mailer: Arc::clone(&self.mailer),
            passwords: Arc::clone(&self.passwords),
            trail_key: Arc::clone(&self.trail_key),
            shelf: ShelfCopy::default(),
            tell: self.tell,
            metrics: Metrics::default(),
            clock_watch: Arc::default(),
            runtime: self.runtime.clone(),
        })
    }

    /// What the background work needs of the program.
    pub fn tools(&self) -> Tools {
        let (clock, ids, mailer) = (Arc::clone(&self.clock), Arc::clone(&self.ids), Arc::clone(&self.mailer));
        Tools { db: self.db.clone(), clock, ids, mailer }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new identifier, ordered by `now`.
    pub fn id<I: Id>(&self, now: Timestamp) -> I {
        new_id(self.ids.as_ref(), now)
    }

    /// On the first start the district has the configured name; later the database's word counts.
    async fn name_district(&self) -> Result<(), AppError> {
        let (name, zone) = (self.config.district_name.clone(), self.config.district_zone.clone());
        let district = District { name, zone, calendar: FiscalCalendar::default(), demo: false };
        if service::is_named(&self.db.reader()).await? {
            return Ok(());
        }
        self.db
            .technical(district, |mut tx: Tx, district: District| async move {
                service::set_district(&mut tx, &district).await?;
                Ok(tx.commit_technical(Technical::Setup).await?)
            })
            .await
    }
}
