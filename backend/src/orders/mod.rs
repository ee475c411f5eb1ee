//! Orders: cart, approval, the unit's answer, delivery, My desk and notices.

pub mod http;
mod rules;
pub mod service;
mod store;

#[cfg(test)]
mod tests;
