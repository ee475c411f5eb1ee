//! Pages of catalog: the shelf, a service, the comparison, the menu editor.

mod buyer;
mod card;
mod compare;
pub mod draft;
mod editor;
mod editor_cost;
mod editor_fields;
mod editor_price;
pub mod extras;
mod filters;
mod groups;
mod keys;
mod memory;
mod noting;
mod kept;
mod menu;
mod menu_cards;
mod menu_list;
mod menu_prices;
mod menu_review;
pub mod offer;
mod payment;
mod preview;
mod provider_forms;
mod provider_people;
mod providers;
mod reviews;
mod service;
mod service_aside;
mod shelf;
mod side_by_side;
pub mod state;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tiers;
pub mod waiting;
mod versions;
mod writing;

pub use compare::ComparePage;
pub use editor::MenuServicePage;
pub use memory::{RecentlySeen, SavedFilters};
pub use menu::MenuPage;
pub use providers::ProvidersPage;
pub use menu_list::MenuListPage;
pub use menu_prices::MenuPricesPage;
pub use reviews::{ReviewPage, ReviewsPage};
pub use service::ServicePage;
pub use shelf::ShelfPage;
pub use versions::MenuVersionsPage;
