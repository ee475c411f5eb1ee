//! Texts of a service's page and of the comparison.

use crate::catalog::choice::TermPrice;
use crate::catalog::price::PriceError;
use crate::catalog::{ServiceLevel, Terms};
use crate::money::{BasisPoints, Cents};
use crate::orders::api::UsualTime;
use crate::orders::approval::PolicyStep;
use crate::time::Date;
use crate::words::catalog::whole;

pub const TIERS: &str = "Tiers side by side";
pub const ORDER_FREE: &str = "Order at no charge";
pub const ADD_TO_PLAN: &str = "Add to plan";
pub const SEE_HOW_TO_PAY: &str = "See how to pay";
pub const IN_THE_CART: &str = "In the cart: look at it";
pub const PRICE_LINES: &str = "How the price comes about";
pub const HUNDREDTHS: &str = "hundredths";
pub const ADD_ONS: &str = "Add to it";
pub const TERM: &str = "For how long";
pub const TERM_HINT: &str = "The price of each year stays as it is now for the whole term.";
pub const ONE_YEAR: &str = "One year";
pub const ROW_OFFERS: &str = "Beside the price";
pub const ASK_FOR_QUOTE: &str = "Ask for a quote";
pub const QUOTE_TITLE: &str = "Quote on request";
pub const POST_SHARE_HINT: &str = "In hundredths of a position: 40 is 0.4.";
pub const ADDED: &str = "Added to the cart.";
pub const WHAT_IS_CORE: &str = "For every school; ordered like anything else, without money.";
pub const ONLY_BUYERS_ADD: &str = "Principals and school staff put packages into a school's cart.";
pub const QUANTITY: &str = "How many";
pub const START: &str = "Start";
pub const GOAL: &str = "Goal of my plan";
pub const NO_GOAL: &str = "No goal";
pub const FUND: &str = "Fund";
pub const MAY_IT_PAY: &str = "May it pay?";
pub const AVAILABLE: &str = "Available";
pub const THIS_ORDER: &str = "This order";
pub const LEFT_AFTER: &str = "Left after";
pub const YES: &str = "Yes";
pub const NO: &str = "No";
pub const ASK_BUDGET_OFFICE: &str = "Undecided";
pub const SEE_THE_RULE: &str = "see the rule";
pub const PROPOSED: &str = "Proposed: the most restricted money that may pay comes first, so that your flexible dollars stay free.";
pub const NOTHING_TO_PAY: &str = "Nothing to pay: this tier is guaranteed to every school.";
pub const BEFORE_YOU_ORDER: &str = "Before you order";
pub const NO_PRICE_YET: &str = "No price yet";
pub const GOAL_ASKED: &str = "An order of this size names the plan goal it serves. Choose one below the tiers.";
pub const FLEXIBLE_USED: &str = "flexible money, where nothing with strings can pay more";
pub const NO_BIDS: &str = "No bids needed: an internal service.";
pub const BROKERED_BIDS: &str = "An outside provider, vetted and under the district's contract; the brokerage is in the price.";
pub const SCHOOLS_LIKE_YOURS: &str = "Schools like yours";
pub const WHAT_BUYERS_SAY: &str = "What buyers say, beside what happened";
pub const ABOUT_SERVICE: &str = "What you will see, and how we know";
pub const OUTCOME: &str = "What your school will see change";
pub const EVIDENCE: &str = "How we know";
pub const PREREQUISITES: &str = "What must be in place";
pub const RATED: &str = "Rated by buyers";
pub const BOUGHT_BY: &str = "Bought by";
pub const DID_IT_HELP: &str = "“Did it help your goal?”";
pub const BOUGHT_IT: &str = "Bought it";
pub const SAY_IT_HELPED: &str = "Say it helped their goal";
pub const NOTHING_LEFT: &str = "nothing is left in it";
pub const NO_ANSWERS: &str = "No answers yet";
pub const OF_FIVE: &str = "of 5 stars";
pub const NO_SERVICE: &str = "This service is not on the shelf";
pub const NO_SERVICE_TEXT: &str = "Its unit may have taken it off. Orders keep what they bought; the shelf shows what can be bought now.";
pub const BACK_TO_SHELF: &str = "Back to the shelf";
pub const PRICED_FOR_A_SCHOOL: &str = "Prices by enrollment are shown to a school. Volume and flat prices are the same for all.";
pub const COMPARE_TIERS: &str = "Compare these tiers";

// The comparison.
pub const COMPARE_TITLE: &str = "Compare";
pub const COMPARE_LEAD: &str = "Up to four packages side by side, priced for your school.";
pub const NOTHING_COMPARED: &str = "Nothing to compare yet";
pub const NOTHING_COMPARED_TEXT: &str = "Tick “Compare” on up to four cards of the shelf.";
pub const ONLY_DIFFERENCES: &str = "Only what differs";
pub const ROW_PRICE: &str = "Price for my school";
pub const ROW_FUNDS: &str = "Funds that can pay";
pub const ROW_FOR_WHOM: &str = "For whom";
pub const ROW_GETS: &str = "What you get";
pub const ROW_ADDS: &str = "What the tier adds";
pub const ROW_RATING: &str = "Rating by buyers";
pub const ROW_ANSWER: &str = "Answers within";
pub const ROW_NEXT_START: &str = "Next start";
pub const ROW_LEFT: &str = "Left this year";
pub const ROW_CANCEL: &str = "If plans change";
pub const ROW_UNIT: &str = "Unit";
pub const ROW_CONTACT: &str = "Contact";
pub const NOT_COUNTED: &str = "not counted";
pub const NONE: &str = "–";

pub fn ask(contact: &str) -> String {
    format!("Ask {contact}")
}

pub fn ask_subject(service: &str) -> String {
    format!("About “{service}”")
}

pub fn answers_within(days: u8) -> String {
    if days == 1 { "Answers within 1 school day".to_owned() } else { format!("Answers within {days} school days") }
}

pub fn school_days(days: u8) -> String {
    if days == 1 { "1 school day".to_owned() } else { format!("{days} school days") }
}

pub fn next_start(day: Date) -> String {
    format!("Next start {}", day.to_words())
}

/// `3 years, 5 % less, price stays`.
pub fn term(term: &TermPrice) -> String {
    let less = if term.less == BasisPoints(0) { String::new() } else { format!(", {} less", term.less) };
    format!("{} years{less}, price stays", term.years)
}

/// `2 add-ons to choose from`.
pub fn add_ons(count: usize) -> String {
    if count == 1 { "1 add-on to choose".to_owned() } else { format!("{count} add-ons to choose from") }
}

/// `+$80 · 10 × $8.00`.
pub fn add_on_price(sum: Cents, working: &str) -> String {
    format!("+{} · {working}", whole(sum))
}

/// `18 left this year`.
pub fn left_this_year(left: u32) -> String {
    if left == 0 { "Sold out for this year".to_owned() } else { format!("{left} left this year") }
}

pub fn everything_in(tier: &str) -> String {
    format!("Everything in {tier}")
}

pub fn fund_can_pay(fund: &str) -> String {
    format!("{fund} can pay")
}

pub const FITS_WHAT_IS_LEFT: &str = "fits what is left";
pub const FLEXIBLE_ONLY: &str = "takes flexible money";

pub fn takes_flexible(sum: Cents) -> String {
    format!("takes {} of flexible money", whole(sum))
}

pub fn short_by(sum: Cents) -> String {
    format!("{} short", whole(sum))
}

pub fn how_to_pay(school: &str, tier: &str) -> String {
    format!("How {school} can pay for {tier}")
}

pub fn may_not_pay(count: usize) -> String {
    if count == 1 { "1 fund may not pay, and why".to_owned() } else { format!("{count} funds may not pay, and why") }
}

pub fn shortfall(sum: Cents) -> String {
    format!("{sum} cannot be paid by any fund of the school. Choose a smaller tier or quantity, another start, or ask the budget office.")
}

pub fn cheaper(counted: &str, sum: Cents) -> String {
    format!("{counted} would cost less: {}", whole(sum))
}

pub fn add_tier(tier: &str) -> String {
    format!("Add {tier} to plan")
}

pub fn approval_by_policy(because: &str) -> String {
    format!("Approved at once by policy: {because}.")
}

pub fn approval_needed(steps: &[PolicyStep], usual: &[UsualTime], because: &str) -> String {
    let one = |step: &PolicyStep| match usual.iter().find(|known| known.role == step.role) {
        Some(known) => format!("{} ({})", step.role.title().to_lowercase(), crate::words::orders::usual_hours(known.hours)),
        None => crate::words::orders::step(step).to_lowercase(),
    };
    format!("Approval: {}, because {because}.", steps.iter().map(one).collect::<Vec<_>>().join(", then "))
}

/// What the terms say, in a sentence or two.
pub fn terms(terms: &Terms) -> String {
    let cancel = match (terms.cancel_free_days, terms.late_cancel_fee) {
        (_, BasisPoints(0)) => "Cancel free of charge until it is delivered.".to_owned(),
        (0, fee) => format!("Cancel free until the start; later {fee} of what was not delivered is kept."),
        (days, fee) => format!("Cancel free until {days} days before the start; later {fee} of what was not delivered is kept."),
    };
    let hand_back = match terms.hand_back_until {
        Some(day) => format!("What you do not use can be handed back until {}.", day.to_words()),
        None => "What you do not use is not handed back.".to_owned(),
    };
    format!("{cancel} {hand_back}")
}

pub fn service_level(level: ServiceLevel) -> String {
    format!("Answers within {}; starts within {} school days of accepting.", school_days(level.reply_days), level.start_days)
}

/// Why a tier shows no price.
pub fn no_price(error: PriceError, has_school: bool) -> String {
    match error {
        PriceError::EnrollmentUnknown if !has_school => "Priced by the school's enrollment".to_owned(),
        PriceError::PostsUnknown if !has_school => "Priced by the school's posts".to_owned(),
        PriceError::EnrollmentUnknown
        | PriceError::PostsUnknown
        | PriceError::BelowMinimum { .. }
        | PriceError::QuoteNeeded
        | PriceError::CostUnknown { .. }
        | PriceError::TermNotOffered { .. }
        | PriceError::AddOnNotOffered
        | PriceError::EnrollmentOutsideBands { .. }
        | PriceError::QuantityOutsideBands { .. }
        | PriceError::QuantityMissing
        | PriceError::QuantityTooLarge
        | PriceError::OncePerSchool
        | PriceError::TooLarge => error.message(),
    }
}

pub fn bought_tier(tier: &str) -> String {
    format!("Bought {tier}")
}

pub fn so_many_of(count: u32, all: u32) -> String {
    format!("{count} of {all}")
}

pub fn helped(helped: u32, answered: u32) -> String {
    format!("{helped} of {answered} say yes")
}

pub fn take_out(title: &str) -> String {
    format!("Take {title} out of the comparison")
}
