//! What stands beside a package's price: an early price, terms of years, add-ons; and what a buyer chose of it.

use serde::{Deserialize, Serialize};

use super::{PriceModel, words};
use crate::money::{BasisPoints, Cents};
use crate::time::Date;

/// The longest annual term. Source: DOMAIN.md 4, “annual term 1–3 years”.
pub const YEARS_LIMIT: u8 = 3;
/// The most add-ons one package may offer.
pub const ADD_ONS_LIMIT: usize = 8;

/// What a unit offers beside the price itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Extras {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub early: Option<EarlyPrice>,
    /// Terms of more than one year; one year is always offered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermPrice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_ons: Vec<AddOn>,
    /// How many times in a year each school is guaranteed a package without charge; absent where that is not counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guaranteed: Option<u32>,
}

impl Extras {
    pub fn is_none(&self) -> bool {
        self.early.is_none() && self.terms.is_empty() && self.add_ons.is_empty() && self.guaranteed.is_none()
    }

    pub fn term(&self, years: u8) -> Option<&TermPrice> {
        self.terms.iter().find(|term| term.years == years)
    }

    pub fn add_on(&self, key: u16) -> Option<&AddOn> {
        self.add_ons.iter().find(|add_on| add_on.key == key)
    }
}

/// What is ordered until this day, the day included, costs less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EarlyPrice {
    pub until: Date,
    pub less: Reduction,
}

/// How much less: a share of the price, or a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum Reduction {
    Share { share: BasisPoints },
    Sum { sum: Cents },
}

/// Who binds itself for so many years pays less, and the price stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TermPrice {
    pub years: u8,
    /// Share of each year's price; may be nothing, where only the locked price is the reason.
    pub less: BasisPoints,
}

words! {
    /// How often an add-on is charged.
    AddOnCount {
        Once = "once", "once for the school";
        WithEach = "with_each", "for each one ordered";
    }
}

/// Something that can be taken with a package, at a price of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AddOn {
    /// Its number within the package; an order names it by that, so it stays when the words change.
    pub key: u16,
    pub title: String,
    pub count: AddOnCount,
    pub price: PriceModel,
}

/// What a buyer chose beside the quantity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Choices {
    /// The term: one year unless a longer one was chosen.
    #[serde(default = "one_year")]
    pub years: u8,
    /// Keys of the add-ons taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_ons: Vec<u16>,
}

fn one_year() -> u8 {
    1
}

impl Default for Choices {
    fn default() -> Self {
        Self { years: 1, add_ons: Vec::new() }
    }
}

impl Choices {
    /// What of this a package still offers: another tier may have other add-ons and terms.
    #[must_use]
    pub fn offered_by(&self, extras: &Extras) -> Self {
        let add_ons = self.add_ons.iter().copied().filter(|key| extras.add_on(*key).is_some()).collect();
        Self { years: if extras.term(self.years).is_some() { self.years } else { 1 }, add_ons }
    }

    /// With one add-on taken or left.
    #[must_use]
    pub fn switched(&self, key: u16, on: bool) -> Self {
        let mut add_ons: Vec<u16> = self.add_ons.iter().copied().filter(|known| *known != key).collect();
        if on {
            add_ons.push(key);
            add_ons.sort_unstable();
        }
        Self { years: self.years, add_ons }
    }
}
