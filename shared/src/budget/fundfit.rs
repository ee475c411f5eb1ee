//! Fund-fit: which funds may pay for a package, and the split the product proposes.
//!
//! The browser shows these verdicts and the server decides by them at submit: it is one function.

use std::cmp::Reverse;

use super::api::{BudgetLineView, PlanGoalView, SchoolBudget};
use super::{FundKind, FundRule, FundRules};
use crate::account::{AccountCode, AccountError, SegmentTable};
use crate::catalog::Category;
use crate::catalog::api::ServiceContent;
use crate::fiscal::{FiscalCalendar, FiscalYear};
use crate::id::{BudgetLineId, FundId, PlanGoalId};
use crate::money::Cents;
use crate::time::Date;

/// What is to be bought.
#[derive(Clone, Copy, Debug)]
pub struct Purchase<'a> {
    pub content: &'a ServiceContent,
    pub price: Cents,
    pub start: Date,
    /// The plan goal it serves, where one is named.
    pub goal: Option<PlanGoalId>,
}

/// What a school can pay with in one fiscal year.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    /// The site segment of the school's account codes.
    pub site: &'a str,
    pub year: FiscalYear,
    pub calendar: FiscalCalendar,
    pub lines: &'a [BudgetLineView],
    pub plan: &'a [PlanGoalView],
}

impl<'a> Means<'a> {
    /// A school's budget and plan as they travel.
    pub fn of(budget: &'a SchoolBudget, plan: &'a [PlanGoalView], calendar: FiscalCalendar) -> Self {
        Self { site: &budget.school_code, year: budget.year, calendar, lines: &budget.lines, plan }
    }
}

/// Whether a fund may lawfully pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Yes(Because),
    No(Refusal),
    /// The budget office has yet to decide what the fund may pay for; until then it pays for nothing.
    Undecided,
}

impl Verdict {
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }
}

/// What speaks for a fund, for the words beside its Yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Because {
    /// Number of the plan goal it serves, where the rule asks for one.
    pub goal: Option<u8>,
    pub council_reviewed: Option<Date>,
    /// Last day of the money.
    pub expires: Option<Date>,
    pub unrestricted: bool,
    /// What the plan still leaves of this fund under the goal, where that is the limit.
    pub plan_left: Option<Cents>,
}

/// Why a fund may not pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A segment of the account that would post is unknown or blank.
    UnknownCode(AccountError),
    Category(Category),
    Object,
    /// The money ends before the service starts.
    EndsBefore {
        last_day: Date,
        start: Date,
    },
    /// The start lies outside the budget line's fiscal year.
    OtherYear {
        year: FiscalYear,
    },
    GoalNeeded,
    GoalNotInPlan,
    /// The named goal does not list this kind of service.
    GoalElsewhere {
        goal: u8,
        category: Category,
    },
    /// The plan puts none of this fund under the named goal.
    FundNotUnderGoal {
        goal: u8,
    },
    CouncilReviewMissing {
        goal: u8,
    },
}

/// One budget line's part in paying for a purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundOffer {
    pub line: BudgetLineId,
    pub fund: FundId,
    pub title: String,
    pub code: String,
    pub verdict: Verdict,
    /// The rule in its own words and where they stand; empty while undecided.
    pub quote: String,
    pub source: String,
    /// The account string that would post.
    pub account: Option<AccountCode>,
    pub available: Cents,
    /// The most this line may give: what is available, and what the plan still leaves; zero unless the verdict is Yes.
    pub limit: Cents,
    /// The proposal's share.
    pub this_order: Cents,
    pub left_after: Cents,
}

/// Every budget line's verdict, the proposed split, and what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundFit {
    pub price: Cents,
    /// In the order in which the money is proposed, those that may not pay last.
    pub offers: Vec<FundOffer>,
    /// What no fund of the school can pay.
    pub shortfall: Cents,
}

impl FundFit {
    pub fn offer(&self, line: BudgetLineId) -> Option<&FundOffer> {
        self.offers.iter().find(|offer| offer.line == line)
    }

    /// The proposed split, without idle parts.
    pub fn proposal(&self) -> Vec<crate::orders::SplitPart> {
        let used = self.offers.iter().filter(|offer| !offer.this_order.is_zero());
        used.map(|offer| crate::orders::SplitPart { line: offer.line, amount: offer.this_order }).collect()
    }
}

/// Which of the school's funds may pay for a purchase, and the split that keeps flexible dollars free.
///
/// Invariant: the shares and the shortfall sum to the price; no share exceeds its limit; unrestricted money is used only
/// once every restricted line that may pay is at its limit.
pub fn fund_fit(purchase: &Purchase<'_>, means: &Means<'_>) -> FundFit {
    let mut ranked: Vec<(&BudgetLineView, FundOffer)> = means.lines.iter().map(|line| (line, offer(purchase, means, line))).collect();
    ranked.sort_by_cached_key(|(line, offer)| (!offer.verdict.is_yes(), rank(line)));
    let mut missing = purchase.price.max(Cents::ZERO);
    let mut offers: Vec<FundOffer> = ranked.into_iter().map(|(_, offer)| offer).collect();
    for offer in &mut offers {
        offer.this_order = missing.min(offer.limit);
        offer.left_after = offer.available.saturating_sub(offer.this_order);
        missing = missing.saturating_sub(offer.this_order);
    }
    FundFit { price: purchase.price, offers, shortfall: missing }
}

/// Whether one line may pay, without weighing how much is left.
pub fn verdict(purchase: &Purchase<'_>, means: &Means<'_>, line: &BudgetLineView) -> Verdict {
    if let Err(error) = account(purchase.content, means.site, line) {
        return Verdict::No(Refusal::UnknownCode(error));
    }
    let rule = match &line.fund.rules {
        FundRules::Undecided => return Verdict::Undecided,
        FundRules::Decided(rule) => rule,
    };
    match check_rule(rule, purchase, means).and_then(|()| check_goal(rule, line.fund.id, purchase, means)) {
        Err(refusal) => Verdict::No(refusal),
        Ok(goal) => Verdict::Yes(Because {
            goal: goal.as_ref().map(|found| found.number),
            council_reviewed: goal.as_ref().and_then(|found| found.council_reviewed),
            expires: rule.last_day,
            unrestricted: line.fund.kind == FundKind::Unrestricted,
            plan_left: goal.map(|found| found.left).filter(|left| *left < line.money.available),
        }),
    }
}

/// Whether a line may pay under no goal or under any goal of the plan that fits: what the shelf's fund badges say.
pub fn could_pay(purchase: &Purchase<'_>, means: &Means<'_>, line: &BudgetLineView) -> bool {
    let goals = std::iter::once(None).chain(means.plan.iter().map(|goal| Some(goal.id)));
    match verdict(purchase, means, line) {
        Verdict::Yes(_) => true,
        Verdict::Undecided => false,
        Verdict::No(Refusal::GoalNeeded | Refusal::GoalElsewhere { .. } | Refusal::FundNotUnderGoal { .. })
        | Verdict::No(Refusal::CouncilReviewMissing { .. } | Refusal::GoalNotInPlan) => {
            goals.into_iter().any(|goal| verdict(&Purchase { goal, ..*purchase }, means, line).is_yes())
        }
        Verdict::No(Refusal::UnknownCode(_) | Refusal::Category(_) | Refusal::Object)
        | Verdict::No(Refusal::EndsBefore { .. } | Refusal::OtherYear { .. }) => false,
    }
}

/// The account that would post: SACS fund, resource, project year 0, goal, function, object, site.
///
/// Errors: a blank or malformed segment; a code is never guessed or skipped.
pub fn account(content: &ServiceContent, site: &str, line: &BudgetLineView) -> Result<AccountCode, AccountError> {
    let ServiceContent { goal, function, object, .. } = content;
    let text = format!("{}-{}-0-{goal}-{function}-{object}-{site}", line.fund.sacs_fund, line.fund.code);
    AccountCode::parse(&SegmentTable::sacs(), &text)
}

fn offer(purchase: &Purchase<'_>, means: &Means<'_>, line: &BudgetLineView) -> FundOffer {
    let verdict = verdict(purchase, means, line);
    let available = line.money.available;
    let limit = match &verdict {
        Verdict::Yes(because) => because.plan_left.unwrap_or(available).min(available).max(Cents::ZERO),
        Verdict::No(_) | Verdict::Undecided => Cents::ZERO,
    };
    let (quote, source) = match &line.fund.rules {
        FundRules::Undecided => (String::new(), String::new()),
        FundRules::Decided(rule) => (rule.quote.clone(), rule.source.clone()),
    };
    FundOffer {
        line: line.id,
        fund: line.fund.id,
        title: line.fund.title.clone(),
        code: line.fund.code.clone(),
        verdict,
        quote,
        source,
        account: account(purchase.content, means.site, line).ok(),
        available,
        limit,
        this_order: Cents::ZERO,
        left_after: available,
    }
}

/// Smaller comes first: more restricted, then expiring earlier, then narrower, then by code.
fn rank(line: &BudgetLineView) -> (Reverse<u8>, Reverse<bool>, Option<Date>, usize, String) {
    let rule = match &line.fund.rules {
        FundRules::Undecided => None,
        FundRules::Decided(rule) => Some(rule),
    };
    let narrowed = rule.is_some_and(|rule| rule.needs_goal || !rule.categories.is_empty() || !rule.objects.is_empty());
    let restriction = match line.fund.kind {
        FundKind::Unrestricted => 0,
        FundKind::Restricted => 1 + u8::from(narrowed),
    };
    let last_day = rule.and_then(|rule| rule.last_day);
    let breadth = rule.map_or(usize::MAX, |rule| if rule.categories.is_empty() { usize::MAX } else { rule.categories.len() });
    (Reverse(restriction), Reverse(last_day.is_some()), last_day, breadth, line.fund.code.clone())
}

fn check_rule(rule: &FundRule, purchase: &Purchase<'_>, means: &Means<'_>) -> Result<(), Refusal> {
    let category = purchase.content.category;
    if !rule.categories.is_empty() && !rule.categories.contains(&category) {
        return Err(Refusal::Category(category));
    }
    let same = |listed: &String| listed.trim().trim_start_matches('0') == purchase.content.object.trim().trim_start_matches('0');
    if !rule.objects.is_empty() && !rule.objects.iter().any(same) {
        return Err(Refusal::Object);
    }
    if let Some(last_day) = rule.last_day.filter(|last_day| *last_day < purchase.start) {
        return Err(Refusal::EndsBefore { last_day, start: purchase.start });
    }
    if means.calendar.year_of(purchase.start) != means.year {
        return Err(Refusal::OtherYear { year: means.year });
    }
    Ok(())
}

/// The plan's authority behind a share.
struct PlanAuthority {
    number: u8,
    council_reviewed: Option<Date>,
    left: Cents,
}

fn check_goal(rule: &FundRule, fund: FundId, purchase: &Purchase<'_>, means: &Means<'_>) -> Result<Option<PlanAuthority>, Refusal> {
    let named = purchase.goal.map(|id| means.plan.iter().find(|goal| goal.id == id).ok_or(Refusal::GoalNotInPlan)).transpose()?;
    if !(rule.needs_goal || rule.needs_council_review) {
        return Ok(None);
    }
    let goal = named.ok_or(Refusal::GoalNeeded)?;
    let category = purchase.content.category;
    if !goal.categories.is_empty() && !goal.categories.contains(&category) {
        return Err(Refusal::GoalElsewhere { goal: goal.number, category });
    }
    let lines = || goal.lines.iter().filter(|line| line.fund == fund);
    let Some(first) = lines().next() else { return Err(Refusal::FundNotUnderGoal { goal: goal.number }) };
    if rule.needs_council_review && lines().any(|line| line.council_reviewed.is_none()) {
        return Err(Refusal::CouncilReviewMissing { goal: goal.number });
    }
    let left = lines().map(|line| line.amount.saturating_sub(line.ordered)).sum::<Cents>().max(Cents::ZERO);
    Ok(Some(PlanAuthority { number: goal.number, council_reviewed: first.council_reviewed, left }))
}

#[cfg(test)]
mod tests;
