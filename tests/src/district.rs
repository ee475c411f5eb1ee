//! The real district's files, and sums over them that know nothing of the program's own reading.

use std::collections::BTreeMap;
use std::path::PathBuf;

use backend::db::{Db, Query as _};
use shared::budget::import::ImportKind;

/// The files, in the order in which a district brings them in.
pub const FILES: [(ImportKind, &str); 8] = [
    (ImportKind::Sites, "ousd-finance/sites.csv"),
    (ImportKind::LedgerFunds, "ousd-finance/funds.csv"),
    (ImportKind::Resources, "ousd-finance/resources.csv"),
    (ImportKind::Objects, "ousd-finance/objects.csv"),
    (ImportKind::Functions, "ousd-finance/functions.csv"),
    (ImportKind::Books, "ousd-finance/expenditures-2022-2023.csv"),
    (ImportKind::Units, "ousd-central-programs/central-programs.csv"),
    (ImportKind::Enrollment, "cde-frpm-2014-15/oakland-unified.csv"),
];

/// Signed cents of budget and actual, by year, site and resource.
pub type Sums = BTreeMap<(i64, String, String), (i64, i64)>;

/// The folder of the real files; `None`, said aloud, where it is not beside the checkout.
pub fn data() -> Option<PathBuf> {
    let shared = std::env::var_os("CHALKLINE_SHARED").map(PathBuf::from);
    let data = shared.map(|folder| folder.join("data")).filter(|folder| folder.join("ousd-finance").is_dir());
    if data.is_none() {
        eprintln!("SKIPPED: the real district's files are not here (CHALKLINE_SHARED)");
    }
    data
}

/// What the source itself says, by the words of its file.
pub fn sums_of_source(data: &std::path::Path) -> Sums {
    let mut reader = csv::Reader::from_path(data.join(FILES[5].1)).expect("the books");
    let heads: Vec<String> = reader.headers().expect("a first line").iter().map(str::to_lowercase).collect();
    let place = |name: &str| heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no column {name} in {heads:?}"));
    let (year, site, resource) = (place("year"), place("site_code"), place("resource_code"));
    let (budget, actual) = (place("budget"), place("ytd_actual"));
    let mut sums = Sums::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let key = (row[year].parse().expect("a year"), format!("{:0>3}", &row[site]), format!("{:0>4}", &row[resource]));
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + cents(&row[budget]), sum.1 + cents(&row[actual]));
    }
    sums
}

/// Cents of a plain decimal.
fn cents(text: &str) -> i64 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction: String = fraction.chars().chain("00".chars()).take(2).collect();
    sign * (whole.parse::<i64>().expect("dollars") * 100 + fraction.parse::<i64>().expect("cents"))
}

/// What the published books in the database say.
pub async fn sums_of_books(db: &Db) -> Sums {
    let sql = "SELECT b.year, b.site, b.resource, CAST(SUM(b.budget_cents) AS BIGINT) AS budget, CAST(SUM(b.actual_cents) AS BIGINT) AS actual \
               FROM books_line b JOIN books_edition e ON e.import = b.import AND e.year = b.year GROUP BY b.year, b.site, b.resource";
    let rows = db.reader().all(sql, Vec::new()).await.expect("the books");
    let read = |row: &backend::db::Row| {
        let year: i32 = row.get("year").expect("a year");
        let key = (i64::from(year), row.get("site").expect("a site"), row.get("resource").expect("a resource"));
        (key, (row.get("budget").expect("cents"), row.get("actual").expect("cents")))
    };
    rows.iter().map(read).collect()
}

/// How many transfers the ledger holds.
pub async fn transfers(db: &Db) -> i64 {
    let row = db.reader().one("SELECT COUNT(*) AS n FROM ledger_transfer", Vec::new()).await.expect("a count").expect("a row");
    row.get("n").expect("a number")
}
