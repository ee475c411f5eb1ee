//! Other programs: what they print is passed on, and how they end becomes a result.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Why a command stops, told to a person together with what to do.
#[derive(Debug)]
pub struct Failure(pub String);

pub type Outcome<T = ()> = Result<T, Failure>;

/// Runs a program to its end, its output on our own; `what` names it where it fails.
pub fn run(command: &mut Command, what: &str) -> Outcome {
    let status = command.status().map_err(|error| Failure(format!("{what}: cannot start {:?}: {error}", command.get_program())))?;
    if status.success() { Ok(()) } else { Err(Failure(format!("{what} failed ({status}); what it printed stands above"))) }
}

/// What a program prints, trimmed; nothing where it cannot be started or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first program of one of these names that the search path (or one of `more` folders) has.
pub fn find(names: &[&str], more: &[PathBuf]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = more.iter().cloned().chain(env::split_paths(&path)).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| is_program(file)))
}

/// True where we may install system packages: the owner of our own process entry is root.
pub fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|entry| entry.uid() == 0)
}

/// Turns an input or output error into a failure that names the file.
pub fn on(path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    move |error| Failure(format!("{}: {error}", path.display()))
}

/// The environment without what cargo told this program about itself: build scripts that watch those variables would run again.
pub fn forget_own_package(command: &mut Command) -> &mut Command {
    for (name, _) in env::vars_os() {
        if ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_CRATE_", "CARGO_BIN_"].iter().any(|start| starts_with(&name, start)) {
            command.env_remove(name);
        }
    }
    command
}

fn starts_with(name: &OsStr, start: &str) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(start))
}

fn is_program(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|entry| entry.is_file() && entry.mode() & 0o111 != 0)
}
