//! The real program over real HTTP, on both databases.
#![expect(clippy::expect_used, reason = "a test tells by panicking what it missed")]

mod changes;
mod choices;
mod copies;
mod coverage;
mod crash;
mod gifts;
mod import;
mod lists;
mod offers;
mod outside;
mod race;
mod refusals;
mod renewals;
mod standing;
mod talk;
mod trail;
mod waiting;
mod walk;
