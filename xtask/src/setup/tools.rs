//! The two programs that turn the frontend into a site, built from source by cargo into the tools folder.

use std::path::PathBuf;

use crate::process::{self, Outcome};
use crate::steps::Steps;
use crate::workspace::Workspace;

const TRUNK: &str = "0.21.14";

/// How a program is checked and installed.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    flags: &'static [&'static str],
}

/// Trunk needs its own lock file: newer patch versions of its parts do not compile together.
pub fn ensure_trunk(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    install(workspace, steps, &Tool { program: "trunk", package: "trunk", version: TRUNK.into(), flags: &["--locked"] })
}

/// wasm-bindgen must have exactly the version of the library in Cargo.lock; its own lock file names a version that no registry has.
pub fn ensure_wasm_bindgen(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    let version = workspace.locked_version("wasm-bindgen")?;
    install(workspace, steps, &Tool { program: "wasm-bindgen", package: "wasm-bindgen-cli", version, flags: &[] })
}

fn install(workspace: &Workspace, steps: &mut Steps, tool: &Tool) -> Outcome {
    let what = format!("{} {}", tool.program, tool.version);
    let present = installed(workspace, tool).map(|path| path.display().to_string());
    steps.step(&what, present, || {
        println!("      built from source once, several minutes on a small machine; an interrupted build goes on where it stopped");
        let mut cargo = workspace.cargo();
        cargo.args(["install", tool.package, "--version", &tool.version, "--force"]).args(tool.flags);
        cargo.arg("--root").arg(&workspace.tools);
        // A folder of its own that is kept, so that the build survives an interruption and `cargo clean`.
        cargo.env("CARGO_TARGET_DIR", workspace.tools.join("build"));
        // Trunk's own profile has fat link-time optimisation, which costs ten minutes and gains nothing here.
        cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        process::run(&mut cargo, &format!("cargo install {}", tool.package))
    })
}

/// The program of exactly this version, in the tools folder or anywhere on the search path.
fn installed(workspace: &Workspace, tool: &Tool) -> Option<PathBuf> {
    let path = process::find(&[tool.program], &workspace.bin_folders())?;
    let said = process::output(workspace.command(&path).arg("--version"))?;
    said.split_whitespace().any(|word| word == tool.version).then_some(path)
}
