//! Mail into a folder, one file each: the default, for trying out and for tests.

use std::path::PathBuf;

use async_trait::async_trait;
use lettre::message::Mailbox;

use super::smtp::message;
use crate::config::ConfigError;
use crate::ports::mailer::{Mail, MailError, Mailer};

/// A folder of `.eml` files named by the mail's key, so that a second try writes the same file.
pub struct MailFolder {
    folder: PathBuf,
    from: Mailbox,
}

impl MailFolder {
    /// # Errors
    /// Where the sender's address is not taken.
    pub fn new(folder: PathBuf, from: &str) -> Result<Self, ConfigError> {
        let from =
            from.parse().map_err(|e: lettre::address::AddressError| ConfigError { name: "CHALKLINE_MAIL_FROM", wanted: e.to_string() })?;
        Ok(Self { folder, from })
    }
}

#[async_trait]
impl Mailer for MailFolder {
    async fn send(&self, key: &str, mail: &Mail) -> Result<(), MailError> {
        let bytes = message(&self.from, key, mail)?.formatted();
        let later = |error: std::io::Error| MailError::Later(error.to_string());
        tokio::fs::create_dir_all(&self.folder).await.map_err(later)?;
        tokio::fs::write(self.folder.join(format!("{key}.eml")), bytes).await.map_err(later)
    }
}
