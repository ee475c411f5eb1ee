//! Mail that leaves the house.

use std::fmt;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// One mail in plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Why a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// Worth another try later.
    Later(String),
    /// Will never go: the address is malformed or refused for good.
    Never(String),
}

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Later(why) => write!(f, "not now: {why}"),
            Self::Never(why) => write!(f, "never: {why}"),
        }
    }
}

/// Sends mail. `key` is the same for every try of one mail, so that receivers can drop a second copy.
#[async_trait]
pub trait Mailer: Send + Sync + 'static {
    async fn send(&self, key: &str, mail: &Mail) -> Result<(), MailError>;
}
