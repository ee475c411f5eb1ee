//! Packages of npm: wasm-opt for the shipped site, axe-core and Lighthouse for the browser tests. None is part of the program.

use std::fs;
use std::path::PathBuf;

use super::packages;
use crate::process::{self, Outcome, on};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Binaryen, which is wasm-opt: Debian's is too old for what the compiler writes. Trunk.toml names the same version.
const WASM_OPT: Package = Package { name: "binaryen", version: "132.0.0", file: "binaryen/bin/wasm-opt" };
const AXE: Package = Package { name: "axe-core", version: "4.14.1", file: "axe-core/axe.min.js" };

const LIGHTHOUSE: Package = Package { name: "lighthouse", version: "12.8.2", file: "lighthouse/cli/index.js" };

/// A package with the one file of it that we use.
struct Package {
    name: &'static str,
    version: &'static str,
    file: &'static str,
}

pub fn ensure_npm(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    let present = process::find(&["node"], &[]).and(process::find(&["npm"], &[])).map(|path| path.display().to_string());
    steps.step("Node and npm", present, || packages::install(workspace, &["nodejs", "npm"]))
}

pub fn ensure_wasm_opt(workspace: &Workspace, steps: &mut Steps) -> Outcome {
    install(workspace, steps, &WASM_OPT).map(drop)
}

/// Puts axe-core there and tells where its script is.
pub fn ensure_axe(workspace: &Workspace, steps: &mut Steps) -> Outcome<PathBuf> {
    install(workspace, steps, &AXE)
}

/// Puts Lighthouse there and tells where the script is that Node runs.
pub fn ensure_lighthouse(workspace: &Workspace, steps: &mut Steps) -> Outcome<PathBuf> {
    install(workspace, steps, &LIGHTHOUSE)
}

fn install(workspace: &Workspace, steps: &mut Steps, package: &Package) -> Outcome<PathBuf> {
    let folder = workspace.tools.join("npm");
    let modules = folder.join("node_modules");
    let manifest = fs::read_to_string(modules.join(package.name).join("package.json")).unwrap_or_default();
    let current = manifest.contains(&format!("\"version\": \"{}\"", package.version)) && modules.join(package.file).is_file();
    let what = format!("{} {}", package.name, package.version);
    steps.step(&what, current.then(|| folder.display().to_string()), || {
        fs::create_dir_all(&folder).map_err(on(&folder))?;
        let mut npm = workspace.command("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(&folder);
        npm.arg(format!("{}@{}", package.name, package.version));
        process::run(&mut npm, &format!("npm install {}", package.name))
    })?;
    Ok(modules.join(package.file))
}
