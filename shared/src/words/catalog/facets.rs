//! What the shelf can be narrowed by.

use crate::money::Cents;

pub const FACET_GOAL: &str = "Goal of my plan";
pub const FACET_FUND: &str = "Who can pay";
pub const FACET_PRICE: &str = "Price for my school";
pub const FACET_TIER: &str = "Tier";
pub const FACET_DIVISION: &str = "Division";
pub const FACET_UNIT: &str = "Unit";
pub const FACET_CATEGORY: &str = "Kind of help";
pub const FACET_SPAN: &str = "Grades";
pub const FACET_START: &str = "Can start";
pub const FACET_RATING: &str = "Rating by buyers";
pub const FACET_CAPACITY: &str = "Capacity";
pub const INCLUDED: &str = "Guaranteed, no charge";
pub const NOT_RATED_YET: &str = "Not rated yet";
pub const FACET_LEFT: &str = "Places left";
pub const FACET_FEW_LEFT: &str = "Few left";
pub const START_THIS_MONTH: &str = "This month";
pub const START_NEXT_MONTH: &str = "Next month";
pub const START_LATER: &str = "Later";

/// `2 · Mathematics 3–5`.
pub fn goal(number: u8, title: &str) -> String {
    format!("{number} · {title}")
}

pub fn up_to(sum: Cents) -> String {
    format!("up to {}", whole(sum))
}

pub fn over(sum: Cents) -> String {
    format!("over {}", whole(sum))
}

pub fn stars_and_more(stars: &str) -> String {
    format!("{stars} stars and more")
}

/// Money without idle cents: `$5,700`, `$4,916.25`.
pub fn whole(sum: Cents) -> String {
    let text = sum.to_string();
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}
