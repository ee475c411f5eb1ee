//! `chalkline backup` and `chalkline restore`, for the embedded database. PostgreSQL has its own tools.

use std::fs;
use std::path::{Path, PathBuf};

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::config::Config;
use crate::error::AppError;

const FOR_POSTGRES: &str = "This database is PostgreSQL: use pg_dump and pg_restore.";

/// Writes a consistent copy by `VACUUM INTO`; a running server goes on meanwhile.
pub async fn back_up(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let file = target(&mut arguments)?;
    arguments.finish()?;
    if file.exists() {
        return Err(Failure(format!("{} exists already. Choose another name.", file.display())));
    }
    let app = open(config).await?;
    app.db.copy_to(&file).await.map_err(AppError::from)?;
    app.db.clone().close().await.map_err(AppError::from)?;
    println!("Copied to {}.", file.display());
    Ok(())
}

/// Puts a copy in place of the database, after it was opened and checked. Stop the server first.
pub async fn restore(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    let file = target(&mut arguments)?;
    arguments.finish()?;
    let own = database_file(&config)?;
    let failed = |what: &str, error: &dyn std::fmt::Display| Failure(format!("{what}: {error}"));
    fs::create_dir_all(&config.data_dir).map_err(|e| failed("cannot make the data folder", &e))?;
    let candidate = beside(&own, "candidate");
    fs::copy(&file, &candidate).map_err(|e| failed("cannot read the copy", &e))?;
    let sound = crate::db::is_sound(&candidate).await.map_err(|e| failed("this is no database of ours", &e))?;
    if !sound {
        return Err(Failure("The copy is damaged; nothing was changed.".to_owned()));
    }
    for (suffix, kept) in [("", "before-restore"), ("-wal", "before-restore-wal"), ("-shm", "before-restore-shm")] {
        let old = PathBuf::from(format!("{}{suffix}", own.display()));
        if old.exists() {
            fs::rename(&old, beside(&own, kept)).map_err(|e| failed("cannot put the old database aside", &e))?;
        }
    }
    fs::rename(&candidate, &own).map_err(|e| failed("cannot put the copy in place", &e))?;
    println!("Restored from {}. The database before it is kept as {}.", file.display(), beside(&own, "before-restore").display());
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
