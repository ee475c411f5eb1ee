//! Texts of catalog, by screen.

pub mod capacity;
mod facets;
mod memory;
mod menu;
mod provider;
mod service;
mod shelf;

pub use facets::*;
pub use memory::*;
pub use menu::*;
pub use provider::*;
pub use service::*;
pub use shelf::*;

/// `Grades K–5, 370–450 students, similar need`: which schools are compared.
pub fn likeness(span: &str, from: u32, to: u32) -> String {
    format!("{span}, {from}–{to} students, similar need")
}
