//! What each school of the demo district is given, what each fund may pay for, and what the school's plan says about it.

use std::collections::BTreeMap;

use shared::budget::api::{FundView, PlanGoalView, PlanLineView};
use shared::budget::{FundRule, FundRules};
use shared::catalog::Category;
use shared::id::{FundId, PlanGoalId};
use shared::money::{BasisPoints, Cents, split_by_weights};

use super::data::{FundData, GoalSetData, GoalsData, RuleData, SchoolData};
use super::days::Days;
use super::menus::dollars;
use crate::error::AppError;

/// The fund as the screens show it.
pub fn fund(data: &FundData, id: FundId) -> FundView {
    FundView {
        id,
        code: data.code.clone(),
        title: data.title.clone(),
        kind: data.kind,
        family: data.family,
        sacs_fund: data.sacs_fund.clone(),
        intent: data.intent.clone(),
        rules: data.rule.as_ref().map_or(FundRules::Undecided, |rule| FundRules::Decided(decided(rule))),
    }
}

fn decided(rule: &RuleData) -> FundRule {
    let all_but = || Category::ALL.iter().copied().filter(|category| !rule.not_for.contains(category)).collect();
    FundRule {
        categories: if rule.not_for.is_empty() { rule.only_for.clone() } else { all_but() },
        objects: rule.objects.clone(),
        last_day: None,
        needs_goal: rule.needs_goal,
        needs_council_review: rule.needs_council_review,
        quote: rule.quote.clone(),
        source: rule.source.clone(),
    }
}

/// How many students a share of `enrollment` is, to the nearest whole one.
fn students(enrollment: u32, share: i64) -> i64 {
    (i64::from(enrollment) * share + 5_000) / 10_000
}

/// What a school is given of a fund; nothing where it has no claim.
///
/// # Errors
/// Internal where a rate of the file cannot be read.
pub fn given(fund: &FundData, school: &SchoolData) -> Result<Option<Cents>, AppError> {
    let rates = &fund.given;
    let claim = school.low_income >= rates.from_low_income
        && (rates.spans.is_empty() || rates.spans.contains(&school.span))
        && (rates.schools.is_empty() || rates.schools.contains(&school.code));
    if !claim {
        return Ok(None);
    }
    let parts = [
        (&rates.flat, 1),
        (&rates.per_pupil, i64::from(school.enrollment)),
        (&rates.per_low_income, students(school.enrollment, school.low_income)),
        (&rates.per_english_learner, students(school.enrollment, school.english_learners)),
    ];
    let mut sum = Cents::ZERO;
    for (rate, count) in parts {
        let Some(rate) = rate else { continue };
        let part = dollars(rate)?.checked_mul(count).ok_or_else(|| AppError::internal("a demo allocation beyond counting"))?;
        sum = sum.saturating_add(part);
    }
    Ok((!sum.is_zero()).then_some(sum))
}

/// The goals of a school's plan, each with its share of the restricted money; `goal_id` names them.
pub fn plan(
    goals: &GoalsData,
    school: &SchoolData,
    money: &BTreeMap<String, (FundId, Cents)>,
    days: &Days,
    mut goal_id: impl FnMut() -> PlanGoalId,
) -> Vec<PlanGoalView> {
    let Some(set) = goals.sets.iter().find(|set| set.spans.contains(&school.span)) else { return Vec::new() };
    let shares: BTreeMap<&str, Vec<Cents>> = money.iter().map(|(code, (_, sum))| (code.as_str(), shares(set, code, *sum))).collect();
    let mut plan = Vec::new();
    for (at, goal) in set.goals.iter().enumerate() {
        let number = u8::try_from(at + 1).unwrap_or(u8::MAX);
        let waits = goals.not_yet_reviewed.iter().any(|waits| waits.school == school.code && waits.goal == number);
        let line = |code: &String| {
            let (fund, _) = money.get(code)?;
            let amount = shares.get(code.as_str())?.get(at).copied().filter(|amount| !amount.is_zero())?;
            let reviewed = (!waits).then(|| council_day(days));
            Some(PlanLineView {
                fund: *fund,
                amount,
                ordered: Cents::ZERO,
                council_reviewed: reviewed,
                board_approved: reviewed.map(|day| day.plus_days(14)),
            })
        };
        plan.push(PlanGoalView {
            id: goal_id(),
            number,
            title: goal.title.clone(),
            indicator: goal.indicator.clone(),
            categories: goal.categories.clone(),
            lines: goal.shares.keys().filter_map(line).collect(),
            ordered: Cents::ZERO,
        });
    }
    plan
}

/// A fund's allocation over the goals of a set, to the cent.
fn shares(set: &GoalSetData, code: &str, sum: Cents) -> Vec<Cents> {
    let mut weights: Vec<i64> = set.goals.iter().map(|goal| goal.shares.get(code).copied().unwrap_or(0)).collect();
    let named: i64 = weights.iter().sum();
    if named == 0 {
        return vec![Cents::ZERO; weights.len()];
    }
    // What the shares leave stays outside the plan.
    weights.push((10_000 - named).max(0));
    split_by_weights(sum, &weights)
}

/// The council reviews on 9 September; before that day of the year, the review of May stands.
fn council_day(days: &Days) -> shared::time::Date {
    let september = days.in_year(9, 9);
    if september <= days.ago(45) { september } else { days.first.plus_days(-48) }
}

/// The counts of a school as prices use them.
pub fn facts(school: &SchoolData) -> shared::catalog::SchoolFacts {
    shared::catalog::SchoolFacts {
        enrollment: school.enrollment,
        low_income: BasisPoints(school.low_income),
        english_learners: BasisPoints(school.english_learners),
        posts: school.posts,
    }
}
