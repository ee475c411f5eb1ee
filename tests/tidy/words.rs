//! Words that must not stand in the program text.

use crate::sources::{Finding, Source, hold, rust, sees, texts};

/// A word and why it is not wanted.
const BANNED: [(&str, &str); 6] = [
    ("todo!", "unfinished work does not go in"),
    ("unimplemented!", "unfinished work does not go in"),
    ("dbg!", "left over from looking for a fault"),
    ("#[ignore", "a test runs or goes"),
    ("#[allow(", "use #[expect(…, reason = \"…\")], which tells when it is no longer needed"),
    ("#![allow(", "use #![expect(…, reason = \"…\")], which tells when it is no longer needed"),
];

/// Files that may hold floating-point numbers, with the reason.
const FLOATS_ALLOWED: [(&str, &str); 0] = [];

/// Files that may unwrap outside tests, with the reason.
const PANICS_ALLOWED: [(&str, &str); 0] = [];

fn banned_words(source: &Source) -> Vec<Finding> {
    let look = |line: &str| BANNED.iter().find(|(word, _)| line.contains(word)).map(|(word, why)| format!("`{word}`: {why}"));
    each_line(source, source.code(), look)
}

fn floats(source: &Source) -> Vec<Finding> {
    if FLOATS_ALLOWED.iter().any(|(path, _)| source.path == *path) {
        return Vec::new();
    }
    let is_float = |word: &str| word == "f32" || word == "f64" || word.ends_with("_f32") || word.ends_with("_f64");
    each_line(source, source.code(), |line| {
        words(line).any(is_float).then(|| "a float: count in whole cents, basis points or millionths".into())
    })
}

fn panics(source: &Source) -> Vec<Finding> {
    if PANICS_ALLOWED.iter().any(|(path, _)| source.path == *path) {
        return Vec::new();
    }
    let look = |line: &str| {
        let found = [".unwrap()", ".expect(\"", "panic!(", "unreachable!("].iter().find(|call| line.contains(**call))?;
        Some(format!("`{found}` outside tests: return an error"))
    };
    let code = source.code_with_strings();
    let end = source.code_without_tests().lines().count();
    each_line(source, &code, look).into_iter().filter(|finding| finding.line <= end).collect()
}

/// The content security policy forbids inline styles; one would silently do nothing.
fn inline_styles(source: &Source) -> Vec<Finding> {
    if source.package() != "frontend" {
        return Vec::new();
    }
    let code = if source.is_rust() { source.code_with_strings() } else { source.text.clone() };
    let look = |line: &str| {
        let inline = [" style=", "(\"style\"", "<style", " onclick=\"", " onload=\""]
            .iter()
            .any(|form| format!(" {}", line.trim_start()).contains(form));
        inline.then(|| "an inline style or script: use a class, or an attribute of SVG".into())
    };
    each_line(source, &code, look)
}

/// Paths that exist on one machine only.
fn machine_paths(source: &Source) -> Vec<Finding> {
    if source.path.starts_with("tests/tidy/") {
        return Vec::new();
    }
    let look = |line: &str| ["tmp", "root", "home", "work", "Users"].iter().find_map(|top| machine_path(line, top));
    each_line(source, &source.text, look)
}

fn machine_path(line: &str, top: &str) -> Option<String> {
    let wanted = format!("/{top}/");
    line.match_indices(&wanted).find_map(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + wanted.len()..].chars().next();
        let absolute = !before.is_some_and(|c| c.is_alphanumeric() || "._-}/*)".contains(c));
        let goes_on = after.is_some_and(|c| c.is_ascii_lowercase() || c == '.');
        (absolute && goes_on).then(|| format!("`{wanted}…` exists on one machine only"))
    })
}

fn each_line(source: &Source, text: &str, look: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
    let lines = text.lines().enumerate();
    lines.filter_map(|(at, line)| look(line).map(|what| source.finding(at + 1, what))).collect()
}

/// Words of a line, so that `f64` is not found in `ff64`.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
}

#[test]
fn nothing_unfinished_and_nothing_silenced_goes_in() {
    hold(banned_words, rust());
    let planted = "fn a() { todo!() }\n// todo! in a comment\nfn b() { dbg!(1); }\n#[ignore]\n#[allow(dead_code)]\nlet text = \"todo!\";\n";
    sees(banned_words, &Source::planted("shared/src/a.rs", planted), &[1, 3, 4, 5]);
}

#[test]
fn nothing_counts_in_floats() {
    hold(floats, rust());
    sees(floats, &Source::planted("shared/src/a.rs", "let a: f64 = x;\nlet b = 1_f32;\nlet ff64 = 2;\n"), &[1, 2]);
}

#[test]
fn only_tests_panic() {
    hold(panics, rust());
    let planted = "fn a() { b.unwrap(); }\nfn c() { d.expect(\"e\"); }\nfn f() { g.unwrap_or(1); }\n#[cfg(test)]\nmod tests { fn a() { b.unwrap(); } }\n";
    sees(panics, &Source::planted("backend/src/a.rs", planted), &[1, 2]);
}

#[test]
fn pages_have_no_inline_styles_or_scripts() {
    let pages = texts().iter().filter(|source| source.path.ends_with(".rs") || source.path.ends_with(".html"));
    hold(inline_styles, pages);
    sees(inline_styles, &Source::planted("frontend/src/a.rs", "<div\n  style={x}>\n<div style=\"x\">\n<p class=\"style\">\n"), &[2, 3]);
    sees(inline_styles, &Source::planted("frontend/index.html", "<p onclick=\"x()\">"), &[1]);
}

#[test]
fn no_path_of_one_machine_goes_in() {
    hold(machine_paths, texts());
    let planted = "a = \"/home/someone/x\"\nb = \"assets/home/x\"\nc = https://example.org/home/\nd = (/tmp/x)\n";
    sees(machine_paths, &Source::planted("README.md", planted), &[1, 4]);
}
