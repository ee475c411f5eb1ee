//! Identity in the database.

pub mod people;
