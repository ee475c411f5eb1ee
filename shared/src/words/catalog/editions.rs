//! Texts of editions: review, days of sale, versions side by side, next year's prices, closing.

use super::sum_or_nothing;
use crate::id::MenuId;
use crate::money::{BasisPoints, Cents};
use crate::time::Date;

pub const REVIEW_NOT_ASKED: &str =
    "Nobody has asked for a review of this. Ask for one; a second person then publishes it or sends it back.";
pub const REVIEW_ASKED_ALREADY: &str = "It waits for its reviewer already.";
pub const IN_REVIEW_NOW: &str = "It is in review, so nothing in it changes now. Take it back first, change it, and ask again.";
pub const EDITION_CLOSED: &str = "This edition is closed. Start next year's from it; what was sold runs on.";
pub const OWN_EDITION: &str = "Nobody publishes a menu that they write. Another person reviews it.";
pub const SEND_BACK_NEEDS_COMMENT: &str = "Say what has to change; the unit reads it.";
pub const NEXT_YEAR_EXISTS: &str = "Next year's edition was started already. Choose it above.";
pub const EMPTY_EDITION: &str = "Write a service first; then next year's edition can start from it.";
pub const SALE_DAYS_REVERSED: &str = "The last day of sale is before the first.";
pub const CHANGE_OUTSIDE: &str = "Between 50 % down and 100 % up, in one step.";
pub const CHOOSE_SERVICES: &str = "Choose at least one service.";

pub const PRICE_STAYS: &str = "the price stays";
pub const GUARANTEED: &str = "Guaranteed, no charge";
pub const STUDENT_SCHOOL: &str = "school";

pub const EDITION: &str = "Edition";
pub const EDITIONS: &str = "Editions";
pub const REVIEW_TITLE: &str = "Review";
pub const ASK_REVIEW: &str = "Ask for the review";
pub const ASKED_REVIEW: &str = "Asked. A second person looks at it now.";
pub const TAKE_BACK: &str = "Take it back";
pub const TAKEN_BACK: &str = "Taken back. Change it, then ask again.";
pub const WHO_REVIEWS: &str = "An executive or the budget office reviews it: why a school would want it, the prices, the account codes.";
pub const WAITS_FOR_REVIEW: &str = "It waits for its reviewer. Nothing in it changes meanwhile.";
pub const SENT_BACK_TITLE: &str = "Sent back";
pub const SALE_DAYS: &str = "Days of sale";
pub const SALE_DAYS_HINT: &str = "Leave them empty to sell the whole year. They count once the edition is published.";
pub const SALE_FROM: &str = "On sale from";
pub const SALE_UNTIL: &str = "On sale until";
pub const SAVE_DAYS: &str = "Save the days";
pub const DAYS_SAVED: &str = "Saved. They count once the edition is published.";
pub const HISTORY: &str = "What happened to it";
pub const CONTACT_TITLE: &str = "Who schools reach";
pub const CONTACT_NAME: &str = "Named contact";
pub const CONTACT_EMAIL: &str = "E-mail";
pub const ABOUT_UNIT: &str = "Who you are, in two sentences";
pub const SAVE_CONTACT: &str = "Save";
pub const CONTACT_SAVED: &str = "Saved. Schools see it at once.";
pub const CONTACT_MISSING: &str = "Name who answers a school's questions; every service shows that person.";

pub const NEXT_YEAR: &str = "Next year";
pub const START_NEXT_YEAR: &str = "Start next year's edition";
pub const STARTED_NEXT_YEAR: &str = "Started as a copy. Its days are a year on; look at its prices.";
pub const NEXT_YEAR_HINT: &str = "A copy of what stands here, as a draft. This year's goes on as it is.";
pub const PRICES_TITLE: &str = "Change prices together";
pub const PRICES_HINT: &str = "What a provider charges and what is quoted stay as they are.";
pub const CHANGE_BY: &str = "By";
pub const ROUND_TO: &str = "Rounded to";
pub const CHANGE_PRICES: &str = "Change the prices";
pub const PRICES_CHANGED: &str = "Changed. Undo by changing them back, or edit each service.";
pub const PRICES_NOW: &str = "What prices mean";
pub const OLD_PRICE: &str = "Before";
pub const NEW_PRICE: &str = "New";
pub const CHANGE: &str = "Change";
pub const NO_PRICES: &str = "Nothing here has a price of its own.";
pub const SERVICE_AND_TIER: &str = "Service and tier";
pub const CLOSE_EDITION: &str = "Close this edition";
pub const CLOSE_TEXT: &str = "It leaves the shelf at once and cannot be opened again. Orders that run go on as they were bought; who has one of its packages in the cart is told what to do.";
pub const EDITION_CLOSED_NOW: &str = "Closed. Orders go on; people with drafts were told.";

pub const COMPARE_VERSIONS: &str = "Compare versions";
pub const VERSIONS: &str = "Versions";
pub const EARLIER: &str = "Earlier";
pub const LATER: &str = "Later";
pub const AS_WRITTEN: &str = "As it is written now";
pub const ONLY_CHANGES: &str = "Only what changed";
pub const NO_CHANGES: &str = "Nothing changed between these two.";
pub const NO_VERSIONS: &str = "Nothing was published yet, so there is nothing to compare.";
pub const FIELD: &str = "Field";
pub const CHANGED_MARK: &str = "changed";
pub const WHOLE_SERVICE: &str = "The service";
pub const VERSIONS_TITLE: &str = "Versions side by side";

pub const REVIEWS_TITLE: &str = "Menus to review";
pub const REVIEWS_LEAD: &str =
    "Units write, a second person publishes. Look at what changes for schools, then publish it or say what has to change.";
pub const REVIEWS_EMPTY: &str = "No menu waits for a review";
pub const REVIEWS_EMPTY_TEXT: &str = "When a unit asks, its menu stands here and you are told.";
pub const LOOK_AT_IT: &str = "Look at it";
pub const PUBLISH_IT: &str = "Publish it";
pub const SEND_BACK: &str = "Send it back";
pub const SENT_BACK: &str = "Sent back. The unit reads your comment.";
pub const COMMENT: &str = "What has to change";
pub const UNCHANGED_SERVICES: &str = "Unchanged";
pub const NEW_SERVICE_MARK: &str = "New";
pub const TAKEN_OFF_SERVICE: &str = "Leaves the shelf";

pub fn sale_day_outside(first: Date, last: Date) -> String {
    format!("Within the edition's year: {} to {}.", first.to_words(), last.to_words())
}

/// `on sale 10 Jan 2027 – 31 Mar 2027`.
pub fn sale_days(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (None, None) => "On sale the whole year".to_owned(),
        (Some(from), None) => format!("On sale from {}", from.to_words()),
        (None, Some(until)) => format!("On sale until {}", until.to_words()),
        (Some(from), Some(until)) => format!("On sale {} – {}", from.to_words(), until.to_words()),
    }
}

pub fn less_by(how_much: &str) -> String {
    format!("{how_much} less")
}

pub fn by_students(base: Cents, each: Cents) -> String {
    if base.is_zero() { format!("{each} a student") } else { format!("{base} and {each} a student") }
}

pub fn by_posts(each: Cents) -> String {
    format!("{each} a post")
}

pub fn by_share_of_position(full_time: Cents) -> String {
    format!("a share of {full_time} for a full position")
}

pub fn with_brokerage(price: Cents, brokerage: BasisPoints) -> String {
    format!("provider's {price} and {brokerage} brokerage")
}

pub fn cost_and_share(cost: Option<Cents>, plus: BasisPoints) -> String {
    let cost = cost.map_or_else(|| "cost".to_owned(), |sum| format!("cost of {sum}"));
    format!("{cost} and {plus} on top")
}

pub fn limits(floor: Option<Cents>, cap: Option<Cents>) -> String {
    let floor = sum_or_nothing(", at least ", floor);
    floor + &sum_or_nothing(", at most ", cap)
}

/// `$950.00 a day; from 11: $902.50`.
pub fn banded(bands: impl Iterator<Item = (u32, Cents)>, one: &str) -> String {
    let mut parts = Vec::new();
    for (from, price) in bands {
        let first = parts.is_empty();
        parts.push(match (first, from) {
            (true, 0 | 1) => format!("{price} a {one}"),
            (true, _) => format!("{price} a {one} from {from}"),
            (false, _) => format!("from {from}: {price}"),
        });
    }
    parts.join("; ")
}

/// `Guaranteed, no charge · 2 times a year for each school`.
pub fn guaranteed_times(times: u32) -> String {
    if times == 1 { "Once a year for each school".to_owned() } else { format!("{times} times a year for each school") }
}

/// The guaranteed number is used up; says what to do.
pub fn guarantee_used(times: u32) -> String {
    let times = if times == 1 { "its one".to_owned() } else { format!("all {times}") };
    format!("Your school has had {times} guaranteed for this year. Choose a charged tier, or ask the unit.")
}

pub fn up_to_students(last: Option<u32>) -> String {
    last.map(|last| format!("; up to {last} students")).unwrap_or_default()
}

pub fn edition(unit: &str, year: &str) -> String {
    format!("{unit}, {year}")
}

/// The page on which a reviewer looks at an edition.
pub fn review_link(menu: MenuId) -> String {
    format!("/reviews/{menu}")
}

/// The page of a unit's edition.
pub fn edition_link(menu: MenuId) -> String {
    format!("/menu?edition={menu}")
}

pub fn asked_by(name: &str) -> String {
    format!("Asked by {name}")
}

pub fn sent_back_by(name: &str) -> String {
    format!("{name} sent it back")
}

pub fn tell_reviewer(unit: &str, year: &str, services: usize) -> String {
    let count = if services == 1 { "1 service".to_owned() } else { format!("{services} services") };
    format!("{unit} asks for a review of its menu {year}: {count} changed")
}

pub fn tell_published(year: &str, by: &str) -> String {
    format!("Your menu {year} was published by {by}; the shelf shows it")
}

pub fn tell_sent_back(year: &str, by: &str, comment: &str) -> String {
    format!("{by} sent your menu {year} back: {comment}")
}

/// To who has a package in the cart that is no longer sold, in one sentence that says what to do.
pub fn tell_retired(title: &str) -> String {
    format!("{title} is no longer on sale. Take it out of your cart, and choose another tier or ask the unit; orders you placed go on")
}

/// `+$180.00 (3.16 %)`.
pub fn moved(by: Cents, share: Option<BasisPoints>) -> String {
    let sign = if by.get() > 0 { "+" } else { "" };
    match share {
        Some(share) => format!("{sign}{by} ({sign}{share})"),
        None => format!("{sign}{by}"),
    }
}

pub fn for_students(school: &str, students: u32) -> String {
    format!("{school}, {students} students")
}

/// What the record says of a published edition.
pub fn published_so_many(changed: usize, all: usize) -> String {
    format!("Published the menu: {changed} of {all} services changed")
}

pub fn changes_in(title: &str, count: usize) -> String {
    if count == 1 { format!("{title}: 1 change") } else { format!("{title}: {count} changes") }
}

pub fn version_of(number: u32, day: &str) -> String {
    format!("Version {number}, {day}")
}

pub fn price_change(by: BasisPoints, services: usize) -> String {
    let count = if services == 1 { "1 service".to_owned() } else { format!("{services} services") };
    format!("Changed the prices of {count} by {by}")
}

pub fn no_price_reaches_a_school(why: &str) -> String {
    format!("No school of the district gets a price from this. {why}")
}
