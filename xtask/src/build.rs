//! `cargo xtask build`: the one file to deploy, with the shipped site inside; `--site` ends with the site.

use crate::args::Args;
use crate::process::{self, Outcome};
use crate::setup::{node, rust, tools};
use crate::site::{self, Edition};
use crate::steps::Steps;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace, mut args: Args) -> Outcome {
    let site_only = args.flag("--site");
    args.finish()?;
    let mut steps = Steps::new(if site_only { 6 } else { 7 });
    rust::ensure(workspace, &mut steps)?;
    tools::ensure_wasm_bindgen(workspace, &mut steps)?;
    tools::ensure_trunk(workspace, &mut steps)?;
    node::ensure_npm(workspace, &mut steps)?;
    node::ensure_wasm_opt(workspace, &mut steps)?;
    site::ensure(workspace, &mut steps, Edition::Shipped)?;
    if site_only {
        return Ok(());
    }
    steps.step("the program", None, || {
        process::run(workspace.cargo().args(["build", "--release", "--package", "backend", "--bins"]), "cargo build")
    })?;
    println!("Ready to deploy: {}", workspace.target.join("release/chalkline").display());
    Ok(())
}
