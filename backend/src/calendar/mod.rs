//! The district's days and the schools' own: what is closed, what is protected, and when a clock runs.

pub mod http;
pub mod ical;
pub mod service;
mod store;
#[cfg(test)]
mod tests;
