//! A unit's year as its head, the budget office and the executives see it.

use shared::catalog::SchoolFacts;
use shared::id::{PackageId, ServiceId, UnitId};
use shared::identity::api::{PersonRef, UnitRef};
use shared::identity::policy::Permission;
use shared::money::BasisPoints;
use shared::scorecards::seller::{MissedSearch, SellerView, ServiceReview};

use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target, service as identity};
use crate::orders::service as orders;
use crate::scorecards::rules::Material;
use crate::scorecards::store;

/// The seller's view of a unit for the open year.
///
/// # Errors
/// `NotFound` for a unit outside the caller's scope.
pub async fn seller_view(app: &App, actor: &Actor, unit: UnitId) -> Result<SellerView, AppError> {
    let target = Target::Unit(unit);
    actor.demand(Permission::ViewSeller, &target)?;
    let reader = app.db.reader();
    let known = catalog::unit_contact(&reader, unit).await?;
    let district = identity::district(&reader).await?;
    let today = district.day_of(app.now())?;
    let year = district.calendar.year_of(today);
    let first = district.calendar.first_day(year).unwrap_or(today);
    let offered = catalog::offered(&reader, unit, year, (&typical_school(&reader).await?, today)).await?;
    let ids: Vec<ServiceId> = offered.iter().map(|service| service.id).collect();
    let looks = catalog::looks(&reader, &ids, (first, today)).await?;
    let sales = orders::sales(&reader, &district, unit, year).await?;
    let packages: Vec<PackageId> = offered.iter().flat_map(|service| &service.tiers).map(|tier| tier.id).collect();
    let owners = store::owners(&reader, &packages).await?;
    let people = people_of(&reader, unit).await?;
    let head = head_of(&reader, unit, &people).await?;
    let material = Material { offered: &offered, looks: &looks, sales: &sales, owners: &owners, head: &head };
    let reviews = store::reviews(&reader, unit).await?;
    let mut services = material.services();
    for service in &mut services {
        // The latest stands first.
        service.decision = reviews.iter().find(|review| review.service == service.id && review.year == year).map(|review| review.decision);
    }
    let searches = catalog::empty_searches(&reader, first).await?;
    let may_name = actor.may(Permission::EditMenu, &target);
    Ok(SellerView {
        unit: UnitRef { id: unit, name: known.name },
        year,
        today,
        totals: material.totals(),
        months: material.months(first, today),
        services,
        searches: searches.into_iter().map(|one| MissedSearch { words: one.words, times: one.times, last: one.last }).collect(),
        reviews: reviews.into_iter().map(|review| ServiceReview { may_reply: may_name && review.replied_by.is_none(), ..review }).collect(),
        people,
        // Whoever heads the unit does not decide about it, whatever else they are.
        may_decide: actor.may(Permission::DecideService, &target) && !may_name,
        may_name,
    })
}

/// The people who work for a unit, by name.
pub(super) async fn people_of<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<PersonRef>, AppError> {
    let found = identity::contacts(query, Permission::LogDelivery, &Target::Unit(unit)).await?;
    Ok(found.into_iter().map(|person| PersonRef { id: person.id, name: person.name }).collect())
}

/// The unit's head; anyone of the unit where it has none.
async fn head_of<Q: Query>(query: &Q, unit: UnitId, people: &[PersonRef]) -> Result<PersonRef, AppError> {
    let heads = identity::contacts(query, Permission::EditMenu, &Target::Unit(unit)).await?;
    let head = heads.into_iter().next().map(|person| PersonRef { id: person.id, name: person.name });
    let nobody = || PersonRef { id: shared::id::Id::from_bits(0), name: shared::words::scorecards::NOBODY.to_owned() };
    Ok(head.or_else(|| people.first().cloned()).unwrap_or_else(nobody))
}

/// The counts of a school in the middle of the district: what usual prices are told by.
async fn typical_school<Q: Query>(query: &Q) -> Result<SchoolFacts, AppError> {
    let schools = budget::list_schools(query).await?;
    let middle = |of: fn(&SchoolFacts) -> i64| {
        let mut all: Vec<i64> = schools.iter().map(|school| of(&school.facts)).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    };
    Ok(SchoolFacts {
        enrollment: u32::try_from(middle(|facts| i64::from(facts.enrollment))).unwrap_or(0),
        low_income: BasisPoints(middle(|facts| facts.low_income.0)),
        english_learners: BasisPoints(middle(|facts| facts.english_learners.0)),
        posts: u32::try_from(middle(|facts| i64::from(facts.posts))).unwrap_or(0),
    })
}
