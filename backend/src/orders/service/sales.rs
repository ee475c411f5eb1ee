//! What other slices may know of a unit's orders: what became of each, by the day in the district.

use shared::fiscal::FiscalYear;
use shared::id::{PackageId, ServiceId, UnitId};
use shared::identity::api::SchoolRef;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::time::Date;

use crate::db::Query;
use crate::error::AppError;
use crate::identity::District;
use crate::orders::store;

/// One order to a unit, drafts included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    pub school: SchoolRef,
    pub service: ServiceId,
    pub title: String,
    pub package: PackageId,
    pub state: OrderState,
    pub price: Cents,
    /// Of confirmed deliveries.
    pub spent: Cents,
    pub quantity: u32,
    pub units: u32,
    pub confirmed_units: u32,
    /// The title of the goal that it serves.
    pub goal: Option<String>,
    pub drafted: Date,
    pub submitted: Option<Date>,
}

/// The orders to a unit in a year.
///
/// # Errors
/// Those of the database.
pub async fn sales<Q: Query>(query: &Q, district: &District, unit: UnitId, year: FiscalYear) -> Result<Vec<Sale>, AppError> {
    let sale = |row: store::SaleRow| {
        let submitted = row.submitted.map(|at| district.day_of(at)).transpose()?;
        let drafted = district.day_of(row.drafted)?;
        let store::SaleRow { school, service, title, package, state, price, spent, quantity, units, confirmed_units, goal, .. } = row;
        Ok(Sale { school, service, title, package, state, price, spent, quantity, units, confirmed_units, goal, drafted, submitted })
    };
    store::sales(query, unit, year).await?.into_iter().map(sale).collect()
}
