//! The pure core: types, rules and the contract, compiled for the server and for the browser.

pub mod money;
pub mod time;
pub mod words;
