//! The seller's view: one year of a unit, from the first look at a service to what it earned and what was never sold.

use serde::{Deserialize, Serialize};

use crate::catalog::words;
use crate::error::FieldError;
use crate::fiscal::FiscalYear;
use crate::id::{PackageId, ReviewId, ServiceId};
use crate::identity::api::{PersonRef, SchoolRef, UnitRef};
use crate::money::Cents;
use crate::text::{PARAGRAPH_LIMIT, required};
use crate::time::{Date, Timestamp};

/// A unit's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SellerView {
    pub unit: UnitRef,
    pub year: FiscalYear,
    pub today: Date,
    pub totals: SellerTotals,
    /// From the first month of the year to this one.
    pub months: Vec<MonthDemand>,
    /// In the order of the menu; those that left the shelf and were bought stand last.
    pub services: Vec<SellerService>,
    /// What schools searched for and nobody offers, what was typed most often first.
    pub searches: Vec<MissedSearch>,
    /// The board's decisions about this unit, the latest first.
    pub reviews: Vec<ServiceReview>,
    /// Who may be named for what is not sold.
    pub people: Vec<PersonRef>,
    pub may_decide: bool,
    pub may_name: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SellerTotals {
    /// Confirmed deliveries.
    pub earned: Cents,
    /// Ordered and not delivered yet.
    pub committed: Cents,
    /// What the orders cost the unit, as far as costs were written down.
    pub cost: Cents,
    /// Orders of packages without a cost.
    pub uncosted: u32,
}

/// What happened in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MonthDemand {
    /// The month's first day.
    pub month: Date,
    pub viewed: u32,
    pub compared: u32,
    pub drafted: u32,
    pub ordered: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SellerService {
    pub id: ServiceId,
    pub title: String,
    pub on_shelf: bool,
    pub rating_tenths: Option<u32>,
    pub ratings: u32,
    pub tiers: Vec<SellerTier>,
    /// Schools that compared it this year and did not buy it.
    pub compared_not_bought: u32,
    pub hurt: Hurt,
    /// The board's latest decision of the year.
    pub decision: Option<Decision>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SellerTier {
    pub package: PackageId,
    pub name: String,
    pub viewed: u32,
    pub compared: u32,
    pub drafted: u32,
    pub ordered: u32,
    pub schools: u32,
    pub earned: Cents,
    pub committed: Cents,
    /// What the orders cost the unit; absent where the package has no cost.
    pub cost: Option<Cents>,
    pub break_even: TakeUp,
    /// What can be delivered in the year; absent where not counted.
    pub capacity: Option<u32>,
    pub sold: u32,
    /// Of what was sold.
    pub delivered: u32,
    /// Who answers for the rest.
    pub owner: PersonRef,
}

impl SellerTier {
    /// What could be delivered and was not sold.
    pub fn unsold(&self) -> Option<u32> {
        self.capacity.map(|capacity| capacity.saturating_sub(self.sold))
    }
}

/// The take-up that pays the staff kept for a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TakeUp {
    /// So many must be sold.
    At { sold: u32 },
    /// Even sold out it falls short by so much.
    Never { short: Cents },
    /// No cost or no capacity was written down, or the price depends on a quote.
    Unknown,
    /// It is free and guaranteed.
    Free,
}

/// Who would be hurt if a service were dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Hurt {
    pub dollars: Cents,
    /// What each school put into it this year, most first.
    pub schools: Vec<HurtSchool>,
    /// What stands under each goal, most first.
    pub goals: Vec<HurtGoal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HurtSchool {
    pub school: SchoolRef,
    pub dollars: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HurtGoal {
    pub title: String,
    pub schools: u32,
    pub dollars: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MissedSearch {
    pub words: String,
    pub times: u32,
    pub last: Date,
}

words! {
    /// What the board decides about a service.
    Decision {
        Keep = "keep", "Keep";
        Redesign = "redesign", "Redesign";
        Retire = "retire", "Retire";
        Broker = "broker", "Broker it from outside";
    }
}

/// A decision of the board with the unit's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ServiceReview {
    pub id: ReviewId,
    pub service: ServiceId,
    pub title: String,
    pub year: FiscalYear,
    /// The first, second… decision of the year about this service.
    pub revision: u32,
    pub decision: Decision,
    /// The service's figures as they stood then.
    pub figures: String,
    pub evidence: String,
    pub reason: String,
    pub by: PersonRef,
    pub at: Timestamp,
    pub reply: String,
    pub replied_by: Option<PersonRef>,
    pub replied: Option<Timestamp>,
    /// Whether the caller may answer it.
    pub may_reply: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewReview {
    pub decision: Decision,
    pub evidence: String,
    pub reason: String,
}

impl NewReview {
    /// The review as it is kept.
    ///
    /// # Errors
    /// By field: evidence or reason is missing or too long.
    pub fn clean(self) -> Result<Self, Vec<FieldError>> {
        let texts = [("evidence", required(&self.evidence, PARAGRAPH_LIMIT)), ("reason", required(&self.reason, PARAGRAPH_LIMIT))];
        let wrong = |(field, text): &(&str, Result<String, crate::text::TextError>)| {
            text.as_ref().err().map(|error| FieldError::new(*field, error.message()))
        };
        let faults: Vec<FieldError> = texts.iter().filter_map(wrong).collect();
        match texts {
            [(_, Ok(evidence)), (_, Ok(reason))] => Ok(Self { decision: self.decision, evidence, reason }),
            _ => Err(faults),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReviewReply {
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_has_evidence_and_a_reason() {
        let new =
            |evidence: &str, reason: &str| NewReview { decision: Decision::Keep, evidence: evidence.to_owned(), reason: reason.to_owned() };
        let fields = |review: NewReview| review.clean().unwrap_err().into_iter().map(|fault| fault.field).collect::<Vec<_>>();
        assert_eq!(fields(new("", " ")), ["evidence", "reason"]);
        assert_eq!(fields(new("Nine schools", "")), ["reason"]);
        assert_eq!(new(" Nine schools ", "It helps.").clean().unwrap().evidence, "Nine schools");
    }
}
