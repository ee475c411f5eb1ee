//! Texts of stretches, pace, yearly dates and of what is made of an order's rest.

use crate::catalog::UnitOfMeasure;
use crate::money::{BasisPoints, Cents};
use crate::orders::pace::{DeliveryPace, DeliveryVerdict};
use crate::orders::rescue::HandBack;
use crate::time::Date;

/// What one unit is called: `coaching day`, or `school day` of a stretch of time.
pub const fn unit_word(measure: UnitOfMeasure, stretch: bool) -> &'static str {
    if stretch { "school day" } else { measure.title() }
}

// Logging a stretch.
pub const FROM: &str = "From";
pub const UNTIL: &str = "Until";
pub const STRETCH_HINT: &str = "Counted in school days; a part of a month costs as much as its school days are to the month's.";
pub const NO_SCHOOL_DAY_IN_IT: &str = "No school day lies between these days. Choose a longer stretch.";
pub const FROM_AFTER_UNTIL: &str = "The first day is after the last. Change one of them.";

pub fn logged_before(first: Date, last: Date) -> String {
    format!("{} to {} is logged already. Choose days outside of it.", first.to_words(), last.to_words())
}

// Pace.
pub const PACE: &str = "Pace";
pub const PLANNED: &str = "Plan";
pub const FACT: &str = "Delivered";
pub const FORECAST: &str = "Forecast";
pub const PACE_CHART: &str = "Units delivered against an even plan over the school days";
pub const TODAY: &str = "Today";

pub const fn verdict_title(verdict: DeliveryVerdict) -> &'static str {
    match verdict {
        DeliveryVerdict::NotStarted => "Not started",
        DeliveryVerdict::OnPace => "On pace",
        DeliveryVerdict::Ahead => "Ahead",
        DeliveryVerdict::Behind => "Behind",
        DeliveryVerdict::Done => "All delivered",
    }
}

/// The pace in a sentence.
pub fn pace_words(pace: &DeliveryPace, word: &str) -> String {
    let of = super::counted(pace.ordered, word);
    match pace.verdict {
        DeliveryVerdict::Done => format!("All {of} are delivered."),
        DeliveryVerdict::NotStarted => format!("{of} over {} school days; it has not started.", pace.left),
        DeliveryVerdict::OnPace | DeliveryVerdict::Ahead | DeliveryVerdict::Behind => {
            let ends = match pace.done_on {
                Some(day) => format!("at this pace the last one is on {}", day.to_words()),
                None => format!("at this pace {} of {} are delivered by the end", pace.forecast, pace.ordered),
            };
            format!("{} of {of} delivered, {} planned by today; {ends}. {} school days are left.", pace.delivered, pace.planned, pace.left)
        }
    }
}

pub fn behind_at_half_year(delivered: u32, planned: u32, of: &str) -> String {
    format!("Behind at half of the year: {delivered} of {of} delivered, {planned} planned")
}

pub const RESCUE_OPTIONS: &str = "What can be done: plan the missing days now; or swap the rest for another package, give days to another school, or hand them back while the terms allow it.";

pub fn tell_behind_school(number: u32, delivered: u32, planned: u32) -> String {
    format!("Order {number} is behind its plan, {delivered} of {planned} planned; swap the rest, give days away or hand them back on its page")
}

pub fn tell_behind_unit(number: u32, school: &str, delivered: u32, planned: u32) -> String {
    format!("Order {number} of {school} is behind its plan, {delivered} of {planned} planned; agree on days now, or offer another way")
}

// Yearly dates.
pub const YEARLY_DATES: &str = "Dates of the year";
pub const YEARLY_DATES_LEAD: &str = "Everybody plans by these. Where the district has set no day of its own, the usual one holds.";
pub const REMINDER: &str = "Reminder";
pub const USUAL: &str = "usual day";
pub const SET: &str = "Set";
pub const OTHER_YEAR: &str = "That day lies in another fiscal year. Choose one within this year.";

pub fn dates_in_order(first: &str, then: &str) -> String {
    format!("“{first}” has to come before “{then}”. Change the other date first.")
}

pub fn date_set(what: &str, day: Date) -> String {
    format!("{what}: {}", day.to_words())
}

// Rescue.
pub const RESCUE: &str = "Plans changed?";
pub const RESCUE_LEAD: &str = "Swap the rest, give days to another school, or hand them back. You see what it does to the money first.";
pub const HAND_BACK: &str = "Hand back";
pub const HAND_BACK_UNITS: &str = "How many";
pub const GIVE: &str = "Give to a school";
pub const GIVE_TO: &str = "School";
pub const SWAP: &str = "Swap the rest";
pub const SWAP_FOR: &str = "Package";
pub const LOOK_FIRST: &str = "Show what it does";
pub const BECOMES_FREE: &str = "Becomes available again";
pub const KEPT_BY_TERMS: &str = "Kept by the terms";
pub const NEW_PRICE: &str = "New order";
pub const THIS_ORDER: &str = "This order";
pub const NOTHING_LEFT: &str = "Everything that was ordered is delivered or logged, so nothing is left to change.";
pub const ONLY_IN_WORK: &str = "This is possible once the unit has accepted, and until everything is delivered.";
pub const ALL_IS_CANCEL: &str = "That would be the whole order. Cancel it by its terms instead.";
pub const NO_REST: &str = "Choose at least 1, and no more than is left.";
pub const SAME_PACKAGE: &str = "That is the package you have. Choose another.";
pub const SAME_SCHOOL: &str = "Choose another school.";
pub const GIFT_GONE: &str = "The order changed meanwhile, and so much is no longer left. Ask the giving school to offer it anew.";
pub const GIFT_OPEN: &str = "Days of this order are offered to another school. Take the offer back first, or wait for the answer.";
pub const GIFT_TOO_LARGE: &str = "So much needs more approvals than a gift can have. Take fewer days, or order them from the shelf.";
pub const NOTHING_MOVED_YET: &str = "Nothing moves before the other principal agrees.";
pub const GIFTS_LINK: &str = "/gifts";
pub const GIFTS: &str = "Given days";
pub const GIFTS_LEAD: &str = "Days that schools pass on to each other. The receiving school pays from its own budget; the giving one no longer does.";
pub const NO_GIFTS: &str = "No days are offered. On the page of an order in work, “Plans changed?” offers its rest to another school.";
pub const TAKE_DAYS: &str = "Take them";
pub const DECLINE: &str = "Decline";
pub const WITHDRAW_GIFT: &str = "Take back";
pub const OFFERED_BY: &str = "Offered by";
pub const GIFT_APPROVE: &str = "Approve";

pub fn hand_back_words(hand_back: HandBack) -> String {
    match hand_back {
        HandBack::Until { day } => format!("At full value until {}.", day.to_words()),
        HandBack::Over { day } => format!("Handing back ended {}. You can still swap the rest or give it to another school.", day.to_words()),
        HandBack::Never => "The terms know no handing back. You can swap the rest or give it to another school.".to_owned(),
    }
}

pub fn value_now(value: Cents) -> String {
    format!("It is worth {value} now. Look at it again.")
}

pub fn left_to_change(counted: &str, value: Cents) -> String {
    format!("{counted} left, worth {value}")
}

pub fn kept_words(share: BasisPoints) -> String {
    format!("{share} of the rest stay with the unit")
}

pub fn handed_back(counted: &str, value: Cents) -> String {
    format!("Handed back {counted}: {value} are available again")
}

pub fn swapped(freed: Cents, kept: Cents, number: u32) -> String {
    let kept = if kept.is_zero() { String::new() } else { format!("; {kept} kept by the terms") };
    format!("Swapped the rest for order {number}: {freed} are free for it{kept}")
}

pub fn swapped_from(number: u32) -> String {
    format!("Came of order {number}, whose rest was swapped")
}

pub fn gave(counted: &str, school: &str, value: Cents) -> String {
    format!("Gave {counted} to {school}: {value} are available again")
}

pub fn received(counted: &str, school: &str, value: Cents) -> String {
    format!("Received {counted} from {school} for {value}")
}

pub fn gift_within_policy(because: &str) -> String {
    format!("Approved by policy: {because}")
}

pub fn offered_days(counted: &str, school: &str, value: Cents) -> String {
    format!("Offered {counted} worth {value} to {school}")
}

pub fn gift_ended(counted: &str) -> String {
    format!("Ended the offer of {counted}")
}

pub fn gift_taken(counted: &str, value: Cents) -> String {
    format!("Took {counted} for {value}; the budget office approves")
}

pub fn tell_handed_back(number: u32, school: &str, counted: &str) -> String {
    format!("{school} handed back {counted} of order {number}; they can be sold again")
}

pub fn tell_swapped(number: u32, school: &str) -> String {
    format!("{school} swapped the rest of order {number} for another package")
}

pub fn tell_gift_offered(school: &str, counted: &str, title: &str, value: Cents) -> String {
    format!("{school} offers you {counted} of {title} for {value}; take them or decline")
}

pub fn tell_gift_unit(number: u32, counted: &str, from: &str, to: &str) -> String {
    format!("{counted} of order {number} went from {from} to {to}; deliver them there")
}

pub fn tell_gift_given(counted: &str, to: &str, value: Cents) -> String {
    format!("{to} took {counted}: {value} are available to you again")
}

pub fn tell_gift_office(from: &str, to: &str, value: Cents) -> String {
    format!("{to} takes days from {from} for {value}, above what policy approves; please look")
}

pub fn tell_gift_done(counted: &str, number: u32) -> String {
    format!("{counted} are yours as order {number}; the unit knows")
}

pub fn tell_gift_ended(counted: &str, name: &str) -> String {
    format!("{name} ended the offer of {counted}; nothing has moved")
}
