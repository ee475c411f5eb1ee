//! What orders ask of the catalog: a package as it can be bought now or was bought then, and its capacity.

use shared::catalog::api::{CatalogPackage, CatalogService};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::PackageId;

use crate::catalog::store;
use crate::db::{Query, Tx};
use crate::error::AppError;

/// A package with the words of its service that were published with it.
#[derive(Clone, Debug)]
pub struct ForSale {
    /// Holds this one package; `buyers` is not filled.
    pub service: CatalogService,
    pub package: CatalogPackage,
    pub year: FiscalYear,
    /// False where it left the shelf, or the version is not the current one.
    pub on_sale: bool,
}

/// The package as it can be bought now.
///
/// # Errors
/// `NotFound` where there is none; `PackageNotOnSale` where it left the shelf.
pub async fn for_sale<Q: Query>(query: &Q, package: PackageId) -> Result<ForSale, AppError> {
    let found = edition(query, package, None).await?;
    if found.on_sale { Ok(found) } else { Err(ErrorCode::PackageNotOnSale.into()) }
}

/// The package in the version that was bought, on sale or not.
///
/// # Errors
/// `NotFound` where there is no such version.
pub async fn at_version<Q: Query>(query: &Q, package: PackageId, version: u32) -> Result<ForSale, AppError> {
    edition(query, package, Some(version)).await
}

async fn edition<Q: Query>(query: &Q, package: PackageId, version: Option<u32>) -> Result<ForSale, AppError> {
    let found = store::shelf::edition(query, package, version).await?.ok_or_else(AppError::not_found)?;
    let on_sale = found.on_sale && found.package.version == found.current_version;
    Ok(ForSale { year: found.service.menu_year, service: found.service, package: found.package, on_sale })
}

/// Sells `units` of a package out of the year's capacity.
///
/// Invariant: the decision is in the write, so that never more is sold than can be delivered.
///
/// # Errors
/// `NoCapacity` where fewer are left.
pub async fn reserve_capacity(tx: &mut Tx, package: PackageId, year: FiscalYear, units: u32) -> Result<(), AppError> {
    if store::capacity::reserve(tx, package, year, units).await? { Ok(()) } else { Err(ErrorCode::NoCapacity.into()) }
}

/// Gives `units` back to the year's capacity.
///
/// # Errors
/// An internal error where so many were never sold.
pub async fn release_capacity(tx: &mut Tx, package: PackageId, year: FiscalYear, units: u32) -> Result<(), AppError> {
    let released = store::capacity::release(tx, package, year, units).await?;
    if released { Ok(()) } else { Err(AppError::internal(format!("{units} of {package} were never sold"))) }
}

/// Tells every replica that a service's ratings changed.
///
/// # Errors
/// Those of the database.
pub async fn note_rating(tx: &mut Tx) -> Result<(), AppError> {
    Ok(store::shelf::bump(tx).await?)
}
