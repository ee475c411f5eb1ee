//! Licences of the libraries: all must go with a program under MIT OR Apache-2.0 that others may sell.

use std::process::Command;

use serde_json::Value;

use crate::sources::root;

const FINE: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unlicense",
    "CC0-1.0",
    "BSL-1.0",
    "Unicode-3.0",
    "CDLA-Permissive-2.0",
    // Asks for the changed files of the library only, which we do not change.
    "MPL-2.0",
];

/// True where one may choose fine licences only. An expression that mixes `AND` with others must be fine in all its parts.
fn is_fine(expression: &str) -> bool {
    let plain = expression.replace(" WITH LLVM-exception", "").replace(['(', ')'], "").replace('/', " OR ");
    let mut names = plain.split([' ']).filter(|word| !word.is_empty() && !["OR", "AND"].contains(word));
    let listed = |name: &str| FINE.contains(&name);
    if plain.contains(" AND ") { names.all(listed) } else { names.any(listed) }
}

#[test]
fn the_licences_of_all_libraries_go_with_ours() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"]).current_dir(root());
    let listed = cargo.output().expect("cargo lists the packages");
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let metadata: Value = serde_json::from_slice(&listed.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    assert!(packages.len() > 100, "cargo lists only {} packages", packages.len());
    let licence = |package: &Value| package["license"].as_str().unwrap_or("none").to_owned();
    let wrong = packages.iter().filter(|package| !is_fine(&licence(package)));
    let told: Vec<String> = wrong.map(|package| format!("{}: {}", package["name"], licence(package))).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn a_licence_that_binds_the_whole_program_is_seen() {
    for fine in
        ["MIT", "MIT/Apache-2.0", "MIT OR LGPL-2.1-or-later", "(MIT OR Apache-2.0) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_fine(fine), "{fine}");
    }
    for binding in ["GPL-3.0", "MIT AND AGPL-3.0-only", "none"] {
        assert!(!is_fine(binding), "{binding}");
    }
}
