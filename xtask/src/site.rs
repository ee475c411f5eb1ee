//! The site: the frontend as WebAssembly with its styles, bundled by Trunk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::process::{self, Outcome, on};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// Which of the two builds of the site is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Quick to build, for a person at work.
    Working,
    /// Smallest, optimised by wasm-opt and precompressed: what the release program embeds and what the tests look at.
    Shipped,
}

/// What the site is built from; anything newer than the site there makes a new one.
const SOURCES: [&str; 8] = [
    "frontend/index.html",
    "frontend/src",
    "frontend/styles",
    "frontend/assets",
    "frontend/Cargo.toml",
    "shared",
    "Cargo.toml",
    "Trunk.toml",
];

/// Builds the site unless the one there is newer than all its sources, and tells its folder.
pub fn ensure(workspace: &Workspace, steps: &mut Steps, edition: Edition) -> Outcome<PathBuf> {
    let (folder, what) = match edition {
        Edition::Working => (workspace.working_site(), "the site"),
        Edition::Shipped => (workspace.shipped_site(), "the site as shipped"),
    };
    let present = is_current(workspace, &folder).then(|| folder.display().to_string());
    steps.step(what, present, || bundle(workspace, &folder, edition))?;
    Ok(folder)
}

fn bundle(workspace: &Workspace, folder: &Path, edition: Edition) -> Outcome {
    fs::create_dir_all(folder).map_err(on(folder))?;
    let mut trunk = workspace.command("trunk");
    // All tools are on the search path by now; Trunk must not download others.
    trunk.args(["build", "--offline", "true", "--skip-version-check", "--dist"]).arg(folder);
    if edition == Edition::Shipped {
        trunk.arg("--release");
    }
    // Trunk reads NO_COLOR as true or false only, where everyone else looks whether it is set.
    trunk.env_remove("NO_COLOR");
    process::run(&mut trunk, "trunk build")
}

fn is_current(workspace: &Workspace, folder: &Path) -> bool {
    let Ok(built) = fs::metadata(folder.join("index.html")).and_then(|entry| entry.modified()) else {
        return false;
    };
    SOURCES.iter().filter_map(|source| newest(&workspace.root.join(source))).all(|changed| changed < built)
}

/// The latest change of a file, or of a folder and all below it: a removed file changes its folder.
fn newest(path: &Path) -> Option<SystemTime> {
    let own = fs::metadata(path).and_then(|entry| entry.modified()).ok()?;
    let below = fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    Some(below.fold(own, SystemTime::max))
}
