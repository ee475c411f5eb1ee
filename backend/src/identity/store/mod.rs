//! Identity in the database.

pub mod absences;
pub mod acting;
pub mod chiefs;
pub mod links;
pub mod managers;
pub mod people;
pub mod sessions;
