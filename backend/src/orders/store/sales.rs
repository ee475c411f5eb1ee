//! What a unit's orders of a year were: for the seller's view, with the money that was confirmed of each.

use shared::fiscal::FiscalYear;
use shared::id::{PackageId, ServiceId, UnitId};
use shared::identity::api::SchoolRef;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row};
use crate::values;

/// More orders than one unit has in a year.
const SALES_LIMIT: u32 = 20_000;

/// One order, drafts included, as it stands in the database.
#[derive(Clone, Debug)]
pub struct SaleRow {
    pub school: SchoolRef,
    pub service: ServiceId,
    pub title: String,
    pub package: PackageId,
    pub state: OrderState,
    pub price: Cents,
    pub spent: Cents,
    pub quantity: u32,
    pub units: u32,
    pub confirmed_units: u32,
    pub goal: Option<String>,
    pub drafted: Timestamp,
    pub submitted: Option<Timestamp>,
}

/// The orders to a unit in a year, in the order of their numbers.
pub async fn sales<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<Vec<SaleRow>, DbError> {
    let sql = format!(
        "SELECT o.school, s.name AS school_name, o.service, o.title, o.package, o.state, o.price, o.quantity, o.units, o.confirmed_units, \
         g.title AS goal_title, o.drafted, o.submitted, \
         COALESCE((SELECT CAST(SUM(x.spent) AS BIGINT) FROM order_split x WHERE x.order_id = o.id), 0) AS spent \
         FROM orders o JOIN school s ON s.id = o.school LEFT JOIN plan_goal g ON g.id = o.goal \
         WHERE o.unit = $1 AND o.year = $2 ORDER BY o.number LIMIT {SALES_LIMIT}"
    );
    query.all(&sql, values![unit, year]).await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SaleRow, DbError> {
    Ok(SaleRow {
        school: SchoolRef { id: row.get("school")?, name: row.get("school_name")? },
        service: row.get("service")?,
        title: row.get("title")?,
        package: row.get("package")?,
        state: row.word("state")?,
        price: row.get("price")?,
        spent: row.get("spent")?,
        quantity: row.get("quantity")?,
        units: row.get("units")?,
        confirmed_units: row.get("confirmed_units")?,
        goal: row.get("goal_title")?,
        drafted: row.get("drafted")?,
        submitted: row.get("submitted")?,
    })
}
