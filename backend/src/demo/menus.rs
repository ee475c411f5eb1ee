//! Services of the data files as the drafts that unit heads write.

use shared::catalog::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use shared::catalog::choice::{AddOn, EarlyPrice, Extras, Reduction, TermPrice};
use shared::catalog::costing::Costing;
use shared::catalog::{Deliverable, EnrollmentBand, PriceModel, QuantityBand, ServiceLevel, Terms};
use shared::money::{BasisPoints, Cents};

use super::data::{AddOnData, CostData, PriceData, ServiceData, TierData};
use super::days::Days;
use crate::error::AppError;

/// SACS object of services between a school and its own district, inside a fund.
const DIRECT_COST_TRANSFER: &str = "5710";
/// SACS object of professional and consulting services bought outside.
const OUTSIDE_SERVICES: &str = "5800";

/// What a unit head writes for a service.
///
/// # Errors
/// Internal where a price of the file cannot be read.
pub fn draft(data: &ServiceData, days: &Days) -> Result<ServiceDraft, AppError> {
    let object = if data.provider.is_some() { OUTSIDE_SERVICES } else { DIRECT_COST_TRANSFER };
    let content = ServiceContent {
        title: data.title.clone(),
        category: data.category,
        span: data.span,
        subjects: data.subjects.clone(),
        value_statement: data.value.clone(),
        outcome: data.outcome.clone(),
        evidence: data.evidence.clone(),
        prerequisites: data.needs.clone(),
        object: object.to_owned(),
        function: data.function.clone(),
        goal: data.goal.clone(),
        level: ServiceLevel { reply_days: data.reply, start_days: data.start },
        terms: Terms {
            cancel_free_days: data.cancel_free_days,
            late_cancel_fee: BasisPoints(data.late_fee_bp),
            hand_back_until: data.hand_back.then(|| days.in_year(3, 31)),
        },
        provider: data.provider.clone(),
    };
    let packages = data.tiers.iter().map(|tier| Ok(PackageDraft { id: None, content: package(tier, days)?, cost: tier.cost.as_ref().map(cost).transpose()? }));
    Ok(ServiceDraft { content, packages: packages.collect::<Result<_, AppError>>()? })
}

/// What one costs the unit; it leaves nothing over, since prices here are set by hand.
fn cost(data: &CostData) -> Result<Costing, AppError> {
    Ok(Costing {
        staff_hundredths: data.staff_hundredths,
        day_rate: dollars(&data.day_rate)?,
        materials: dollars(&data.materials)?,
        overhead: BasisPoints(data.overhead_bp),
        margin: BasisPoints(0),
    })
}

fn package(tier: &TierData, days: &Days) -> Result<PackageContent, AppError> {
    let deliverable =
        |(title, quantity, measure): &(String, u32, _)| Deliverable { title: title.clone(), quantity: *quantity, measure: *measure };
    Ok(PackageContent {
        tier: tier.tier,
        name: String::new(),
        for_whom: tier.for_whom.clone(),
        adds: tier.adds.clone(),
        deliverables: tier.gets.iter().map(deliverable).collect(),
        price: price(&tier.price)?,
        capacity: tier.capacity,
        starts: tier.starts_in.map(|later| days.anchor.plus_days(later).min(days.last)),
        extras: extras(tier, days)?,
    })
}

fn extras(tier: &TierData, days: &Days) -> Result<Extras, AppError> {
    let early = tier.early.map(|(share, later)| EarlyPrice {
        until: days.anchor.plus_days(later).min(days.last),
        less: Reduction::Share { share: BasisPoints(share) },
    });
    let terms = tier.terms.iter().map(|(years, less)| TermPrice { years: *years, less: BasisPoints(*less) }).collect();
    let add_on =
        |(key, data): (u16, &AddOnData)| Ok(AddOn { key, title: data.title.clone(), count: data.count, price: price(&data.price)? });
    let add_ons = (1u16..).zip(&tier.add_ons).map(add_on).collect::<Result<_, AppError>>()?;
    Ok(Extras { early, terms, add_ons, guaranteed: tier.guaranteed })
}

/// Dollars as the files write them.
///
/// # Errors
/// Internal where the text is no sum of money.
pub fn dollars(text: &str) -> Result<Cents, AppError> {
    text.parse().map_err(|error| AppError::internal(format!("demo price {text}: {error:?}")))
}

fn price(data: &PriceData) -> Result<PriceModel, AppError> {
    let optional = |text: &Option<String>| text.as_deref().map(dollars).transpose();
    Ok(match data {
        PriceData::Included => PriceModel::Included,
        PriceData::Flat(text) => PriceModel::Flat { price: dollars(text)? },
        PriceData::PerPupil { base, each, floor, cap } => {
            PriceModel::PerPupil { base: dollars(base)?, each: dollars(each)?, floor: optional(floor)?, cap: optional(cap)? }
        }
        PriceData::Quantity { measure, default, bands } => {
            let band = |(from, each): &(u32, String)| Ok(QuantityBand { from: *from, each: dollars(each)? });
            let bands = bands.iter().map(band).collect::<Result<_, AppError>>()?;
            PriceModel::QuantityBands { measure: *measure, default_quantity: *default, bands }
        }
        PriceData::Enrollment(bands) => {
            let band = |(from, price): &(u32, String)| Ok(EnrollmentBand { from: *from, price: dollars(price)? });
            PriceModel::EnrollmentBands { bands: bands.iter().map(band).collect::<Result<_, AppError>>()?, up_to: None }
        }
        PriceData::PerPost { each, floor } => PriceModel::PerPost { each: dollars(each)?, floor: optional(floor)?, cap: None },
        PriceData::Share { full_time, hundredths } => {
            PriceModel::PostShare { full_time: dollars(full_time)?, usual_hundredths: *hundredths }
        }
        PriceData::CostPlus { cost, plus_bp } => PriceModel::CostPlus { cost: optional(cost)?, plus: BasisPoints(*plus_bp) },
        PriceData::Quote => PriceModel::Quote,
        PriceData::Brokered { price, brokerage_bp } => {
            PriceModel::Brokered { provider_price: dollars(price)?, brokerage: BasisPoints(*brokerage_bp) }
        }
    })
}
