//! What a network officer does for schools: sees them, speaks beside their carts, suggests carts that a principal takes over.

use serde::{Deserialize, Serialize};

use super::api::OrderSummary;
use crate::budget::MoneyStates;
use crate::budget::api::PlanGoalView;
use crate::catalog::words;
use crate::error::FieldError;
use crate::fiscal::FiscalYear;
use crate::id::{OrderId, PackageId, PlanGoalId, ServiceId, SuggestionId};
use crate::identity::api::{PersonRef, SchoolRef};
use crate::money::Cents;
use crate::text::{LINE_LIMIT, PARAGRAPH_LIMIT, TITLE_LIMIT, optional, required};
use crate::time::{Date, Timestamp};
use crate::words::orders::support as texts;

/// The most lines of one suggested cart.
pub const SUGGESTED_LIMIT: usize = 20;
/// So many percentage points between money used and year passed are worth a word.
const PACE_POINTS: i64 = 15;

/// Everything a network officer looks after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MySchools {
    pub year: FiscalYear,
    pub today: Date,
    pub schools: Vec<SupportedSchool>,
}

/// A school as its network officer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SupportedSchool {
    pub school: SchoolRef,
    pub network: String,
    pub enrollment: u32,
    pub money: MoneyStates,
    pub pace: Pace,
    /// Orders that somebody has to act on, the most urgent first.
    pub waiting: Vec<OrderSummary>,
    pub late: u32,
    /// Goals of the plan that nothing is ordered for.
    pub unserved: Vec<UnservedGoal>,
    pub in_cart: u32,
    /// Suggested carts that wait for an answer.
    pub suggested: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UnservedGoal {
    pub id: PlanGoalId,
    pub number: u8,
    pub title: String,
    /// What the plan names for it.
    pub planned: Cents,
}

/// How the money runs beside the year, both in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Pace {
    /// Spent or committed, of what was given.
    pub used: u8,
    /// Days gone, of the year's.
    pub passed: u8,
    pub verdict: PaceVerdict,
}

words! {
    /// What the pace says.
    PaceVerdict {
        Behind = "behind", "Money waits";
        Even = "even", "In step with the year";
        Ahead = "ahead", "Ahead of the year";
    }
}

/// How much of the year's money is spent or committed on a day of it.
pub fn pace(money: &MoneyStates, (gone, all): (i32, i32)) -> Pace {
    let share = |part: i64, whole: i64| if whole > 0 { (i128::from(part.max(0)) * 100 / i128::from(whole)).min(100) } else { 0 };
    let used = money.allocated.get().saturating_sub(money.available.get());
    let used = share(used, money.allocated.get());
    let passed = share(i64::from(gone), i64::from(all));
    let ahead = i64::try_from(used - passed).unwrap_or(0);
    let verdict = if money.allocated.get() <= 0 || ahead.abs() <= PACE_POINTS {
        PaceVerdict::Even
    } else if ahead > 0 {
        PaceVerdict::Ahead
    } else {
        PaceVerdict::Behind
    };
    Pace { used: u8::try_from(used).unwrap_or(100), passed: u8::try_from(passed).unwrap_or(100), verdict }
}

/// Goals that nothing is ordered for, what the plan names most money for first.
pub fn unserved(plan: &[PlanGoalView]) -> Vec<UnservedGoal> {
    let planned = |goal: &PlanGoalView| goal.lines.iter().map(|line| line.amount).sum();
    let empty = plan.iter().filter(|goal| goal.ordered.is_zero());
    let mut goals: Vec<UnservedGoal> =
        empty.map(|goal| UnservedGoal { id: goal.id, number: goal.number, title: goal.title.clone(), planned: planned(goal) }).collect();
    goals.sort_by_key(|goal| (std::cmp::Reverse(goal.planned), goal.number));
    goals
}

words! {
    /// Where a suggested cart stands.
    SuggestionState {
        Open = "open", "Waits for the principal";
        Adopted = "adopted", "Taken into the cart";
        Declined = "declined", "Declined";
    }
}

/// A cart to suggest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewSuggestion {
    pub title: String,
    pub note: String,
    pub lines: Vec<NewSuggestedLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewSuggestedLine {
    pub package: PackageId,
    /// Zero: as many as usual.
    pub quantity: u32,
    pub start: Option<Date>,
    pub goal: Option<PlanGoalId>,
    /// Why the school would want that.
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SuggestionView {
    pub id: SuggestionId,
    pub version: u32,
    pub title: String,
    pub note: String,
    pub state: SuggestionState,
    pub by: PersonRef,
    pub at: Timestamp,
    pub answered_by: Option<PersonRef>,
    pub answered: Option<Timestamp>,
    /// The word with which it was declined.
    pub answer: String,
    pub lines: Vec<SuggestedLine>,
    /// What the lines cost the school today, those without a price left out.
    pub total: Cents,
    /// Whether the caller may take or decline it.
    pub may_answer: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SuggestedLine {
    pub position: u32,
    pub package: PackageId,
    /// Absent where it left the shelf.
    pub service: Option<ServiceId>,
    pub title: String,
    pub tier_name: String,
    pub quantity: u32,
    pub start: Option<Date>,
    /// `2 · Mathematics`.
    pub goal: Option<String>,
    pub reason: String,
    /// For this school today; absent where there is none.
    pub price: Option<Cents>,
    /// Why it cannot be taken now, in words; empty where it can.
    pub problem: String,
    /// The draft that it became.
    pub order: Option<OrderId>,
}

/// Takes lines of a suggestion into the cart; the others are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Adoption {
    pub version: u32,
    pub lines: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Declining {
    pub version: u32,
    pub word: String,
}

/// Something said beside a school's cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CartComment {
    pub by: PersonRef,
    pub at: Timestamp,
    pub text: String,
}

impl NewSuggestion {
    /// The suggestion as it is kept.
    ///
    /// # Errors
    /// By field: texts that are missing or too long, no line, too many.
    pub fn clean(self) -> Result<Self, Vec<FieldError>> {
        let mut faults = Vec::new();
        let mut keep = |field: String, text: Result<String, crate::text::TextError>| {
            text.unwrap_or_else(|error| {
                faults.push(FieldError::new(field, error.message()));
                String::new()
            })
        };
        let title = keep("title".to_owned(), required(&self.title, TITLE_LIMIT));
        let note = keep("note".to_owned(), optional(&self.note, PARAGRAPH_LIMIT));
        let line = |(at, line): (usize, NewSuggestedLine)| {
            let reason = keep(format!("lines.{at}.reason"), required(&line.reason, LINE_LIMIT));
            NewSuggestedLine { reason, ..line }
        };
        let lines: Vec<NewSuggestedLine> = self.lines.into_iter().enumerate().map(line).collect();
        if lines.is_empty() {
            faults.push(FieldError::new("lines", texts::SUGGEST_NOTHING));
        }
        if lines.len() > SUGGESTED_LIMIT {
            faults.push(FieldError::new("lines", texts::suggest_too_many(SUGGESTED_LIMIT)));
        }
        if faults.is_empty() { Ok(Self { title, note, lines }) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Id as _;

    fn money(allocated: i64, available: i64) -> MoneyStates {
        MoneyStates { allocated: Cents::new(allocated), available: Cents::new(available), ..MoneyStates::default() }
    }

    #[test]
    fn money_is_told_beside_the_year() {
        let told = |allocated, available, gone| {
            let pace = pace(&money(allocated, available), (gone, 365));
            (pace.used, pace.passed, pace.verdict)
        };
        assert_eq!(told(100, 100, 182), (0, 49, PaceVerdict::Behind));
        assert_eq!(told(100, 50, 182), (50, 49, PaceVerdict::Even));
        assert_eq!(told(100, 0, 36), (100, 9, PaceVerdict::Ahead));
        // A line that was given nothing is neither ahead nor behind, and more than all is all.
        assert_eq!(told(0, 0, 300), (0, 82, PaceVerdict::Even));
        assert_eq!(told(100, -20, 400), (100, 100, PaceVerdict::Even));
    }

    #[test]
    fn a_suggestion_says_why_for_each_line() {
        let line = |reason: &str| NewSuggestedLine {
            package: PackageId::from_bits(1),
            quantity: 1,
            start: None,
            goal: None,
            reason: reason.to_owned(),
        };
        let new = |lines| NewSuggestion { title: "Autumn".to_owned(), note: String::new(), lines };
        let fields = |lines| new(lines).clean().unwrap_err().into_iter().map(|fault| fault.field).collect::<Vec<_>>();
        assert_eq!(fields(vec![line("Novices"), line(" ")]), ["lines.1.reason"]);
        assert_eq!(fields(Vec::new()), ["lines"]);
        assert_eq!(fields(vec![line("Why"); SUGGESTED_LIMIT + 1]), ["lines"]);
        assert!(new(vec![line("Novices")]).clean().is_ok());
    }
}
