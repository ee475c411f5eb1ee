//! `cargo xtask test`: everything, or one part, with all that it needs set up first.

use std::path::PathBuf;
use std::process::Command;

use crate::args::Args;
use crate::postgres::{self, Durability, Postgres};
use crate::process::{self, Failure, Outcome};
use crate::setup::browser::{self, Browser};
use crate::setup::{node, rust, tools};
use crate::site::{self, Edition};
use crate::steps::Steps;
use crate::workspace::Workspace;

/// What happens where a snapshot differs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Snapshots {
    Compare,
    Accept,
}

/// A part of the battery that can be run alone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    All,
    Unit,
    Integration,
    Simulation,
    Browser,
    Tidy,
}

/// What the tests are told about the machine.
#[derive(Default)]
struct Setting {
    site: Option<PathBuf>,
    axe: Option<PathBuf>,
    lighthouse: Option<PathBuf>,
    browser: Option<Browser>,
    postgres: Option<Postgres>,
}

impl Part {
    fn parse(text: Option<&str>) -> Outcome<Self> {
        match text {
            None => Ok(Self::All),
            Some("unit") => Ok(Self::Unit),
            Some("it") => Ok(Self::Integration),
            Some("sim") => Ok(Self::Simulation),
            Some("browser") => Ok(Self::Browser),
            Some("tidy") => Ok(Self::Tidy),
            Some(other) => Err(Failure(format!("--only takes unit, it, sim, browser or tidy, not `{other}`"))),
        }
    }

    /// Which targets cargo runs. Always the whole workspace, so that one set of features is compiled once.
    fn targets(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Unit => &["--lib", "--bins", "--test", "parts"],
            Self::Integration => &["--test", "it"],
            Self::Simulation => &["--test", "sim"],
            Self::Browser => &["--test", "browser"],
            Self::Tidy => &["--test", "tidy"],
        }
    }

    fn needs_browser(self) -> bool {
        matches!(self, Self::All | Self::Browser)
    }

    fn needs_postgres(self) -> bool {
        matches!(self, Self::All | Self::Integration | Self::Simulation | Self::Browser)
    }

    fn steps(self) -> usize {
        1 + if self.needs_browser() { 9 } else { 0 } + if self.needs_postgres() { 3 } else { 0 }
    }
}

pub fn run(workspace: &Workspace, mut args: Args, snapshots: Snapshots) -> Outcome {
    let part = Part::parse(args.value("--only")?.as_deref())?;
    let durability = if args.flag("--durable") { Durability::Durable } else { Durability::Volatile };
    let filter = args.word();
    args.finish()?;

    let mut steps = Steps::new(part.steps());
    let mut setting = Setting::default();
    if part.needs_browser() {
        prepare_browser(workspace, &mut steps, &mut setting)?;
    }
    if part.needs_postgres() {
        postgres::ensure(workspace, &mut steps)?;
        steps.step("the programs and their tests", None, || build(workspace, part))?;
        steps.step("a throw-away PostgreSQL", None, || {
            setting.postgres = Some(postgres::start(durability)?);
            Ok(())
        })?;
    }
    if setting.site.is_none() {
        setting.site = Some(workspace.shipped_site()).filter(|folder| folder.join("index.html").is_file());
    }
    steps.step("the tests", None, || {
        let mut cargo = cargo(workspace, "test");
        cargo.arg("--no-fail-fast").args(part.targets()).args(filter);
        tell(workspace, &setting, &mut cargo);
        if snapshots == Snapshots::Accept {
            cargo.env("INSTA_UPDATE", "always");
        }
        process::run(&mut cargo, "cargo test")
    })
}

fn prepare_browser(workspace: &Workspace, steps: &mut Steps, setting: &mut Setting) -> Outcome {
    rust::ensure(workspace, steps)?;
    tools::ensure_wasm_bindgen(workspace, steps)?;
    tools::ensure_trunk(workspace, steps)?;
    node::ensure_npm(workspace, steps)?;
    node::ensure_wasm_opt(workspace, steps)?;
    setting.axe = Some(node::ensure_axe(workspace, steps)?);
    setting.lighthouse = Some(node::ensure_lighthouse(workspace, steps)?);
    setting.browser = Some(browser::ensure(workspace, steps)?);
    setting.site = Some(site::ensure(workspace, steps, Edition::Shipped)?);
    Ok(())
}

/// Builds the server beside the tests that start it. In one go, as cargo would choose other features of the libraries for the server alone.
fn build(workspace: &Workspace, part: Part) -> Outcome {
    let tests = if part == Part::All { &["--tests"][..] } else { part.targets() };
    process::run(cargo(workspace, "build").arg("--bins").args(tests), "cargo build")
}

/// The whole workspace on this machine; pages are rendered to HTML by the frontend's feature `ssr`.
fn cargo(workspace: &Workspace, command: &str) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args([command, "--workspace", "--features", "frontend/ssr"]);
    cargo
}

fn tell(workspace: &Workspace, setting: &Setting, cargo: &mut Command) {
    cargo.env("CHALKLINE_BIN", workspace.target.join("debug/chalkline"));
    match workspace.shared_material() {
        Some(folder) => drop(cargo.env("CHALKLINE_SHARED", folder)),
        None => eprintln!("NO MATERIAL IN ../shared: the tests on the real district and on advisories are skipped"),
    }
    if let Some(site) = &setting.site {
        cargo.env("CHALKLINE_SITE", site);
    }
    if let Some(axe) = &setting.axe {
        cargo.env("CHALKLINE_AXE", axe);
    }
    if let Some(lighthouse) = &setting.lighthouse {
        cargo.env("CHALKLINE_LIGHTHOUSE", lighthouse);
    }
    if let Some(browser) = &setting.browser {
        cargo.env("CHALKLINE_CHROMIUM", &browser.chromium).env("CHALKLINE_CHROMEDRIVER", &browser.driver);
    }
    if let Some(postgres) = &setting.postgres {
        cargo.env("CHALKLINE_TEST_POSTGRES", &postgres.url);
    }
}
