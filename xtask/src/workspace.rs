//! Where things are: the sources, what cargo builds, the built sites, and the tools that are kept between builds.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{self, Failure, Outcome, on};

/// The folders that the commands work in.
pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
    /// Programs and packages installed by the set-up, outside the target folder so that cleaning it does not cost twenty minutes.
    pub tools: PathBuf,
}

impl Workspace {
    pub fn find() -> Outcome<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().map(Path::to_path_buf).ok_or_else(|| Failure("cannot find the workspace above xtask".into()))?;
        let own = env::current_exe().map_err(|error| Failure(format!("cannot find the running program: {error}")))?;
        let target = own.ancestors().nth(2).map_or_else(|| root.join("target"), Path::to_path_buf);
        Ok(Self { root, target, tools: tools_folder()? })
    }

    /// The site as shipped, which the release program embeds.
    pub fn shipped_site(&self) -> PathBuf {
        self.root.join("frontend/dist")
    }

    /// The site of `serve`: quick to build, never embedded.
    pub fn working_site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The folder of the material that lives beside the repository and is not part of it, where there is one.
    pub fn shared_material(&self) -> Option<PathBuf> {
        let beside = self.root.parent()?.join("shared");
        env::var_os("CHALKLINE_SHARED").map(PathBuf::from).or(Some(beside)).filter(|folder| folder.join("advisory-db").is_dir())
    }

    pub fn bin_folders(&self) -> Vec<PathBuf> {
        vec![self.tools.join("bin"), self.tools.join("npm/node_modules/.bin")]
    }

    /// A program to be run in the root with the tools on its search path.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = self.bin_folders().into_iter().chain(env::split_paths(&path));
        if let Ok(path) = env::join_paths(folders) {
            command.env("PATH", path);
        }
        command.current_dir(&self.root).env("CHALKLINE_TOOLS", &self.tools);
        process::forget_own_package(&mut command);
        command
    }

    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// The version of a package in Cargo.lock, so that no version has to be written twice.
    pub fn locked_version(&self, package: &str) -> Outcome<String> {
        let path = self.root.join("Cargo.lock");
        let lock = fs::read_to_string(&path).map_err(on(&path))?;
        let wanted = format!("name = \"{package}\"");
        let mut lines = lock.lines().skip_while(|line| *line != wanted);
        let version = lines.nth(1).and_then(|line| line.strip_prefix("version = \"")).and_then(|line| line.strip_suffix('"'));
        version.map(str::to_owned).ok_or_else(|| Failure(format!("Cargo.lock has no package {package}")))
    }
}

fn tools_folder() -> Outcome<PathBuf> {
    if let Some(folder) = env::var_os("CHALKLINE_TOOLS") {
        return Ok(PathBuf::from(folder));
    }
    let home = env::var_os("HOME").ok_or_else(|| Failure("set CHALKLINE_TOOLS to a folder for the tools, as HOME is not set".into()))?;
    Ok(PathBuf::from(home).join(".cache/chalkline"))
}
