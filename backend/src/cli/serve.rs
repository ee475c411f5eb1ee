//! `chalkline serve`: from the configuration to a server that answers until it is told to stop.

use tokio::signal::unix::{SignalKind, signal};

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::{server, telemetry};

pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let demo = arguments.flag("--demo");
    arguments.finish()?;
    telemetry::start(std::env::var("CHALKLINE_LOG").ok().as_deref());
    config.refuse_open_air().map_err(|error| Failure(error.to_string()))?;
    for line in config.lines() {
        tracing::info!(line, "configuration");
    }
    let app = open(config).await?;
    if demo {
        super::demo::offer(&app).await?;
    }
    let running = server::start(app).await?;
    println!("Chalkline is at http://{}", running.address);
    until_told().await?;
    println!("Stopping: calls that have begun are finished first.");
    Ok(running.stop().await?)
}

/// Waits for Ctrl-C or the system's word to end.
async fn until_told() -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure(format!("cannot listen for signals: {error}"));
    let (mut interrupt, mut end) = (signal(SignalKind::interrupt()).map_err(failed)?, signal(SignalKind::terminate()).map_err(failed)?);
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = end.recv() => {}
    }
    Ok(())
}
