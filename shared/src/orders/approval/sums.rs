//! What counts together, so that nothing is split to stay below an amount (RELIABILITY 4, rule 16, HARD).

use serde::{Deserialize, Serialize};

use crate::calendar::SchoolCalendar;
use crate::id::UnitId;
use crate::money::Cents;
use crate::time::Date;

/// What a school ordered of one unit within the window: one number for each seller behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Recent {
    pub unit: UnitId,
    /// The outside provider, by the name under which the unit brokers it; absent: the unit itself.
    pub provider: Option<String>,
    pub total: Cents,
}

/// One draft about to be submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    pub unit: UnitId,
    pub provider: Option<String>,
    pub price: Cents,
}

/// What counts together for one seller: the drafts, and what was submitted to it within the window before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerSum {
    pub unit: UnitId,
    pub provider: Option<String>,
    pub drafts: Cents,
    pub recent: Cents,
}

impl SellerSum {
    pub fn total(&self) -> Cents {
        self.drafts.saturating_add(self.recent)
    }
}

/// The first day whose submitted orders still count on `today`.
pub fn window_start(today: Date, calendar: &SchoolCalendar, window_days: u16) -> Date {
    calendar.window_start(today, window_days)
}

/// The sums per seller that has a draft, in the order in which the sellers first appear.
pub fn sums(drafts: &[Drafted], recent: &[Recent]) -> Vec<SellerSum> {
    let mut sums: Vec<SellerSum> = Vec::new();
    for draft in drafts {
        match sums.iter_mut().find(|sum| sum.unit == draft.unit && sum.provider == draft.provider) {
            Some(sum) => sum.drafts = sum.drafts.saturating_add(draft.price),
            None => {
                let same = |known: &&Recent| known.unit == draft.unit && known.provider == draft.provider;
                let before = recent.iter().filter(same).map(|known| known.total).sum();
                sums.push(SellerSum { unit: draft.unit, provider: draft.provider.clone(), drafts: draft.price, recent: before });
            }
        }
    }
    sums
}
