//! Known faults of the libraries in Cargo.lock.

use std::process::Command;

use crate::material;
use crate::sources::root;

/// Advisories that do not touch us, each with the reason.
const IGNORED: [(&str, &str); 0] = [];

#[test]
fn no_library_has_a_known_fault() {
    let Some(folder) = material::folder("the advisory database") else {
        return;
    };
    let mut check = Command::new("python3");
    check.arg(folder.join("tools/advisories.py")).arg(root().join("Cargo.lock"));
    if !IGNORED.is_empty() {
        check.arg("--ignore").args(IGNORED.map(|(id, _)| id));
    }
    let checked = check.output().expect("python3 runs the advisory check: install python3");
    let told = String::from_utf8_lossy(&checked.stdout);
    println!("{told}");
    assert!(checked.status.success(), "{told}{}", String::from_utf8_lossy(&checked.stderr));
}
