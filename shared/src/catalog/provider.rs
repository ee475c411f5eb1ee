//! Outside providers: what must be on file before their packages can be sold, and what is about to run out.

use serde::{Deserialize, Serialize};

use super::words;
use crate::fiscal::FiscalYear;
use crate::id::{ProviderId, RoleGrantId, UnitId, VettingId};
use crate::identity::api::{PersonRef, UnitRef};
use crate::money::Cents;
use crate::time::{Date, Timestamp};
use crate::words::catalog as texts;

/// So many days before a paper runs out its unit is warned.
pub const WARNING_DAYS: i32 = 30;
/// So many days after somebody recorded or checked a paper they decide on none of the provider's orders. Source: RELIABILITY 4, rule 7.
pub const HANDS_OFF_DAYS: i64 = 30;

words! {
    /// What has to be on file.
    PaperKind {
        Contract = "contract", "Contract";
        Insurance = "insurance", "Insurance";
        Clearance = "clearance", "Clearance";
    }
}

words! {
    /// What became of a paper.
    PaperState {
        Recorded = "recorded", "Waits for its check";
        Checked = "checked", "Checked";
        Refused = "refused", "Refused";
    }
}

/// The last day that each kind of paper covers, from what was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Vetting {
    pub contract: Option<Date>,
    pub insurance: Option<Date>,
    pub clearance: Option<Date>,
}

impl Vetting {
    pub const fn until(&self, kind: PaperKind) -> Option<Date> {
        match kind {
            PaperKind::Contract => self.contract,
            PaperKind::Insurance => self.insurance,
            PaperKind::Clearance => self.clearance,
        }
    }

    /// What is not on file or has run out, in words that say what to do. Invariant: with any of these nothing is sold.
    pub fn lacks(&self, provider: &str, today: Date) -> Vec<String> {
        let lack = |kind: &PaperKind| match self.until(*kind) {
            None => Some(texts::paper_missing(provider, *kind)),
            Some(until) if until < today => Some(texts::paper_over(provider, *kind, until)),
            Some(_) => None,
        };
        PaperKind::ALL.iter().filter_map(lack).collect()
    }

    /// The last day whose orders a provider's people see: today while every paper holds, else the last on which all did; none where a
    /// paper was never checked. What came before stays readable.
    pub fn covered_to(&self, today: Date) -> Option<Date> {
        let each: Option<Vec<Date>> = PaperKind::ALL.iter().map(|kind| self.until(*kind)).collect();
        each?.into_iter().min().map(|until| until.min(today))
    }

    /// What runs out within [`WARNING_DAYS`].
    pub fn ending(&self, today: Date) -> Vec<(PaperKind, Date)> {
        let soon = |kind: &PaperKind| {
            let until = self.until(*kind)?;
            (until >= today && until.days_since(today) <= WARNING_DAYS).then_some((*kind, until))
        };
        PaperKind::ALL.iter().filter_map(soon).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProviderView {
    pub id: ProviderId,
    pub unit: UnitRef,
    pub name: String,
    pub contact_email: String,
    pub vetting: Vetting,
    /// What stands in the way of selling, in words.
    pub lacks: Vec<String>,
    pub contract: Option<ContractView>,
    /// Newest first.
    pub papers: Vec<PaperView>,
    /// Who may sign in for it.
    pub people: Vec<ProviderPerson>,
    /// Whether the caller may record papers of it, and invite its people.
    pub may_record: bool,
}

/// Somebody who may sign in for a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ProviderPerson {
    pub role: RoleGrantId,
    pub name: String,
    pub email: String,
    /// False until the invitation is accepted.
    pub accepted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewProviderPerson {
    pub name: String,
    pub email: String,
}

/// What a provider's orders of a fiscal year may come to, and have come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ContractView {
    pub year: FiscalYear,
    pub not_to_exceed: Cents,
    pub drawn: Cents,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PaperView {
    pub id: VettingId,
    pub kind: PaperKind,
    pub reference: String,
    pub until: Date,
    pub not_to_exceed: Option<Cents>,
    pub state: PaperState,
    pub note: String,
    pub recorded_by: Option<PersonRef>,
    pub recorded: Timestamp,
    pub checked_by: Option<PersonRef>,
    pub checked: Option<Timestamp>,
    /// Whether the caller may check it: not what they recorded themselves.
    pub may_check: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewProvider {
    pub unit: UnitId,
    pub name: String,
    pub contact_email: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewPaper {
    pub kind: PaperKind,
    pub reference: String,
    pub until: Date,
    /// Contracts only: what the orders of the open fiscal year may come to.
    pub not_to_exceed: Option<Cents>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PaperCheck {
    pub good: bool,
    /// Why it was refused.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_is_sold_without_every_paper_and_none_after_its_last_day() {
        let mut vetting = Vetting { contract: Some(day("2027-06-30")), insurance: Some(day("2026-12-02")), clearance: None };
        assert_eq!(vetting.lacks("Open Easel", day("2026-12-02")).len(), 1);
        vetting.clearance = Some(day("2027-06-30"));
        assert_eq!(vetting.lacks("Open Easel", day("2026-12-02")), Vec::<String>::new());
        let over = vetting.lacks("Open Easel", day("2026-12-03"));
        assert!(over.len() == 1 && over[0].contains("insurance"), "{over:?}");
        assert_eq!(Vetting::default().lacks("Open Easel", day("2026-12-03")).len(), 3);
    }

    #[test]
    fn what_came_while_the_papers_held_stays_and_what_comes_after_is_not_shown() {
        let held = Vetting { contract: Some(day("2027-06-30")), insurance: Some(day("2026-12-02")), clearance: Some(day("2027-01-31")) };
        assert_eq!(held.covered_to(day("2026-12-01")), Some(day("2026-12-01")));
        assert_eq!(held.covered_to(day("2027-03-01")), Some(day("2026-12-02")));
        assert_eq!(Vetting { clearance: None, ..held }.covered_to(day("2026-12-01")), None);
    }

    #[test]
    fn the_unit_is_warned_thirty_days_before() {
        let vetting = Vetting { contract: Some(day("2027-06-30")), insurance: Some(day("2027-01-01")), clearance: Some(day("2027-01-02")) };
        assert_eq!(vetting.ending(day("2026-12-02")), [(PaperKind::Insurance, day("2027-01-01"))]);
        assert_eq!(vetting.ending(day("2027-01-02")), [(PaperKind::Clearance, day("2027-01-02"))]);
    }
}
