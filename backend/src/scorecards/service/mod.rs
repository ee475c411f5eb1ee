//! Use cases of scorecards.

mod export;
mod review;
mod seller;

pub use export::export;
pub use review::{decide, name_owner, reply};
pub use seller::seller_view;
