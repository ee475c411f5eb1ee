//! `cargo xtask bench`: the release build measured beside references taken in the same run, on durable databases.

use crate::args::Args;
use crate::postgres::{self, Durability};
use crate::process::{self, Outcome};
use crate::setup::{browser, node, rust, tools};
use crate::site::{self, Edition};
use crate::steps::Steps;
use crate::workspace::Workspace;

pub fn run(workspace: &Workspace, args: Args) -> Outcome {
    let mut steps = Steps::new(11);
    postgres::ensure(workspace, &mut steps)?;
    rust::ensure(workspace, &mut steps)?;
    tools::ensure_wasm_bindgen(workspace, &mut steps)?;
    tools::ensure_trunk(workspace, &mut steps)?;
    node::ensure_npm(workspace, &mut steps)?;
    node::ensure_wasm_opt(workspace, &mut steps)?;
    let lighthouse = node::ensure_lighthouse(workspace, &mut steps)?;
    let browser = browser::ensure(workspace, &mut steps)?;
    let site = site::ensure(workspace, &mut steps, Edition::Shipped)?;
    steps.step("the programs, optimised", None, || {
        process::run(workspace.cargo().args(["build", "--release", "--package", "backend", "--package", "tests", "--bins"]), "cargo build")
    })?;
    let postgres = postgres::start(Durability::Durable)?;
    let release = workspace.target.join("release");
    let mut bench = workspace.command(release.join("bench"));
    bench.args(args.rest()).env("CHALKLINE_TEST_POSTGRES", &postgres.url).env("CHALKLINE_BIN", release.join("chalkline"));
    // References are taken in the same run, with PostgreSQL's own pgbench.
    bench.env("CHALKLINE_PGBENCH", postgres.programs.join("pgbench")).env("CHALKLINE_SITE", site);
    bench.env("CHALKLINE_CHROMIUM", browser.chromium).env("CHALKLINE_CHROMEDRIVER", browser.driver);
    bench.env("CHALKLINE_LIGHTHOUSE", lighthouse);
    if let Some(folder) = workspace.shared_material() {
        bench.env("CHALKLINE_SHARED", folder);
    }
    steps.step("the measurements", None, || process::run(&mut bench, "the bench"))
}
