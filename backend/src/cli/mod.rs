//! The program's commands: serve, migrate, admin, import, backup, restore, verify.

mod account;
mod arguments;
mod copies;
mod demo;
mod import;
mod menu;
mod serve;
mod trail;
mod verify;

use std::fmt;
use std::sync::Arc;

use crate::app::{App, World};
use crate::config::Config;
use crate::error::AppError;

use arguments::Arguments;

const USAGE: &str = "\
chalkline serve [--demo] [--data FOLDER] [--port NUMBER]   serve; with --demo an empty database gets the demo district
chalkline migrate [--data FOLDER]                          bring the database up to date
chalkline admin create --email ADDRESS --name NAME [--role ROLE] [--password-stdin]
                                                           an account; prints an invitation link unless a password is given
chalkline import KIND FILE [--dry-run | --publish] [--data FOLDER]
                                                           check a district's file, report row by row, and publish it if told;
                                                           KIND: sites, ledger_funds, resources, objects, functions, books, units, enrollment
chalkline import menu FILE [--unit CODE] [--currency GBP=1.27] [--dry-run | --publish] [--data FOLDER]
                                                           a published price list as drafts of menus, with a report line by line
chalkline backup FILE [--data FOLDER]                      a consistent copy of the SQLite database, also while serving
chalkline restore FILE [--data FOLDER]                     put a copy in place of the database; the old one is kept beside it
chalkline trail key | export FILE [--data FOLDER]          the public key of the trail's checkpoints; the sealed trail as a file,
                                                           which `chalkline-verify` holds against the published checkpoints
chalkline verify [--data FOLDER]                           every counter against its transfers, every audit record against its digest

Settings come from the environment: CHALKLINE_BIND, CHALKLINE_DATABASE_URL, CHALKLINE_DATA_DIR, CHALKLINE_PUBLIC_URL,
CHALKLINE_SMTP_URL, CHALKLINE_MAIL_DIR, CHALKLINE_MAIL_FROM, CHALKLINE_PEPPER, CHALKLINE_PASSWORD_MEMORY_KIB,
CHALKLINE_TRUSTED_PROXY, CHALKLINE_TRAIL_KEY, CHALKLINE_CHECKPOINT_DIR, CHALKLINE_CHECKPOINT_MAIL, CHALKLINE_SITE, CHALKLINE_DISTRICT_NAME, CHALKLINE_DISTRICT_ZONE, CHALKLINE_LOG.";

/// Why a command did not happen, for the person at the terminal.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command of the line.
///
/// # Errors
/// What the person at the terminal must be told.
pub async fn run(words: Vec<String>) -> Result<(), Failure> {
    let mut arguments = Arguments::new(words);
    match arguments.word().as_deref() {
        Some("serve") => serve::run(arguments).await,
        Some("migrate") => migrate(arguments).await,
        Some("admin") => account::run(arguments).await,
        Some("import") => import::run(arguments).await,
        Some("backup") => copies::back_up(arguments).await,
        Some("restore") => copies::restore(arguments).await,
        Some("trail") => trail::run(arguments).await,
        Some("verify") => verify::run(arguments).await,
        Some("help") | None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(Failure(format!("There is no command `{other}`.\n\n{USAGE}"))),
    }
}

async fn migrate(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    arguments.finish()?;
    let app = open(config).await?;
    app.db.clone().close().await.map_err(AppError::from)?;
    println!("The database is up to date.");
    Ok(())
}

/// The configuration of the environment, with `--data` and `--port` of the line before it.
fn configure(arguments: &mut Arguments) -> Result<Config, Failure> {
    let data = arguments.value("--data")?;
    let bind = arguments.value("--port")?.map(|port| format!("127.0.0.1:{port}"));
    let lookup = |name: &str| match name {
        "CHALKLINE_DATA_DIR" => data.clone().or_else(|| std::env::var(name).ok()),
        "CHALKLINE_BIND" => bind.clone().or_else(|| std::env::var(name).ok()),
        _ => std::env::var(name).ok(),
    };
    Config::read(&lookup).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|error| format!("  {error}")).collect();
        Failure(format!("These settings are not taken:\n{}", lines.join("\n")))
    })
}

/// The application in the real world.
async fn open(config: Config) -> Result<Arc<App>, Failure> {
    std::fs::create_dir_all(&config.data_dir).map_err(|e| Failure(format!("cannot make {}: {e}", config.data_dir.display())))?;
    let world = World::real(&config).map_err(|error| Failure(error.to_string()))?;
    Ok(App::build(config, world).await?)
}
