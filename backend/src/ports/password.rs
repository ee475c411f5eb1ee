//! Passwords, hashed slowly on purpose.

use std::fmt;

use async_trait::async_trait;

/// The hashing itself failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordError(pub String);

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "password hashing: {}", self.0)
    }
}

/// Hashes and compares. At most as many at once as there are processors, so that a flood of sign-ins starves nothing else.
#[async_trait]
pub trait Passwords: Send + Sync + 'static {
    async fn hash(&self, password: String) -> Result<String, PasswordError>;

    /// Whether `password` made `stored`. Without a stored hash it takes as long and answers no.
    async fn matches(&self, stored: Option<String>, password: String) -> Result<bool, PasswordError>;
}
