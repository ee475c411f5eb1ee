//! Texts of the shelf and of the comparison.

use crate::catalog::price::{CardPrice, PriceError};
use crate::catalog::search::Sort;
use crate::words::catalog::whole;

pub const SHELF_TITLE: &str = "Shelf";
pub const SHELF_SEARCH: &str = "Search the shelf: mathematics, coaching, family nights…";
pub const FILTERS: &str = "Filters";
pub const RESULTS: &str = "Services";
pub const SORT_BY: &str = "Sort by";
pub const GROUP_BY: &str = "Show";
pub const GROUP_NONE: &str = "All together";
pub const GROUP_GOALS: &str = "What my plan's goals need";
pub const GROUP_OTHER: &str = "Beyond the plan's goals";
pub const CLEAR_ALL: &str = "Clear all";
pub const COMPARE_THIS: &str = "Compare";
pub const COMPARE_FULL: &str = "Four at most: take one out first.";
pub const UNRESTRICTED: &str = "unrestricted";
pub const NO_FUND: &str = "no fund may pay";
pub const NOTHING_FOUND: &str = "Nothing on the shelf fits all of that";
pub const NOTHING_FOUND_TEXT: &str = "Take a filter off, or try another word. Spelling is forgiven; every word has to fit.";
pub const SHELF_EMPTY: &str = "The shelf is empty";
pub const SHELF_EMPTY_TEXT: &str = "Units publish their menus here. As soon as the first does, its services appear.";
pub const BY_ENROLLMENT: &str = "Priced by school";
pub const ON_REQUEST: &str = "Quote on request";

/// How the sort is named in its select; without a school there is no plan to fit.
pub const fn sort_title(sort: Sort, has_school: bool) -> &'static str {
    match sort {
        Sort::Fit if !has_school => "Best match",
        Sort::Fit => "Fit with my plan",
        Sort::Price => "Price",
        Sort::Rating => "Rating",
        Sort::Bought => "What schools bought most",
        Sort::Start => "Soonest start",
        Sort::Title => "Title",
    }
}

/// `14 of 117 packages`, `All 117 packages`.
pub fn packages_of(shown: u32, all: usize) -> String {
    if usize::try_from(shown) == Ok(all) { format!("All {all} packages") } else { format!("{shown} of {all} packages") }
}

/// The sentence under the title: what is shown, and why.
pub fn shelf_lead(packages: &str, services: usize, school: Option<&str>) -> String {
    let services = if services == 1 { "1 service".to_owned() } else { format!("{services} services") };
    match school {
        Some(school) => format!("{packages} in {services}, priced for {school}."),
        None => format!("{packages} in {services}."),
    }
}

pub fn filters_in_force(count: usize) -> String {
    if count == 0 { FILTERS.to_owned() } else { format!("{FILTERS} ({count})") }
}

pub fn compare_count(count: usize) -> String {
    format!("Compare ({count})")
}

pub fn compare_service(title: &str) -> String {
    format!("Compare {title}")
}

/// `from $5,700`: the sum and, apart, the words around it are drawn differently.
pub fn card_price(price: &CardPrice) -> String {
    match price {
        CardPrice::Included => super::GUARANTEED.to_owned(),
        CardPrice::Exactly(sum) => whole(*sum),
        CardPrice::From(sum) => format!("from {}", whole(*sum)),
        CardPrice::Unknown(PriceError::QuoteNeeded | PriceError::CostUnknown { .. }) => ON_REQUEST.to_owned(),
        CardPrice::Unknown(_) => BY_ENROLLMENT.to_owned(),
    }
}

pub fn for_school(school: &str) -> String {
    format!("for {school}")
}

pub fn schools_bought(schools: u32) -> String {
    if schools == 1 { "1 school".to_owned() } else { format!("{schools} schools") }
}

/// `4.3 of 5 stars, bought by 22 schools`: what a screen reader hears for `★ 4.3 · 22 schools`.
pub fn rating_spoken(tenths: u32, schools: u32) -> String {
    format!("{}.{} of 5 stars, bought by {}", tenths / 10, tenths % 10, schools_bought(schools))
}

pub fn more_funds(count: usize) -> String {
    format!("+{count}")
}

pub fn few_left(left: u32) -> String {
    if left == 0 { "sold out".to_owned() } else { format!("{left} left") }
}

pub fn show_more(count: usize) -> String {
    format!("Show {count} more")
}

/// `Brokered · Bay Math Project`.
pub fn division_label(division: &str, provider: Option<&str>) -> String {
    provider.map_or_else(|| division.to_owned(), |provider| format!("Brokered · {provider}"))
}
