//! Renewals: this year's orders, pre-filled for the next year at its price; renewed, changed or dropped, all at once.

use serde::{Deserialize, Serialize};

use crate::catalog::UnitOfMeasure;
use crate::fiscal::FiscalYear;
use crate::id::{OrderId, PackageId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};

crate::catalog::words! {
    /// What a school makes of one of its orders for the next year.
    Decision {
        Renew = "renew", "Renew";
        /// Another quantity or tier.
        Change = "change", "Change";
        Drop = "drop", "Drop";
    }
}

/// What next year costs, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "next")]
pub enum NextYear {
    /// A term of several years goes on at the price that was agreed.
    Locked { price: Cents, year_of_term: u8, years: u8 },
    /// Next year's edition is published.
    Published { package: PackageId, title: String, tier_name: String, price: Cents, working: String },
    /// Next year's edition is not published yet; this year's price stands in.
    NotYet { price: Cents },
    /// It is not offered any more.
    Gone,
    /// Offered, and without a price for this school.
    NoPrice { why: String },
}

impl NextYear {
    /// The price, where there is one.
    pub const fn price(&self) -> Option<Cents> {
        match self {
            Self::Locked { price, .. } | Self::Published { price, .. } | Self::NotYet { price } => Some(*price),
            Self::Gone | Self::NoPrice { .. } => None,
        }
    }
}

/// Whether a term goes on after its `year_of_term`th year.
pub const fn goes_on(year_of_term: u8, years: u8) -> bool {
    year_of_term < years
}

/// One of this year's orders with what is offered for the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalLine {
    pub order: OrderId,
    pub number: u32,
    pub school: SchoolRef,
    pub unit: UnitRef,
    pub title: String,
    pub tier_name: String,
    pub quantity: u32,
    pub measure: UnitOfMeasure,
    pub price_now: Cents,
    pub next: NextYear,
    /// Stars that the school gave, where it did.
    pub stars: Option<u8>,
    pub decided: Option<Decided>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Decided {
    pub decision: Decision,
    pub quantity: u32,
    pub reason: String,
    pub by: PersonRef,
    pub at: Timestamp,
    /// The draft in the next year's cart, once the year has begun.
    pub draft: Option<OrderId>,
}

/// A school's renewal round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RenewalsView {
    pub school: SchoolRef,
    /// The year that is decided about.
    pub year: FiscalYear,
    pub today: Date,
    pub opens: Option<Date>,
    pub closes: Option<Date>,
    /// Whether the caller may decide now.
    pub may: bool,
    pub lines: Vec<RenewalLine>,
}

impl RenewalsView {
    /// How many lines are decided.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.decided.is_some()).count()
    }

    /// What the lines cost this year, and what those that go on cost next year.
    pub fn totals(&self) -> (Cents, Cents) {
        let goes_on = |line: &&RenewalLine| line.decided.as_ref().is_none_or(|decided| decided.decision != Decision::Drop);
        let next = self.lines.iter().filter(goes_on).filter_map(|line| line.next.price()).sum();
        (self.lines.iter().map(|line| line.price_now).sum(), next)
    }
}

/// Who renews with a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnitRenewalsView {
    pub unit: UnitRef,
    pub year: FiscalYear,
    pub closes: Option<Date>,
    pub lines: Vec<RenewalLine>,
}

/// One decision; several are sent at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Renewal {
    pub order: OrderId,
    pub decision: Decision,
    pub quantity: u32,
    /// Asked for where it is dropped.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Renewals {
    pub renewals: Vec<Renewal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_of_three_years_goes_on_twice() {
        let on: Vec<bool> = (1..=4).map(|year| goes_on(year, 3)).collect();
        assert_eq!(on, [true, true, false, false]);
        assert!(!goes_on(1, 1));
    }
}
