//! What a unit offers in a year with what it costs and what of it is sold: for the seller's view, never for the shelf.

use shared::catalog::{PriceModel, SchoolFacts};
use shared::catalog::api::{PackageContent, PackageDraft};
use shared::catalog::costing::{BreakEven, Costing, parts};
use shared::fiscal::FiscalYear;
use shared::id::{PackageId, ServiceId, UnitId};
use shared::money::Cents;
use shared::time::Date;

use crate::catalog::store;
use crate::db::Query;
use crate::error::AppError;

/// A service with its tiers.
#[derive(Clone, Debug)]
pub struct Offered {
    pub id: ServiceId,
    pub title: String,
    pub on_shelf: bool,
    /// Sum of the buyers' ratings, and how many there are.
    pub stars: u32,
    pub ratings: u32,
    pub tiers: Vec<OfferedTier>,
}

#[derive(Clone, Debug)]
pub struct OfferedTier {
    pub id: PackageId,
    pub name: String,
    pub content: PackageContent,
    pub capacity: Option<u32>,
    pub sold: u32,
    /// What one costs the unit; absent where nobody wrote it down.
    pub cost: Option<OneCost>,
    pub carried: Carried,
}

/// What one of a package costs, and into how many parts one is divided when it is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneCost {
    pub one: Cents,
    pub parts: i64,
}

/// At which take-up a package carries the staff kept for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    At { sold: u32 },
    Never { short: Cents },
    Unknown,
}

/// The published services of a unit's menu of `year`, in its order; those taken off it too. The take-up that carries a tier is told
/// by the price of a usual order of a `typical` school on `today`.
///
/// # Errors
/// Those of the database.
pub async fn offered<Q: Query>(
    query: &Q,
    unit: UnitId,
    year: FiscalYear,
    (typical, today): (&SchoolFacts, Date),
) -> Result<Vec<Offered>, AppError> {
    let capacities = store::capacity::sold_of_unit(query, unit, year).await?;
    let mut buyers = store::shelf::buyers(query).await?;
    let mut offered = Vec::new();
    for row in store::published_services(query, unit, year).await? {
        let made_of = buyers.remove(&row.id).unwrap_or_default();
        let tier = |package: PackageDraft| {
            let id = package.id?;
            let (capacity, sold) = capacities.get(&id).copied().unwrap_or_default();
            let cost = written(package.cost, &package.content.price).or_else(|| cost(&package.content.price));
            let carried = carried(package.cost, &package.content, (typical, today));
            let content = package.content;
            let name = if content.name.trim().is_empty() { content.tier.title().to_owned() } else { content.name.clone() };
            Some(OfferedTier { id, name, capacity, sold, cost, carried, content })
        };
        offered.push(Offered {
            id: row.id,
            title: row.draft.content.title,
            on_shelf: row.on_shelf,
            stars: made_of.stars,
            ratings: made_of.ratings,
            tiers: row.draft.packages.into_iter().filter_map(tier).collect(),
        });
    }
    Ok(offered)
}

/// At which take-up the staff kept for a tier is paid.
fn carried(costing: Option<Costing>, content: &PackageContent, (typical, today): (&SchoolFacts, Date)) -> Carried {
    let Some(costing) = costing.filter(|costing| !costing.is_blank()) else { return Carried::Unknown };
    match costing.break_even(content, typical, today) {
        Ok(BreakEven::At { sold, .. }) => Carried::At { sold },
        Ok(BreakEven::Never { short }) => Carried::Never { short },
        Ok(BreakEven::CapacityUnknown) | Err(_) => Carried::Unknown,
    }
}

/// What the unit wrote into its calculator.
fn written(costing: Option<Costing>, price: &PriceModel) -> Option<OneCost> {
    let costing = costing.filter(|costing| !costing.is_blank())?;
    Some(OneCost { one: costing.unit_cost()?.total, parts: parts(price) })
}

/// What the price itself tells of the cost.
fn cost(price: &PriceModel) -> Option<OneCost> {
    let one = match price {
        PriceModel::CostPlus { cost, .. } => *cost,
        PriceModel::Brokered { provider_price, .. } => Some(*provider_price),
        PriceModel::Included
        | PriceModel::Flat { .. }
        | PriceModel::PerPupil { .. }
        | PriceModel::QuantityBands { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::PerPost { .. }
        | PriceModel::PostShare { .. }
        | PriceModel::Quote => None,
    };
    one.map(|one| OneCost { one, parts: 1 })
}
