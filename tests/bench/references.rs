//! The references: what the machine, the databases and the bare server can do in this very run.

use std::process::Command;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, web};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, SqliteTransactionMode, TransactionOptions, TransactionTrait as _};

use crate::figures::Report;
use crate::load;

/// The size of a catalog document with 2,000 packages, before compression.
const CATALOG_BYTES: usize = 500_000;
const REQUESTS: usize = 20_000;
const TRANSACTIONS: usize = 4_000;

/// A server that does nothing but answer.
pub async fn bare_server(report: &mut Report) {
    let page = twenty_rows();
    let catalog = "x".repeat(CATALOG_BYTES);
    let factory = move || {
        let (page, catalog) = (web::Bytes::from(page.clone()), web::Bytes::from(catalog.clone()));
        App::new()
            .route(
                "/rows",
                web::get().to(move || {
                    let page = page.clone();
                    async move { HttpResponse::Ok().content_type("application/json").body(page) }
                }),
            )
            .route(
                "/catalog",
                web::get().to(move || {
                    let catalog = catalog.clone();
                    async move { HttpResponse::Ok().body(catalog) }
                }),
            )
    };
    let server = HttpServer::new(factory).tcp_nodelay(true).bind(("127.0.0.1", 0)).expect("a port").disable_signals();
    let address = server.addrs()[0];
    let running = server.run();
    let handle = running.handle();
    tokio::spawn(running);
    for (path, name, requests) in
        [("rows", "bare server, 20 rows of JSON/s", REQUESTS), ("catalog", "bare server, a catalog's bytes/s", REQUESTS / 20)]
    {
        let url = format!("http://{address}/{path}");
        let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
        let states = vec![http; 32];
        let measured = load::run(states, load::deal(vec![url; requests], 32), |http, url: String| async move {
            http.get(&url).send().await.expect("an answer").bytes().await.expect("a body");
            http
        });
        report.rate(name, measured.await.per_second());
    }
    handle.stop(false).await;
}

fn twenty_rows() -> String {
    let row = r#"{"id":"ord_01jd0000000000000000000000","number":1042,"school":"Lincoln Elementary","title":"Elementary mathematics coaching","price":1353750,"state":"in_delivery"}"#;
    format!("[{}]", vec![row; 20].join(","))
}

/// Eight small statements in one durable transaction on SQLite, as an order takes, without the order's thinking.
pub async fn order_sized_transactions(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let url = format!("sqlite:{}?mode=rwc", folder.path().join("reference.sqlite").display());
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|o| o.pragma("journal_mode", "WAL").pragma("synchronous", "FULL"));
    let db = Database::connect(options).await.expect("a database");
    db.execute_unprepared("CREATE TABLE row (id INTEGER PRIMARY KEY, a TEXT, b BIGINT)").await.expect("a table");
    let measured = load::run(vec![db], vec![(0..TRANSACTIONS).collect()], |db, n: usize| async move {
        let begin = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
        let tx = db.begin_with_options(begin).await.expect("a transaction");
        for part in 0..6 {
            let values = [format!("text {n} {part}").into(), i64::try_from(n).unwrap_or(0).into()];
            let statement =
                sea_orm::Statement::from_sql_and_values(sea_orm::DbBackend::Sqlite, "INSERT INTO row (a, b) VALUES ($1, $2)", values);
            tx.execute_raw(statement).await.expect("a row");
        }
        for _ in 0..2 {
            let statement = sea_orm::Statement::from_sql_and_values(
                sea_orm::DbBackend::Sqlite,
                "UPDATE row SET b = b + 1 WHERE id = $1",
                [1i64.into()],
            );
            tx.execute_raw(statement).await.expect("a change");
        }
        tx.commit().await.expect("a commit");
        db
    });
    report.rate("order-sized transactions/s, SQLite", measured.await.per_second());
}

/// PostgreSQL's own measure of small durable transactions.
pub fn pgbench(report: &mut Report, server: &str) {
    let Some(program) = std::env::var_os("CHALKLINE_PGBENCH") else {
        eprintln!("NO REFERENCE FOR POSTGRESQL: CHALKLINE_PGBENCH is not set; use `cargo xtask bench`");
        return;
    };
    let initialised = Command::new(&program).args(["-i", "-q", "-s", "10", server]).output().expect("pgbench");
    assert!(initialised.status.success(), "{}", String::from_utf8_lossy(&initialised.stderr));
    for clients in ["8", "32"] {
        std::thread::sleep(Duration::from_millis(200));
        let run = Command::new(&program).args(["-N", "-n", "-c", clients, "-j", "2", "-T", "5", server]).output().expect("pgbench");
        let text = String::from_utf8_lossy(&run.stdout);
        let tps =
            text.lines().find_map(|line| line.strip_prefix("tps = ")).and_then(|rest| rest.split('.').next()).and_then(|n| n.parse().ok());
        report.rate(&format!("pgbench simple-update/s, {clients} clients"), tps.expect("pgbench's figure"));
    }
}
