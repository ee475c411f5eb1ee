//! Pages of catalog: the shelf, a service, the comparison, the menu editor.

mod buyer;
mod card;
mod compare;
pub mod draft;
mod editor;
mod editor_fields;
mod editor_price;
pub mod extras;
mod filters;
mod groups;
mod keys;
mod memory;
mod menu;
mod noting;
pub mod offer;
mod payment;
mod preview;
mod provider_forms;
mod providers;
mod service;
mod service_aside;
mod shelf;
pub mod state;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tiers;
pub mod waiting;

pub use compare::ComparePage;
pub use editor::MenuServicePage;
pub use memory::{RecentlySeen, SavedFilters};
pub use menu::MenuPage;
pub use providers::ProvidersPage;
pub use service::ServicePage;
pub use shelf::ShelfPage;
