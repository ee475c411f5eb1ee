//! What the program needs of the world, as traits.

pub mod clock;
pub mod ids;
pub mod mailer;
pub mod password;
pub mod trail_key;
