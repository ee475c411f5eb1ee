//! The paths that a file names: its `use` trees written out, and paths in the middle of the code.

use crate::sources::Source;

/// A path such as `crate::orders::store::insert`, with the line where it stands.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: String,
}

/// All paths of the program text, `self` and `super` resolved to `crate`.
pub fn named(source: &Source, code: &str) -> Vec<Named> {
    let own = module(&source.path);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = code[at..].find(|c: char| c.is_alphabetic() || c == '_').map(|next| at + next) {
        let word = word(&code[start..]);
        let line = || code[..start].matches('\n').count() + 1;
        if word == "use" {
            let end = code[start..].find(';').map_or(code.len(), |length| start + length);
            let tree = &code[start + 3..end];
            found.extend(written_out(tree).into_iter().map(|path| Named { line: line(), path: resolve(&own, &path) }));
            at = end;
        } else {
            let path = path(&code[start..]);
            if path.contains("::") {
                found.push(Named { line: line(), path: resolve(&own, path) });
            }
            at = start + path.len().max(word.len());
        }
    }
    found
}

/// The module that a file is, from its path: `backend/src/orders/http/mod.rs` is `orders::http`.
fn module(path: &str) -> Vec<String> {
    let below = path.split("/src/").nth(1).unwrap_or(path).trim_end_matches(".rs");
    let parts = below.split('/').filter(|part| !["mod", "lib", "main"].contains(part));
    parts.map(str::to_owned).collect()
}

fn resolve(own: &[String], path: &str) -> String {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut base = own.to_vec();
    if !matches!(parts.first(), Some(&"self" | &"super")) {
        return path.to_owned();
    }
    while let Some(&first) = parts.first() {
        match first {
            "self" => drop(parts.remove(0)),
            "super" => {
                parts.remove(0);
                base.pop();
            }
            _ => break,
        }
    }
    let rest = base.iter().map(String::as_str).chain(parts);
    std::iter::once("crate").chain(rest).collect::<Vec<_>>().join("::")
}

/// Every leaf of a `use` tree: `a::{b, c::{self, d}}` is `a::b`, `a::c`, `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        let path: String = path.split_whitespace().collect();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let prefix: String = tree[..open].split_whitespace().collect();
    let inside = tree[open + 1..].trim_end().trim_end_matches('}');
    let closed = &tree[open + 1..tree.rfind('}').unwrap_or(open + 1 + inside.len())];
    branches(closed).into_iter().flat_map(written_out).map(|leaf| join(&prefix, &leaf)).collect()
}

fn join(prefix: &str, leaf: &str) -> String {
    if leaf == "self" { prefix.trim_end_matches("::").to_owned() } else { format!("{prefix}{leaf}") }
}

/// The parts between the commas of one level.
fn branches(inside: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[from..]);
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect()
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// A word and the `::word` that follow it.
fn path(text: &str) -> &str {
    let mut end = word(text).len();
    while let Some(next) = text[end..].strip_prefix("::") {
        let more = word(next).len();
        if more == 0 {
            break;
        }
        end += 2 + more;
    }
    &text[..end]
}

#[test]
fn use_trees_and_inline_paths_are_written_out() {
    let text =
        "use crate::{db::Tx, ports::{self, Clock as C}};\nuse super::store;\nfn f() { let a = super::super::budget::service::g(); }\n";
    let source = Source::planted("backend/src/orders/service.rs", text);
    let paths: Vec<(usize, String)> = named(&source, source.code()).into_iter().map(|named| (named.line, named.path)).collect();
    let wanted = [
        (1, "crate::db::Tx"),
        (1, "crate::ports"),
        (1, "crate::ports::Clock"),
        (2, "crate::orders::store"),
        (3, "crate::budget::service::g"),
    ];
    assert_eq!(paths, wanted.map(|(line, path)| (line, path.to_owned())));
}
