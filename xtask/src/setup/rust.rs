//! The WebAssembly half of the Rust toolchain that rust-toolchain.toml names.

use std::path::Path;

use crate::process::{self, Outcome};
use crate::steps::Steps;
use crate::workspace::Workspace;

pub const TARGET: &str = "wasm32-unknown-unknown";

pub fn ensure(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    let libraries = process::output(workspace.command("rustc").args(["--print", "target-libdir", "--target", TARGET]));
    let present = libraries.filter(|folder| Path::new(folder).is_dir()).map(|_| TARGET.to_owned());
    steps.step("Rust for WebAssembly", present, || {
        process::run(workspace.command("rustup").args(["target", "add", TARGET]), "rustup target add (get rustup from your distribution)")
    })
}
