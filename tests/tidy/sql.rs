//! SQL that means the same to both databases, and migrations that come in pairs where they cannot.

use std::collections::BTreeSet;

use crate::sources::{Finding, Source, hold, none, sees, texts};

/// What only one of the databases understands, or what belongs elsewhere.
const NOT_PORTABLE: [(&str, &str); 14] = [
    ("AUTOINCREMENT", "only SQLite"),
    ("INSERT OR ", "only SQLite: ON CONFLICT"),
    ("LAST_INSERT_ROWID", "only SQLite"),
    ("STRFTIME(", "only SQLite, and a clock: pass the time in"),
    ("DATETIME(", "only SQLite, and a clock: pass the time in"),
    ("SERIAL PRIMARY", "only PostgreSQL: ids come from the program"),
    ("JSONB", "only PostgreSQL: JSON is text"),
    ("ILIKE", "only PostgreSQL: lower() on both sides"),
    ("NOW()", "one clock: pass the time in"),
    ("CURRENT_TIMESTAMP", "one clock: pass the time in"),
    (" OFFSET ", "lists page by key"),
    (" FLOAT", "no floats"),
    (" DOUBLE PRECISION", "no floats"),
    (" NUMERIC", "whole cents are BIGINT"),
];

fn holds_sql(source: &Source) -> bool {
    source.path.starts_with("backend/migrations/") || source.path.starts_with("backend/src/") && source.is_rust()
}

/// The files that are there to differ.
fn knows_one_database(path: &str) -> bool {
    path.ends_with(".postgres.sql") || path.ends_with(".sqlite.sql") || path.starts_with("backend/src/db/")
}

fn not_portable(source: &Source) -> Vec<Finding> {
    if !holds_sql(source) || knows_one_database(&source.path) {
        return Vec::new();
    }
    let text = if source.is_rust() { source.code_with_strings() } else { without_comments(&source.text) };
    let look = |line: &str| {
        // Rust's own names are in small or mixed letters; SQL's words stand in capitals, functions in either.
        let sql = line.replace("now()", if source.is_rust() { "" } else { "NOW()" });
        let sql = if source.is_rust() { sql } else { sql.to_uppercase() };
        NOT_PORTABLE.iter().find(|(word, _)| sql.contains(word)).map(|(word, why)| format!("`{}`: {why}", word.trim()))
    };
    text.lines().enumerate().filter_map(|(at, line)| look(line).map(|what| source.finding(at + 1, what))).collect()
}

fn without_comments(sql: &str) -> String {
    let lines: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect();
    lines.join("\n")
}

/// Migrations for one database without their twin, and numbers that are missing.
fn odd_migrations(names: &[String]) -> Vec<Finding> {
    let files: BTreeSet<&str> = names.iter().filter_map(|name| name.strip_prefix("backend/migrations/")).collect();
    let tell = |file: &str, what: &str| Finding { path: format!("backend/migrations/{file}"), line: 1, what: what.into() };
    let mut findings = Vec::new();
    for file in &files {
        let twin = [(".postgres.sql", ".sqlite.sql"), (".sqlite.sql", ".postgres.sql")]
            .iter()
            .find_map(|(own, other)| file.strip_suffix(own).map(|stem| format!("{stem}{other}")));
        if twin.is_some_and(|twin| !files.contains(twin.as_str())) {
            findings.push(tell(file, "one database gets this and the other nothing"));
        }
    }
    let numbers: BTreeSet<usize> = files.iter().filter_map(|file| file.split('_').next()?.parse().ok()).collect();
    for missing in (1..=numbers.last().copied().unwrap_or_default()).filter(|number| !numbers.contains(number)) {
        findings.push(tell(&format!("{missing:04}"), "this number is missing"));
    }
    findings
}

#[test]
fn sql_means_the_same_to_both_databases() {
    hold(not_portable, texts());
    sees(
        not_portable,
        &Source::planted("backend/migrations/0001_a.sql", "-- now() is fine here\nx BIGINT DEFAULT now(),\ny jsonb\n"),
        &[2, 3],
    );
    sees(
        not_portable,
        &Source::planted("backend/src/orders/store.rs", "let now = clock.now();\nlet sql = \"SELECT 1 LIMIT 1 OFFSET 2\";\n"),
        &[2],
    );
    sees(not_portable, &Source::planted("backend/migrations/0001_a.postgres.sql", "y JSONB\n"), &[]);
}

#[test]
fn migrations_for_one_database_have_a_twin_for_the_other() {
    none(odd_migrations(&texts().iter().map(|source| source.path.clone()).collect::<Vec<_>>()));
    let planted = ["0001_a.sql", "0001_a.sqlite.sql", "0003_b.sql"].map(|name| format!("backend/migrations/{name}"));
    let seen: Vec<String> = odd_migrations(&planted).into_iter().map(|finding| finding.path).collect();
    assert_eq!(seen, ["backend/migrations/0001_a.sqlite.sql", "backend/migrations/0002"]);
}
