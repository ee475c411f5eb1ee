//! Starts the site.
fn main() {}
