//! `cargo xtask bench`: what the product does, beside references measured in the same run, in turns. Prints a table and JSON.
//!
//! Absolute figures move with the machine and the hour; only the ratios mean something, and no test asserts one.
#![expect(clippy::expect_used, reason = "a measurement that cannot go on should say where")]

mod browser;
mod figures;
mod lighthouse;
mod load;
mod product;
mod references;

use figures::Report;

/// How often reference and product are measured in turn.
const ROUNDS: usize = 3;

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let only_browser = std::env::args().any(|arg| arg == "--browser");
    let rounds = if quick { 1 } else { ROUNDS };
    let mut report = Report::default();
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        browser::measure(&mut report).await;
        lighthouse::measure(&mut report).await;
        if only_browser {
            continue;
        }
        references::bare_server(&mut report).await;
        references::order_sized_transactions(&mut report).await;
        product::measure_on_sqlite(&mut report).await;
        if let Some(server) = harness::postgres::server() {
            references::pgbench(&mut report, &server);
            product::measure_on_postgres(&mut report).await;
        }
    }
    report.print();
}
