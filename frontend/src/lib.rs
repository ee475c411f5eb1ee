//! The Chalkline site: a single-page application in the browser.

pub mod address;
pub mod api;
pub mod app;
pub mod clock;
pub mod form;
pub mod load;
pub mod preferences;
pub mod route;
pub mod ui;
