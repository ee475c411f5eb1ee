//! Texts of the screens of budget.

pub mod pages;

use crate::account::{AccountError, Segment};
use crate::budget::fundfit::{Because, Refusal};
use crate::money::whole;

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

// What the audit record and the report of an import say.

pub const RULE_WAS_OPEN: &str = "Nothing was decided before.";
pub const OBJECTS_ARE_CODES: &str = "Write SACS objects of four digits, such as 5800.";
pub const NOTHING_TO_CHANGE: &str = "Nothing to change: every row equals what is here.";
pub const IMPORT_INTERRUPTED: &str = "Checking was interrupted. Take the file again.";
pub const IMPORT_FAILED: &str = "The server could not finish checking this file. Take it again; tell your administrator if it stays.";
pub const IMPORT_DISCARDED: &str = "Thrown away; nothing of it was published.";
pub const FILE_EMPTY: &str = "This file has a heading and no rows.";
pub const DUPLICATE: &str = "This stands in an earlier row already. Keep one.";
pub const ENROLLMENT_KEPT: &str = "Counts of schools that the file does not name stay as they are.";

pub fn fund_title(code: &str, title: &str) -> String {
    format!("{code} {title}")
}

pub fn rule_before(quote: &str) -> String {
    format!("Before: “{quote}”")
}

pub fn rule_decided(quote: &str) -> String {
    format!("May pay for what the rule says: “{quote}”")
}

pub fn import_title(kind: &str, file_name: &str) -> String {
    format!("{kind}: {file_name}")
}

pub fn import_taken(bytes: usize, digest: &str) -> String {
    format!("Took {bytes} bytes to check, SHA-256 {digest}.")
}

pub fn rows_of_kind(new: usize, changed: usize, unchanged: usize) -> String {
    format!("{new} new, {changed} changed, {unchanged} as they are here.")
}

pub fn too_many_rows(limit: usize) -> String {
    format!("This file has more than {limit} rows. Split it and take the parts.")
}

pub fn too_many_bytes(limit: usize) -> String {
    format!("This file is larger than {} MB. Split it and take the parts.", limit / 1_048_576)
}

pub fn unknown_code(what: &str) -> String {
    format!("This code is not in the district's list of {what}. Import that list first, or correct the code.")
}

pub fn list_missing(what: &str) -> String {
    format!("The district has no list of {what} yet. Import it first.")
}

pub fn year_totals(year: &str, rows: usize, budget: &str, actual: &str) -> String {
    format!("{year}: {} rows, budget {budget}, actual {actual}, signed as in the file.", whole(rows))
}

pub fn lines_difference(year: &str, opened: usize, moved: usize) -> String {
    format!("{year}: {opened} budget lines open, {moved} lines change.")
}

pub fn money_difference(year: &str, given: &str, cut: &str, spent: &str) -> String {
    format!("{year}: {given} given, {cut} taken back, {spent} more actual spending.")
}

pub fn exceptions_opened(year: &str, deficits: usize, deficit: &str, shortfalls: usize, shortfall: &str) -> String {
    format!("{year}: {deficits} opening deficits of {deficit} in all, {shortfalls} shortfalls of {shortfall} in all.")
}

pub fn undecided_funds(count: usize) -> String {
    format!("{count} funds have no starter rule and wait for the budget office.")
}

pub fn starter_rules(count: usize) -> String {
    format!("{count} funds start with the rule of their family.")
}

pub fn deficit_reason(budget: &str, actual: &str) -> String {
    format!("The books show a budget of {budget} and actual spending of {actual}.")
}

pub fn shortfall_reason(target: &str) -> String {
    format!("The books leave {target} on this line; more than that is committed. Free commitments, or give the line money.")
}

pub fn not_schools(rows: usize) -> String {
    format!("{} rows belong to sites that are not schools; they stay in the books and open no budget line.", whole(rows))
}

pub fn balances_differ(rows: usize) -> String {
    format!("In {} rows the file's own balance is not budget minus actual; budget and actual count.", whole(rows))
}

pub fn left_alone(count: usize, what: &str) -> String {
    format!("{count} {what} are here and not in the file; they stay.")
}

pub fn school_unmatched(name: &str) -> String {
    format!("“{name}” matches no school here.")
}

pub fn charter_unmatched(count: usize) -> String {
    format!("{count} charter schools match no school of the district and are left out.")
}

pub fn school_matched_by_part(there: &str, here: &str) -> String {
    format!("“{there}” was taken for {here} by part of its name. Please check.")
}

pub fn schools_matched(matched: usize, of: usize, here: usize) -> String {
    format!("{matched} of {of} schools in the file were found; {here} schools here have no counts in it.")
}

pub fn facts_source(file: &str, year: &str) -> String {
    if year.is_empty() { file.to_owned() } else { format!("{file}, {year}") }
}

pub fn more_remarks(count: usize) -> String {
    format!("And {count} more of this kind.")
}

pub fn nameless(count: usize) -> String {
    format!("{count} rows have no name; they are called by their code.")
}
