//! The site in parts: Trunk calls this program under the name of wasm-bindgen, which cuts what loads later out of the program first.
//!
//! Trunk knows nothing of parts, so both ends stand here: [`bindgen`] runs in place of wasm-bindgen, between the compiler and
//! the real one; [`finish`] runs in Trunk's last hook and puts the parts beside the program.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

use crate::process::{self, Failure, Outcome, on};
use crate::workspace::Workspace;

/// The name under which Trunk looks for wasm-bindgen.
const PROGRAM: &str = "wasm-bindgen";
/// Tells the stand-in where the real wasm-bindgen is.
const REAL: &str = "CHALKLINE_WASM_BINDGEN";
/// Tells the stand-in and the hook where the parts wait in between.
const PARTS: &str = "CHALKLINE_SITE_PARTS";
/// The module that loads the parts; the program imports it.
const LOADER: &str = "load.js";
/// Stands in the loader for the program's script, whose name Trunk chooses later.
const SCRIPT_MARK: &str = "chalkline-site-script";

/// Smaller parts gain less from wasm-opt than its start costs.
const SMALLEST_OPTIMISED_BYTES: u64 = 4096;

/// Whether this process was started by Trunk in place of wasm-bindgen.
pub fn is_stand_in() -> bool {
    env::args_os().next().is_some_and(|own| Path::new(&own).file_name().is_some_and(|name| name == PROGRAM))
}

/// Puts the stand-in first on Trunk's search path, and tells it where the real program is.
///
/// # Errors
/// Where wasm-bindgen is not installed or the target folder cannot be written.
pub fn prepare(workspace: &Workspace, trunk: &mut Command) -> Outcome {
    let real = process::find(&[PROGRAM], &workspace.bin_folders()).ok_or_else(|| Failure(format!("{PROGRAM} is not installed")))?;
    let folder = workspace.target.join("site-tools");
    let stand_in = folder.join(PROGRAM);
    fs::create_dir_all(&folder).map_err(on(&folder))?;
    let own = env::current_exe().map_err(|error| Failure(format!("cannot find the running program: {error}")))?;
    if fs::read_link(&stand_in).ok().as_ref() != Some(&own) {
        let _ = fs::remove_file(&stand_in);
        symlink(&own, &stand_in).map_err(on(&stand_in))?;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [folder].into_iter().chain(workspace.bin_folders()).chain(env::split_paths(&path));
    let path = env::join_paths(folders).map_err(|error| Failure(format!("the search path: {error}")))?;
    trunk.env("PATH", path).env(REAL, real).env(PARTS, workspace.target.join("site-parts"));
    Ok(())
}

/// In place of wasm-bindgen: cuts the program it is given into parts, and hands the main part to the real wasm-bindgen.
///
/// # Errors
/// Where the program cannot be read or cut, or wasm-bindgen fails.
pub fn bindgen(arguments: Vec<OsString>) -> Outcome {
    let real = PathBuf::from(env::var_os(REAL).ok_or_else(|| Failure(format!("{REAL} is not set; run `cargo xtask build`")))?);
    let whole = arguments.iter().map(PathBuf::from).find(|path| path.extension().is_some_and(|kind| kind == "wasm"));
    let Some(whole) = whole else {
        return process::run(Command::new(&real).args(&arguments), PROGRAM);
    };
    let main = cut(&whole)?;
    let mut command = Command::new(&real);
    command.arg("--keep-lld-exports");
    command.args(arguments.iter().map(|argument| if Path::new(argument) == whole { main.as_os_str() } else { argument.as_os_str() }));
    process::run(&mut command, PROGRAM)
}

/// Writes the parts into a folder named by the digest of the whole, as the server lets browsers keep such names for ever.
fn cut(whole: &Path) -> Outcome<PathBuf> {
    let bytes = fs::read(whole).map_err(on(whole))?;
    let parts = parts_folder()?;
    let _ = fs::remove_dir_all(&parts);
    let name = format!("parts-{:016x}", digest(&bytes));
    let folder = parts.join(&name);
    fs::create_dir_all(&folder).map_err(on(&folder))?;
    let main = parts.join("main.wasm");
    let loader = format!("./{name}/{LOADER}");
    let mut options = Options::new(&bytes);
    options.output_dir = &parts;
    options.main_out_path = &main;
    options.link_name = &loader;
    options.main_module = SCRIPT_MARK;
    let cut = transform(options).map_err(|error| Failure(format!("cannot cut {} into parts: {error:#}", whole.display())))?;
    for part in cut.split_modules {
        let name = part.file_name().unwrap_or_default();
        fs::rename(&part, folder.join(name)).map_err(on(&part))?;
    }
    Ok(main)
}

/// Puts the parts into the site that Trunk stages, small where it ships, and tells their loader the name of the program's script.
///
/// # Errors
/// Where a file cannot be written or wasm-opt fails.
pub fn finish(staged: &Path, ships: bool) -> Outcome {
    let parts = parts_folder()?;
    let script = names(staged)?.into_iter().find(|name| name.starts_with("chalkline-site-") && name.ends_with(".js"));
    let script = script.ok_or_else(|| Failure(format!("{} has no script of the program", staged.display())))?;
    for name in names(&parts)?.into_iter().filter(|name| name.starts_with("parts-")) {
        let (from, to) = (parts.join(&name), staged.join(&name));
        fs::create_dir_all(&to).map_err(on(&to))?;
        for file in names(&from)? {
            let (source, goal) = (from.join(&file), to.join(&file));
            if file == LOADER {
                let text = fs::read_to_string(&source).map_err(on(&source))?;
                fs::write(&goal, text.replace(SCRIPT_MARK, &format!("../{script}"))).map_err(on(&goal))?;
            } else if ships && fs::metadata(&source).map_err(on(&source))?.len() >= SMALLEST_OPTIMISED_BYTES {
                let mut wasm_opt = Command::new("wasm-opt");
                wasm_opt.arg("-Oz").arg(&source).arg("-o").arg(&goal);
                process::run(&mut wasm_opt, "wasm-opt")?;
            } else {
                fs::copy(&source, &goal).map_err(on(&source))?;
            }
        }
    }
    Ok(())
}

fn parts_folder() -> Outcome<PathBuf> {
    env::var_os(PARTS).map(PathBuf::from).ok_or_else(|| Failure(format!("{PARTS} is not set; run `cargo xtask build`")))
}

fn names(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(on(folder))?;
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    Ok(names)
}

/// For telling one build from another, not for security.
fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}
