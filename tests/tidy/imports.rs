//! Who may know whom: `http -> service -> {rules, store, ledger} -> shared`, `store, ledger -> db`, `adapters -> ports`; between slices one way only.

use crate::paths::named;
use crate::sources::{Finding, Source, hold, rust, sees};

/// A part of the program and the paths that it must not name.
struct Border {
    /// Tells by the file's path whether the rule is about it.
    inside: fn(&str) -> bool,
    forbidden: &'static [&'static str],
    why: &'static str,
}

const BORDERS: [Border; 9] = [
    Border {
        inside: |path| path.starts_with("shared/src/") && !path.starts_with("shared/src/client"),
        forbidden: &[
            "actix_web",
            "sea_orm",
            "sqlx",
            "tokio",
            "reqwest",
            "yew",
            "web_sys",
            "gloo",
            "getrandom",
            "rand",
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "std::time::SystemTime",
            "std::time::Instant",
            "SystemTime",
            "Instant",
            "jiff::Timestamp::now",
            "jiff::Zoned::now",
        ],
        why: "`shared` is pure: no input, output, clock or chance",
    },
    Border {
        inside: |path| room(path, "rules"),
        forbidden: &["crate::db", "crate::ports", "crate::adapters", "crate::http", "sea_orm", "actix_web", "tokio", "futures_util"],
        why: "rules decide and do nothing else",
    },
    Border {
        inside: |path| room(path, "service"),
        forbidden: &["crate::adapters", "crate::http", "actix_web", "sea_orm", "sqlx"],
        why: "a use case knows neither HTTP nor the outside nor SQL",
    },
    Border {
        inside: |path| room(path, "http"),
        forbidden: &["crate::db", "crate::ledger", "sea_orm", "sqlx"],
        why: "a handler calls a use case and no deeper",
    },
    Border {
        inside: |path| room(path, "store"),
        forbidden: &["crate::http", "crate::adapters", "actix_web"],
        why: "a store knows the database only",
    },
    Border {
        inside: |path| path.starts_with("backend/src/ports"),
        forbidden: &["crate::adapters", "actix_web", "sea_orm", "sqlx"],
        why: "a port is what we need of the world, not how it is met",
    },
    Border {
        inside: |path| path.starts_with("backend/src/") && !path.starts_with("backend/src/db/"),
        forbidden: &["sqlx", "sea_orm::DbBackend", "sea_orm::DatabaseBackend", "DbBackend", "DatabaseBackend"],
        why: "only `db` knows which database it is",
    },
    Border {
        inside: |path| path.starts_with("frontend/src/ui/"),
        forbidden: &["crate::api", "crate::load", "gloo_net", "shared::contract"],
        why: "a component fetches nothing",
    },
    Border {
        inside: |path| path.starts_with("frontend/src/"),
        forbidden: &["reqwest", "shared::client"],
        why: "reqwest costs 75 KB of Brotli in the browser",
    },
];

/// Which other slices a slice may use; what emits audit records does so through the transaction.
const BELOW: [(&str, &[&str]); 8] = [
    ("identity", &[]),
    ("budget", &["identity"]),
    // Whose days they are: the district's, or one school's.
    ("calendar", &["identity", "budget"]),
    // The schools that prices and comparisons are for stand in the district's books.
    ("catalog", &["identity", "budget", "calendar"]),
    ("orders", &["identity", "budget", "calendar", "catalog"]),
    ("cards", &["identity", "budget", "calendar", "catalog", "orders"]),
    ("scorecards", &["identity", "budget", "calendar", "catalog", "orders"]),
    ("audit", &["identity", "budget", "calendar", "catalog", "orders", "cards"]),
];

/// What one slice may name of another: never how it stores or serves.
const PRIVATE_ROOMS: [&str; 2] = ["store", "http"];

/// The slice of a file of the server.
fn slice(path: &str) -> Option<&str> {
    let room = path.strip_prefix("backend/src/")?.split('/').next()?;
    BELOW.iter().any(|(name, _)| *name == room).then_some(room)
}

/// True for `backend/src/<slice>/<name>.rs` and below a folder of that name.
fn room(path: &str, name: &str) -> bool {
    let second = path.split('/').nth(3).unwrap_or_default();
    slice(path).is_some() && (second == name || second.strip_suffix(".rs") == Some(name))
}

fn within(path: &str, forbidden: &str) -> bool {
    path == forbidden || path.strip_prefix(forbidden).is_some_and(|rest| rest.starts_with("::"))
}

fn crossed_borders(source: &Source) -> Vec<Finding> {
    let borders: Vec<&Border> = BORDERS.iter().filter(|border| (border.inside)(&source.path)).collect();
    let code = source.code_without_tests();
    let mut findings: Vec<Finding> = Vec::new();
    for named in named(source, code) {
        let crossed = borders.iter().find(|border| border.forbidden.iter().any(|forbidden| within(&named.path, forbidden)));
        if let Some(border) = crossed {
            findings.push(source.finding(named.line, format!("`{}`: {}", named.path, border.why)));
        }
    }
    findings
}

fn rules_that_wait(source: &Source) -> Vec<Finding> {
    if !room(&source.path, "rules") && source.package() != "shared" || source.path.starts_with("shared/src/client") {
        return Vec::new();
    }
    let code = source.code_without_tests();
    let waiting = code.lines().enumerate().filter(|(_, line)| line.contains("async fn") || line.contains(".await"));
    waiting.map(|(at, _)| source.finding(at + 1, "what decides does not wait")).collect()
}

fn slices_the_wrong_way(source: &Source) -> Vec<Finding> {
    let Some(own) = slice(&source.path) else {
        return Vec::new();
    };
    let below = BELOW.iter().find(|(name, _)| *name == own).map_or(&[][..], |(_, below)| below);
    let mut findings = Vec::new();
    for named in named(source, source.code_without_tests()) {
        let mut parts = named.path.split("::").skip_while(|part| *part == "crate");
        let (other, room) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !named.path.starts_with("crate::") || other == own || !BELOW.iter().any(|(name, _)| *name == other) {
            continue;
        }
        if !below.contains(&other) {
            findings.push(source.finding(named.line, format!("`{own}` must not know `{other}`: it may use {below:?}")));
        } else if PRIVATE_ROOMS.contains(&room) {
            findings.push(source.finding(named.line, format!("`{}` is private to `{other}`: call its service", named.path)));
        }
    }
    findings
}

#[test]
fn parts_know_only_what_is_below_them() {
    hold(crossed_borders, rust());
}

#[test]
fn a_crossed_border_is_seen() {
    let planted = |path: &str, text: &str, lines: &[usize]| sees(crossed_borders, &Source::planted(path, text), lines);
    planted("backend/src/orders/rules.rs", "use shared::money::Cents;\nuse crate::db::Tx;\n", &[2]);
    planted("backend/src/orders/service/approve.rs", "use crate::db::Tx;\nuse crate::adapters::smtp;\n", &[2]);
    planted("backend/src/orders/http.rs", "use super::service;\nfn f() { crate::db::begin() }\n", &[2]);
    planted("backend/src/budget/store.rs", "use sea_orm::{DbBackend, Statement};\n", &[1]);
    planted("backend/src/ports/clock.rs", "use crate::adapters::system;\n", &[1]);
    planted("shared/src/orders/state.rs", "use std::{fmt, time::SystemTime};\nuse std::fs;\n", &[1, 2]);
    planted("shared/src/money.rs", "use std::fmt;\n#[cfg(test)]\nmod tests { use std::fs; }\n", &[]);
    planted("frontend/src/ui/button.rs", "use crate::api::call;\n", &[1]);
}

#[test]
fn what_decides_does_not_wait() {
    hold(rules_that_wait, rust());
    sees(rules_that_wait, &Source::planted("backend/src/orders/rules.rs", "pub async fn may() {}\n"), &[1]);
    sees(rules_that_wait, &Source::planted("backend/src/orders/service.rs", "pub async fn approve() {}\n"), &[]);
}

#[test]
fn slices_know_each_other_one_way_and_only_through_services() {
    hold(slices_the_wrong_way, rust());
}

#[test]
fn a_slice_that_looks_the_wrong_way_is_seen() {
    let planted = |path: &str, text: &str, lines: &[usize]| sees(slices_the_wrong_way, &Source::planted(path, text), lines);
    planted("backend/src/budget/service.rs", "use crate::orders::service;\n", &[1]);
    planted(
        "backend/src/orders/service.rs",
        "use crate::budget::service;\nuse crate::budget::{service, store};\nuse crate::orders::store;\n",
        &[2],
    );
    planted("backend/src/orders/service.rs", "fn f() { super::super::catalog::http::g() }\n", &[1]);
}
