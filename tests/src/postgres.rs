//! Throw-away databases on the PostgreSQL that `cargo xtask test` starts.

use std::sync::atomic::{AtomicU64, Ordering};

use sea_orm::{ConnectionTrait as _, Database};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// The server's address without a database, where one is running.
pub fn server() -> Option<String> {
    match std::env::var("CHALKLINE_TEST_POSTGRES") {
        Ok(url) => Some(url),
        Err(_) => {
            eprintln!("SKIPPED ON POSTGRESQL: CHALKLINE_TEST_POSTGRES is not set; `cargo xtask test` starts one");
            None
        }
    }
}

/// Makes a database of its own, as a copy of `template` where given, and returns its address.
pub async fn create(server: &str, template: Option<&str>) -> String {
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("test_{}_{count}", std::process::id());
    let admin = Database::connect(server).await.expect("the throw-away PostgreSQL");
    let from = template.map(|t| format!(" TEMPLATE {t}")).unwrap_or_default();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}{from}")).await.expect("a new database");
    admin.close().await.expect("a closed connection");
    with_database(server, &name)
}

/// Removes a database made by [`create`].
pub async fn remove(url: &str) {
    let (Some(server), Some(name)) = (server(), name_of(url)) else { return };
    let admin = Database::connect(server).await.expect("the throw-away PostgreSQL");
    admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.expect("a removed database");
    admin.close().await.expect("a closed connection");
}

/// The database's name in an address.
pub fn name_of(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1.split_once('/')?.1;
    Some(path.split('?').next()?.to_owned())
}

fn with_database(server: &str, name: &str) -> String {
    let (head, query) = server.split_once('?').map_or((server, None), |(h, q)| (h, Some(q)));
    let start = head.find("://").map_or(0, |at| at + 3);
    let base = head[start..].split_once('/').map_or(head.to_owned(), |(host, _)| format!("{}{host}", &head[..start]));
    match query {
        Some(query) => format!("{base}/{name}?{query}"),
        None => format!("{base}/{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_take_another_database() {
        assert_eq!(with_database("postgres://a:b@127.0.0.1:5433/postgres", "x"), "postgres://a:b@127.0.0.1:5433/x");
        assert_eq!(with_database("postgres://h/p?host=/s", "x"), "postgres://h/x?host=/s");
        assert_eq!(name_of("postgres://h/x?host=/s"), Some("x".to_owned()));
    }
}
