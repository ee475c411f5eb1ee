//! The use cases of identity, and what other slices may ask of it.

pub mod directory;

pub use directory::{Account, Contact, add_person, contacts, district, names, set_district};
