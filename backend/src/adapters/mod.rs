//! How the ports are met.

pub mod files;
pub mod password;
pub mod smtp;
pub mod system;
pub mod trail_key;
