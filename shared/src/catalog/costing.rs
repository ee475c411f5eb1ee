//! What a package costs its unit, and what that says about its price: a suggestion, what is left over, the take-up that carries it.
//!
//! Costs are the unit's own: they are kept with the draft and never travel with the shelf.

use serde::{Deserialize, Serialize};

use super::api::PackageContent;
use super::price::{PriceError, default_quantity, usual_price};
use super::{PriceModel, SchoolFacts};
use crate::error::FieldError;
use crate::money::{AMOUNT_LIMIT_CENTS, BasisPoints, Cents};
use crate::time::Date;

/// The most staff days that one package may take, in hundredths: 2,000 days.
const STAFF_LIMIT_HUNDREDTHS: u32 = 200_000;
const WHOLE: i64 = 10_000;

/// What delivering one of a package takes. One is what the quantity counts: a day, an hour, a visit, else the whole package;
/// for a share of a position it is a full position for the year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Costing {
    /// Staff days in hundredths, preparing and travelling included: 250 is two days and a half.
    pub staff_hundredths: u32,
    /// What a day of staff costs, with benefits.
    pub day_rate: Cents,
    /// Materials, travel, licences.
    pub materials: Cents,
    /// The unit's running costs, as a share of staff and materials.
    pub overhead: BasisPoints,
    /// What is to be left over, as a share of the price.
    pub margin: BasisPoints,
}

/// What one costs, part by part.
///
/// Invariant: the parts sum to `total`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitCost {
    pub staff: Cents,
    pub materials: Cents,
    pub overhead: Cents,
    pub total: Cents,
}

/// A school's usual order beside what it costs the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Economics {
    pub price: Cents,
    pub cost: Cents,
    /// Price less cost; below zero where the unit pays for it.
    pub left: Cents,
    /// What is left as a share of the price; nothing where the price is nothing.
    pub margin: BasisPoints,
}

/// How much must be sold before the staff kept for it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakEven {
    /// So many of what can be delivered, counted as the quantity is.
    At { sold: u32, capacity: u32 },
    /// Even sold out it does not carry its staff: so much is missing in the year.
    Never { short: Cents },
    /// Nobody said how many can be delivered.
    CapacityUnknown,
}

impl Costing {
    /// Nothing was written yet.
    pub fn is_blank(&self) -> bool {
        self.staff_hundredths == 0 && self.materials.is_zero()
    }

    /// What one costs; `None` beyond counting.
    pub fn unit_cost(&self) -> Option<UnitCost> {
        let staff = self.day_rate.checked_ratio(i64::from(self.staff_hundredths), 100)?;
        let direct = staff.checked_add(self.materials)?;
        let overhead = self.overhead.of(direct)?;
        Some(UnitCost { staff, materials: self.materials, overhead, total: direct.checked_add(overhead)? })
    }

    /// The price of one that leaves the wanted margin, rounded up to a whole dollar; `None` beyond counting.
    pub fn suggested(&self) -> Option<Cents> {
        let cost = i128::from(self.unit_cost()?.total.get());
        let kept = i128::from(WHOLE - self.margin.0);
        if kept <= 0 {
            return None;
        }
        let cents = (cost * i128::from(WHOLE) + kept - 1) / kept;
        let dollars = (cents + 99) / 100;
        i64::try_from(dollars * 100).ok().filter(|sum| *sum <= AMOUNT_LIMIT_CENTS).map(Cents::new)
    }

    /// What `quantity` of a package costs; a share of a position is counted in hundredths.
    pub fn order_cost(&self, model: &PriceModel, quantity: u32) -> Option<Cents> {
        self.unit_cost()?.total.checked_ratio(i64::from(quantity), parts(model))
    }

    /// What a school's usual order leaves over on a day.
    ///
    /// # Errors
    /// Where the school has no price.
    pub fn economics(&self, content: &PackageContent, facts: &SchoolFacts, day: Date) -> Result<Economics, PriceError> {
        let price = usual_price(content, facts, day)?.total;
        let cost = self.order_cost(&content.price, default_quantity(&content.price)).ok_or(PriceError::TooLarge)?;
        let left = price.checked_sub(cost).ok_or(PriceError::TooLarge)?;
        let margin = if price.is_zero() { 0 } else { i128::from(left.get()) * i128::from(WHOLE) / i128::from(price.get()) };
        Ok(Economics { price, cost, left, margin: BasisPoints(i64::try_from(margin).unwrap_or(0)) })
    }

    /// The take-up at which the staff kept for the whole capacity is paid, at the price of a usual order of such a school.
    ///
    /// Staff exists whether it is sold or not, so it counts for all that can be delivered; materials only for what is sold.
    ///
    /// # Errors
    /// Where the school has no price.
    pub fn break_even(&self, content: &PackageContent, facts: &SchoolFacts, day: Date) -> Result<BreakEven, PriceError> {
        let Some(capacity) = content.capacity else { return Ok(BreakEven::CapacityUnknown) };
        let economics = self.economics(content, facts, day)?;
        let cost = self.unit_cost().ok_or(PriceError::TooLarge)?;
        let (quantity, parts) = (i128::from(default_quantity(&content.price)), i128::from(parts(&content.price)));
        let with_overhead = |sum: Cents| i128::from(sum.get()) * i128::from(WHOLE + self.overhead.0);
        // Everything times the parts of a position and the whole of a share, so that nothing is rounded before the end.
        let staff = with_overhead(cost.staff) * i128::from(capacity);
        let brings = i128::from(economics.price.get()) * i128::from(WHOLE) * parts - with_overhead(cost.materials) * quantity;
        let needed = if brings > 0 { (staff * quantity + brings - 1) / brings } else { i128::MAX };
        Ok(match u32::try_from(needed).ok().filter(|sold| *sold <= capacity) {
            Some(sold) => BreakEven::At { sold, capacity },
            None => {
                let short = staff - brings * i128::from(capacity) / quantity.max(1);
                BreakEven::Never { short: Cents::new(i64::try_from(short / (i128::from(WHOLE) * parts)).unwrap_or(i64::MAX)) }
            }
        })
    }
}

/// Into how many parts one of a package is divided when it is ordered.
pub const fn parts(model: &PriceModel) -> i64 {
    if matches!(model, PriceModel::PostShare { .. }) { 100 } else { 1 }
}

/// Checks costs as a unit head wrote them; fields are named below `field`.
pub fn check_costing(costing: &Costing, field: &str) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let mut say = |part: &str, message: &str| wrong.push(FieldError::new(format!("{field}.{part}"), message));
    if costing.staff_hundredths > STAFF_LIMIT_HUNDREDTHS {
        say("staff_hundredths", "At most 2,000 staff days for one.");
    }
    for (part, sum) in [("day_rate", costing.day_rate), ("materials", costing.materials)] {
        if sum.is_negative() || sum.get() > AMOUNT_LIMIT_CENTS {
            say(part, "A cost is zero or more.");
        }
    }
    if !(0..=WHOLE).contains(&costing.overhead.0) {
        say("overhead", "A share between 0 and 100 %.");
    }
    if !(0..WHOLE).contains(&costing.margin.0) {
        say("margin", "A share of the price below 100 %.");
    }
    wrong
}

/// The places of the smallest and the largest of schools with known enrollments, for telling what a price means for both.
pub fn smallest_and_largest<'a>(schools: impl IntoIterator<Item = &'a SchoolFacts>) -> Option<(usize, usize)> {
    let counted: Vec<(usize, u32)> =
        schools.into_iter().map(|facts| facts.enrollment).enumerate().filter(|(_, count)| *count > 0).collect();
    let smallest = counted.iter().min_by_key(|(_, count)| *count)?;
    let largest = counted.iter().rev().max_by_key(|(_, count)| *count)?;
    Some((smallest.0, largest.0))
}

#[cfg(test)]
mod tests;
