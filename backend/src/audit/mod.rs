//! The audit trail as people read it: the explorer and its export.

mod exporting;
pub mod http;
mod proof;
mod seal;
mod sealed;
mod service;
mod store;
pub mod trail;
mod verify;
mod witness;

pub use verify::{Flaw, verify};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trail_tests;
