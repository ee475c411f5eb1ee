//! What a package costs one school, and how that came about. The browser and the server use the same function.

use super::api::PackageContent;
use super::{Deliverable, EnrollmentBand, PriceModel, QuantityBand, SchoolFacts, UnitOfMeasure};
use crate::money::{AMOUNT_LIMIT_CENTS, BasisPoints, Cents};

pub use check::check_model;

mod check;

/// The most of one package that one order may hold.
pub const QUANTITY_LIMIT: u32 = 10_000;

/// A price for one school, with its working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub total: Cents,
    /// `15 days × $902.50 — volume price`.
    pub working: String,
    /// Price of one, where the price is so much for each.
    pub unit_price: Option<Cents>,
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
        PriceModel::Included => once(quantity).map(|()| Priced { total: Cents::ZERO, working: "Included".to_owned(), unit_price: None }),
        PriceModel::Flat { price } => flat(*price, quantity),
        PriceModel::PerPupil { base, each, floor, cap } => {
            once(quantity)?;
            per_pupil(PerPupil { base: *base, each: *each, floor: *floor, cap: *cap }, enrollment(facts)?)
        }
        PriceModel::QuantityBands { measure, default_quantity: _, bands } => by_quantity(*measure, bands, quantity),
        PriceModel::EnrollmentBands { bands } => {
            once(quantity)?;
            by_enrollment(bands, enrollment(facts)?)
        }
        PriceModel::Brokered { provider_price, brokerage } => brokered(*provider_price, *brokerage, quantity),
    }?;
    if priced.total.is_negative() || priced.total.get() > AMOUNT_LIMIT_CENTS { Err(PriceError::TooLarge) } else { Ok(priced) }
}

/// The quantity that the shelf and a new draft start from.
pub fn default_quantity(model: &PriceModel) -> u32 {
    match model {
        PriceModel::QuantityBands { default_quantity, .. } => (*default_quantity).clamp(1, QUANTITY_LIMIT),
        PriceModel::Included
        | PriceModel::Flat { .. }
        | PriceModel::PerPupil { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::Brokered { .. } => 1,
    }
}

/// Whether a buyer chooses how many.
pub fn takes_quantity(model: &PriceModel) -> bool {
    match model {
        PriceModel::QuantityBands { .. } | PriceModel::Flat { .. } | PriceModel::Brokered { .. } => true,
        PriceModel::Included | PriceModel::PerPupil { .. } | PriceModel::EnrollmentBands { .. } => false,
    }
}

/// How many units `quantity` of the package delivers: what the draw-down counts to. At least one; `None` beyond counting.
pub fn ordered_units(deliverables: &[Deliverable], quantity: u32) -> Option<u32> {
    let each = deliverables.iter().try_fold(0u32, |sum, deliverable| sum.checked_add(deliverable.quantity))?;
    each.max(1).checked_mul(quantity)
}

/// The measure that an order's units are counted in: that of the price bands, else of the first deliverable.
pub fn measure(content: &PackageContent) -> UnitOfMeasure {
    match &content.price {
        PriceModel::QuantityBands { measure, .. } => *measure,
        PriceModel::Included
        | PriceModel::Flat { .. }
        | PriceModel::PerPupil { .. }
        | PriceModel::EnrollmentBands { .. }
        | PriceModel::Brokered { .. } => content.deliverables.first().map_or(UnitOfMeasure::Milestone, |first| first.measure),
    }
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

/// The lowest price of a service for a school, each tier at its usual quantity.
pub fn from_price<'a>(models: impl IntoIterator<Item = &'a PriceModel>, facts: &SchoolFacts) -> CardPrice {
    let mut card = CardPrice::Included;
    for model in models {
        let this = match price(model, default_quantity(model), facts) {
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
        card = match (card, model) {
            (_, PriceModel::Included) => card,
            (CardPrice::Included, _) => CardPrice::Exactly(this),
            (CardPrice::Unknown(_), _) => CardPrice::From(this),
            (CardPrice::Exactly(known), _) if known == this => card,
            (CardPrice::Exactly(known) | CardPrice::From(known), _) => CardPrice::From(known.min(this)),
        };
    }
    card
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
    let one = match measure {
        UnitOfMeasure::CoachingDay => "day",
        UnitOfMeasure::Session
        | UnitOfMeasure::Visit
        | UnitOfMeasure::Hour
        | UnitOfMeasure::Seat
        | UnitOfMeasure::Month
        | UnitOfMeasure::Milestone
        | UnitOfMeasure::Year => measure.title(),
    };
    if quantity == 1 { format!("1 {one}") } else { format!("{quantity} {one}s") }
}

fn once(quantity: u32) -> Result<(), PriceError> {
    if quantity == 1 { Ok(()) } else { Err(PriceError::OncePerSchool) }
}

fn enrollment(facts: &SchoolFacts) -> Result<u32, PriceError> {
    if facts.enrollment == 0 { Err(PriceError::EnrollmentUnknown) } else { Ok(facts.enrollment) }
}

fn times(each: Cents, quantity: u32) -> Result<Cents, PriceError> {
    each.checked_mul(i64::from(quantity)).ok_or(PriceError::TooLarge)
}

fn flat(each: Cents, quantity: u32) -> Result<Priced, PriceError> {
    let working = if quantity == 1 { "One price for every school".to_owned() } else { format!("{quantity} × {each}") };
    Ok(Priced { total: times(each, quantity)?, working, unit_price: Some(each) })
}

struct PerPupil {
    base: Cents,
    each: Cents,
    floor: Option<Cents>,
    cap: Option<Cents>,
}

fn per_pupil(model: PerPupil, students: u32) -> Result<Priced, PriceError> {
    let by_heads = times(model.each, students)?.checked_add(model.base).ok_or(PriceError::TooLarge)?;
    let heads = format!("{students} {} × {}", if students == 1 { "student" } else { "students" }, model.each);
    let sum = if model.base.is_zero() { heads } else { format!("{} + {heads}", model.base) };
    let (total, working) = match (model.floor, model.cap) {
        (_, Some(cap)) if by_heads > cap => (cap, format!("{sum} = {by_heads}, capped at {cap}")),
        (Some(floor), _) if by_heads < floor => (floor, format!("{sum} = {by_heads}, raised to the least of {floor}")),
        (Some(_) | None, Some(_) | None) => (by_heads, sum),
    };
    Ok(Priced { total, working, unit_price: None })
}

fn band_of(bands: &[QuantityBand], quantity: u32) -> Option<&QuantityBand> {
    bands.iter().rev().find(|band| band.from <= quantity)
}

fn by_quantity(measure: UnitOfMeasure, bands: &[QuantityBand], quantity: u32) -> Result<Priced, PriceError> {
    let band = band_of(bands, quantity).ok_or(PriceError::QuantityOutsideBands { quantity })?;
    let volume = if bands.first().is_some_and(|first| band.from > first.from) { " — volume price" } else { "" };
    let working = format!("{} × {}{volume}", counted(quantity, measure), band.each);
    Ok(Priced { total: times(band.each, quantity)?, working, unit_price: Some(band.each) })
}

fn by_enrollment(bands: &[EnrollmentBand], enrollment: u32) -> Result<Priced, PriceError> {
    let at = bands.iter().rposition(|band| band.from <= enrollment).ok_or(PriceError::EnrollmentOutsideBands { enrollment })?;
    let range = match bands.get(at + 1) {
        Some(next) => format!("{} to {} students", bands[at].from, next.from.saturating_sub(1)),
        None => format!("{} students or more", bands[at].from),
    };
    Ok(Priced { total: bands[at].price, working: format!("Price for schools of {range}"), unit_price: None })
}

fn brokered(provider_price: Cents, brokerage: BasisPoints, quantity: u32) -> Result<Priced, PriceError> {
    let base = times(provider_price, quantity)?;
    let fee = brokerage.of(base).ok_or(PriceError::TooLarge)?;
    let provider = if quantity == 1 { provider_price.to_string() } else { format!("{quantity} × {provider_price}") };
    let total = base.checked_add(fee).ok_or(PriceError::TooLarge)?;
    Ok(Priced { total, working: format!("{provider} + {brokerage} brokerage"), unit_price: None })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINCOLN: SchoolFacts =
        SchoolFacts { enrollment: 412, low_income: BasisPoints(7_800), english_learners: BasisPoints(3_100), posts: 19 };

    fn coaching() -> PriceModel {
        let bands = [(1, 95_000), (11, 90_250), (21, 82_080)];
        let bands = bands.into_iter().map(|(from, each)| QuantityBand { from, each: Cents::new(each) }).collect();
        PriceModel::QuantityBands { measure: UnitOfMeasure::CoachingDay, default_quantity: 6, bands }
    }

    fn per_pupil(base: i64, each: i64, limits: (Option<i64>, Option<i64>)) -> PriceModel {
        PriceModel::PerPupil {
            base: Cents::new(base),
            each: Cents::new(each),
            floor: limits.0.map(Cents::new),
            cap: limits.1.map(Cents::new),
        }
    }

    fn bands(bands: &[(u32, i64)]) -> PriceModel {
        PriceModel::EnrollmentBands {
            bands: bands.iter().map(|(from, price)| EnrollmentBand { from: *from, price: Cents::new(*price) }).collect(),
        }
    }

    #[track_caller]
    fn costs(model: &PriceModel, quantity: u32, total: &str, working: &str) {
        let priced = price(model, quantity, &LINCOLN).unwrap();
        assert_eq!((priced.total.to_string().as_str(), priced.working.as_str()), (total, working));
    }

    #[test]
    fn every_price_shows_its_working() {
        costs(&PriceModel::Included, 1, "$0.00", "Included");
        costs(&PriceModel::Flat { price: Cents::new(480_000) }, 1, "$4,800.00", "One price for every school");
        costs(&PriceModel::Flat { price: Cents::new(29_500) }, 3, "$885.00", "3 × $295.00");
        costs(&coaching(), 1, "$950.00", "1 day × $950.00");
        costs(&coaching(), 10, "$9,500.00", "10 days × $950.00");
        costs(&coaching(), 15, "$13,537.50", "15 days × $902.50 — volume price");
        costs(&coaching(), 30, "$24,624.00", "30 days × $820.80 — volume price");
        costs(&per_pupil(70_000, 250, (None, None)), 1, "$1,730.00", "$700.00 + 412 students × $2.50");
        costs(&per_pupil(0, 250, (None, None)), 1, "$1,030.00", "412 students × $2.50");
        costs(&per_pupil(0, 250, (None, Some(90_000))), 1, "$900.00", "412 students × $2.50 = $1,030.00, capped at $900.00");
        costs(
            &per_pupil(0, 250, (Some(150_000), None)),
            1,
            "$1,500.00",
            "412 students × $2.50 = $1,030.00, raised to the least of $1,500.00",
        );
        costs(&bands(&[(0, 100_000), (300, 150_000), (600, 200_000)]), 1, "$1,500.00", "Price for schools of 300 to 599 students");
        costs(&bands(&[(0, 100_000), (300, 150_000)]), 1, "$1,500.00", "Price for schools of 300 students or more");
        let brokered = PriceModel::Brokered { provider_price: Cents::new(427_500), brokerage: BasisPoints(1_500) };
        costs(&brokered, 1, "$4,916.25", "$4,275.00 + 15 % brokerage");
        costs(&brokered, 2, "$9,832.50", "2 × $4,275.00 + 15 % brokerage");
    }

    #[test]
    fn a_missing_fact_or_band_is_an_error_and_never_a_guess() {
        let unknown = SchoolFacts::default();
        assert_eq!(price(&per_pupil(0, 250, (None, None)), 1, &unknown), Err(PriceError::EnrollmentUnknown));
        assert_eq!(price(&bands(&[(0, 100)]), 1, &unknown), Err(PriceError::EnrollmentUnknown));
        assert_eq!(price(&bands(&[(500, 100)]), 1, &LINCOLN), Err(PriceError::EnrollmentOutsideBands { enrollment: 412 }));
        assert_eq!(price(&coaching(), 0, &LINCOLN), Err(PriceError::QuantityMissing));
        assert_eq!(price(&coaching(), QUANTITY_LIMIT + 1, &LINCOLN), Err(PriceError::QuantityTooLarge));
        assert_eq!(price(&bands(&[(0, 100)]), 2, &LINCOLN), Err(PriceError::OncePerSchool));
        assert_eq!(price(&PriceModel::Included, 2, &LINCOLN), Err(PriceError::OncePerSchool));
        assert_eq!(price(&PriceModel::Flat { price: Cents::new(AMOUNT_LIMIT_CENTS) }, 2, &LINCOLN), Err(PriceError::TooLarge));
    }

    #[test]
    fn a_card_shows_the_lowest_price_that_is_not_free() {
        let flat = |cents| PriceModel::Flat { price: Cents::new(cents) };
        assert_eq!(from_price([&PriceModel::Included, &coaching(), &flat(900_000)], &LINCOLN), CardPrice::From(Cents::new(570_000)));
        assert_eq!(from_price([&PriceModel::Included, &flat(900_000)], &LINCOLN), CardPrice::Exactly(Cents::new(900_000)));
        assert_eq!(from_price([&PriceModel::Included], &LINCOLN), CardPrice::Included);
        let far = bands(&[(500, 100)]);
        assert_eq!(from_price([&far], &LINCOLN), CardPrice::Unknown(PriceError::EnrollmentOutsideBands { enrollment: 412 }));
        assert_eq!(from_price([&far, &flat(100)], &LINCOLN), CardPrice::From(Cents::new(100)));
    }

    #[test]
    fn a_volume_price_that_costs_less_is_pointed_out() {
        assert_eq!(cheaper_quantity(&coaching(), 20), Some((21, Cents::new(1_723_680))));
        assert_eq!(cheaper_quantity(&coaching(), 15), None);
        assert_eq!(cheaper_quantity(&PriceModel::Included, 1), None);
    }

    #[test]
    fn units_are_counted_over_all_deliverables() {
        let of = |quantity| Deliverable { title: "Visit".to_owned(), quantity, measure: UnitOfMeasure::Visit };
        assert_eq!(ordered_units(&[of(6), of(2)], 1), Some(8));
        assert_eq!(ordered_units(&[of(1)], 15), Some(15));
        assert_eq!(ordered_units(&[], 2), Some(2));
        assert_eq!(ordered_units(&[of(u32::MAX), of(1)], 1), None);
    }

    proptest! {
        #[test]
        fn deliveries_sum_to_the_price(total in 0i64..100_000_000, units in 1u32..400) {
            let parts = delivery_amounts(Cents::new(total), units);
            prop_assert_eq!(parts.iter().copied().sum::<Cents>(), Cents::new(total));
            prop_assert_eq!(parts.len(), units as usize);
            let (least, most) = (parts.iter().min().unwrap().get(), parts.iter().max().unwrap().get());
            prop_assert!(most - least <= 1);
        }

        #[test]
        fn more_students_never_cost_less(base in 0i64..100_000, each in 1i64..5_000, students in 1u32..4_000, more in 0u32..500) {
            let model = per_pupil(base, each, (Some(50_000), Some(900_000)));
            let at = |enrollment| price(&model, 1, &SchoolFacts { enrollment, ..SchoolFacts::default() }).unwrap().total;
            prop_assert!(at(students) <= at(students + more));
        }
    }
}
