//! Texts of a network officer's work: schools, suggested carts, words beside a cart.

use crate::id::SchoolId;
use crate::orders::support::{Pace, SupportedSchool, UnservedGoal};
use crate::words::catalog::{goal, whole};

pub const SUGGEST_NOTHING: &str = "Add at least one line.";
pub const SUGGEST_NOT_ON_SHELF: &str = "This package is not on the shelf. Choose another.";
pub const ADOPT_NOTHING: &str = "Tick at least one line, or decline the suggestion.";
pub const CART_COMMENTED: &str = "Said something beside the cart";
pub const DECLINED_SUMMARY: &str = "Declined the suggested cart";

pub const MY_SCHOOLS: &str = "My schools";
pub const MY_SCHOOLS_LEAD: &str = "You see these schools, speak beside their carts and orders, and suggest carts. The principal decides.";
pub const NO_SCHOOLS: &str = "No school is in your network yet";
pub const NO_SCHOOLS_TEXT: &str = "The budget office puts schools into networks when it imports the district's sites.";
pub const SCHOOL: &str = "School";
pub const MONEY: &str = "Budget";
pub const PACE: &str = "Pace";
pub const WAITING_ORDERS: &str = "Orders waiting";
pub const UNSERVED: &str = "Goals without a service";
pub const SUGGESTED: &str = "Suggested carts";
pub const NO_WAITING: &str = "No order of this school waits for anybody.";
pub const ALL_SERVED: &str = "Something is ordered for every goal of the plan.";
pub const FIND_SERVICES: &str = "Find services";
pub const ORDERS_OF_SCHOOL: &str = "All its orders";
pub const SUGGEST_CART: &str = "Suggest a cart";
pub const SUGGEST_HINT: &str = "The principal takes all of it, some of it, or declines with a word. You cannot change it afterwards.";
pub const SUGGESTION_TITLE: &str = "Title";
pub const SUGGESTION_NOTE: &str = "Why, in a few words";
pub const SUGGESTION_PACKAGE: &str = "Service and tier";
pub const SUGGESTION_PACKAGE_HINT: &str = "Type a few letters and choose from the list.";
pub const SUGGESTION_QUANTITY: &str = "How many";
pub const SUGGESTION_START: &str = "Start";
pub const SUGGESTION_GOAL: &str = "Goal of the plan";
pub const SUGGESTION_REASON: &str = "Why this one";
pub const NO_GOAL_NAMED: &str = "No goal named";
pub const ADD_LINE: &str = "Add another line";
pub const TAKE_LINE_OUT: &str = "Take this line out";
pub const SEND_SUGGESTION: &str = "Suggest";
pub const SUGGESTION_SENT: &str = "Suggested. The principal has a notice.";
pub const WHOLE_NUMBER: &str = "Type a whole number.";
pub const CHOOSE_PACKAGE: &str = "Choose a package from the list.";
pub const NO_SUGGESTIONS: &str = "Nothing was suggested to this school yet.";
pub const ADOPT: &str = "Take into my cart";
pub const DECLINE: &str = "Decline";
pub const DECLINE_WORD: &str = "A word to who suggested it";
pub const ADOPTED_TOAST: &str = "In your cart, as your own drafts.";
pub const DECLINED_TOAST: &str = "Declined, with your word.";
pub const IN_CART_NOW: &str = "in the cart";
pub const LEFT_OUT: &str = "left out";
pub const COMMENTS: &str = "Said about this cart";
pub const NO_COMMENTS: &str = "Nothing said yet. The school's people and its network officer read along.";
pub const COMMENT_LABEL: &str = "Say something about this cart";
pub const SAY_IT: &str = "Say it";
pub const DO_LOOK_AT_SUGGESTION: &str = "Take it or decline it";
pub const NUMBER_SCHOOLS: &str = "My schools";
pub const MY_SCHOOLS_LINK: &str = "/my-schools";

/// Path of a network officer's page of a school.
pub fn my_school_link(school: SchoolId) -> String {
    format!("/my-schools/{school}")
}

pub fn cart_of(school: &str) -> String {
    format!("Cart of {school}")
}

pub fn suggest_too_many(most: usize) -> String {
    format!("At most {most} lines. Make two suggestions of it.")
}

pub fn tell_suggested(by: &str, title: &str) -> String {
    format!("{by} suggests a cart: {title}")
}

pub fn tell_cart_comment(by: &str, school: &str) -> String {
    format!("{by} said something about the cart of {school}")
}

pub fn tell_adopted(by: &str, title: &str, taken: usize, all: usize) -> String {
    format!("{by} took {taken} of {all} lines of “{title}” into the cart")
}

pub fn tell_declined(by: &str, title: &str, word: &str) -> String {
    format!("{by} declined “{title}”: {word}")
}

pub fn suggested_summary(lines: usize, school: &str) -> String {
    format!("Suggested a cart of {} to {school}", lines_of(lines))
}

pub fn adopted_summary(taken: usize, all: usize) -> String {
    format!("Took {taken} of {all} suggested lines into the cart")
}

/// On the timeline of a draft.
pub fn suggested_by(by: &str, reason: &str) -> String {
    format!("Suggested by {by}: {reason}")
}

pub fn lines_of(count: usize) -> String {
    if count == 1 { "1 line".to_owned() } else { format!("{count} lines") }
}

/// `6 × Mathematics coaching · Plus`.
pub fn line_title(quantity: u32, title: &str, tier: &str) -> String {
    format!("{quantity} × {title} · {tier}")
}

pub fn desk_suggestion(title: &str, school: &str) -> String {
    format!("Suggested cart: {title} · {school}")
}

/// `31 % used, 39 % of the year gone`.
pub fn pace_words(pace: &Pace) -> String {
    format!("{} % used, {} % of the year gone", pace.used, pace.passed)
}

/// `3, 1 late`.
pub fn waiting_words(school: &SupportedSchool) -> String {
    let late = if school.late > 0 { format!(", {} late", school.late) } else { String::new() };
    format!("{}{late}", school.waiting.len())
}

/// `2 · Mathematics 3–5, $12,000 in the plan`.
pub fn unserved_words(one: &UnservedGoal) -> String {
    let planned = if one.planned.is_zero() { String::new() } else { format!(", {} in the plan", whole(one.planned)) };
    format!("{}{planned}", goal(one.number, &one.title))
}

pub fn suggestion_by(name: &str) -> String {
    format!("by {name}")
}

pub fn suggestion_line_title(number: usize) -> String {
    format!("Line {number}")
}

pub fn in_cart(count: u32) -> String {
    if count == 1 { "1 draft in the cart".to_owned() } else { format!("{count} drafts in the cart") }
}
