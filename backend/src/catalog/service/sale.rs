//! What orders ask of the catalog: a package as it can be bought now or was bought then, and its capacity.

use shared::catalog::api::{CatalogPackage, CatalogService};
use shared::catalog::edition::SaleDays;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{PackageId, SchoolId};
use shared::words::catalog as words;

use super::capacity::fill_left;
use crate::catalog::store;
pub use crate::catalog::store::capacity::Draw;
use crate::catalog::store::capacity::Turn;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::service as identity;

/// A package with the words of its service that were published with it.
#[derive(Clone, Debug)]
pub struct ForSale {
    /// Holds this one package; `buyers` is not filled.
    pub service: CatalogService,
    pub package: CatalogPackage,
    pub year: FiscalYear,
    /// False where it left the shelf, or the version is not the current one.
    pub on_sale: bool,
    /// The days on which its edition is sold.
    pub sale: SaleDays,
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

/// The package in its latest version, on sale or not.
///
/// # Errors
/// `NotFound` where there is none.
pub async fn latest<Q: Query>(query: &Q, package: PackageId) -> Result<ForSale, AppError> {
    edition(query, package, None).await
}

async fn edition<Q: Query>(query: &Q, package: PackageId, version: Option<u32>) -> Result<ForSale, AppError> {
    let mut found = store::shelf::edition(query, package, version).await?.ok_or_else(AppError::not_found)?;
    let months = store::capacity::months_of(query, package, found.service.menu_year).await?;
    let district = identity::district(query).await?;
    fill_left(&mut found.package, found.limit, &months, (found.service.menu_year, &district));
    let on_sale = found.on_sale && found.package.version == found.current_version;
    Ok(ForSale { year: found.service.menu_year, sale: found.sale, service: found.service, package: found.package, on_sale })
}

/// Sells `units` of a package out of the year's capacity, and out of the part of the year in which the order starts.
///
/// Invariant: the decision is in the write, so that never more is sold than can be delivered; and nobody passes those who wait.
///
/// # Errors
/// `NoCapacity` where fewer are left.
pub async fn reserve_capacity(tx: &mut Tx, draw: Draw, units: u32) -> Result<(), AppError> {
    reserve(tx, draw, units, Turn::Passing).await
}

/// As [`reserve_capacity`], for whoever is first in line.
///
/// # Errors
/// `NoCapacity` where fewer are left.
pub async fn reserve_in_turn(tx: &mut Tx, draw: Draw, units: u32) -> Result<(), AppError> {
    reserve(tx, draw, units, Turn::First).await
}

async fn reserve(tx: &mut Tx, draw: Draw, units: u32, turn: Turn) -> Result<(), AppError> {
    let calendar = identity::district(&*tx).await?.calendar;
    if store::capacity::reserve(tx, draw, units, (turn, calendar)).await? { Ok(()) } else { Err(ErrorCode::NoCapacity.into()) }
}

/// Gives `units` back to the year's capacity.
///
/// # Errors
/// An internal error where so many were never sold.
pub async fn release_capacity(tx: &mut Tx, draw: Draw, units: u32) -> Result<(), AppError> {
    let released = store::capacity::release(tx, draw, units).await?;
    if released { Ok(()) } else { Err(AppError::internal(format!("{units} of {} were never sold", draw.package))) }
}

/// Counts one who waits for this start; nobody passes them from now on.
///
/// # Errors
/// Those of the database.
pub async fn wait(tx: &mut Tx, draw: Draw) -> Result<(), AppError> {
    Ok(store::capacity::wait(tx, draw).await?)
}

/// One who waited has had the turn, or has left.
///
/// # Errors
/// An internal error where nobody waited.
pub async fn wait_no_longer(tx: &mut Tx, draw: Draw) -> Result<(), AppError> {
    let counted = store::capacity::wait_no_longer(tx, draw).await?;
    if counted { Ok(()) } else { Err(AppError::internal(format!("nobody waited for {}", draw.package))) }
}

/// Takes the package's turn: what [`free_capacity`] says after it holds until the transaction ends.
///
/// # Errors
/// `NotFound` where the package was never published for the year.
pub async fn take_turn(tx: &mut Tx, package: PackageId, year: FiscalYear) -> Result<(), AppError> {
    if store::capacity::take_turn(tx, package, year).await? { Ok(()) } else { Err(AppError::not_found()) }
}

/// How much could be sold for a start on the draw's day, whoever waits.
///
/// # Errors
/// Those of the database.
pub async fn free_capacity<Q: Query>(query: &Q, draw: Draw) -> Result<u32, AppError> {
    let calendar = identity::district(query).await?.calendar;
    Ok(store::capacity::free(query, draw, calendar).await?)
}

/// Packages for which somebody waits.
///
/// # Errors
/// Those of the database.
pub async fn waited_for<Q: Query>(query: &Q) -> Result<Vec<(PackageId, FiscalYear)>, AppError> {
    Ok(store::capacity::waited_for(query).await?)
}

/// Takes `units` of what is guaranteed to a school in a year; what is not counted is not taken.
///
/// Invariant: the decision is in the write, so that no school gets more than is guaranteed, however many orders come at once.
///
/// # Errors
/// `NoCapacity` where the school had all of it, saying so.
pub async fn take_guaranteed(
    tx: &mut Tx,
    place: (PackageId, SchoolId, FiscalYear),
    units: u32,
    guaranteed: Option<u32>,
) -> Result<(), AppError> {
    let Some(times) = guaranteed else { return Ok(()) };
    if store::guarantee::take(tx, place, units, times).await? {
        return Ok(());
    }
    Err(AppError::saying(ErrorCode::NoCapacity, words::guarantee_used(times)))
}

/// Gives `units` of what is guaranteed back to a school; nothing happens where it was not counted.
///
/// # Errors
/// Those of the database.
pub async fn give_guaranteed_back(tx: &mut Tx, place: (PackageId, SchoolId, FiscalYear), units: u32) -> Result<(), AppError> {
    Ok(store::guarantee::give_back(tx, place, units).await?)
}

/// Tells every replica that a service's ratings changed.
///
/// # Errors
/// Those of the database.
pub async fn note_rating(tx: &mut Tx) -> Result<(), AppError> {
    Ok(store::shelf::bump(tx).await?)
}
