//! The secret that signs the trail's checkpoints.

use std::io;

/// Keeps the secret key outside the database.
pub trait TrailKey: Send + Sync + 'static {
    /// The key; a new one where there has been none. A damaged one is an error, never replaced.
    ///
    /// # Errors
    /// Where the key cannot be read or made.
    fn secret(&self) -> io::Result<[u8; 32]>;
}
