//! Identity in the database.

pub mod links;
pub mod people;
pub mod sessions;
