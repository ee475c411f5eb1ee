//! What the database keeps of orders. Every change of an order is one conditional write on its id, version and state.

mod approval;
mod booking;
mod change;
mod choice;
mod climb;
mod clocks;
mod delegation;
mod dates;
mod delivery;
mod event;
mod library;
mod gift;
mod list;
mod notice;
mod order;
mod policy;
mod purchase;
mod question;
mod renewal;
mod rest;
mod sales;
mod silence;
mod split;
mod suggestion;
mod team;
mod waiting;

pub use approval::*;
pub use booking::*;
pub use change::*;
pub use choice::*;
pub use climb::*;
pub use clocks::*;
pub use delegation::*;
pub use dates::*;
pub use delivery::*;
pub use event::*;
pub use library::*;
pub use gift::*;
pub use list::*;
use list::Condition;
pub use notice::*;
pub use order::*;
pub use policy::*;
pub use purchase::*;
pub use question::*;
pub use renewal::*;
pub use rest::*;
pub use sales::*;
pub use silence::*;
pub use split::*;
pub use suggestion::*;
pub use team::*;
pub use waiting::*;

/// `($1, $2), ($3, $4)`: the places of `rows` rows with `width` columns each.
fn places(rows: usize, width: usize) -> String {
    let row = |index: usize| {
        let numbers = (1..=width).map(|column| format!("${}", index * width + column));
        format!("({})", numbers.collect::<Vec<_>>().join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}

/// `$3, $4, $5`: `count` places after the first `used`.
fn list_places(used: usize, count: usize) -> String {
    (used + 1..=used + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}
