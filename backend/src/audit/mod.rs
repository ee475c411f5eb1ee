//! The audit trail as people read it: the explorer and its export.

pub mod http;
mod service;
mod store;

#[cfg(test)]
mod tests;
