//! Texts of the screens of budget.

use crate::account::{AccountError, Segment};
use crate::budget::fundfit::{Because, Refusal};

/// What speaks for a fund, beside its Yes: `goal 2 of your plan, council reviewed 9 Sep 2026`.
pub fn fund_because(because: &Because) -> String {
    let goal = because.goal.map(|number| format!("goal {number} of your plan"));
    let council = because.council_reviewed.map(|day| format!("council reviewed {}", day.to_words()));
    let plan = because.plan_left.map(|left| format!("your plan leaves {left}"));
    let expires = because.expires.map(|day| format!("ends {}, so it is used first", day.to_words()));
    let kept = because.unrestricted.then(|| "flexible, kept free where it can be".to_owned());
    let said: Vec<String> = [goal, council, plan, expires, kept].into_iter().flatten().collect();
    if said.is_empty() { "its rule allows this".to_owned() } else { said.join(", ") }
}

/// Why a fund may not pay, and what to do about it.
pub fn fund_refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownCode(error) => format!("{} Tell the budget office.", account_error(*error)),
        Refusal::Category(category) => format!("its rule does not cover {}", category.title().to_lowercase()),
        Refusal::Object => "its rule does not allow this kind of expense".to_owned(),
        Refusal::EndsBefore { last_day, start } => {
            format!("the money ends {}, before the start on {}; an earlier start would do", last_day.to_words(), start.to_words())
        }
        Refusal::OtherYear { year } => format!("this is money of {year}; choose a start in that year"),
        Refusal::GoalNeeded => "name the plan goal this serves; its rule asks for one".to_owned(),
        Refusal::GoalNotInPlan => "that goal is not in this year's plan; choose another".to_owned(),
        Refusal::GoalElsewhere { goal, category } => {
            format!("goal {goal} of your plan does not list {}; choose the goal this serves", category.title().to_lowercase())
        }
        Refusal::FundNotUnderGoal { goal } => format!("your plan puts none of it under goal {goal}; choose another goal or amend the plan"),
        Refusal::CouncilReviewMissing { goal } => format!("the site council has yet to review it under goal {goal}"),
    }
}

pub const FUND_UNDECIDED: &str = "the budget office has yet to decide what it may pay for; ask them";

/// What is wrong with an account code.
pub fn account_error(error: AccountError) -> String {
    let named = |segment: Segment| match segment {
        Segment::Fund => "fund",
        Segment::Resource => "resource",
        Segment::ProjectYear => "project year",
        Segment::Goal => "goal",
        Segment::Function => "function",
        Segment::Object => "object",
        Segment::Site => "site",
    };
    match error {
        AccountError::Blank(segment) => format!("The {} of its account code is blank.", named(segment)),
        AccountError::NotDigits(segment) => format!("The {} of its account code is not a number.", named(segment)),
        AccountError::TooLong(segment) => format!("The {} of its account code is too long.", named(segment)),
        AccountError::WrongSegmentCount => "Its account code does not have the parts it should.".to_owned(),
    }
}
