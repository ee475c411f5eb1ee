//! Rescue: what can still be made of an order's rest. Swap it, give days to another school, or hand them back; the money is shown first.

use serde::{Deserialize, Serialize};

use super::period::{Period, delivered_so_far};
use crate::catalog::{Terms, UnitOfMeasure};
use crate::id::{GiftId, OrderId, PackageId, PlanGoalId, SchoolId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::{BasisPoints, Cents};
use crate::time::{Date, Timestamp};

/// An order's rest: what has been neither delivered nor logged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rest {
    pub price: Cents,
    pub units: u32,
    pub logged: u32,
    pub confirmed: u32,
    pub periods: Vec<Period>,
}

impl Rest {
    /// Units that nobody has logged.
    pub fn left(&self) -> u32 {
        self.units.saturating_sub(self.logged)
    }

    /// What the last `units` of the order come to.
    ///
    /// Invariant: what stays and what goes sum to the price, however often something goes.
    pub fn value_of(&self, units: u32) -> Cents {
        self.price.saturating_sub(self.price_without(units))
    }

    /// The order's price without its last `units`.
    pub fn price_without(&self, units: u32) -> Cents {
        delivered_so_far(self.price, self.units, &self.periods, self.units.saturating_sub(units))
    }
}

/// Why nothing can be handed back now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "hand_back")]
pub enum HandBack {
    /// At full value until this day.
    Until { day: Date },
    /// The cut-off has passed.
    Over { day: Date },
    /// The terms know no handing back.
    Never,
}

/// Until when units can be handed back: the day of the terms, and never beyond the district's own.
pub fn hand_back(terms: &Terms, district: Option<Date>, today: Date) -> HandBack {
    let Some(day) = terms.hand_back_until else { return HandBack::Never };
    let day = district.map_or(day, |district| day.min(district));
    if today <= day { HandBack::Until { day } } else { HandBack::Over { day } }
}

/// What ends when a rest goes to another unit: its own keeps what its terms say, unless it could be handed back anyway.
pub fn kept_share(terms: &Terms, hand_back: HandBack, same_unit: bool) -> BasisPoints {
    match hand_back {
        HandBack::Until { .. } => BasisPoints(0),
        HandBack::Over { .. } | HandBack::Never if same_unit => BasisPoints(0),
        HandBack::Over { .. } | HandBack::Never => terms.late_cancel_fee,
    }
}

/// What can be made of an order's rest, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RescueView {
    pub order: OrderId,
    pub version: u32,
    pub rest: Rest,
    pub measure: UnitOfMeasure,
    pub hand_back: HandBack,
    /// What swapping to another unit would leave with this one.
    pub kept_elsewhere: BasisPoints,
    /// Whether the caller may do any of it now.
    pub may: bool,
    /// Why it cannot be done now, in words; empty where it can.
    pub why_not: String,
    /// Other schools, to give days to.
    pub schools: Vec<SchoolRef>,
    pub gifts: Vec<GiftView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HandingBack {
    pub version: u32,
    pub units: u32,
    /// The value that the buyer saw; another one refuses.
    pub value: Cents,
    pub reason: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SwapQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<PackageId>,
    #[serde(default)]
    pub quantity: u32,
}

/// What a swap does to the money, before it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SwapPreview {
    pub title: String,
    pub tier_name: String,
    pub unit: UnitRef,
    pub price: Cents,
    pub working: String,
    /// The rest that becomes free.
    pub freed: Cents,
    /// Kept by the old unit's terms.
    pub kept: Cents,
    /// True where the new price is above what becomes free, and policy alone does not approve the difference.
    pub needs_approval: bool,
    pub because: String,
    /// What stands in the way, in words; empty where nothing does.
    pub problems: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Swap {
    pub version: u32,
    pub package: PackageId,
    pub quantity: u32,
    /// The price that the buyer saw.
    pub price: Cents,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewGift {
    pub version: u32,
    pub school: SchoolId,
    pub units: u32,
    pub reason: String,
}

crate::catalog::words! {
    /// Where days given to another school stand.
    GiftState {
        Offered = "offered", "Offered";
        /// Taken above what policy approves by itself.
        Taken = "taken", "Waits for the budget office";
        Done = "done", "Given";
        Declined = "declined", "Declined";
        Withdrawn = "withdrawn", "Taken back";
    }
}

/// Days that one school gives to another; the receiving school pays for them from its own budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GiftView {
    pub id: GiftId,
    pub version: u32,
    pub state: GiftState,
    /// Absent for who may not see it: the order belongs to the giving school.
    pub order: Option<OrderId>,
    pub number: u32,
    pub title: String,
    pub tier_name: String,
    pub unit: UnitRef,
    pub from: SchoolRef,
    pub to: SchoolRef,
    pub units: u32,
    pub measure: UnitOfMeasure,
    /// What the receiving school pays, and the giving school no longer does.
    pub value: Cents,
    pub offered_by: PersonRef,
    pub offered: Timestamp,
    pub taken_by: Option<PersonRef>,
    pub reason: String,
    /// The receiving school's new order.
    pub becomes: Option<OrderId>,
    pub may_take: bool,
    pub may_end: bool,
    pub may_approve: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TakingGift {
    pub version: u32,
    /// The receiving school's own plan goal.
    pub goal: Option<PlanGoalId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GiftVersion {
    pub version: u32,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn terms(until: Option<&str>) -> Terms {
        Terms { cancel_free_days: 14, late_cancel_fee: BasisPoints(2_000), hand_back_until: until.map(day) }
    }

    #[test]
    fn the_terms_say_until_when_and_the_district_never_later() {
        let district = Some(day("2027-02-15"));
        let until = hand_back(&terms(Some("2027-03-31")), district, day("2027-02-15"));
        assert_eq!(until, HandBack::Until { day: day("2027-02-15") });
        assert_eq!(hand_back(&terms(Some("2027-01-31")), district, day("2027-02-01")), HandBack::Over { day: day("2027-01-31") });
        assert_eq!(hand_back(&terms(None), district, day("2027-01-01")), HandBack::Never);
    }

    #[test]
    fn a_unit_keeps_its_fee_only_where_the_rest_leaves_it_too_late() {
        let (open, over) = (HandBack::Until { day: day("2027-02-15") }, HandBack::Over { day: day("2027-02-15") });
        assert_eq!(kept_share(&terms(None), open, false), BasisPoints(0));
        assert_eq!(kept_share(&terms(None), over, true), BasisPoints(0));
        assert_eq!(kept_share(&terms(None), over, false), BasisPoints(2_000));
    }

    proptest! {
        #[test]
        fn what_goes_and_what_stays_is_the_price(price in 0i64..10_000_000, units in 1u32..200, parts in prop::collection::vec(1u32..20, 1..10)) {
            let mut rest = Rest { price: Cents::new(price), units, logged: 0, confirmed: 0, periods: Vec::new() };
            let mut gone = Cents::ZERO;
            for part in parts {
                let part = part.min(rest.left().saturating_sub(1));
                let value = rest.value_of(part);
                prop_assert!(!value.is_negative());
                gone = gone.saturating_add(value);
                (rest.price, rest.units) = (rest.price_without(part), rest.units - part);
            }
            prop_assert_eq!(gone.saturating_add(rest.price), Cents::new(price));
        }
    }
}
