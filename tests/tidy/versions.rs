//! Versions that must agree though they stand in different files.

use std::fs;

use crate::sources::root;

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between quotes after some words.
fn quoted_after<'a>(text: &'a str, words: &str) -> &'a str {
    let after = text.split(words).nth(1).unwrap_or_else(|| panic!("`{words}` is gone: this rule has to follow"));
    after.split('"').next().unwrap_or_default()
}

#[test]
fn trunk_is_installed_in_the_version_that_its_settings_name() {
    let installed = quoted_after(&text("xtask/src/setup/tools.rs"), "const TRUNK: &str = \"").to_owned();
    assert_eq!(quoted_after(&text("Trunk.toml"), "trunk-version = \""), installed);
}

#[test]
fn wasm_opt_is_installed_in_the_version_that_trunk_wants() {
    let installed = quoted_after(&text("xtask/src/setup/node.rs"), "name: \"binaryen\", version: \"").to_owned();
    let wanted = text("Trunk.toml");
    assert_eq!(quoted_after(&wanted, "wasm_opt = \"version_"), installed.trim_end_matches(".0.0"));
}

/// The library and the program of wasm-bindgen understand each other only in the same version.
#[test]
fn wasm_bindgen_is_pinned_exactly() {
    assert!(quoted_after(&text("Cargo.toml"), "wasm-bindgen = \"").starts_with('='));
}

/// One set of versions for all crates: they stand in the workspace's file.
#[test]
fn third_party_versions_stand_in_the_workspace() {
    for package in ["shared", "backend", "frontend", "tests", "xtask"] {
        let manifest = text(&format!("{package}/Cargo.toml"));
        let own = manifest.lines().filter(|line| line.contains("version = \"") || line.contains("git = \""));
        assert_eq!(own.collect::<Vec<_>>(), Vec::<&str>::new(), "{package}/Cargo.toml");
    }
}
