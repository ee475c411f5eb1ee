//! `chalkline backup` and `chalkline restore`, for the embedded database. PostgreSQL has its own tools.

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::config::Config;
use crate::error::AppError;

const FOR_POSTGRES: &str = "This database is PostgreSQL: use pg_dump and pg_restore.";
const IN_USE: &str = "A program has the database open; nothing was changed. Stop the server first.";
const DAMAGED: &str = "The copy is damaged or not a database of Chalkline; nothing was changed.";

/// Writes a consistent copy by `VACUUM INTO`; a running server goes on meanwhile.
pub async fn back_up(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let file = target(&mut arguments)?;
    arguments.finish()?;
    database_file(&config)?;
    if file.exists() {
        return Err(Failure(format!("{} exists already. Choose another name.", file.display())));
    }
    let app = open(config).await?;
    app.db.copy_to(&file).await.map_err(AppError::from)?;
    app.db.clone().close().await.map_err(AppError::from)?;
    println!("Copied to {}.", file.display());
    Ok(())
}

/// Puts a copy in place of the database, after it was opened and checked. Refused while a server has the database open.
pub async fn restore(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let file = target(&mut arguments)?;
    arguments.finish()?;
    let own = database_file(&config)?;
    let failed = |what: &str, error: &dyn std::fmt::Display| Failure(format!("{what}: {error}"));
    fs::create_dir_all(&config.data_dir).map_err(|e| failed("cannot make the data folder", &e))?;
    let candidate = beside(&own, "candidate");
    if own.exists() && crate::db::is_in_use(&own).await {
        return Err(Failure(IN_USE.to_owned()));
    }
    fs::copy(&file, &candidate).map_err(|e| failed("cannot read the copy", &e))?;
    if !crate::db::is_sound(&candidate).await.unwrap_or(false) {
        fs::remove_file(&candidate).map_err(|e| failed("cannot remove the damaged copy", &e))?;
        return Err(Failure(DAMAGED.to_owned()));
    }
    // On the disk before it takes the place of what was there.
    fs::File::open(&candidate).and_then(|copy| copy.sync_all()).map_err(|e| failed("cannot write the copy", &e))?;
    for (suffix, kept) in [("", "before-restore"), ("-wal", "before-restore-wal"), ("-shm", "before-restore-shm")] {
        let old = PathBuf::from(format!("{}{suffix}", own.display()));
        if old.exists() {
            fs::rename(&old, beside(&own, kept)).map_err(|e| failed("cannot put the old database aside", &e))?;
        }
    }
    fs::rename(&candidate, &own).map_err(|e| failed("cannot put the copy in place", &e))?;
    println!("Restored from {}.", file.display());
    let kept = beside(&own, "before-restore");
    if kept.exists() {
        println!("The database before it is kept as {}.", kept.display());
    }
    Ok(())
}

fn target(arguments: &mut Arguments) -> Result<PathBuf, Failure> {
    arguments.word().map(PathBuf::from).ok_or_else(|| Failure("Name the file.".to_owned()))
}

fn database_file(config: &Config) -> Result<PathBuf, Failure> {
    let path = config.database_url.expose().strip_prefix("sqlite:").ok_or_else(|| Failure(FOR_POSTGRES.to_owned()))?;
    Ok(PathBuf::from(path.trim_start_matches("//").split('?').next().unwrap_or_default()))
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}.{suffix}", file.display()))
}
