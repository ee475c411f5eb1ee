//! How units do: the seller's view, and the review board's record.

pub mod http;
mod rules;
pub mod service;
mod store;
