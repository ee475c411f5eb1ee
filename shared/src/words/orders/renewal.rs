//! Texts of renewals.

use crate::money::Cents;
use crate::orders::renewal::{AnswerRefusal, NextYear, RoundPhase};
use crate::time::Date;

pub const LINK: &str = "/renewals";
pub const TITLE: &str = "Renewals";
pub const LEAD: &str = "This year's orders for the next year, at next year's price. What is not answered by the last day lapses; nothing renews by silence.";
pub const NONE: &str = "Nothing to renew. What a unit has accepted this year stands here once renewals are open.";
pub const NO_PLACE: &str = "Renewals are answered by principals and seen by units and the budget office.";
pub const YOUR_ANSWERS: &str = "This year's orders";
pub const ANSWER: &str = "Next year";
pub const NOT_YET_ANSWERED: &str = "Not answered";
pub const NEXT_QUANTITY: &str = "Quantity next year";
pub const REASON: &str = "Why";
pub const REASON_HINT: &str = "The unit reads it.";
pub const RENEW_ALL: &str = "Renew all that wait";
pub const SAVE: &str = "Save answers";
pub const SAVED: &str = "Answers saved.";
pub const THIS_YEAR: &str = "This year";
pub const NEXT_YEAR: &str = "Next year";
pub const WAITING: &str = "Not answered";
pub const LAST_DAY: &str = "Last day";
pub const WHAT_CHANGES: &str = "What changes";
pub const IN_CART: &str = "In the cart";
pub const NEXT_MONEY: &str = "Next year's budget";
pub const FUND: &str = "Fund";
pub const PROJECTED: &str = "Projected";
pub const ASKED: &str = "Renewals";
pub const LEFT: &str = "Left";
pub const NO_NEXT_MONEY: &str = "Next year's budget is not projected yet. The sums by fund stand here as soon as it is.";
pub const GOAL_GONE: &str = "Next year's plan has no goal of this name; choose one in the cart.";
pub const WITH_UNIT: &str = "Who renews with us";
pub const WITH_UNIT_LEAD: &str = "What schools have answered for next year, and who has not yet.";
pub const NONE_WITH_UNIT: &str = "No school has an order to renew with you. Offers stand here once renewals are open.";
pub const ROUND: &str = "All schools";
pub const ROUND_NONE: &str = "No offers yet. They are made on the day renewals open, one for each order that a unit has accepted.";
pub const OPEN_NOW: &str = "Open renewals today";
pub const OPENED: &str = "Renewals are open; the principals know.";
pub const TO_DATES: &str = "Dates of the year";
pub const SCHOOL: &str = "School";
pub const WHAT: &str = "Order";
pub const STATE: &str = "Answer";
pub const PRICE: &str = "Next year's price";
pub const RENEWED: &str = "Renewed";
pub const DROPPED: &str = "Dropped";
pub const LAPSED: &str = "Lapsed";
pub const SUM: &str = "Next year";
pub const RENEWS: &str = "Renews";
pub const ALREADY_OPEN: &str = "Renewals are open already.";
pub const ROUND_OVER: &str = "The last day of this year's renewals has passed. Set a later last day under “Dates of the year” first.";
pub const NO_ANSWERS: &str = "Answer at least one offer.";
pub const LOCKED_TITLE: &str = "Locked price";
pub const DO_ANSWER: &str = "Answer renewals";

pub const fn phase_title(phase: RoundPhase) -> &'static str {
    match phase {
        RoundPhase::Before => "Not open yet",
        RoundPhase::Open => "Open",
        RoundPhase::Over => "Closed",
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, Date::to_words)
}

/// What can be done in a phase, and until when.
pub fn window(phase: RoundPhase, opens: Option<Date>, closes: Option<Date>) -> String {
    match phase {
        RoundPhase::Before => format!("Renewals open {} and close {}.", day(opens), day(closes)),
        RoundPhase::Open => format!("Answer until {}; until then an answer can be changed.", day(closes)),
        RoundPhase::Over => format!("Renewals closed {}.", day(closes)),
    }
}

/// What an answer does and does not do.
pub fn intention(begins: Option<Date>) -> String {
    format!(
        "An answer states what you want; no money is reserved by it. On {}, or as soon after it as your new budget and the unit's new menu are there, what you renewed goes into your cart, and you submit it like any order.",
        day(begins)
    )
}

/// Next year's price in words: where it comes from.
pub fn next_words(next: &NextYear) -> String {
    match next {
        NextYear::Locked { year_of_term, years, .. } => locked(*year_of_term, *years),
        NextYear::Published { working, .. } => working.clone(),
        NextYear::NotYet { .. } => "Next year's menu is not published yet; this year's price stands in.".to_owned(),
        NextYear::Retired { in_term: false } => "Not on next year's menu: it ends with this year. The shelf has others.".to_owned(),
        NextYear::Retired { in_term: true } => "Your term goes on, and next year's menu does not have it. Ask the unit what it offers instead.".to_owned(),
        NextYear::NoPrice { why } => format!("No price for your school next year: {why}"),
    }
}

pub fn locked(year: u8, years: u8) -> String {
    format!("Year {year} of {years} at the price that was agreed")
}

pub fn continues_as(title: &str, tier: &str) -> String {
    format!("Continues as {title}, {tier}")
}

pub fn changed(label: &str, before: &str, after: &str) -> String {
    let from = if before.is_empty() { "nothing" } else { before };
    let to = if after.is_empty() { "nothing" } else { after };
    format!("{label}: {from} → {to}")
}

/// `+$120.00`, `−$40.00`, or `as this year`.
pub fn difference(now: Cents, next: Cents) -> String {
    if next == now {
        "as this year".to_owned()
    } else if next > now {
        format!("+{}", next.saturating_sub(now))
    } else {
        format!("−{}", now.saturating_sub(next))
    }
}

pub fn answer_for(title: &str) -> String {
    format!("Next year: {title}")
}

pub fn short(short: Cents) -> String {
    format!("{short} cannot be paid by any of next year's funds. Drop or change something, or talk to the budget office.")
}

pub fn by(name: &str) -> String {
    format!("answered by {name}")
}

pub fn lapses(closes: Option<Date>) -> String {
    format!("Lapsed: nobody answered by {}", day(closes))
}

pub fn refusal(refusal: AnswerRefusal, opens: Option<Date>, closes: Option<Date>) -> String {
    match refusal {
        AnswerRefusal::NotOpen(phase) => format!("Renewals are not open. {}", window(phase, opens, closes)),
        AnswerRefusal::Settled => "This one is settled: it stands in the new year's cart, or is not offered any more.".to_owned(),
        AnswerRefusal::Retired => "It is not on next year's menu, so it can only be dropped.".to_owned(),
        AnswerRefusal::NoPrice => "It has no price for your school next year. Drop it, or ask the unit.".to_owned(),
        AnswerRefusal::Quantity => "Write another whole number than this year's, at least 1, or choose “Renew”.".to_owned(),
        AnswerRefusal::ReasonMissing => "Say in a sentence why you drop it; the unit learns from it.".to_owned(),
    }
}

// The audit record, timeline, notices.
fn orders(count: usize) -> String {
    if count == 1 { "1 order".to_owned() } else { format!("{count} orders") }
}

pub fn offered(count: usize, year: &str) -> String {
    format!("Offered {} for renewal in {year}", orders(count))
}

pub fn tell_offered(count: usize, year: &str, closes: Option<Date>) -> String {
    format!("{} of this year can be renewed for {year}; renew, change or drop until {}", orders(count), day(closes))
}

pub fn tell_reminder(count: usize, closes: Option<Date>) -> String {
    format!("{} wait for your answer to their renewal; after {} they lapse", orders(count), day(closes))
}

pub fn reminded(count: usize) -> String {
    format!("Reminded of {} to renew", orders(count))
}

pub fn answered(count: usize) -> String {
    format!("Answered about the renewal of {}", orders(count))
}

pub fn fact_renewed(year: &str, quantity: Option<&str>) -> String {
    match quantity {
        None => format!("Will be renewed for {year}"),
        Some(quantity) => format!("Will be renewed for {year} with {quantity}"),
    }
}

pub fn fact_dropped(year: &str) -> String {
    format!("Will not be renewed for {year}")
}

pub fn tell_dropped(school: &str, title: &str, reason: &str) -> String {
    format!("{school} does not renew {title}: {reason}")
}

pub const ENDS: &str = "Not on next year's menu: ends with this year";

pub fn lapsed(unanswered: usize, retired: usize) -> String {
    let also = if retired == 0 { String::new() } else { format!("; {} not on next year's menu", orders(retired)) };
    format!("The renewal of {} lapsed unanswered{also}", orders(unanswered))
}

pub fn tell_lapsed_school(count: usize) -> String {
    format!("The renewal of {} lapsed, because nobody answered. What you still want, order from next year's shelf", orders(count))
}

pub fn tell_lapsed_unit(school: &str, count: usize) -> String {
    format!("{school} did not answer about {}: they are not renewed", orders(count))
}

pub fn opened(day: Date) -> String {
    format!("Opened renewals {}", day.to_words())
}

pub fn into_cart(number: u32, as_number: u32) -> String {
    format!("Order {number} renewed: in the cart as order {as_number}")
}

pub fn renewed_from(number: u32) -> String {
    format!("Renewed from order {number}")
}

pub fn tell_in_cart(title: &str) -> String {
    format!("The renewal of {title} stands in your cart; look at it and submit it")
}

pub fn gone(number: u32, why: &str) -> String {
    format!("The renewal of order {number} cannot be ordered: {why}")
}

pub fn tell_gone(title: &str, why: &str) -> String {
    format!("The renewal of {title} cannot be ordered: {why}")
}

pub const NOT_ON_MENU: &str = "the new year's menu does not have it";

pub fn on_desk(count: usize, school: &str) -> String {
    format!("{} to renew, {school}", orders(count))
}
