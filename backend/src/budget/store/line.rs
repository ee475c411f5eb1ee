//! Budget lines with their school and fund; their money stands in the ledger.

use std::collections::HashMap;

use shared::budget::api::FundView;
use shared::budget::import::row::Code;
use shared::fiscal::FiscalYear;
use shared::id::{BudgetLineId, FundId, NetworkId, SchoolId};

use super::fund;
use super::insert_many;
use crate::db::{DbError, Query, Row, Tx, Value};
use crate::values;

/// A budget line without its money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: BudgetLineId,
    pub school: SchoolId,
    pub school_name: String,
    pub school_code: String,
    pub network: Option<NetworkId>,
    pub year: FiscalYear,
    /// SACS fund, two digits, of the account strings that post here.
    pub sacs_fund: String,
    pub fund: FundView,
}

/// A line to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    pub id: BudgetLineId,
    pub school: SchoolId,
    pub fund: FundId,
    pub year: FiscalYear,
    pub sacs_fund: String,
}

fn select(filter: &str) -> String {
    format!(
        "SELECT l.id, l.school, s.name AS school_name, s.code AS school_code, s.network, l.year, l.sacs_fund, {} \
         FROM budget_line l JOIN school s ON s.id = l.school JOIN fund f ON f.id = l.fund \
         LEFT JOIN fund_rule r ON r.fund = f.id AND r.in_force WHERE {filter} ORDER BY f.code, l.id",
        fund::columns()
    )
}

fn read(row: &Row) -> Result<Line, DbError> {
    Ok(Line {
        id: row.get("id")?,
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        school_code: row.get("school_code")?,
        network: row.get("network")?,
        year: row.get("year")?,
        sacs_fund: row.get("sacs_fund")?,
        fund: fund::read(row)?,
    })
}

/// A code column; what is no code there is an error.
pub(super) fn code(row: &Row, column: &str) -> Result<Code, DbError> {
    let text: String = row.get(column)?;
    serde_json::from_value(serde_json::Value::String(text)).map_err(|e| DbError::Row { column: column.to_owned(), why: e.to_string() })
}

async fn lines(q: &impl Query, filter: &str, values: Vec<Value>) -> Result<Vec<Line>, DbError> {
    q.all(&select(filter), values).await?.iter().map(read).collect()
}

pub async fn of_school(q: &impl Query, school: SchoolId, year: FiscalYear) -> Result<Vec<Line>, DbError> {
    lines(q, "l.school = $1 AND l.year = $2", values![school, year]).await
}

pub async fn of_year(q: &impl Query, year: FiscalYear) -> Result<Vec<Line>, DbError> {
    lines(q, "l.year = $1", values![year]).await
}

pub async fn line(q: &impl Query, id: BudgetLineId) -> Result<Option<Line>, DbError> {
    Ok(lines(q, "l.id = $1", values![id]).await?.into_iter().next())
}

/// The lines of a year by school and fund, with their SACS fund.
pub async fn ids_of_year(q: &impl Query, year: FiscalYear) -> Result<HashMap<(SchoolId, FundId), (BudgetLineId, String)>, DbError> {
    let rows = q.all("SELECT id, school, fund, sacs_fund FROM budget_line WHERE year = $1", values![year]).await?;
    rows.iter().map(|row| Ok(((row.get("school")?, row.get("fund")?), (row.get("id")?, row.get("sacs_fund")?)))).collect()
}

/// The years in which a school has lines, newest first; of all schools where none is named.
pub async fn years(q: &impl Query, school: Option<SchoolId>) -> Result<Vec<FiscalYear>, DbError> {
    let rows = match school {
        Some(school) => q.all("SELECT DISTINCT year FROM budget_line WHERE school = $1 ORDER BY year DESC", values![school]).await?,
        None => q.all("SELECT DISTINCT year FROM budget_line ORDER BY year DESC", vec![]).await?,
    };
    rows.iter().map(|row| row.get("year")).collect()
}

/// Writes lines; one that is there already (school, year, fund) stays as it is.
pub async fn insert_lines(tx: &mut Tx, lines: &[NewLine]) -> Result<(), DbError> {
    let row = |l: &NewLine| values![l.id, l.school, l.fund, l.year, l.sacs_fund];
    let head = "INSERT INTO budget_line (id, school, fund, year, sacs_fund)";
    insert_many(tx, head, "ON CONFLICT DO NOTHING", lines.iter().map(row).collect()).await.map(|_| ())
}
