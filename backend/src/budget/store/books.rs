//! The books: staged rows, the edition that is in force for each year, and what they have posted to each line.

use std::collections::BTreeMap;

use shared::budget::api::BooksRowView;
use shared::budget::import::row::Code;
use shared::budget::import::rows::{BooksKey, BooksRow};
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, ImportId, SchoolId};
use shared::money::Cents;
use shared::time::Timestamp;

use super::insert_many;
use super::line::code;
use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// What the books say of one school and one resource in one year: discretionary objects only, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub year: FiscalYear,
    pub school: SchoolId,
    pub fund: FundId,
    /// SACS fund, two digits, in which most of the money stands.
    pub sacs_fund: String,
    pub budget: Cents,
    pub actual: Cents,
}

/// What the books have posted to a line so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    pub allocated: Cents,
    pub spent: Cents,
}

/// Stages rows that nobody sees before the edition points at them.
pub async fn stage(tx: &mut Tx, import: ImportId, rows: &[(BooksRow, bool)]) -> Result<(), DbError> {
    let row = |(r, discretionary): &(BooksRow, bool)| {
        values![
            import,
            r.line,
            r.year,
            r.site.as_str(),
            r.ledger_fund.as_str(),
            r.resource.as_str(),
            r.project.as_str(),
            r.goal.as_str(),
            r.function.as_str(),
            r.object.as_str(),
            r.budget,
            r.actual,
            *discretionary
        ]
    };
    let head = "INSERT INTO books_line (import, line, year, site, ledger_fund, resource, project, goal, function, object, budget_cents, \
                actual_cents, discretionary)";
    insert_many(tx, head, "", rows.iter().map(row).collect()).await.map(|_| ())
}

/// The import that is in force for each year, and since when.
pub async fn editions(q: &impl Query) -> Result<BTreeMap<FiscalYear, (ImportId, Timestamp)>, DbError> {
    let rows = q.all("SELECT year, import, published_at FROM books_edition", vec![]).await?;
    rows.iter().map(|row| Ok((row.get("year")?, (row.get("import")?, row.get("published_at")?)))).collect()
}

/// Makes an import the books of `year`.
pub async fn flip(tx: &mut Tx, year: FiscalYear, import: ImportId, at: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO books_edition (year, import, published_at) VALUES ($1, $2, $3) \
               ON CONFLICT (year) DO UPDATE SET import = excluded.import, published_at = excluded.published_at";
    tx.execute(sql, values![year, import, at]).await.map(|_| ())
}

/// The rows in force of a year by account: budget, actual, and whether the school decides over it.
pub async fn in_force(q: &impl Query, year: FiscalYear) -> Result<std::collections::HashMap<BooksKey, (Cents, Cents, bool)>, DbError> {
    let sql = "SELECT b.site, b.ledger_fund, b.resource, b.project, b.goal, b.function, b.object, b.budget_cents, b.actual_cents, \
               b.discretionary FROM books_line b JOIN books_edition e ON e.import = b.import AND e.year = b.year WHERE e.year = $1";
    let read = |row: &Row| {
        let segments = (code(row, "project")?, code(row, "goal")?, code(row, "function")?, code(row, "object")?);
        let key = (year, code(row, "site")?, code(row, "ledger_fund")?, code(row, "resource")?, segments);
        Ok((key, (row.get("budget_cents")?, row.get("actual_cents")?, row.get("discretionary")?)))
    };
    q.all(sql, values![year]).await?.iter().map(read).collect()
}

/// The years that an import's staged rows speak of.
pub async fn years(q: &impl Query, import: ImportId) -> Result<Vec<FiscalYear>, DbError> {
    let rows = q.all("SELECT DISTINCT year FROM books_line WHERE import = $1 ORDER BY year", values![import]).await?;
    rows.iter().map(|row| row.get("year")).collect()
}

/// What an import says of each school and fund in `year`.
pub async fn places(q: &impl Query, import: ImportId, year: FiscalYear) -> Result<Vec<Place>, DbError> {
    let sql = "SELECT s.id AS school, f.id AS fund, g.sacs, CAST(SUM(b.budget_cents) AS BIGINT) AS budget, \
               CAST(SUM(b.actual_cents) AS BIGINT) AS actual FROM books_line b JOIN site t ON t.code = b.site AND t.is_school \
               JOIN school s ON s.code = b.site JOIN fund f ON f.code = b.resource JOIN ledger_fund g ON g.code = b.ledger_fund \
               WHERE b.import = $1 AND b.year = $2 AND b.discretionary GROUP BY s.id, f.id, g.sacs ORDER BY s.id, f.id, g.sacs";
    let mut places: Vec<Place> = Vec::new();
    let mut largest = Cents::ZERO;
    for row in q.all(sql, values![import, year]).await? {
        let place = Place {
            year,
            school: row.get("school")?,
            fund: row.get("fund")?,
            sacs_fund: row.get("sacs")?,
            budget: row.get("budget")?,
            actual: row.get("actual")?,
        };
        match places.last_mut().filter(|last| last.school == place.school && last.fund == place.fund) {
            Some(last) => {
                if place.budget > largest {
                    (largest, last.sacs_fund) = (place.budget, place.sacs_fund);
                }
                (last.budget, last.actual) = (last.budget.saturating_add(place.budget), last.actual.saturating_add(place.actual));
            }
            None => {
                largest = place.budget;
                places.push(place);
            }
        }
    }
    Ok(places)
}

/// What the books have posted to the lines of a year.
pub async fn positions(q: &impl Query, year: FiscalYear) -> Result<BTreeMap<BudgetLineId, Position>, DbError> {
    let sql = "SELECT p.line, p.allocated_cents, p.spent_cents FROM books_position p JOIN budget_line l ON l.id = p.line WHERE l.year = $1";
    let read = |row: &Row| Ok((row.get("line")?, Position { allocated: row.get("allocated_cents")?, spent: row.get("spent_cents")? }));
    q.all(sql, values![year]).await?.iter().map(read).collect()
}

pub async fn put_positions(tx: &mut Tx, positions: &[(BudgetLineId, Position)]) -> Result<(), DbError> {
    let row = |(line, p): &(BudgetLineId, Position)| values![*line, p.allocated, p.spent];
    let tail = "ON CONFLICT (line) DO UPDATE SET allocated_cents = excluded.allocated_cents, spent_cents = excluded.spent_cents";
    let head = "INSERT INTO books_position (line, allocated_cents, spent_cents)";
    insert_many(tx, head, tail, positions.iter().map(row).collect()).await.map(|_| ())
}

/// The rows in force behind a budget line, the school's own decisions first.
pub async fn rows_of_line(q: &impl Query, year: FiscalYear, school_code: &str, resource: &str) -> Result<Vec<BooksRowView>, DbError> {
    let sql = "SELECT b.object, o.title, b.function, b.budget_cents, b.actual_cents, b.discretionary FROM books_line b \
               JOIN books_edition e ON e.import = b.import AND e.year = b.year LEFT JOIN object_code o ON o.code = b.object \
               WHERE e.year = $1 AND b.site = $2 AND b.resource = $3 ORDER BY b.discretionary DESC, b.object, b.function, b.line";
    let read = |row: &Row| {
        Ok(BooksRowView {
            object: row.get("object")?,
            object_title: row.get::<Option<String>>("title")?.unwrap_or_default(),
            function: row.get("function")?,
            budget: row.get("budget_cents")?,
            actual: row.get("actual_cents")?,
            discretionary: row.get("discretionary")?,
        })
    };
    q.all(sql, values![year, school_code, resource]).await?.iter().map(read).collect()
}

/// Which objects the school decides over.
pub async fn discretionary_objects(q: &impl Query) -> Result<BTreeMap<Code, bool>, DbError> {
    let rows = q.all("SELECT code, discretionary FROM object_code", vec![]).await?;
    rows.iter().map(|row| Ok((code(row, "code")?, row.get("discretionary")?))).collect()
}

/// The last line that is staged for an import; 0 where none is.
pub async fn last_line(q: &impl Query, import: ImportId) -> Result<u32, DbError> {
    let row = q.one("SELECT COALESCE(MAX(line), 0) AS last FROM books_line WHERE import = $1", values![import]).await?;
    row.map_or(Ok(0), |row| row.get("last"))
}

/// Deletes staged rows up to a line. The caller knows that no edition points at them.
pub async fn forget(tx: &mut Tx, import: ImportId, until: u32) -> Result<(), DbError> {
    tx.execute("DELETE FROM books_line WHERE import = $1 AND line <= $2", values![import, until]).await.map(|_| ())
}
