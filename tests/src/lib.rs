//! The harness: the program under test, typed actors, and the steps that tests share.
#![expect(clippy::expect_used, reason = "a test that cannot go on should say where")]

pub mod actor;
pub mod app;
pub mod browser;
pub mod district;
pub mod drafts;
pub mod lighthouse;
pub mod market;
pub mod postgres;
pub mod program;
pub mod raw;
