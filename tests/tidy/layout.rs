//! Where files are, how long they are, and how they begin.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::{Finding, Source, hold, none, rust, sees, tracked};

const LONGEST_FILE_LINES: usize = 400;
const BANNED_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "stuff"];
/// A slice is a word: the same in every crate.
const SLICES: [&str; 8] = ["identity", "budget", "calendar", "catalog", "orders", "cards", "audit", "scorecards"];
/// Folders below a crate's sources that serve all slices.
const SHARED_ROOMS: [(&str, &[&str]); 3] = [
    ("shared", &["ledger", "words"]),
    ("backend", &["db", "ports", "adapters", "sandbox", "http", "ledger", "bin", "cli", "demo", "worker"]),
    ("frontend", &["ui", "session", "shell"]),
];

fn says_what_it_is_for(source: &Source) -> Vec<Finding> {
    if source.text.starts_with("//! ") { Vec::new() } else { vec![source.finding(1, "begin with `//!` and say what the file is for")] }
}

fn long_file(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    if lines <= LONGEST_FILE_LINES {
        Vec::new()
    } else {
        vec![source.finding(1, format!("{lines} lines; split it, at most {LONGEST_FILE_LINES}"))]
    }
}

fn banned_name(source: &Source) -> Vec<Finding> {
    let parts = source.path.trim_end_matches(".rs").split('/');
    parts
        .filter(|part| BANNED_NAMES.contains(part))
        .map(|part| source.finding(1, format!("`{part}` says nothing: name what it is")))
        .collect()
}

/// Folders of a crate that are neither a slice nor a known room, and slices that only one of server and browser knows.
fn slices_disagree(files: &[String]) -> Vec<Finding> {
    let mut rooms: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for file in files {
        if let [package, "src", room, _, ..] = file.split('/').collect::<Vec<_>>()[..] {
            rooms.entry(package).or_default().insert(room);
        }
    }
    let tell = |path: String, what: String| Finding { path, line: 1, what };
    let mut findings = Vec::new();
    for (package, known) in SHARED_ROOMS {
        for room in rooms.get(package).into_iter().flatten() {
            if !SLICES.contains(room) && !known.contains(room) {
                findings.push(tell(format!("{package}/src/{room}"), "not a slice and not a known room".into()));
            }
        }
    }
    let slices = |package: &str| -> BTreeSet<&str> {
        rooms.get(package).into_iter().flatten().copied().filter(|room| SLICES.contains(room)).collect()
    };
    for missing in slices("backend").difference(&slices("shared")) {
        findings.push(tell(format!("shared/src/{missing}"), "the server has this slice, its nouns and contract are missing".into()));
    }
    for missing in slices("frontend").difference(&slices("backend")) {
        findings.push(tell(format!("backend/src/{missing}"), "the browser has this slice, the server does not".into()));
    }
    findings
}

#[test]
fn every_file_says_first_what_it_is_for() {
    hold(says_what_it_is_for, rust());
    sees(says_what_it_is_for, &Source::planted("shared/src/money.rs", "use std::fmt;\n"), &[1]);
}

#[test]
fn no_file_is_too_long() {
    hold(long_file, rust());
    sees(long_file, &Source::planted("shared/src/money.rs", &"\n".repeat(LONGEST_FILE_LINES + 1)), &[1]);
}

#[test]
fn names_say_what_things_are() {
    let files: Vec<Source> = tracked().iter().map(|path| Source::planted(path, "")).collect();
    hold(banned_name, &files);
    sees(banned_name, &Source::planted("backend/src/utils/mod.rs", ""), &[1]);
    sees(banned_name, &Source::planted("backend/src/orders/helpers.rs", ""), &[1]);
}

#[test]
fn slices_have_one_name_in_all_crates() {
    none(slices_disagree(&tracked()));
}

#[test]
fn a_slice_by_another_name_is_seen() {
    let planted = ["shared/src/orders/mod.rs", "backend/src/orders/mod.rs", "backend/src/purchases/mod.rs", "frontend/src/catalog/mod.rs"];
    let seen = slices_disagree(&planted.map(str::to_owned));
    let paths: Vec<&str> = seen.iter().map(|finding| finding.path.as_str()).collect();
    assert_eq!(paths, ["backend/src/purchases", "backend/src/catalog"]);
}
