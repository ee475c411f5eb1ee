//! The people's days in a real Chromium.

#![expect(clippy::expect_used, reason = "a test tells by panicking what it missed")]

mod first_load;
mod imports;
mod lighthouse;
mod pages;
mod walk;
mod year;
