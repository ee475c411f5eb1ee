//! What is sold and what is left, of the year and of each month. The decision is in the write; nothing is read first.

use std::collections::BTreeMap;

use shared::calendar::month::Month;
use shared::catalog::starts::{MonthSold, StartLimit};
use shared::fiscal::{FiscalCalendar, FiscalYear};
use shared::id::{PackageId, UnitId};
use shared::time::Date;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// More months than a year's orders start in, for all packages of a district.
const MONTHS_LIMIT: u32 = 100_000;
/// More packages than one unit sells.
const PACKAGES_LIMIT: u32 = 2_000;
/// More lines than stand before a district's packages at once.
const LINES_LIMIT: u32 = 500;

/// Whose capacity is drawn on: a package's, in the year and the month in which the order starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    pub package: PackageId,
    pub year: FiscalYear,
    pub start: Date,
}

/// Who draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Somebody who comes by: not while others wait.
    Passing,
    /// Whose turn it is in the line.
    First,
}

/// Sets how many can be sold in the year; what is sold stays.
pub async fn set(tx: &mut Tx, package: PackageId, year: FiscalYear, capacity: Option<u32>) -> Result<(), DbError> {
    let sql = "INSERT INTO package_capacity (package, year, capacity, sold, moves) VALUES ($1, $2, $3, 0, 0) \
               ON CONFLICT (package, year) DO UPDATE SET capacity = $3";
    tx.execute(sql, values![package, year, capacity]).await.map(|_| ())
}

/// Sets how many may start in one part of the year; false where the package was never published for it.
pub async fn set_limit(tx: &mut Tx, package: PackageId, year: FiscalYear, limit: Option<StartLimit>) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET period = $3, most = $4, moves = moves + 1 WHERE package = $1 AND year = $2";
    let (period, most) = (limit.map(|limit| limit.period.name()), limit.map(|limit| limit.most));
    Ok(tx.execute(sql, values![package, year, period, most]).await? == 1)
}

/// Sells `units` if so many are left of the year, and of the part of it in which the order starts.
///
/// Invariant: sold never rises above capacity, however many buyers come at once: the year's row is written first and conditionally,
/// and its lock orders all that draw on the package, so that what is summed after it is the truth.
pub async fn reserve(tx: &mut Tx, draw: Draw, units: u32, (turn, calendar): (Turn, FiscalCalendar)) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET sold = sold + $3, moves = moves + 1 \
               WHERE package = $1 AND year = $2 AND (capacity IS NULL OR sold + $3 <= capacity)";
    if tx.execute(sql, values![draw.package, draw.year, units]).await? != 1 {
        return Ok(false);
    }
    let sql = "INSERT INTO package_month (package, year, month, sold, waiting) VALUES ($1, $2, $3, $4, 0) \
               ON CONFLICT (package, year, month) DO UPDATE SET sold = package_month.sold + $4";
    let month = Month::of(draw.start).to_string();
    tx.execute(sql, values![draw.package, draw.year, month, units]).await?;
    let limit = limit(&*tx, draw.package, draw.year).await?;
    let (sold, waiting) = in_part(&*tx, draw, (limit, calendar)).await?;
    let room = limit.is_none_or(|limit| sold <= limit.most);
    Ok(room && (turn == Turn::First || waiting == 0))
}

/// Gives `units` back; false where so many were never sold, which is a bug of the caller.
pub async fn release(tx: &mut Tx, draw: Draw, units: u32) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET sold = sold - $3, moves = moves + 1 WHERE package = $1 AND year = $2 AND sold >= $3";
    if tx.execute(sql, values![draw.package, draw.year, units]).await? != 1 {
        return Ok(false);
    }
    let sql = "UPDATE package_month SET sold = sold - $4 WHERE package = $1 AND year = $2 AND month = $3 AND sold >= $4";
    Ok(units == 0 || tx.execute(sql, values![draw.package, draw.year, Month::of(draw.start).to_string(), units]).await? == 1)
}

/// Takes the package's turn without selling: what is read after it is the truth until this transaction ends.
pub async fn take_turn(tx: &mut Tx, package: PackageId, year: FiscalYear) -> Result<bool, DbError> {
    let sql = "UPDATE package_capacity SET moves = moves + 1 WHERE package = $1 AND year = $2";
    Ok(tx.execute(sql, values![package, year]).await? == 1)
}

/// Counts one who waits for a start in the draw's month.
pub async fn wait(tx: &mut Tx, draw: Draw) -> Result<(), DbError> {
    let sql = "INSERT INTO package_month (package, year, month, sold, waiting) VALUES ($1, $2, $3, 0, 1) \
               ON CONFLICT (package, year, month) DO UPDATE SET waiting = package_month.waiting + 1";
    tx.execute(sql, values![draw.package, draw.year, Month::of(draw.start).to_string()]).await.map(|_| ())
}

/// One waits no longer.
pub async fn wait_no_longer(tx: &mut Tx, draw: Draw) -> Result<bool, DbError> {
    let sql = "UPDATE package_month SET waiting = waiting - 1 WHERE package = $1 AND year = $2 AND month = $3 AND waiting > 0";
    Ok(tx.execute(sql, values![draw.package, draw.year, Month::of(draw.start).to_string()]).await? == 1)
}

/// How much could be sold for a start on the draw's day, whoever waits.
pub async fn free<Q: Query>(query: &Q, draw: Draw, calendar: FiscalCalendar) -> Result<u32, DbError> {
    let sql = "SELECT capacity, sold FROM package_capacity WHERE package = $1 AND year = $2";
    let Some(row) = query.one(sql, values![draw.package, draw.year]).await? else { return Ok(0) };
    let sold: u32 = row.get("sold")?;
    let of_year = row.get::<Option<u32>>("capacity")?.map(|capacity| capacity.saturating_sub(sold));
    let limit = limit(query, draw.package, draw.year).await?;
    let (started, _) = in_part(query, draw, (limit, calendar)).await?;
    let of_part = limit.map(|limit| limit.most.saturating_sub(started));
    Ok(of_year.unwrap_or(u32::MAX).min(of_part.unwrap_or(u32::MAX)))
}

/// How many may start in one part of the year.
pub async fn limit<Q: Query>(query: &Q, package: PackageId, year: FiscalYear) -> Result<Option<StartLimit>, DbError> {
    let sql = "SELECT period, most FROM package_capacity WHERE package = $1 AND year = $2";
    query.one(sql, values![package, year]).await?.as_ref().map_or(Ok(None), limit_in)
}

/// The packages of which only so many may start in one part of the year.
pub async fn limits<Q: Query>(query: &Q, year: FiscalYear) -> Result<BTreeMap<PackageId, StartLimit>, DbError> {
    let sql = format!("SELECT package, period, most FROM package_capacity WHERE year = $1 AND most IS NOT NULL LIMIT {MONTHS_LIMIT}");
    let mut limits = BTreeMap::new();
    for row in query.all(&sql, values![year]).await? {
        if let Some(limit) = limit_in(&row)? {
            limits.insert(row.get("package")?, limit);
        }
    }
    Ok(limits)
}

/// The limit in a row with `period` and `most`.
pub fn limit_in(row: &Row) -> Result<Option<StartLimit>, DbError> {
    match row.get::<Option<u32>>("most")? {
        Some(most) => Ok(Some(StartLimit { period: row.word("period")?, most })),
        None => Ok(None),
    }
}

/// What is sold, and how many wait, in the months that share the draw's limit.
async fn in_part<Q: Query>(query: &Q, draw: Draw, (limit, calendar): (Option<StartLimit>, FiscalCalendar)) -> Result<(u32, u32), DbError> {
    let months = shared::catalog::starts::months_with(limit, (draw.year, calendar), draw.start);
    let inside = |found: &&MonthSold| months.as_ref().is_none_or(|months| months.contains(&found.month));
    let found = months_of(query, draw.package, draw.year).await?;
    let (mut sold, mut waiting) = (0u32, 0u32);
    for month in found.iter().filter(inside) {
        (sold, waiting) = (sold.saturating_add(month.sold), waiting.saturating_add(month.waiting));
    }
    Ok((sold, waiting))
}

fn month_in(row: &Row) -> Result<MonthSold, DbError> {
    let text: String = row.get("month")?;
    let month = text.parse().map_err(|_| DbError::Failed(format!("“{text}” is no month")))?;
    Ok(MonthSold { month, sold: row.get("sold")?, waiting: row.get("waiting")? })
}

/// What a package sold by months.
pub async fn months_of<Q: Query>(query: &Q, package: PackageId, year: FiscalYear) -> Result<Vec<MonthSold>, DbError> {
    let sql = "SELECT month, sold, waiting FROM package_month WHERE package = $1 AND year = $2 ORDER BY month";
    query.all(sql, values![package, year]).await?.iter().map(month_in).collect()
}

/// What all packages sold by months.
pub async fn months<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<(PackageId, MonthSold)>, DbError> {
    let sql = format!(
        "SELECT package, month, sold, waiting FROM package_month WHERE year = $1 AND (sold > 0 OR waiting > 0) LIMIT {MONTHS_LIMIT}"
    );
    query.all(&sql, values![year]).await?.iter().map(|row| Ok((row.get("package")?, month_in(row)?))).collect()
}

/// A package of a unit with its year.
#[derive(Clone, Debug)]
pub struct Kept {
    pub package: PackageId,
    pub content: shared::catalog::api::PackageContent,
    pub title: String,
    pub capacity: Option<u32>,
    pub sold: u32,
    pub limit: Option<StartLimit>,
}

/// The packages that a unit has on the shelf of `year`.
pub async fn of_unit<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<Vec<Kept>, DbError> {
    let sql = format!(
        "SELECT p.id AS package, v.content, w.content AS service_content, c.capacity, c.sold, c.period, c.most FROM package p \
         JOIN package_version v ON v.package = p.id AND v.version = p.version \
         JOIN service s ON s.id = p.service JOIN menu m ON m.id = s.menu \
         JOIN service_version w ON w.service = s.id AND w.version = s.published_version \
         LEFT JOIN package_capacity c ON c.package = p.id AND c.year = m.year \
         WHERE p.on_sale AND m.state = 'published' AND m.unit = $1 AND m.year = $2 ORDER BY s.position, p.position LIMIT {PACKAGES_LIMIT}"
    );
    let kept = |row: &Row| {
        let service: shared::catalog::api::ServiceContent = row.json("service_content")?;
        Ok(Kept {
            package: row.get("package")?,
            content: row.json("content")?,
            title: service.title,
            capacity: row.get("capacity")?,
            sold: row.get::<Option<u32>>("sold")?.unwrap_or(0),
            limit: limit_in(row)?,
        })
    };
    query.all(&sql, values![unit, year]).await?.iter().map(kept).collect()
}

/// Packages for which somebody waits.
pub async fn waited_for<Q: Query>(query: &Q) -> Result<Vec<(PackageId, FiscalYear)>, DbError> {
    let sql = format!("SELECT DISTINCT package, year FROM package_month WHERE waiting > 0 ORDER BY package, year LIMIT {LINES_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(|row| Ok((row.get("package")?, row.get("year")?))).collect()
}

/// How many of each package of a unit can be sold in a year, and how many are.
pub async fn sold_of_unit<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<BTreeMap<PackageId, (Option<u32>, u32)>, DbError> {
    let sql = "SELECT c.package, c.capacity, c.sold FROM package_capacity c JOIN package p ON p.id = c.package \
               JOIN service s ON s.id = p.service JOIN menu m ON m.id = s.menu WHERE m.unit = $1 AND m.year = $2 AND c.year = $2";
    let rows = query.all(&format!("{sql} LIMIT {PACKAGES_LIMIT}"), values![unit, year]).await?;
    rows.iter().map(|row| Ok((row.get("package")?, (row.get("capacity")?, row.get("sold")?)))).collect()
}
