//! System packages: installed where we are root on a Debian, otherwise named, so that the person can install them.

use std::sync::Once;

use crate::process::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// Installs packages through apt.
pub fn install(workspace: &Workspace, packages: &[&str]) -> Outcome {
    let names = packages.join(" ");
    if process::find(&["apt-get"], &[]).is_none() {
        return Err(Failure(format!("install what Debian calls `{names}` by your system's own means, then start again")));
    }
    if !process::is_root() {
        return Err(Failure(format!("run `sudo apt-get install {names}`, then start again")));
    }
    static UPDATED: Once = Once::new();
    UPDATED.call_once(|| {
        // A stale list may still hold what is wanted: the installation below tells.
        if let Err(Failure(reason)) = process::run(apt(workspace).arg("update"), "apt-get update") {
            eprintln!("      {reason}");
        }
    });
    process::run(apt(workspace).args(["install", "--yes", "--no-install-recommends"]).args(packages), &format!("apt-get install {names}"))
}

fn apt(workspace: &Workspace) -> std::process::Command {
    let mut apt = workspace.command("apt-get");
    apt.args(["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]).env("DEBIAN_FRONTEND", "noninteractive");
    apt
}
