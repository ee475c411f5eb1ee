//! Mail over SMTP.

use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use crate::config::{ConfigError, Secret};
use crate::ports::mailer::{Mail, MailError, Mailer};

/// A mail server named by a URL.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// # Errors
    /// Where the URL or the sender's address is not taken.
    pub fn new(url: &Secret, from: &str) -> Result<Self, ConfigError> {
        let wrong = |name, error: &dyn std::fmt::Display| ConfigError { name, wanted: error.to_string() };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose()).map_err(|e| wrong("CHALKLINE_SMTP_URL", &e))?.build();
        let from = from.parse().map_err(|e| wrong("CHALKLINE_MAIL_FROM", &e))?;
        Ok(Self { transport, from })
    }
}

/// The mail as it travels. `key` makes its Message-ID, the same for every try.
pub(super) fn message(from: &Mailbox, key: &str, mail: &Mail) -> Result<Message, MailError> {
    let never = |error: &dyn std::fmt::Display| MailError::Never(error.to_string());
    let to: Mailbox = mail.to.parse().map_err(|e| never(&e))?;
    let id = format!("<{key}@{}>", from.email.domain());
    let head: MessageBuilder = Message::builder().from(from.clone()).to(to).subject(&mail.subject).message_id(Some(id));
    head.header(ContentType::TEXT_PLAIN).body(mail.text.clone()).map_err(|e| never(&e))
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, key: &str, mail: &Mail) -> Result<(), MailError> {
        let message = message(&self.from, key, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailError::Never(error.to_string())),
            Err(error) => Err(MailError::Later(error.to_string())),
        }
    }
}
