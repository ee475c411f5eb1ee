//! The Chalkline site: a single-page application in the browser.

pub mod app;
pub mod clock;
pub mod route;
pub mod ui;
