//! What the district knows already: the codes that rows must stand in.

use std::collections::{BTreeMap, HashMap, HashSet};

use shared::budget::import::row::Code;
use shared::budget::import::rows::{BooksKey, BooksRow};
use shared::budget::import::{ImportKind, RowProblem};
use shared::words::budget as words;

use super::file::{Problems, Rows};
use crate::budget::store::fund::{self, CodeTable};
use crate::budget::store::{books, school};
use crate::db::Query;
use crate::error::AppError;

/// The chart of accounts as the district has it.
pub(super) struct Chart {
    pub sites: HashSet<Code>,
    pub schools: HashSet<Code>,
    pub ledger_funds: HashSet<Code>,
    pub resources: HashSet<Code>,
    pub functions: HashSet<Code>,
    /// Whether a school decides over the object.
    pub objects: BTreeMap<Code, bool>,
}

pub(super) async fn chart(q: &impl Query) -> Result<Chart, AppError> {
    let sites = school::sites(q).await?;
    let codes = |rows: Vec<shared::budget::import::rows::CodeRow>| rows.into_iter().map(|row| row.code).collect();
    let resources = fund::funds(q).await?;
    Ok(Chart {
        schools: sites.iter().filter(|s| s.is_school).map(|s| s.code).collect(),
        sites: sites.into_iter().map(|s| s.code).collect(),
        ledger_funds: codes(fund::codes(q, CodeTable::LedgerFund).await?),
        resources: resources.iter().filter_map(|f| Code::parse(shared::budget::import::row::Segment::Resource, &f.code).ok()).collect(),
        functions: codes(fund::codes(q, CodeTable::Function).await?),
        objects: books::discretionary_objects(q).await?,
    })
}

/// Tells rows that stand twice, and rows of the books whose codes the district does not know.
pub(super) fn check(rows: &Rows, chart: &Chart, problems: &mut Problems) {
    match rows {
        Rows::Sites(rows) => repeated(rows, |r| r.code.to_string(), problems),
        Rows::LedgerFunds(rows) | Rows::Objects(rows) | Rows::Functions(rows) => repeated(rows, |r| r.code.to_string(), problems),
        Rows::Resources(rows) => repeated(rows, |r| r.code.to_string(), problems),
        Rows::Units(rows) => repeated(rows, |r| r.code.to_string(), problems),
        Rows::Enrollment(rows) => repeated(rows, |r| format!("{} {:?}", r.name.to_lowercase(), r.site), problems),
        Rows::Books(rows) => check_books(rows, chart, problems),
    }
}

fn repeated<T>(rows: &[(u32, T)], key: impl Fn(&T) -> String, problems: &mut Problems) {
    let mut seen = HashSet::new();
    for (line, row) in rows {
        let key = key(row);
        if seen.contains(&key) {
            problems.add(RowProblem::new(*line, "", words::DUPLICATE, &key));
        } else {
            seen.insert(key);
        }
    }
}

fn check_books(rows: &[BooksRow], chart: &Chart, problems: &mut Problems) {
    let lists = [
        (chart.sites.is_empty(), ImportKind::Sites),
        (chart.ledger_funds.is_empty(), ImportKind::LedgerFunds),
        (chart.resources.is_empty(), ImportKind::Resources),
        (chart.functions.is_empty(), ImportKind::Functions),
        (chart.objects.is_empty(), ImportKind::Objects),
    ];
    let missing: Vec<ImportKind> = lists.into_iter().filter(|(empty, _)| *empty).map(|(_, kind)| kind).collect();
    if !missing.is_empty() {
        missing.into_iter().for_each(|kind| problems.add(RowProblem::of_file(words::list_missing(&kind.title().to_lowercase()))));
        return;
    }
    let mut seen: HashMap<BooksKey, u32> = HashMap::with_capacity(rows.len());
    for row in rows {
        let tests = [
            (chart.sites.contains(&row.site), row.site, ImportKind::Sites),
            (chart.ledger_funds.contains(&row.ledger_fund), row.ledger_fund, ImportKind::LedgerFunds),
            (chart.resources.contains(&row.resource), row.resource, ImportKind::Resources),
            (chart.functions.contains(&row.function), row.function, ImportKind::Functions),
            (chart.objects.contains_key(&row.object), row.object, ImportKind::Objects),
        ];
        for (_, code, kind) in tests.into_iter().filter(|(known, _, _)| !known) {
            let what = kind.title().to_lowercase();
            problems.add(RowProblem::new(row.line, what.clone(), words::unknown_code(&what), code.as_str()));
        }
        if let Some(first) = seen.insert(row.key(), row.line) {
            let text = format!("line {first}");
            problems.add(RowProblem::new(row.line, "", words::DUPLICATE, &text));
        }
    }
}
