//! `cargo xtask build`: the one file to deploy, with the shipped site inside.

use crate::args::Args;
use crate::process::{self, Outcome};
use crate::setup::{node, rust, tools};
use crate::site::{self, Edition};
use crate::steps::Steps;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace, args: Args) -> Outcome {
    args.finish()?;
    let mut steps = Steps::new(7);
    rust::ensure(workspace, &mut steps)?;
    tools::ensure_wasm_bindgen(workspace, &mut steps)?;
    tools::ensure_trunk(workspace, &mut steps)?;
    node::ensure_npm(workspace, &mut steps)?;
    node::ensure_wasm_opt(workspace, &mut steps)?;
    site::ensure(workspace, &mut steps, Edition::Shipped)?;
    steps.step("the program", None, || {
        process::run(workspace.cargo().args(["build", "--release", "--package", "backend", "--bins"]), "cargo build")
    })?;
    println!("Ready to deploy: {}", workspace.target.join("release/chalkline").display());
    Ok(())
}
