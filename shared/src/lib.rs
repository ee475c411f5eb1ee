//! The pure core of Chalkline: words, money, rules and the API contract.
//!
//! Invariant: nothing here touches a database, a socket, the clock or chance; it runs the same in the server and in WebAssembly.

pub mod account;
pub mod calendar;
pub mod contract;
pub mod error;
pub mod export;
pub mod fiscal;
pub mod id;
pub mod money;
pub mod names;
pub mod page;
pub mod scorecards;
pub mod text;
pub mod time;
pub mod words;

pub mod audit;
pub mod budget;
pub mod catalog;
pub mod identity;
pub mod ledger;
pub mod orders;

#[cfg(feature = "client")]
pub mod client;
