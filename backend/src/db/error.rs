//! What can go wrong in the database, told apart only as far as callers act on it.

use std::fmt;

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

/// A failure of the database or of its use.
#[derive(Debug)]
pub enum DbError {
    /// Two transactions stood in each other's way; the whole command may run again.
    Conflict,
    /// No connection, lock or answer in time.
    Busy,
    /// The disk takes nothing more.
    DiskFull,
    /// The command id was used with another input or by another person.
    CommandReused,
    /// A unique index refused; holds the database's words, which name it.
    Unique(String),
    /// A CHECK, foreign key, NOT NULL or trigger refused.
    Refused(String),
    /// A stored value is not what its column must hold.
    Row { column: String, why: String },
    /// The program broke the rules of this module.
    Misuse(String),
    /// Anything else, in the driver's words.
    Failed(String),
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("two transactions stood in each other's way"),
            Self::Busy => f.write_str("the database did not answer in time"),
            Self::DiskFull => f.write_str("the disk is full"),
            Self::CommandReused => f.write_str("the command id was used for something else"),
            Self::Unique(words) => write!(f, "there is one already: {words}"),
            Self::Refused(words) => write!(f, "the database refused: {words}"),
            Self::Row { column, why } => write!(f, "column {column}: {why}"),
            Self::Misuse(words) => write!(f, "database misused: {words}"),
            Self::Failed(words) => write!(f, "database failed: {words}"),
        }
    }
}

impl std::error::Error for DbError {}

impl DbError {
    /// Whether the whole command may simply run again.
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        let words = error.to_string();
        if matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) {
            return Self::Busy;
        }
        match driver_code(&error) {
            Some(code) => by_code(&code, words),
            None => Self::Failed(words),
        }
    }
}

fn driver_code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error()?.code().map(|code| code.into_owned())
}

/// SQLSTATE of PostgreSQL (five characters) or the extended result code of SQLite (a number).
fn by_code(code: &str, words: String) -> DbError {
    match code {
        "40001" | "40P01" => DbError::Conflict,
        "55P03" | "57014" | "53300" | "57P03" | "5" | "6" | "261" | "517" => DbError::Busy,
        "53100" | "13" => DbError::DiskFull,
        "23505" | "1555" | "2067" | "2579" => DbError::Unique(words),
        "23514" | "23503" | "23502" | "23001" | "275" | "787" | "1299" | "1811" | "P0001" => DbError::Refused(words),
        _ => DbError::Failed(words),
    }
}
