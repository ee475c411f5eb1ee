//! The contract is whole: each endpoint that is listed is mounted by the server once and called by the browser, and no other is mounted.

use std::collections::BTreeSet;

use shared::contract::{ENDPOINTS, Meta};

use crate::sources::{Source, rust};

/// Endpoints that no page calls, with the reason.
const NOT_FOR_THE_BROWSER: [(&str, &str); 0] = [];

/// What is listed here and not there, what is there and not here, and what is twice.
fn differences(listed: &[&str], mounted: &[&str]) -> Vec<String> {
    let (here, there) = (BTreeSet::from_iter(listed), BTreeSet::from_iter(mounted));
    let missing = here.difference(&there).map(|name| format!("{name} is listed and not mounted"));
    let stray = there.difference(&here).map(|name| format!("{name} is mounted and not listed"));
    let twice = there.iter().filter(|name| mounted.iter().filter(|other| other == *name).count() > 1);
    missing.chain(stray).chain(twice.map(|name| format!("{name} is mounted twice"))).collect()
}

/// Names that stand nowhere in the code of the pages.
fn uncalled<'a>(listed: &[&'a str], pages: &[&Source]) -> Vec<&'a str> {
    let codes = pages.iter().filter(|source| source.path.starts_with("frontend/src/")).map(|source| source.code_without_tests());
    let words: BTreeSet<&str> = codes.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_')).collect();
    let called = |name: &&&str| words.contains(**name) || NOT_FOR_THE_BROWSER.iter().any(|(other, _)| other == *name);
    listed.iter().filter(|name| !called(name)).copied().collect()
}

fn names<'a>(metas: impl IntoIterator<Item = &'a Meta>) -> Vec<&'static str> {
    metas.into_iter().map(|meta| meta.name).collect()
}

#[test]
fn every_listed_endpoint_is_mounted_once_and_no_other() {
    let routes = backend::http::routes();
    let found = differences(&names(ENDPOINTS.iter().copied().flatten()), &names(routes.mounted()));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(differences(&["GetA", "GetB"], &["GetB", "GetB", "GetC"]).len(), 3);
}

#[test]
fn every_listed_endpoint_is_called_by_a_page() {
    let found = uncalled(&names(ENDPOINTS.iter().copied().flatten()), &rust());
    assert!(found.is_empty(), "no page calls {found:#?}");
    let page = Source::planted("frontend/src/orders/page.rs", "use_load::<api::GetA>(()); // GetB\n");
    assert_eq!(uncalled(&["GetA", "GetB"], &[&page]), ["GetB"]);
}
