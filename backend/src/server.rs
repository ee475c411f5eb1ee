//! The server: binding, workers, graceful stop.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App as Router, HttpServer};
use tokio::task::JoinHandle;

use crate::app::App;
use crate::error::AppError;
use crate::http::{self, assets, health, openapi, security};
use crate::worker::Worker;

/// A call's head must be complete by then.
const HEAD_DEADLINE: Duration = Duration::from_secs(10);
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// A stopping server lets calls that have begun run so long, in seconds.
const STOP_SECONDS: u64 = 20;
/// Connections of one worker; beyond that the kernel's queue waits.
const CONNECTIONS_LIMIT: usize = 10_000;

/// A running server.
pub struct Running {
    /// Where it really listens; the port is a real one also where 0 was asked for.
    pub address: SocketAddr,
    app: Arc<App>,
    handle: ServerHandle,
    worker: Worker,
    task: JoinHandle<io::Result<()>>,
}

/// Starts the server and the background work on the application's runtime.
///
/// # Errors
/// Where the address is refused or taken, or the site cannot be read.
pub async fn start(app: Arc<App>) -> Result<Running, AppError> {
    app.config.refuse_open_air().map_err(|error| AppError::internal(error.to_string()))?;
    let site = assets::Assets::load(app.config.site.as_deref()).map_err(|e| AppError::internal(format!("the site cannot be read: {e}")))?;
    if site.is_empty() {
        tracing::warn!("there is no built site; only the API is served");
    }
    let headers = Data::new(security::Headers::new(&app.config, &site.script_hashes()));
    let (site, document) = (Data::new(site), Data::new(openapi::document()?));
    let listener = TcpListener::bind(app.config.bind).map_err(|e| AppError::internal(format!("cannot bind {}: {e}", app.config.bind)))?;
    let address = listener.local_addr().map_err(AppError::internal)?;
    let shared = Data::from(Arc::clone(&app));
    let factory = move || {
        Router::new()
            .wrap(from_fn(security::envelope))
            .app_data(shared.clone())
            .app_data(headers.clone())
            .app_data(site.clone())
            .app_data(document.clone())
            .configure(|config| http::routes().register(config))
            .configure(openapi::configure)
            .configure(health::configure)
            .default_service(web::to(assets::serve))
    };
    let server = HttpServer::new(factory)
        .tcp_nodelay(true)
        .client_request_timeout(HEAD_DEADLINE)
        .keep_alive(KEEP_ALIVE)
        .max_connections(CONNECTIONS_LIMIT)
        .shutdown_timeout(STOP_SECONDS)
        .disable_signals()
        .listen(listener)
        .map_err(AppError::internal)?
        .run();
    let handle = server.handle();
    let task = tokio::spawn(server);
    app.clock_watch.measure(&app.db, app.clock.as_ref()).await;
    let worker = Worker::start(&app.tools(), &app.clock_watch, crate::jobs::all(&app));
    app.metrics.turn_ready();
    Ok(Running { address, app, handle, worker, task })
}

impl Running {
    /// Stops in order: unready, drain, no new connections and the begun calls to their end, the background work, the database.
    ///
    /// # Errors
    /// Where the server or the database did not end well.
    pub async fn stop(self) -> Result<(), AppError> {
        let Self { app, handle, worker, task, .. } = self;
        app.metrics.turn_unready();
        tokio::time::sleep(app.config.drain).await;
        handle.stop(true).await;
        task.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
        worker.stop().await;
        Ok(app.db.clone().close().await?)
    }
}
