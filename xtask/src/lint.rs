//! `cargo xtask lint`: formatting and clippy, on this machine and for the browser, warnings refused.

use crate::args::Args;
use crate::process::{self, Outcome};
use crate::setup::rust;
use crate::steps::Steps;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace, args: Args) -> Outcome {
    args.finish()?;
    let mut steps = Steps::new(4);
    let cargo = |words: &[&str]| process::run(workspace.cargo().args(words), &format!("cargo {}", words[0]));
    rust::ensure(workspace, &mut steps)?;
    steps.step("formatting", None, || cargo(&["fmt", "--all", "--check"]))?;
    let host = ["clippy", "--workspace", "--all-targets", "--features", "frontend/ssr", "--", "--deny", "warnings"];
    steps.step("clippy on this machine", None, || cargo(&host))?;
    let browser = ["clippy", "--package", "frontend", "--target", rust::TARGET, "--", "--deny", "warnings"];
    steps.step("clippy for the browser", None, || cargo(&browser))
}
