//! The Chalkline site: a single-page application in the browser.

pub mod address;
pub mod api;
pub mod app;
pub mod clock;
pub mod form;
pub mod identity;
mod keys;
pub mod load;
mod navigation;
mod person_menu;
pub mod preferences;
pub mod route;
mod scroll;
pub mod session;
mod shell;
pub mod ui;
