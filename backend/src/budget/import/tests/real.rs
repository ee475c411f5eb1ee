//! The real district: sums per school and fund equal the source's to the cent, and importing twice changes nothing.

use std::collections::BTreeMap;
use std::path::Path;

use shared::budget::api::{ExceptionKind, ImportView};
use shared::budget::import::ImportKind;
use shared::fiscal::FiscalYear;
use shared::id::BudgetLineId;

use super::{Bench, real_data};
use crate::budget::store::{exception, line, school};
use crate::db::Query as _;
use crate::db::testing::on_each_address;
use crate::ledger;

const FILES: [(ImportKind, &str); 8] = [
    (ImportKind::Sites, "ousd-finance/sites.csv"),
    (ImportKind::LedgerFunds, "ousd-finance/funds.csv"),
    (ImportKind::Resources, "ousd-finance/resources.csv"),
    (ImportKind::Objects, "ousd-finance/objects.csv"),
    (ImportKind::Functions, "ousd-finance/functions.csv"),
    (ImportKind::Books, "ousd-finance/expenditures-2022-2023.csv"),
    (ImportKind::Units, "ousd-central-programs/central-programs.csv"),
    (ImportKind::Enrollment, "cde-frpm-2014-15/oakland-unified.csv"),
];

async fn take_all(bench: &Bench, data: &Path) -> Vec<ImportView> {
    let mut views = Vec::new();
    for (kind, path) in FILES {
        let bytes = std::fs::read(data.join(path)).unwrap();
        views.push(bench.take(kind, path, &bytes).await);
    }
    views
}

/// Cents of a plain decimal, read another way than the program does.
fn cents(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap();
    sign * (whole.parse::<i64>().unwrap() * 100 + fraction.parse::<i64>().unwrap())
}

/// Signed sums of the source by year, school and resource: of everything, and of what the school decides over.
type Sums = BTreeMap<(i16, String, String), (i64, i64)>;

fn sums_of_source(data: &Path) -> (Sums, Sums) {
    let read = |path: &str| csv::Reader::from_path(data.join(path)).unwrap().into_records().map(|r| r.unwrap()).collect::<Vec<_>>();
    let schools: Vec<String> = read("ousd-finance/sites.csv").iter().filter(|r| &r[2] == "Schools").map(|r| r[0].to_owned()).collect();
    let not_discretionary = ["5820", "5844", "5809"];
    let (mut all, mut own) = (Sums::new(), Sums::new());
    for r in read("ousd-finance/expenditures-2022-2023.csv").iter().filter(|r| schools.iter().any(|s| *s == r[1])) {
        let object: u32 = r[2].parse().unwrap();
        let key = (r[0].parse().unwrap(), format!("{:0>3}", &r[1]), format!("{:0>4}", &r[5]));
        let discretionary = matches!(object, 4000..=4699 | 5100..=5399 | 5600..=5699 | 5800..=5999 | 6400..=6599);
        for (sums, counts) in [(&mut all, true), (&mut own, discretionary && !not_discretionary.contains(&&r[2]))] {
            if counts {
                let sum = sums.entry(key.clone()).or_default();
                *sum = (sum.0 + cents(&r[3]), sum.1 + cents(&r[4]));
            }
        }
    }
    (all, own)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_real_district_comes_in_to_the_cent_and_only_once() {
    let Some(data) = real_data() else { return };
    on_each_address(async |url: String| comes_in_to_the_cent_and_only_once(&url, &data).await).await;
}

async fn comes_in_to_the_cent_and_only_once(url: &str, data: &Path) {
    let bench = Bench::on(url, tempfile::tempdir().unwrap()).await;
    let views = take_all(&bench, data).await;
    views.iter().for_each(|v| eprintln!("{:?}: {:?} {:?}", v.kind, v.summary, v.remarks));
    assert_eq!(views[5].rows_good, 59_060);
    let (all, own) = sums_of_source(data);
    assert_eq!(sums_of_books(&bench).await, all);
    assert_lines_equal(&bench, &own).await;
    let before = bench.count("SELECT COUNT(*) AS n FROM ledger_transfer").await;
    for view in take_all(&bench, data).await {
        assert_eq!(view.rows_unchanged + u32::try_from(left_out(&view)).unwrap(), view.rows_good, "{:?}", view.kind);
    }
    assert_eq!(bench.count("SELECT COUNT(*) AS n FROM ledger_transfer").await, before);
    assert!(ledger::audit(&bench.app.db.reader()).await.unwrap().is_empty());
    bench.app.db.clone().close().await.unwrap();
}

/// Rows of the enrollment file that match no school.
fn left_out(view: &ImportView) -> usize {
    let found = |s: &&String| s.contains(" schools in the file were found");
    let Some(sentence) = view.summary.iter().find(found) else { return 0 };
    let numbers: Vec<usize> = sentence.split(' ').filter_map(|word| word.parse().ok()).collect();
    numbers[1] - numbers[0]
}

async fn sums_of_books(bench: &Bench) -> Sums {
    let sql = "SELECT b.year, b.site, b.resource, CAST(SUM(b.budget_cents) AS BIGINT) AS budget, \
               CAST(SUM(b.actual_cents) AS BIGINT) AS actual FROM books_line b \
               JOIN books_edition e ON e.import = b.import AND e.year = b.year JOIN site s ON s.code = b.site AND s.is_school \
               GROUP BY b.year, b.site, b.resource";
    let rows = bench.app.db.reader().all(sql, vec![]).await.unwrap();
    let read = |row: &crate::db::Row| {
        let year: FiscalYear = row.get("year").unwrap();
        ((year.0, row.get("site").unwrap(), row.get("resource").unwrap()), (row.get("budget").unwrap(), row.get("actual").unwrap()))
    };
    rows.iter().map(read).collect()
}

/// Allocated − spent − deficit of every line is budget − actual of the source, and no line is missing.
async fn assert_lines_equal(bench: &Bench, own: &Sums) {
    let reader = bench.app.db.reader();
    let mut seen = 0;
    for year in [FiscalYear(2022), FiscalYear(2023)] {
        let lines = line::of_year(&reader, year).await.unwrap();
        let ids: Vec<BudgetLineId> = lines.iter().map(|l| l.id).collect();
        let states = ledger::states(&reader, &ids).await.unwrap();
        let open = exception::open(&reader, year, None).await.unwrap();
        for line in lines {
            let money = states[&line.id];
            let place = exception::Place { school: line.school, fund: line.fund.id, kind: ExceptionKind::OpeningDeficit };
            let deficit = open.get(&place).map_or(0, |c| c.get());
            let (budget, actual) = own[&(year.0, line.school_code.clone(), line.fund.code.clone())];
            assert_eq!(money.allocated.get() - money.spent.get() - deficit, budget - actual, "{line:?}");
            assert_eq!(money.available.get(), money.allocated.get() - money.spent.get());
            seen += 1;
        }
    }
    assert_eq!(seen, own.len());
    assert!(school::schools(&reader).await.unwrap().iter().any(|s| s.name == "Allendale" && s.facts.enrollment == 393));
}
