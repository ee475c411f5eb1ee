//! Units and their menus, the shelf, and the packages that schools buy.

pub mod http;
mod rules;
pub mod service;
mod store;
#[cfg(test)]
mod tests;
