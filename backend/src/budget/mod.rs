//! Budget: schools, funds and their rules, budget lines with every movement behind them, and how a district comes in.

pub mod http;
pub mod import;
mod rules;
pub mod service;
mod store;
