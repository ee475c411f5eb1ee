//! The files of the repository, and how findings about them are told.

use std::collections::BTreeSet;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::lexer;

/// One text file, with its path from the root.
pub struct Source {
    pub path: String,
    pub text: String,
    code: OnceLock<String>,
}

/// Something that a rule does not want.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    pub line: usize,
    pub what: String,
}

impl Source {
    /// A file that exists only in a test of a rule.
    pub fn planted(path: &str, text: &str) -> Self {
        Self { path: path.into(), text: text.into(), code: OnceLock::new() }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The program text: comments and the insides of strings are blank, lines stay where they are.
    pub fn code(&self) -> &str {
        self.code.get_or_init(|| lexer::blank(&self.text, lexer::Strings::Blank))
    }

    /// The program text with its strings.
    pub fn code_with_strings(&self) -> String {
        lexer::blank(&self.text, lexer::Strings::Keep)
    }

    /// The program text before its unit tests, which by convention stand last or in a file of their own.
    pub fn code_without_tests(&self) -> &str {
        if self.path.split('/').any(|part| part == "tests") || test_modules().contains(&self.path) {
            return "";
        }
        let code = self.code();
        // `#[cfg(test)] mod tests;` only names another file.
        let has_body = |at: &usize| code[*at..].find(['{', ';']).is_some_and(|end| code[at + end..].starts_with('{'));
        let end = code.match_indices("#[cfg(test)]").map(|(at, _)| at).find(has_body);
        &code[..end.unwrap_or(code.len())]
    }

    /// The name of the crate that the file belongs to.
    pub fn package(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }

    pub fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests live in a folder of the workspace").to_owned()
}

/// Names of all files that are, or would be, under version control.
pub fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let names = String::from_utf8(listed.stdout).expect("names of files are UTF-8");
    names.split('\0').filter(|name| root().join(name).is_file()).map(str::to_owned).collect()
}

/// All text files of the repository but the lock file, which cargo writes.
pub fn texts() -> &'static [Source] {
    static TEXTS: OnceLock<Vec<Source>> = OnceLock::new();
    let read = |path: String| std::fs::read_to_string(root().join(&path)).ok().map(|text| Source::planted(&path, &text));
    TEXTS.get_or_init(|| tracked().into_iter().filter(|name| name != "Cargo.lock").filter_map(read).collect())
}

/// All Rust files.
pub fn rust() -> Vec<&'static Source> {
    texts().iter().filter(|source| source.is_rust()).collect()
}

/// Files that are compiled for tests only: some other file says `#[cfg(test)] mod name;`.
fn test_modules() -> &'static BTreeSet<String> {
    static MODULES: OnceLock<BTreeSet<String>> = OnceLock::new();
    MODULES.get_or_init(|| rust().into_iter().flat_map(|source| modules_for_tests(source)).collect())
}

fn modules_for_tests(source: &Source) -> Vec<String> {
    let stem = source.path.trim_end_matches(".rs");
    let folder = ["/mod", "/lib", "/main"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem);
    let named = source.code().split("#[cfg(test)]").skip(1).filter_map(|after| {
        let item = after.trim_start().trim_start_matches("pub ").strip_prefix("mod ")?;
        item.split_once(';').map(|(name, _)| name.trim()).filter(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
    });
    named.flat_map(|name| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]).collect()
}

/// Fails with every finding that a rule has in the given files.
#[track_caller]
pub fn hold<'a>(rule: impl Fn(&Source) -> Vec<Finding>, files: impl IntoIterator<Item = &'a Source>) {
    none(files.into_iter().flat_map(rule).collect());
}

#[track_caller]
pub fn none(findings: Vec<Finding>) {
    let told: Vec<String> = findings.iter().map(Finding::to_string).collect();
    assert!(told.is_empty(), "\n{}\n", told.join("\n"));
}

/// Fails unless a rule sees what was planted on exactly these lines.
#[track_caller]
pub fn sees(rule: impl Fn(&Source) -> Vec<Finding>, planted: &Source, lines: &[usize]) {
    let seen: Vec<usize> = rule(planted).iter().map(|finding| finding.line).collect();
    assert_eq!(seen, lines, "in {}", planted.path);
}

#[test]
fn files_of_tests_are_known() {
    let planted =
        Source::planted("backend/src/db/mod.rs", "#[cfg(test)]\npub mod testing;\n#[cfg(test)]\nmod tests { mod inner; }\nmod tx;\n");
    assert_eq!(modules_for_tests(&planted), ["backend/src/db/testing.rs", "backend/src/db/testing/mod.rs"]);
}
