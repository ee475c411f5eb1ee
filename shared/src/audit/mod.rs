//! The audit record's words.

pub mod api;
