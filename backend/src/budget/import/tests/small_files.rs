//! A small made-up district: every kind of bad row, differences after orders, and files of other shapes.

use shared::budget::CauseKind;
use shared::budget::api::{ExceptionKind, ImportView};
use shared::budget::import::{ImportKind, ImportState};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::BudgetLineId;
use shared::ledger::{Cause, NewTransfer, TransferKind};
use shared::money::Cents;

use super::Bench;
use crate::budget::service;
use crate::budget::store::line;
use crate::db::AuditRecord;
use crate::error::AppError;
use crate::ledger;

const YEAR: FiscalYear = FiscalYear(2023);
const HEADING: &str = "year,site_code,object_code,budget,ytd_actual,resource_code,function_code,fund_code\n";

async fn district() -> Bench {
    let bench = Bench::new().await;
    bench
        .take(ImportKind::Sites, "sites.csv", b"code,description,type,category\n101,ALLENDALE,Schools,Elementary\n909,Teaching,Central,\n")
        .await;
    bench.take(ImportKind::LedgerFunds, "funds.csv", b"code,description\n10,General Fund\n110,Adult\n").await;
    bench
        .take(ImportKind::Resources, "resources.csv", b"code,type,description,category\n0,Unrestricted,General Purpose,General (Base)\n9011,Restricted,Donations,Philanthropy / Grants\n")
        .await;
    bench
        .take(ImportKind::Objects, "objects.csv", b"code,description\n1105,Teachers\n4310,Supplies\n5825,Consultants\n5710,Transfers\n")
        .await;
    bench.take(ImportKind::Functions, "functions.csv", b"code,description\n1000,Instruction\n").await;
    bench
}

fn books(rows: &[&str]) -> Vec<u8> {
    format!("{HEADING}{}\n", rows.join("\n")).into_bytes()
}

async fn refused(bench: &Bench, bytes: &[u8]) -> (ImportView, Vec<(u32, String)>) {
    let view = bench.check(ImportKind::Books, "books.csv", bytes).await;
    assert_eq!(view.state, ImportState::Refused);
    let problems = super::super::problems(&bench.app, view.id, None).await.unwrap();
    (view, problems.items.into_iter().map(|p| (p.line, p.message)).collect())
}

async fn the_line(bench: &Bench) -> BudgetLineId {
    let lines = line::of_year(&bench.app.db.reader(), YEAR).await.unwrap();
    lines.into_iter().find(|l| l.fund.code == "0000").unwrap().id
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_row_is_told_and_nothing_is_half_done() {
    let bench = district().await;
    let good = "2023,101,4310,100.00,0,0,1000,10";
    let cases: [(&str, &str); 9] = [
        ("2023,777,4310,100.00,0,0,1000,10", "not in the district's list of sites"),
        ("2023,101,4310,100.00,0,,1000,10", "blank"),
        ("2023,101,4310,abc,0,0,1000,10", "not a number"),
        ("2023,101,4310,1.234,0,0,1000,10", "two decimals"),
        ("2023,101,4310,99999999999999,0,0,1000,10", "larger than ten billion"),
        (good, "earlier row"),
        ("FY24,101,5825,1,0,0,1000,10", "fiscal year"),
        ("2023,101,5825,1,0,0,1000", "7 cells"),
        ("2023,101,8888,1,0,0,1000,10", "list of objects"),
    ];
    for (bad, words) in cases {
        let (view, problems) = refused(&bench, &books(&[good, bad])).await;
        assert_eq!(problems.len(), 1, "{bad}: {problems:?}");
        assert!(problems[0].0 == 3 && problems[0].1.contains(words), "{bad}: {problems:?}");
        assert_eq!((view.rows_read, view.rows_good, view.rows_refused), (2, 1, 1));
        let published = bench.publish(view.id).await.unwrap_err();
        assert_eq!(published.code(), ErrorCode::ImportNotReady);
    }
    let (_, problems) = refused(&bench, b"year,site\n2023,101\n").await;
    assert!(problems.iter().any(|p| p.1.contains("“budget” is missing")));
    let (_, problems) = refused(&bench, b"\xff\xfey\0e\0").await;
    assert!(problems[0].1.contains("UTF-16"));
    assert_eq!(bench.count("SELECT COUNT(*) AS n FROM budget_line").await, 0);
    assert_eq!(bench.count("SELECT COUNT(*) AS n FROM books_line").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_headings_separators_and_ways_of_writing_sums_are_taken() {
    let bench = district().await;
    let file = "FY;Site Code;Fund;Resource Code;Function;Object;Revised Budget;Actual\n2023-24;101;010;0;1000;4310;\"$1,234.56\";(34.56)\n";
    let view = bench.take(ImportKind::Books, "other.csv", file.as_bytes()).await;
    assert_eq!(view.rows_good, 1);
    let detail = service::budget_line(&bench.app.db.reader(), the_line(&bench).await).await.unwrap();
    assert_eq!(detail.line.money.available, Cents::new(126_912));
    assert_eq!(detail.books[0].actual, Cents::new(-3_456));
    assert_eq!(detail.line.fund.sacs_fund, "01");
    assert_eq!(detail.movements.iter().map(|m| m.cause_title.as_str()).collect::<Vec<_>>(), ["Books, other.csv"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_changes_nothing_and_a_changed_one_posts_the_difference() {
    let bench = district().await;
    let first =
        books(&["2023,101,4310,1000.00,200.00,0,1000,10", "2023,101,1105,5000.00,0,0,1000,10", "2023,101,4310,-50.00,10.00,9011,1000,10"]);
    bench.take(ImportKind::Books, "books.csv", &first).await;
    let transfers = bench.count("SELECT COUNT(*) AS n FROM ledger_transfer").await;
    let again = bench.take(ImportKind::Books, "books.csv", &first).await;
    assert_eq!((again.rows_unchanged, again.rows_good), (3, 3));
    assert!(again.summary.iter().any(|s| s.starts_with("Nothing to change")));
    assert_eq!(bench.count("SELECT COUNT(*) AS n FROM ledger_transfer").await, transfers);
    let line = the_line(&bench).await;
    commit_money(&bench, line, Cents::new(70_000)).await;
    let changed = books(&["2023,101,4310,500.00,250.00,0,1000,10", "2023,101,1105,5000.00,0,0,1000,10"]);
    bench.take(ImportKind::Books, "changed.csv", &changed).await;
    let detail = service::budget_line(&bench.app.db.reader(), line).await.unwrap();
    let money = detail.line.money;
    // 1,000 given, 200 spent, 700 committed: 50 more were spent, 50 could be taken of the 500.
    assert_eq!((money.spent, money.encumbered, money.available), (Cents::new(25_000), Cents::new(70_000), Cents::ZERO));
    let open = service_exceptions(&bench).await;
    assert_eq!(open, [(ExceptionKind::Shortfall, 45_000)]);
    assert!(ledger::audit(&bench.app.db.reader()).await.unwrap().is_empty());
}

/// What is open in the register, by kind and cents.
async fn service_exceptions(bench: &Bench) -> Vec<(ExceptionKind, i64)> {
    let all = crate::budget::store::exception::of_year(&bench.app.db.reader(), YEAR).await.unwrap();
    all.into_iter().filter(|e| e.closed.is_none()).map(|e| (e.kind, e.amount.get())).collect()
}

/// Commits money as an order would.
async fn commit_money(bench: &Bench, line: BudgetLineId, amount: Cents) {
    let importer = bench.importer("SubmitCart");
    let (command, request_id) = (importer.command.clone(), importer.request_id);
    let order: shared::id::OrderId = bench.app.id(command.at);
    bench
        .app
        .db
        .command(&importer.command, order, (command, line), move |mut tx, (command, line)| async move {
            let cause = Cause::new(CauseKind::Order, order);
            ledger::post(&mut tx, &[NewTransfer::on_line(TransferKind::OrderEncumbered, line, amount, cause)]).await.unwrap();
            let record = AuditRecord {
                actor: None,
                action: "SubmitCart",
                object: order.to_string(),
                others: Vec::new(),
                object_title: String::new(),
                school: None,
                summary: String::new(),
                reason: String::new(),
                command_id: command.id,
                request_id,
                at: command.at,
            };
            Ok::<(), AppError>(tx.commit(record, Vec::new()).await?)
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn overspent_and_negative_lines_stand_in_the_exception_register() {
    let bench = district().await;
    bench.take(ImportKind::Books, "b.csv", &books(&["2023,101,4310,100.00,130.00,0,1000,10", "2023,101,5825,-40.00,0,9011,1000,10"])).await;
    assert_eq!(service_exceptions(&bench).await, [(ExceptionKind::OpeningDeficit, 4_000), (ExceptionKind::OpeningDeficit, 3_000)]);
    bench.take(ImportKind::Books, "c.csv", &books(&["2023,101,4310,130.00,130.00,0,1000,10", "2023,101,5825,-40.00,0,9011,1000,10"])).await;
    assert_eq!(service_exceptions(&bench).await, [(ExceptionKind::OpeningDeficit, 4_000)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_command_is_one_audit_record() {
    let bench = district().await;
    let before = bench.count("SELECT COUNT(*) AS n FROM audit_record").await;
    bench.take(ImportKind::Books, "b.csv", &books(&["2023,101,4310,100.00,0,0,1000,10"])).await;
    assert_eq!(bench.count("SELECT COUNT(*) AS n FROM audit_record").await, before + 2);
}
