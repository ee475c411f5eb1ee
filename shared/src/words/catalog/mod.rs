//! Texts of catalog, by screen.

pub mod capacity;
mod costing;
mod editions;
mod facets;
mod memory;
mod menu;
mod provider;
mod pricelist;
mod service;
mod shelf;

pub use costing::*;
pub use editions::*;
pub use facets::*;
pub use memory::*;
pub use menu::*;
pub use provider::*;
pub use pricelist::*;
pub use service::*;
pub use shelf::*;

/// `Grades K–5, 370–450 students, similar need`: which schools are compared.
pub fn likeness(span: &str, from: u32, to: u32) -> String {
    format!("{span}, {from}–{to} students, similar need")
}
