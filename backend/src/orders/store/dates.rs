//! The dates of a fiscal year, as the district set them.

use shared::fiscal::FiscalYear;
use shared::orders::dates::YearlyKind;
use shared::time::Date;

use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// The dates that the district set for a year.
pub async fn yearly_dates<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<(YearlyKind, Date)>, DbError> {
    let rows = query.all("SELECT kind, day FROM yearly_date WHERE year = $1 ORDER BY day", values![year]).await?;
    rows.iter().map(|row: &Row| Ok((row.word("kind")?, row.get("day")?))).collect()
}

/// Sets one date.
pub async fn set_yearly_date(tx: &mut Tx, year: FiscalYear, (kind, day): (YearlyKind, Date)) -> Result<(), DbError> {
    let sql = "INSERT INTO yearly_date (year, kind, day) VALUES ($1, $2, $3) ON CONFLICT (year, kind) DO UPDATE SET day = excluded.day";
    tx.execute(sql, values![year, word(&kind)?, day]).await.map(|_| ())
}
