//! Pages of scorecards: the seller's view with the review board.

mod board;
mod charts;
mod seller;
mod tables;

pub use seller::SellerPage;
