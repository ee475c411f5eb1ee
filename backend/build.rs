//! Builds the server anew when the site that it carries inside was built anew.

use std::fs;

const SITE: &str = "../frontend/dist";

fn main() {
    // Cargo takes a folder that is missing for one that changed, each time; an empty one is watched like any other.
    let there = fs::create_dir_all(SITE);
    if there.is_ok() {
        println!("cargo:rerun-if-changed={SITE}");
    }
}
