//! The shelf as everyone sees it, and what schools like mine bought.

use shared::catalog::api::Catalog;

use crate::app::App;
use crate::catalog::store;
use crate::error::AppError;
use crate::identity::service as identity;

/// Everything published for the open year.
///
/// # Errors
/// Those of the database.
pub async fn catalog(app: &App) -> Result<Catalog, AppError> {
    let reader = app.db.reader();
    let year = identity::district(&reader).await?.year_of(app.now())?;
    Ok(store::shelf::catalog(&reader, year).await?)
}

/// A text that differs whenever the catalog does: publications, sales, ratings, and the turn of the year.
///
/// # Errors
/// Those of the database.
pub async fn revision(app: &App) -> Result<String, AppError> {
    let reader = app.db.reader();
    let year = identity::district(&reader).await?.year_of(app.now())?;
    Ok(format!("{}-{}", year.0, store::shelf::revision(&reader).await?))
}
