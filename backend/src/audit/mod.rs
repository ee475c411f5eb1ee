//! The audit trail as people read it: the explorer and its export.

pub mod http;
mod service;
mod store;
mod verify;

pub use verify::{Flaw, verify};

#[cfg(test)]
mod tests;
