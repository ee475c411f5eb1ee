//! The shelf as everyone sees it, and what schools like mine bought.

use std::collections::BTreeMap;

use shared::catalog::api::{Catalog, SimilarSchools};
use shared::catalog::starts::MonthSold;
use shared::id::{PackageId, SchoolId, ServiceId};

use super::capacity::fill_left;
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::{rules, store};
use crate::error::AppError;
use crate::identity::service as identity;

/// Everything published for the open year.
///
/// # Errors
/// Those of the database.
pub async fn catalog(app: &App) -> Result<Catalog, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(app.now())?;
    let year = district.calendar.year_of(today);
    let mut catalog = store::shelf::catalog(&reader, year, today).await?;
    let limits = store::capacity::limits(&reader, year).await?;
    let mut months: BTreeMap<PackageId, Vec<MonthSold>> = BTreeMap::new();
    for (package, month) in store::capacity::months(&reader, year).await? {
        months.entry(package).or_default().push(month);
    }
    for package in catalog.services.iter_mut().flat_map(|service| &mut service.packages) {
        let sold = months.remove(&package.id).unwrap_or_default();
        fill_left(package, limits.get(&package.id).copied(), &sold, (year, &district));
    }
    Ok(Catalog { days: calendar::view(app).await?.days.into_iter().map(|day| day.span).collect(), ..catalog })
}

/// A text that differs whenever the catalog does: publications, sales, ratings, and the turn of the day.
///
/// # Errors
/// Those of the database.
pub async fn revision(app: &App) -> Result<String, AppError> {
    let reader = app.db.reader();
    // The day counts: with it editions come on sale and go.
    let today = identity::district(&reader).await?.day_of(app.now())?;
    let days = calendar::revision(&reader).await?;
    Ok(format!("{today}-{days}-{}", store::shelf::revision(&reader).await?))
}

/// What schools like `school` did with a service.
///
/// # Errors
/// `NotFound` where there is no such service or school.
pub async fn similar_schools(app: &App, service: ServiceId, school: Option<SchoolId>) -> Result<SimilarSchools, AppError> {
    let reader = app.db.reader();
    super::unit_of_service(&reader, service).await?;
    let school = school.ok_or_else(|| AppError::field("school", "Name the school to compare with."))?;
    let schools = budget::list_schools(&reader).await?;
    let mine = schools.iter().find(|candidate| candidate.id == school).ok_or_else(AppError::not_found)?;
    let (likeness, alike) = rules::alike(mine, &schools);
    let bought = store::shelf::bought(&reader, service, &alike).await?;
    let schools = u32::try_from(alike.len()).unwrap_or(u32::MAX);
    let store::shelf::Bought { schools: buyers, by_tier, helped, answered } = bought;
    Ok(SimilarSchools { likeness, schools, bought: buyers, by_tier, helped, answered })
}
