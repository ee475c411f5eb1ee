//! The site: the frontend as WebAssembly with its styles, bundled by Trunk.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::args::Args;
use crate::process::{self, Failure, Outcome, on};
use crate::steps::Steps;
use crate::workspace::Workspace;
use crate::{precompress, split};

/// Which of the two builds of the site is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Quick to build, for a person at work.
    Working,
    /// Smallest, optimised by wasm-opt and precompressed: what the release program embeds and what the tests look at.
    Shipped,
}

/// What the site is built from; anything newer than the site there makes a new one.
const SOURCES: [&str; 10] = [
    ".cargo/config.toml",
    "xtask/src/split.rs",
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
    split::prepare(workspace, &mut trunk)?;
    // Trunk reads NO_COLOR as true or false only, where everyone else looks whether it is set.
    trunk.env_remove("NO_COLOR");
    process::run(&mut trunk, "trunk build")
}

/// Trunk's last hook, before the new site takes the place of the old one: the parts that load later, and the compressed forms.
/// The working site is not compressed: there time matters and size does not.
pub fn finish(args: Args) -> Outcome {
    args.finish()?;
    let staged = env::var_os("TRUNK_STAGING_DIR").ok_or_else(|| Failure("finish-site is a hook of Trunk, see Trunk.toml".into()))?;
    let ships = env::var("TRUNK_PROFILE").as_deref() == Ok("release");
    split::finish(Path::new(&staged), ships)?;
    if ships { precompress::folder(Path::new(&staged)) } else { Ok(()) }
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
