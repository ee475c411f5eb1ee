//! Pages of catalog: the shelf, a service, the comparison, the menu editor.

mod buyer;
mod card;
mod compare;
mod filters;
pub mod offer;
mod payment;
mod service;
mod service_aside;
mod shelf;
pub mod state;
mod tiers;

pub use compare::ComparePage;
pub use service::ServicePage;
pub use shelf::ShelfPage;
