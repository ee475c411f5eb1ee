//! What a fresh machine lacks: each module knows how to see one thing, how to get it, and what to tell where it cannot.

pub mod browser;
pub mod node;
pub mod packages;
pub mod rust;
pub mod tools;
