//! Texts of orders: timeline, notices and mail here; the screens beside.

mod approval;
pub mod away;
pub mod booking;
pub mod change;
mod climb;
pub mod clocks;
mod desk;
pub mod outside;
mod policy;
mod questions;
mod entry;
pub mod renewal;
mod rescue;
mod screens;
pub mod selection;
mod split;
pub mod support;
mod told;
pub mod waiting;

pub use approval::*;
pub use climb::*;
pub use desk::*;
pub use policy::*;
pub use questions::*;
pub use entry::*;
pub use rescue::*;
pub use screens::*;
pub use split::*;
pub use told::*;

use crate::id::OrderId;
use crate::money::Cents;

/// `Order 1042`.
pub fn order_title(number: u32) -> String {
    format!("Order {number}")
}

/// Path of an order's page.
pub fn order_link(order: OrderId) -> String {
    format!("/orders/{order}")
}

/// `$1,234.56`, or `nothing` where it is free.
pub fn price_words(price: Cents) -> String {
    if price.is_zero() { "nothing to pay".to_owned() } else { price.to_string() }
}

/// `15 coaching days`, `1 visit`.
pub fn counted(quantity: u32, measure: &str) -> String {
    if quantity == 1 { format!("1 {measure}") } else { format!("{quantity} {measure}s") }
}
