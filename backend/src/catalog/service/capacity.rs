//! What a unit's packages have sold, have left and make wait; how many may start in one part of the year.

use shared::catalog::api::CatalogPackage;
use shared::catalog::starts::{self, MonthSold, StartLimit};
use shared::fiscal::FiscalYear;
use shared::id::{PackageId, UnitId};
use shared::identity::policy::Permission;
use shared::words::catalog::capacity as words;

use crate::app::App;
use crate::catalog::store::{self, capacity::Kept};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, District, Fact, Target, service as identity};

/// The most that a limit may say.
const MOST_LIMIT: u32 = 100_000;

/// One of the unit's packages with its year.
#[derive(Clone, Debug)]
pub struct Capacity {
    pub kept: Kept,
    pub months: Vec<MonthSold>,
}

/// The unit's packages on the shelf of `year`.
///
/// # Errors
/// Those of the database.
pub async fn capacity_of_unit<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<Vec<Capacity>, AppError> {
    let months = store::capacity::months(query, year).await?;
    let kept = store::capacity::of_unit(query, unit, year).await?;
    let with = |kept: Kept| {
        let own = months.iter().filter(|(package, _)| *package == kept.package).map(|(_, month)| *month).collect();
        Capacity { kept, months: own }
    };
    Ok(kept.into_iter().map(with).collect())
}

/// Fills in what is left to somebody who comes by, of the year and of its parts.
pub(super) fn fill_left(package: &mut CatalogPackage, limit: Option<StartLimit>, months: &[MonthSold], of: (FiscalYear, &District)) {
    (package.left, package.parts) = starts::left(package.left, limit, months, (of.0, of.1.calendar));
}

/// Says how many may start in one part of the year; what is sold stays sold. Answers with the package's unit.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field.
pub async fn set_start_limit(app: &App, ctx: &CommandContext, package: PackageId, limit: Option<StartLimit>) -> Result<UnitId, AppError> {
    let found = store::shelf::edition(&app.db.reader(), package, None).await?.ok_or_else(AppError::not_found)?;
    let unit = found.service.unit;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    if limit.is_some_and(|limit| limit.most > MOST_LIMIT) {
        return Err(AppError::field("most", words::WRITE_A_NUMBER));
    }
    let title = found.service.content.title.clone();
    app.db
        .command(&ctx.key(), package, (ctx.clone(), title, limit), move |tx, (ctx, title, limit)| write(tx, ctx, (package, title), limit))
        .await?;
    Ok(unit)
}

async fn write(mut tx: Tx, ctx: CommandContext, (package, title): (PackageId, String), limit: Option<StartLimit>) -> Result<(), AppError> {
    let year = identity::district(&tx).await?.year_of(ctx.now)?;
    if !store::capacity::set_limit(&mut tx, package, year, limit).await? {
        return Err(AppError::not_found());
    }
    let summary = limit.map_or_else(|| words::UNLIMITED.to_owned(), |limit| words::limited(limit.most, limit.period.title()));
    let fact = Fact { object: package.to_string(), object_title: title, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}
