//! `cargo xtask serve`: from an empty machine to a page with the demonstration district.

use std::env;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;

use crate::args::Args;
use crate::process::{self, Failure, Outcome};
use crate::setup::{node, rust, tools};
use crate::site::{self, Edition};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// What the person may choose.
struct Choice {
    edition: Edition,
    port: u16,
    data: PathBuf,
}

const DEFAULT_PORT: u16 = 8080;

pub fn run(workspace: &Workspace, args: Args) -> Outcome {
    let choice = choose(workspace, args)?;
    let shipped = choice.edition == Edition::Shipped;
    let mut steps = Steps::new(if shipped { 7 } else { 5 });
    rust::ensure(workspace, &mut steps)?;
    tools::ensure_wasm_bindgen(workspace, &mut steps)?;
    tools::ensure_trunk(workspace, &mut steps)?;
    if shipped {
        node::ensure_npm(workspace, &mut steps)?;
        node::ensure_wasm_opt(workspace, &mut steps)?;
    }
    let site = site::ensure(workspace, &mut steps, choice.edition)?;
    let profile = if shipped { "release" } else { "dev" };
    steps.step("the program", None, || {
        process::run(workspace.cargo().args(["build", "--package", "backend", "--bin", "chalkline", "--profile", profile]), "cargo build")
    })?;

    let program = workspace.target.join(if shipped { "release" } else { "debug" }).join("chalkline");
    let mut chalkline = workspace.command(&program);
    chalkline.args(["serve", "--demo"]).env("CHALKLINE_SITE", site).env("CHALKLINE_DATA_DIR", &choice.data);
    chalkline.env("CHALKLINE_BIND", format!("127.0.0.1:{}", choice.port));
    // Replaces this process, so that Ctrl-C reaches the program alone and it stops in order.
    Err(Failure(format!("cannot start {}: {}", program.display(), chalkline.exec())))
}

fn choose(workspace: &Workspace, mut args: Args) -> Outcome<Choice> {
    let edition = if args.flag("--release") { Edition::Shipped } else { Edition::Working };
    let port = match args.value("--port")? {
        None => DEFAULT_PORT,
        Some(text) => text.parse().map_err(|_| Failure(format!("--port wants a number up to 65535, not `{text}`")))?,
    };
    let here = env::current_dir().map_err(|error| Failure(format!("cannot see the current folder: {error}")))?;
    let data = args.value("--data")?.map_or_else(|| workspace.root.join("chalkline-data"), |folder| here.join(folder));
    args.finish()?;
    Ok(Choice { edition, port, data })
}
