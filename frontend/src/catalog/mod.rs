//! Pages of catalog: the shelf, a service, the comparison, the menu editor.

mod buyer;
mod card;
mod filters;
mod shelf;
pub mod state;

pub use shelf::ShelfPage;
