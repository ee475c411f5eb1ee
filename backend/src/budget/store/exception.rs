//! The exception register: opening deficits and shortfalls, never deleted, closed by the difference of a later import.

use std::collections::BTreeMap;

use shared::budget::api::{ExceptionKind, ExceptionView};
use shared::fiscal::FiscalYear;
use shared::id::{ExceptionId, FundId, ImportId, SchoolId};
use shared::identity::api::SchoolRef;
use shared::money::Cents;
use shared::time::Timestamp;

use super::insert_many;
use crate::db::{DbError, Query, Tx};
use crate::values;

/// An exception to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewException {
    pub id: ExceptionId,
    pub school: SchoolId,
    pub fund: FundId,
    pub year: FiscalYear,
    pub kind: ExceptionKind,
    pub amount: Cents,
    pub reason: String,
    pub import: Option<ImportId>,
    pub at: Timestamp,
}

/// An open exception by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub school: SchoolId,
    pub fund: FundId,
    pub kind: ExceptionKind,
}

/// All exceptions of a year, open ones first, then the largest.
pub async fn of_year(q: &impl Query, year: FiscalYear) -> Result<Vec<ExceptionView>, DbError> {
    let sql = "SELECT e.id, e.school, s.name AS school_name, f.code AS fund_code, f.title AS fund_title, e.year, e.kind, e.amount_cents, \
               e.reason, e.opened_at, e.closed_at FROM exception_register e JOIN school s ON s.id = e.school JOIN fund f ON f.id = e.fund \
               WHERE e.year = $1 ORDER BY CASE WHEN e.closed_at IS NULL THEN 0 ELSE 1 END, e.amount_cents DESC, e.id";
    let rows = q.all(sql, values![year]).await?;
    let read = |row: crate::db::Row| {
        Ok(ExceptionView {
            id: row.get("id")?,
            school: SchoolRef { id: row.get("school")?, name: row.get("school_name")? },
            fund_code: row.get("fund_code")?,
            fund_title: row.get("fund_title")?,
            year: row.get("year")?,
            kind: row.word("kind")?,
            amount: row.get("amount_cents")?,
            reason: row.get("reason")?,
            opened: row.get("opened_at")?,
            closed: row.get("closed_at")?,
        })
    };
    rows.into_iter().map(read).collect()
}

/// Open exceptions of a year with their amounts; of one school where it is named.
pub async fn open(q: &impl Query, year: FiscalYear, school: Option<SchoolId>) -> Result<BTreeMap<Place, Cents>, DbError> {
    let sql = "SELECT school, fund, kind, amount_cents FROM exception_register WHERE closed_at IS NULL AND year = $1";
    let rows = match school {
        Some(school) => q.all(&format!("{sql} AND school = $2"), values![year, school]).await?,
        None => q.all(sql, values![year]).await?,
    };
    let read = |row: crate::db::Row| {
        Ok((Place { school: row.get("school")?, fund: row.get("fund")?, kind: row.word("kind")? }, row.get("amount_cents")?))
    };
    rows.into_iter().map(read).collect()
}

/// Closes what is open at `place` in `year`.
pub async fn close(tx: &mut Tx, year: FiscalYear, place: Place, at: Timestamp) -> Result<(), DbError> {
    let sql =
        "UPDATE exception_register SET closed_at = $5 WHERE year = $1 AND school = $2 AND fund = $3 AND kind = $4 AND closed_at IS NULL";
    tx.execute(sql, values![year, place.school, place.fund, place.kind.name(), at]).await.map(|_| ())
}

pub async fn insert(tx: &mut Tx, exceptions: &[NewException]) -> Result<(), DbError> {
    let row = |e: &NewException| values![e.id, e.school, e.fund, e.year, e.kind.name(), e.amount, e.reason, e.import, e.at];
    let head = "INSERT INTO exception_register (id, school, fund, year, kind, amount_cents, reason, import, opened_at)";
    insert_many(tx, head, "", exceptions.iter().map(row).collect()).await.map(|_| ())
}
