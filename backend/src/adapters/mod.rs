//! How the ports are met.

pub mod system;
