//! Checking in the background: read, look up, compare, stage in chunks. Each write is short; nothing is visible yet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use shared::budget::import::rows::{BooksKey, BooksRow};
use shared::budget::import::{ImportKind, ImportState, RowProblem};
use shared::fiscal::FiscalYear;
use shared::id::ImportId;
use shared::money::Cents;
use shared::words::budget as words;

use super::file::{self, Problems, Rows};
use super::known::{self, Chart};
use super::{books, small};
use crate::app::App;
use crate::budget::store::fund::CodeTable;
use crate::budget::store::import::{self, Report};
use crate::budget::store::{books as stored, import as imports};
use crate::db::Technical;
use crate::error::AppError;

/// Rows staged by one transaction: some tens of milliseconds, so that nobody waits behind it.
const CHUNK_ROWS: usize = 1_500;

/// What is to be checked.
pub(super) struct Work {
    pub id: ImportId,
    pub kind: ImportKind,
    pub file_name: String,
    pub bytes: Arc<Vec<u8>>,
}

/// Checks and stages a file to its end, which stands in the import: ready, or refused with the reasons.
pub(super) async fn run(app: &Arc<App>, work: Work) {
    let id = work.id;
    let ended = match checked(app, work).await {
        Ok(()) => Ok(()),
        Err(error) => {
            tracing::error!(import = %id, %error, "checking an import failed");
            refuse(app, id, Report::default(), vec![RowProblem::of_file(words::IMPORT_FAILED)]).await
        }
    };
    if let Err(error) = ended {
        tracing::error!(import = %id, %error, "the end of an import could not be stored");
    }
}

async fn checked(app: &Arc<App>, work: Work) -> Result<(), AppError> {
    let (kind, bytes) = (work.kind, Arc::clone(&work.bytes));
    let reading = tokio::task::spawn_blocking(move || file::read(kind, &bytes)).await.map_err(AppError::internal)?;
    let Work { id, file_name, .. } = work;
    let chart = known::chart(&app.db.reader()).await?;
    let mut problems = reading.problems;
    known::check(&reading.rows, &chart, &mut problems);
    let mut report = Report { rows_read: reading.rows_read, ..Report::default() };
    if !problems.is_empty() {
        let Problems { mut kept, rows, .. } = problems;
        kept.sort_by_key(|problem| problem.line);
        report.rows_refused = rows;
        report.rows_good = reading.rows_read.saturating_sub(rows);
        return refuse(app, id, report, kept).await;
    }
    report.rows_good = reading.rows_read;
    match reading.rows {
        Rows::Books(rows) => stage_books(app, id, rows, &chart, &mut report).await?,
        rows => stage_small(app, id, rows, &file_name, &mut report).await?,
    }
    report.remarks = small::shorten(std::mem::take(&mut report.remarks));
    let ready = (id, report);
    app.db
        .technical(ready, |mut tx, (id, report)| async move {
            imports::report(&mut tx, id, ImportState::Ready, &report).await?;
            Ok::<(), AppError>(tx.commit_technical(Technical::Staging).await?)
        })
        .await
}

async fn refuse(app: &App, id: ImportId, report: Report, problems: Vec<RowProblem>) -> Result<(), AppError> {
    app.db
        .technical((id, report, problems), |mut tx, (id, report, problems)| async move {
            if imports::report(&mut tx, id, ImportState::Refused, &report).await? {
                imports::insert_problems(&mut tx, id, &problems).await?;
            }
            Ok::<(), AppError>(tx.commit_technical(Technical::Staging).await?)
        })
        .await
}

async fn stage_small(app: &App, id: ImportId, rows: Rows, file: &str, report: &mut Report) -> Result<(), AppError> {
    let reader = app.db.reader();
    let found = match rows {
        Rows::Sites(rows) => small::sites(&reader, &rows).await?,
        Rows::LedgerFunds(rows) => small::codes(&reader, CodeTable::LedgerFund, &rows).await?,
        Rows::Objects(rows) => small::codes(&reader, CodeTable::Object, &rows).await?,
        Rows::Functions(rows) => small::codes(&reader, CodeTable::Function, &rows).await?,
        Rows::Resources(rows) => small::resources(&reader, &rows).await?,
        Rows::Units(rows) => small::units(&reader, &rows).await?,
        Rows::Enrollment(rows) => small::enrollment(&reader, &rows, file).await?,
        Rows::Books(_) => return Err(AppError::internal("the books are staged by themselves")),
    };
    report.rows_unchanged = count(found.unchanged);
    report.remarks = found.remarks;
    report.summary = vec![words::rows_of_kind(found.new, found.changed, found.unchanged)];
    report.summary.extend(found.summary);
    if found.rows.is_empty() {
        report.summary.push(words::NOTHING_TO_CHANGE.to_owned());
    }
    for chunk in found.rows.chunks(CHUNK_ROWS) {
        let chunk = Arc::new(chunk.to_vec());
        app.db
            .technical((id, chunk), |mut tx, (id, chunk)| async move {
                import::stage(&mut tx, id, &chunk).await?;
                Ok::<(), AppError>(tx.commit_technical(Technical::Staging).await?)
            })
            .await?;
    }
    Ok(())
}

/// Stages every year that differs from the edition in force; a year that equals it is left as it is.
async fn stage_books(app: &App, id: ImportId, rows: Vec<BooksRow>, chart: &Chart, report: &mut Report) -> Result<(), AppError> {
    let reader = app.db.reader();
    report.summary = books::totals(&rows);
    let outside = rows.iter().filter(|row| !chart.schools.contains(&row.site)).count();
    let differ = rows.iter().filter(|row| row.balance_differs).count();
    report.remarks.extend((outside > 0).then(|| words::not_schools(outside)));
    report.remarks.extend((differ > 0).then(|| words::balances_differ(differ)));
    let rows: Vec<(BooksRow, bool)> = rows.into_iter().map(|r| (r, chart.objects.get(&r.object).copied().unwrap_or(false))).collect();
    let years: BTreeSet<FiscalYear> = rows.iter().map(|(row, _)| row.year).collect();
    let mut changed: BTreeSet<FiscalYear> = BTreeSet::new();
    for year in years {
        let here = stored::in_force(&reader, year).await?;
        let of_year = || rows.iter().filter(|(row, _)| row.year == year);
        let same = of_year().filter(|row| is_same(&here, row)).count();
        report.rows_unchanged += count(same);
        if same != here.len() || same != of_year().count() {
            changed.insert(year);
        }
    }
    if changed.is_empty() {
        report.summary.push(words::NOTHING_TO_CHANGE.to_owned());
        return Ok(());
    }
    let rows: Vec<(BooksRow, bool)> = rows.into_iter().filter(|(row, _)| changed.contains(&row.year)).collect();
    for (at, chunk) in rows.chunks(CHUNK_ROWS).enumerate() {
        let (chunk, now) = (Arc::new(chunk.to_vec()), app.now());
        let read = at * CHUNK_ROWS + chunk.len();
        app.db
            .technical((id, chunk), move |mut tx, (id, chunk)| async move {
                stored::stage(&mut tx, id, &chunk).await?;
                imports::progress(&mut tx, id, read, now).await?;
                Ok::<(), AppError>(tx.commit_technical(Technical::Staging).await?)
            })
            .await?;
    }
    for plan in plans(app, id).await?.into_values() {
        report.summary.extend(plan.sentences());
    }
    Ok(())
}

/// What publishing the staged books would do now, by year.
pub(super) async fn plans(app: &App, id: ImportId) -> Result<BTreeMap<FiscalYear, books::YearPlan>, AppError> {
    let reader = app.db.reader();
    let mut plans = BTreeMap::new();
    for year in stored::years(&reader, id).await? {
        let places = stored::places(&reader, id, year).await?;
        plans.insert(year, books::plan(&reader, year, places).await?);
    }
    Ok(plans)
}

fn is_same(here: &HashMap<BooksKey, (Cents, Cents, bool)>, (row, discretionary): &(BooksRow, bool)) -> bool {
    here.get(&row.key()) == Some(&(row.budget, row.actual, *discretionary))
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
