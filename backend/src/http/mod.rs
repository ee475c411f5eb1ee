//! The way in: every route is mounted by its [`shared::contract::Endpoint`] and no other way.

pub mod assets;
mod body;
mod call;
mod cookie;
mod encode;
mod error;
mod guard;
mod head;
pub mod health;
pub mod matrix;
mod mount;
pub mod openapi;
pub mod security;

pub use crate::reply::{Csv, Document};
pub use call::{Answer, Call, Caller, Unsigned};
pub use cookie::Cookie;
pub use mount::{Routes, mount, mount_calendar, mount_csv, mount_document, mount_with_cookies};

/// Every route of the program.
pub fn routes() -> Routes {
    let mut routes = Routes::default();
    crate::identity::http::configure(&mut routes);
    crate::budget::http::configure(&mut routes, crate::district_units::take_units);
    crate::calendar::http::configure(&mut routes);
    crate::catalog::http::configure(&mut routes);
    crate::orders::http::configure(&mut routes);
    crate::scorecards::http::configure(&mut routes);
    crate::audit::http::configure(&mut routes);
    routes
}

#[cfg(test)]
mod tests;
