//! Units as other slices see and bring them in.

use shared::catalog::api::CatalogUnit;
use shared::catalog::{Division, ServiceLevel};
use shared::fiscal::FiscalYear;
use shared::id::{MenuId, ServiceId, UnitId};
use shared::time::Timestamp;

use crate::catalog::store::{self, UnitRow};
use crate::db::{Query, Tx};
use crate::error::AppError;

/// A unit as an import or the demo district brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUnit {
    /// The district's own number; units are found again by it.
    pub code: String,
    pub name: String,
    pub division: Division,
    pub about: String,
    pub contact: String,
    pub contact_email: String,
}

/// Whether bringing a unit in changed anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    New,
    Changed,
    Unchanged,
}

/// Writes a unit in, or over the one with the same code, and sees that it has a menu for `year`.
///
/// Words that the unit wrote itself stay where the new ones are empty. The caller commits, and audits.
///
/// # Errors
/// Those of the database.
pub async fn upsert_unit(tx: &mut Tx, unit: &NewUnit, year: FiscalYear, now: Timestamp) -> Result<(UnitId, Brought), AppError> {
    let known = store::unit_by_code(&*tx, &unit.code).await?;
    let or = |new: &str, old: Option<&str>| if new.is_empty() { old.unwrap_or_default().to_owned() } else { new.to_owned() };
    let old = known.as_ref();
    let row = UnitRow {
        id: old.map_or_else(|| tx.new_id(now), |unit| unit.id),
        code: Some(unit.code.clone()),
        name: or(&unit.name, old.map(|unit| unit.name.as_str())),
        division: unit.division,
        about: or(&unit.about, old.map(|unit| unit.about.as_str())),
        contact: or(&unit.contact, old.map(|unit| unit.contact.as_str())),
        contact_email: or(&unit.contact_email, old.map(|unit| unit.contact_email.as_str())),
    };
    let brought = match old {
        None => {
            store::insert_unit(tx, &row, now).await?;
            Brought::New
        }
        Some(old) if same(old, &row) => Brought::Unchanged,
        Some(_) => {
            store::update_unit(tx, &row, now).await?;
            Brought::Changed
        }
    };
    let menu: MenuId = tx.new_id(now);
    store::open_menu(tx, menu, row.id, year).await?;
    if brought != Brought::Unchanged {
        store::shelf::bump(tx).await?;
    }
    Ok((row.id, brought))
}

fn same(old: &CatalogUnit, new: &UnitRow) -> bool {
    old.name == new.name
        && old.division == new.division
        && old.about == new.about
        && old.contact == new.contact
        && old.contact_email == new.contact_email
}

/// The unit with its words and its contact.
///
/// # Errors
/// `NotFound`.
pub async fn unit_contact<Q: Query>(query: &Q, unit: UnitId) -> Result<CatalogUnit, AppError> {
    store::unit(query, unit).await?.ok_or_else(AppError::not_found)
}

/// The unit that answers for a service.
///
/// # Errors
/// `NotFound`.
pub async fn unit_of_service<Q: Query>(query: &Q, service: ServiceId) -> Result<UnitId, AppError> {
    store::unit_of_service(query, service).await?.ok_or_else(AppError::not_found)
}

/// What a service promised when it was last published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub unit: UnitId,
    pub title: String,
    pub level: ServiceLevel,
}

/// The promise of a service on the shelf.
///
/// # Errors
/// `NotFound` where it was never published or left the menu.
pub async fn promise<Q: Query>(query: &Q, service: ServiceId) -> Result<Promise, AppError> {
    let unit = unit_of_service(query, service).await?;
    let published = store::service(query, service).await?.and_then(|row| row.published).ok_or_else(AppError::not_found)?;
    Ok(Promise { unit, title: published.content.title, level: published.content.level })
}

/// Every unit, by name.
///
/// # Errors
/// Those of the database.
pub async fn all_units<Q: Query>(query: &Q) -> Result<Vec<CatalogUnit>, AppError> {
    Ok(store::units(query).await?)
}
