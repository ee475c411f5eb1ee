//! What the shelf can be narrowed by.

use crate::money::Cents;

pub const INCLUDED: &str = "Included";
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
