//! The contract is whole: each endpoint that is listed is mounted by the server and called by the browser, and no other.

use std::collections::BTreeSet;

use crate::sources::{Finding, Source, none, rust};

/// Endpoints that no page calls, with the reason.
const NOT_FOR_THE_BROWSER: [(&str, &str); 0] = [];

/// An endpoint's name and where it is listed.
struct Listed {
    name: String,
    path: String,
    line: usize,
}

/// The entries of every `endpoints!`: lines such as `GetOrder: Get "/api/orders/{order}" …`.
fn listed(files: &[Source]) -> Vec<Listed> {
    let apis = files.iter().filter(|source| source.path.starts_with("shared/src/") && source.code().contains("endpoints! {"));
    let entry = |line: &str| {
        let (name, rest) = line.trim().split_once(": ")?;
        let method = rest.split(' ').next()?;
        let is_entry = ["Get", "Post", "Put", "Delete"].contains(&method) && rest.contains("\"/");
        is_entry.then(|| name.to_owned())
    };
    let lines = apis.flat_map(|source| {
        let code = source.code_with_strings();
        let names: Vec<(usize, String)> = code.lines().enumerate().filter_map(|(at, line)| Some((at + 1, entry(line)?))).collect();
        names.into_iter().map(|(line, name)| Listed { name, path: source.path.clone(), line })
    });
    lines.collect()
}

/// What stands in `function::<…>` anywhere in a crate's code, without the modules before it.
fn generic_arguments(files: &[Source], package: &str, function: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in files.iter().filter(|source| source.path.starts_with(&format!("{package}/src/"))) {
        let code = source.code_without_tests();
        for after in code.split(&format!("{function}::<")).skip(1) {
            let path: String = after.chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
            names.extend(path.rsplit("::").next().map(str::to_owned));
        }
    }
    names
}

/// All words of a crate's code.
fn words(files: &[Source], package: &str) -> BTreeSet<String> {
    let code = files.iter().filter(|source| source.path.starts_with(&format!("{package}/src/"))).map(Source::code_without_tests);
    code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn broken_promises(files: &[Source]) -> Vec<Finding> {
    let (mounted, used) = (generic_arguments(files, "backend", "mount"), words(files, "frontend"));
    let mut findings = Vec::new();
    for endpoint in listed(files) {
        let mut tell = |what: &str| {
            findings.push(Finding { path: endpoint.path.clone(), line: endpoint.line, what: format!("{} {what}", endpoint.name) });
        };
        if !mounted.contains(&endpoint.name) {
            tell("is listed and not mounted by the server");
        }
        if !used.contains(&endpoint.name) && !NOT_FOR_THE_BROWSER.iter().any(|(name, _)| *name == endpoint.name) {
            tell("is listed and no page calls it");
        }
    }
    findings
}

#[test]
fn every_listed_endpoint_is_mounted_and_called() {
    none(broken_promises(&rust()));
}

#[test]
fn an_endpoint_that_is_only_listed_is_seen() {
    let api = "endpoints! {\n    /// A.\n    GetA: Get \"/api/a\" Public Read Json,\n    path (), query Empty, body Empty, reply A;\n\
               \n    /// B.\n    PutB: Put \"/api/b\" Public Command Json,\n    path (), query Empty, body B, reply B;\n}\n";
    let planted = [
        Source::planted("shared/src/orders/api.rs", api),
        Source::planted("backend/src/orders/http.rs", "config.service(mount::<api::GetA>(get_a));\n"),
        Source::planted("frontend/src/orders/page.rs", "let b = call::<PutB>(());\n"),
    ];
    let seen: Vec<String> = broken_promises(&planted).iter().map(Finding::to_string).collect();
    let wanted = [
        "shared/src/orders/api.rs:3: GetA is listed and no page calls it",
        "shared/src/orders/api.rs:7: PutB is listed and not mounted by the server",
    ];
    assert_eq!(seen, wanted);
}
