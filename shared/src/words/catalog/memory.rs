//! Texts of what the shelf remembers, and of its groups.

use super::{schools_bought, whole};
use crate::budget::api::PlanGoalView;
use crate::money::Cents;
use crate::time::Date;

pub const GROUP_ALIKE: &str = "What schools like mine bought";
pub const GROUP_ALIKE_BOUGHT: &str = "Bought by schools like yours";
pub const GROUP_ALIKE_REST: &str = "Not bought by them so far";
pub const NO_ALIKE: &str = "No other school of the district is of your span and of similar size and need.";
pub const SAVED_FILTERS: &str = "Saved filters";
pub const NO_SAVED_FILTERS: &str = "Choose filters or type words, give them a name, and they are here on every device.";
pub const FILTER_NAME: &str = "Name of this filter";
pub const SAVE_FILTER: &str = "Save";
pub const FILTER_SAVED: &str = "Filter saved.";
pub const FILTER_FORGOTTEN: &str = "Filter forgotten.";
pub const FILTER_EMPTY: &str = "Choose a filter or type a word first: there is nothing to keep yet.";
pub const SHARE_FILTER: &str = "Whoever opens a copied link sees the same filters.";
pub const RECENTLY_SEEN: &str = "Recently seen";
pub const FORGET_SEEN: &str = "Forget these";

pub const SHEET_OF: &str = "Priced for";

/// `Rosa Delgado, Mathematics, rosa@district.example`.
pub fn sheet_contact(contact: &str, unit: &str, email: &str) -> String {
    [contact, unit, email].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `Lincoln Elementary, as of 20 Nov 2026`.
pub fn sheet_priced(school: Option<&str>, today: Date) -> String {
    format!("{}, as of {}", school.unwrap_or("no school in particular"), today.to_words())
}

/// `Saved filters (3)`.
pub fn saved_filters(count: usize) -> String {
    if count == 0 { SAVED_FILTERS.to_owned() } else { format!("{SAVED_FILTERS} ({count})") }
}

pub fn forget_filter(name: &str) -> String {
    format!("Forget the filter {name}")
}

pub fn too_many_filters(most: usize) -> String {
    format!("You keep {most} filters already. Forget one first.")
}

pub fn too_many_notes(most: usize) -> String {
    format!("At most {most} travel together.")
}

/// What a goal of the plan still needs: `Nothing ordered yet; the plan names $12,000.`
pub fn goal_need(goal: &PlanGoalView) -> String {
    let planned: Cents = goal.lines.iter().map(|line| line.amount).sum();
    match (goal.ordered.is_zero(), planned.is_zero()) {
        (true, true) => "Nothing ordered yet.".to_owned(),
        (true, false) => format!("Nothing ordered yet; the plan names {}.", whole(planned)),
        (false, true) => format!("{} ordered.", whole(goal.ordered)),
        (false, false) => format!("{} ordered of {} in the plan.", whole(goal.ordered), whole(planned)),
    }
}

/// `Grades K–5, 380–460 students, similar need: 6 schools; the first of these was bought by 4 schools.`
pub fn alike_note(likeness: &str, schools: u32, most: u32) -> String {
    let first = if most > 0 { format!("; the first of these was bought by {}", schools_bought(most)) } else { String::new() };
    format!("{likeness}: {}{first}.", schools_bought(schools))
}
