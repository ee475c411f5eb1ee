//! What a package costs one school, and how that came about. The browser and the server use the same function.

use serde::{Deserialize, Serialize};

use self::models::{
    PerHead, band_of, brokered, by_enrollment, by_quantity, cost_plus, enrollment, flat, once, per_post, per_pupil, post_share,
};
use super::api::PackageContent;
use super::choice::Choices;
use super::{PriceModel, SchoolFacts, UnitOfMeasure};
use crate::money::{AMOUNT_LIMIT_CENTS, BasisPoints, Cents};
use crate::time::Date;

pub use check::{check_extras, check_model};
pub use package::{Buying, brokerage, price_of};

mod check;
mod models;
mod package;

/// The most of one package that one order may hold.
pub const QUANTITY_LIMIT: u32 = 10_000;

/// One line of a price: what it is for, how it came about, what it comes to. Reductions are below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PriceLine {
    pub title: String,
    pub working: String,
    pub amount: Cents,
}

/// A price for one school, with its working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub total: Cents,
    /// `15 days × $902.50 — volume price`.
    pub working: String,
    /// Price of one, where the price is so much for each.
    pub unit_price: Option<Cents>,
    /// Invariant: the lines sum to `total`.
    pub lines: Vec<PriceLine>,
}

/// Why there is no price. Never a guess instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceError {
    EnrollmentUnknown,
    /// No band covers this many students.
    EnrollmentOutsideBands {
        enrollment: u32,
    },
    /// No band covers this quantity.
    QuantityOutsideBands {
        quantity: u32,
    },
    QuantityMissing,
    QuantityTooLarge,
    /// Fewer than the unit sells at once.
    BelowMinimum {
        least: u32,
    },
    /// How many posts the school has is not known.
    PostsUnknown,
    /// Fitted to each school; there is no price before the unit has named one.
    QuoteNeeded,
    /// Priced at cost plus a share, and the unit has not said the cost yet.
    CostUnknown {
        plus: BasisPoints,
    },
    /// The package has no such term.
    TermNotOffered {
        years: u8,
    },
    /// The package has no such add-on, or no longer.
    AddOnNotOffered,
    /// The price is for the whole school, so there is one of it.
    OncePerSchool,
    TooLarge,
}

impl PriceError {
    /// What happened and what to do next.
    pub fn message(self) -> String {
        match self {
            Self::EnrollmentUnknown => {
                "The price goes by enrollment, and this school's is not known yet. Ask the budget office to import it.".to_owned()
            }
            Self::EnrollmentOutsideBands { enrollment } => {
                format!("No price is set for a school of {enrollment} students. Ask the unit for one.")
            }
            Self::QuantityOutsideBands { quantity } => format!("No price is set for {quantity}. Choose another quantity or ask the unit."),
            Self::QuantityMissing => "Choose how many, at least one.".to_owned(),
            Self::BelowMinimum { least } => format!("At least {least} are ordered at once. Order {least} or more."),
            Self::PostsUnknown => {
                "The price goes by teaching posts, and this school's are not known yet. Ask the budget office to import them.".to_owned()
            }
            Self::QuoteNeeded => {
                "Quote on request: the unit prices this for each school. Ask the unit; it can go into the cart once you have its quote."
                    .to_owned()
            }
            Self::CostUnknown { plus } => {
                format!("Priced at cost plus {plus}, and the cost is not known yet. Ask the unit what it would cost your school.")
            }
            Self::TermNotOffered { years } => format!("A term of {years} years is not offered. Choose one of the terms shown."),
            Self::AddOnNotOffered => "One of the add-ons is no longer offered. Choose again from those shown.".to_owned(),
            Self::QuantityTooLarge => format!("At most {QUANTITY_LIMIT} can be ordered at once. Order less."),
            Self::OncePerSchool => "This is priced for the whole school, so one is all you need. Set the quantity to 1.".to_owned(),
            Self::TooLarge => "This comes to more than one order may hold. Order less.".to_owned(),
        }
    }
}

/// What `quantity` of a package with this price costs a school with these `facts`.
///
/// Errors: a quantity, fact or band that is missing, in words; a price is never guessed.
pub fn price(model: &PriceModel, quantity: u32, facts: &SchoolFacts) -> Result<Priced, PriceError> {
    match quantity {
        0 => return Err(PriceError::QuantityMissing),
        1..=QUANTITY_LIMIT => {}
        _ => return Err(PriceError::QuantityTooLarge),
    }
    let priced = match model {
        PriceModel::Included => once(quantity).map(|()| Priced::of(Cents::ZERO, crate::words::catalog::GUARANTEED.to_owned(), None)),
        PriceModel::Flat { price } => flat(*price, quantity),
        PriceModel::PerPupil { base, each, floor, cap } => {
            once(quantity)?;
            per_pupil(*base, PerHead { each: *each, floor: *floor, cap: *cap }, enrollment(facts)?)
        }
        PriceModel::PerPost { each, floor, cap } => {
            once(quantity)?;
            per_post(PerHead { each: *each, floor: *floor, cap: *cap }, facts.posts)
        }
        PriceModel::PostShare { full_time, usual_hundredths: _ } => post_share(*full_time, quantity),
        PriceModel::QuantityBands { measure, default_quantity: _, bands } => by_quantity(*measure, bands, quantity),
        PriceModel::EnrollmentBands { bands, up_to } => {
            once(quantity)?;
            by_enrollment(bands, *up_to, enrollment(facts)?)
        }
        PriceModel::Brokered { provider_price, brokerage } => brokered(*provider_price, *brokerage, quantity),
        PriceModel::CostPlus { cost: Some(cost), plus } => cost_plus(*cost, *plus, quantity),
        PriceModel::CostPlus { cost: None, plus } => Err(PriceError::CostUnknown { plus: *plus }),
        PriceModel::Quote => Err(PriceError::QuoteNeeded),
    }?;
    within_limit(priced)
}

/// Invariant: no price is below zero or beyond what one order may hold.
fn within_limit(priced: Priced) -> Result<Priced, PriceError> {
    if priced.total.is_negative() || priced.total.get() > AMOUNT_LIMIT_CENTS { Err(PriceError::TooLarge) } else { Ok(priced) }
}

impl Priced {
    /// A price of one line.
    fn of(total: Cents, working: String, unit_price: Option<Cents>) -> Self {
        let lines = vec![PriceLine { title: "Price".to_owned(), working: working.clone(), amount: total }];
        Self { total, working, unit_price, lines }
    }
}

/// The quantity that the shelf and a new draft start from.
pub fn default_quantity(model: &PriceModel) -> u32 {
    match model {
        PriceModel::QuantityBands { default_quantity, .. } => (*default_quantity).clamp(1, QUANTITY_LIMIT),
        PriceModel::PostShare { usual_hundredths, .. } => (*usual_hundredths).clamp(1, QUANTITY_LIMIT),
        PriceModel::Included
        | PriceModel::Flat { .. }
        | PriceModel::PerPupil { .. }
        | PriceModel::PerPost { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::Brokered { .. }
        | PriceModel::CostPlus { .. }
        | PriceModel::Quote => 1,
    }
}

/// Whether a buyer chooses how many.
pub fn takes_quantity(model: &PriceModel) -> bool {
    match model {
        PriceModel::QuantityBands { .. }
        | PriceModel::PostShare { .. }
        | PriceModel::Flat { .. }
        | PriceModel::Brokered { .. }
        | PriceModel::CostPlus { .. } => true,
        PriceModel::Included
        | PriceModel::PerPupil { .. }
        | PriceModel::PerPost { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::Quote => false,
    }
}

/// How many units `quantity` of the package delivers: what the draw-down counts to. At least one; `None` beyond counting.
///
/// A share of a position delivers the package's own units, however large the share is.
pub fn ordered_units(content: &PackageContent, quantity: u32) -> Option<u32> {
    let each = content.deliverables.iter().try_fold(0u32, |sum, deliverable| sum.checked_add(deliverable.quantity))?;
    let times = if matches!(content.price, PriceModel::PostShare { .. }) { 1 } else { quantity };
    each.max(1).checked_mul(times)
}

/// The measure that an order's units are counted in: that of the price bands, else of the first deliverable.
pub fn measure(content: &PackageContent) -> UnitOfMeasure {
    match &content.price {
        PriceModel::QuantityBands { measure, .. } => *measure,
        PriceModel::Included
        | PriceModel::Flat { .. }
        | PriceModel::PerPupil { .. }
        | PriceModel::PerPost { .. }
        | PriceModel::PostShare { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::Brokered { .. }
        | PriceModel::CostPlus { .. }
        | PriceModel::Quote => content.deliverables.first().map_or(UnitOfMeasure::Milestone, |first| first.measure),
    }
}

/// A quantity of a package in words: `15 days`, `0.4 of a position`.
pub fn quantity_words(content: &PackageContent, quantity: u32) -> String {
    let by_share = matches!(content.price, PriceModel::PostShare { .. });
    if by_share { models::share_words(quantity) } else { counted(quantity, measure(content)) }
}

/// The price a card shows for a service with several tiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardPrice {
    /// Every tier is free and guaranteed.
    Included,
    /// All that cost something cost this.
    Exactly(Cents),
    /// The lowest of several prices, some of which may be unknown; what is included does not count.
    From(Cents),
    /// No tier has a price for this school.
    Unknown(PriceError),
}

/// The lowest price of a service for a school on a day, each tier at its usual quantity, without add-ons.
pub fn from_price<'a>(tiers: impl IntoIterator<Item = &'a PackageContent>, facts: &SchoolFacts, day: Date) -> CardPrice {
    let mut card = CardPrice::Included;
    for tier in tiers {
        let this = match usual_price(tier, facts, day) {
            Ok(priced) => priced.total,
            Err(error) => {
                card = match card {
                    CardPrice::Included => CardPrice::Unknown(error),
                    CardPrice::Exactly(known) => CardPrice::From(known),
                    CardPrice::From(_) | CardPrice::Unknown(_) => card,
                };
                continue;
            }
        };
        card = match (card, &tier.price) {
            (_, PriceModel::Included) => card,
            (CardPrice::Included, _) => CardPrice::Exactly(this),
            (CardPrice::Unknown(_), _) => CardPrice::From(this),
            (CardPrice::Exactly(known), _) if known == this => card,
            (CardPrice::Exactly(known) | CardPrice::From(known), _) => CardPrice::From(known.min(this)),
        };
    }
    card
}

/// What a package costs at its usual quantity, for one year and without add-ons.
///
/// # Errors
/// As [`price`].
pub fn usual_price(content: &PackageContent, facts: &SchoolFacts, day: Date) -> Result<Priced, PriceError> {
    price_of(content, default_quantity(&content.price), &Choices::default(), &Buying { facts, day, quote: None })
}

/// What each of `units` equal deliveries comes to, by largest remainder: they sum to `total` exactly.
pub fn delivery_amounts(total: Cents, units: u32) -> Vec<Cents> {
    let mut before = Cents::ZERO;
    let until = (1..=units).map(|delivered| delivered_amount(total, units, delivered));
    until.map(|sum| sum.saturating_sub(std::mem::replace(&mut before, sum))).collect()
}

/// What the first `delivered` of `units` come to: the sum of that many of [`delivery_amounts`], without listing them.
pub fn delivered_amount(total: Cents, units: u32, delivered: u32) -> Cents {
    let (units, delivered) = (i64::from(units.max(1)), i64::from(delivered.min(units.max(1))));
    let (each, left_over) = (total.get().div_euclid(units), total.get().rem_euclid(units));
    Cents::new(each * delivered + left_over.min(delivered))
}

/// A larger quantity that costs less, as volume prices sometimes make it: the quantity and its price.
pub fn cheaper_quantity(model: &PriceModel, quantity: u32) -> Option<(u32, Cents)> {
    let PriceModel::QuantityBands { bands, .. } = model else { return None };
    let now = band_of(bands, quantity)?.each.checked_mul(i64::from(quantity))?;
    let larger = bands.iter().filter(|band| band.from > quantity);
    larger
        .filter_map(|band| Some((band.from, band.each.checked_mul(i64::from(band.from))?)))
        .filter(|(_, total)| *total < now)
        .min_by_key(|found| found.1)
}

/// `15 days`, `1 visit`: a quantity in the words of a price's working.
pub fn counted(quantity: u32, measure: UnitOfMeasure) -> String {
    let one = if measure == UnitOfMeasure::CoachingDay { "day" } else { measure.title() };
    if quantity == 1 { format!("1 {one}") } else { format!("{quantity} {one}s") }
}

#[cfg(test)]
mod tests;
