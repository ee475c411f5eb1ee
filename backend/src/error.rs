//! The middle ring of errors: what a use case refuses or cannot do, without HTTP. Slices translate their facts into it.

use shared::error::{ErrorCode, FieldError};

use crate::db::DbError;

/// Why a use case did not happen.
#[derive(Debug)]
pub enum AppError {
    /// A fact about what was asked, with the words for the person where they are more exact than the code's own.
    Refused { code: ErrorCode, message: Option<String>, fields: Vec<FieldError> },
    /// The database or a queue is too busy; nothing was changed and the same command may be sent again.
    Busy(String),
    /// The disk is full; nothing was changed.
    DiskFull(String),
    /// A bug or a broken part. The text goes to the log, never to the caller.
    Internal(String),
}

impl AppError {
    /// What the caller may not see does not exist for them.
    pub const fn not_found() -> Self {
        Self::refused(ErrorCode::NotFound)
    }

    pub const fn not_allowed() -> Self {
        Self::refused(ErrorCode::NotAllowed)
    }

    pub const fn refused(code: ErrorCode) -> Self {
        Self::Refused { code, message: None, fields: Vec::new() }
    }

    /// A refusal whose words say more than the code's own; they must still say what to do next.
    pub fn saying(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::Refused { code, message: Some(message.into()), fields: Vec::new() }
    }

    /// Entries of a form that need another look.
    pub const fn fields(fields: Vec<FieldError>) -> Self {
        Self::Refused { code: ErrorCode::BadInput, message: None, fields }
    }

    /// One entry of a form that needs another look.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::new(name, message)])
    }

    /// For what cannot happen unless something is broken; `what` names the place and the cause for the log.
    pub fn internal(what: impl std::fmt::Display) -> Self {
        Self::Internal(what.to_string())
    }

    /// The code that the caller will see.
    pub const fn code(&self) -> ErrorCode {
        match self {
            Self::Refused { code, .. } => *code,
            Self::Busy(_) => ErrorCode::Busy,
            Self::DiskFull(_) => ErrorCode::DiskFull,
            Self::Internal(_) => ErrorCode::Internal,
        }
    }
}

impl From<ErrorCode> for AppError {
    fn from(code: ErrorCode) -> Self {
        Self::refused(code)
    }
}

impl From<DbError> for AppError {
    /// Constraints speak only where a use case did not look before it wrote: a bug, except for what must be unique.
    fn from(error: DbError) -> Self {
        let words = error.to_string();
        match error {
            DbError::Conflict | DbError::Busy => Self::Busy(words),
            DbError::DiskFull => Self::DiskFull(words),
            DbError::CommandReused => Self::refused(ErrorCode::CommandReused),
            DbError::Unique(_) => Self::refused(ErrorCode::AlreadyExists),
            DbError::Refused(_) | DbError::Row { .. } | DbError::Misuse(_) | DbError::Failed(_) => Self::Internal(words),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused { code, message, fields } => {
                write!(f, "refused: {}", code.wire())?;
                if let Some(message) = message {
                    write!(f, ": {message}")?;
                }
                fields.iter().try_for_each(|field| write!(f, "; {}: {}", field.field, field.message))
            }
            Self::Busy(what) => write!(f, "busy: {what}"),
            Self::DiskFull(what) => write!(f, "disk full: {what}"),
            Self::Internal(what) => write!(f, "internal: {what}"),
        }
    }
}

impl std::error::Error for AppError {}
