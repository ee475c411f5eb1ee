//! The developer's commands. `cargo xtask serve` and `cargo xtask test` do all set-up that a fresh machine lacks and skip what is there.

mod args;
mod bench;
mod build;
mod lint;
mod postgres;
mod precompress;
mod process;
mod serve;
mod setup;
mod site;
mod split;
mod steps;
mod test;
mod workspace;

use std::env;
use std::process::ExitCode;

use args::Args;
use process::{Failure, Outcome};
use workspace::Workspace;

const USAGE: &str = "\
Chalkline's commands

  cargo xtask serve [--release] [--port N] [--data DIR]
        set up, build and start the program with the demonstration district on SQLite
  cargo xtask test [FILTER] [--only unit|it|sim|browser|tidy] [--durable]
        set up and run every test, on SQLite and on a throw-away PostgreSQL, in a real browser
  cargo xtask bless [FILTER] [--only …]
        the same, taking what the tests see now as their snapshots; look at the difference before committing
  cargo xtask bench [ARGUMENTS]
        measure the release build and print it beside references taken in the same run
  cargo xtask lint
        formatting and clippy, warnings refused
  cargo xtask build [--site]
        build the one file to deploy: the release program with the site inside; or the site alone

Tools that cargo and npm install are kept in $CHALKLINE_TOOLS, or ~/.cache/chalkline.";

fn main() -> ExitCode {
    let outcome = if split::is_stand_in() { split::bindgen(env::args_os().skip(1).collect()) } else { run(env::args().skip(1).collect()) };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(reason)) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut words: Vec<String>) -> Outcome {
    if words.is_empty() {
        println!("{USAGE}");
        return Ok(());
    }
    let command = words.remove(0);
    let workspace = Workspace::find()?;
    let args = Args::new(words);
    match command.as_str() {
        "serve" => serve::run(&workspace, args),
        "test" => test::run(&workspace, args, test::Snapshots::Compare),
        "bless" => test::run(&workspace, args, test::Snapshots::Accept),
        "bench" => bench::run(&workspace, args),
        "build" => build::run(&workspace, args),
        "lint" => lint::run(&workspace, args),
        "finish-site" => site::finish(args),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(Failure(format!("there is no command `{unknown}`\n\n{USAGE}"))),
    }
}
