//! Wiring: units that an import of the budget brings are written by the catalog, which stands above the budget.

use shared::budget::import::rows::UnitRow;
use shared::fiscal::FiscalYear;
use shared::time::Timestamp;

use crate::budget::import::UnitsTaken;
use crate::catalog::service::{NewUnit, upsert_unit};
use crate::db::Tx;

/// Writes each unit with an open menu for `year`; words that a unit wrote itself stay.
pub fn take_units<'a>(tx: &'a mut Tx, rows: &'a [UnitRow], year: FiscalYear, now: Timestamp) -> UnitsTaken<'a> {
    Box::pin(async move {
        for row in rows {
            let empty = String::new;
            let (code, name, division) = (row.code.to_string(), row.name.clone(), row.division);
            let unit = NewUnit { code, name, division, about: empty(), contact: empty(), contact_email: empty() };
            upsert_unit(tx, &unit, year, now).await?;
        }
        Ok(())
    })
}
