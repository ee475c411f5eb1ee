//! Texts of the menu editor.

use crate::catalog::UnitOfMeasure;

pub const MENU_TITLE: &str = "Our menu";
pub const MENU_NO_UNIT: &str = "You do not head a unit";
pub const MENU_NO_UNIT_TEXT: &str = "A unit's head writes its menu. Ask your administrator for the role if that is you.";
pub const NEW_SERVICE: &str = "Write a service";
pub const MENU_EMPTY: &str = "Nothing on the menu yet";
pub const MENU_EMPTY_TEXT: &str = "Write your first service: why a school would want it, what it gets, what it costs.";
pub const SERVICES: &str = "Services";
pub const ON_SHELF: &str = "On the shelf";
pub const NOT_ON_SHELF: &str = "Not on the shelf yet";
pub const CHANGED: &str = "Changed since published";
pub const EDIT: &str = "Edit";
pub const TAKE_OFF: &str = "Take off the menu";
pub const TAKE_OFF_TEXT: &str = "It leaves the shelf at once. Orders keep what they bought.";
pub const TAKEN_OFF: &str = "Taken off the menu.";
pub const PUBLISHED: &str = "Published: the shelf shows it now.";
pub const NOTHING_TO_PUBLISH: &str = "The shelf shows everything as it is written here.";
pub const PUBLISH_BLOCKED: &str = "Write what is missing first; each line above leads to it.";
pub const CHECKLIST: &str = "What is missing before it can be published";
pub const CHECKLIST_DONE: &str = "Nothing is missing. It can be published.";
pub const NOT_PUBLISHED_YET: &str = "Never published";
pub const SAVE_DRAFT: &str = "Save the draft";
pub const SAVED: &str = "Saved. Schools see it once it is reviewed and published.";
pub const PREVIEW: &str = "As a school sees it";
pub const PREVIEW_SCHOOL: &str = "Look as";
pub const PREVIEW_PICK: &str = "Whose price";
pub const PICK_SMALL: &str = "A small school";
pub const PICK_LARGE: &str = "A large school";
pub const PICK_OWN: &str = "My choice";
pub const PREVIEW_UNTITLED: &str = "Untitled service";
pub const UNDO: &str = "Undo";
pub const KEPT_HERE: &str = "Not saved yet; kept on this device.";
pub const UNSAVED_BACK: &str = "What you wrote here and had not saved is back.";
pub const UNSAVED_OLD: &str =
    "What you wrote here is back, but the service was changed meanwhile. Begin from what is saved, or copy what you need first.";
pub const BEGIN_FROM_SAVED: &str = "Begin from what is saved";
pub const SAVE_BEFORE_PUBLISHING: &str = "Saved. Ask for the review on the menu's page.";

pub const PART_WORDS: &str = "What it is and why a school would want it";
pub const PART_PROMISE: &str = "What you promise";
pub const PART_POSTING: &str = "Where it posts";
pub const PART_POSTING_TEXT: &str = "The account codes that orders are charged to. A blank or unknown code refuses orders.";
pub const TITLE: &str = "Title";
pub const CATEGORY: &str = "Kind of help";
pub const SPAN: &str = "Grades";
pub const SUBJECTS: &str = "Subjects and problems of practice";
pub const SUBJECTS_HINT: &str = "Words that a school would search for, with commas between.";
pub const VALUE: &str = "Why would a school want that?";
pub const VALUE_HINT: &str = "One sentence; it stands on the card.";
pub const EVIDENCE_HINT: &str = "A study, a count, your own schools. Say also where it did not work.";
pub const PREREQUISITES_HINT: &str = "Release time, substitutes, a room. “Nothing” is an answer.";
pub const PROVIDER: &str = "Outside provider";
pub const PROVIDER_HINT: &str = "Only for brokered services.";
pub const REPLY_DAYS: &str = "Answer within";
pub const START_DAYS: &str = "Start within";
pub const SCHOOL_DAYS: &str = "school days";
pub const TERMS_TITLE: &str = "If plans change";
pub const DAYS_BEFORE: &str = "days before";
pub const CANCEL_FREE: &str = "Cancel free until";
pub const LATE_FEE: &str = "Kept when cancelled later";
pub const PERCENT: &str = "%";
pub const HAND_BACK: &str = "Unused can be handed back until";
pub const OBJECT: &str = "Object";
pub const FUNCTION: &str = "Function";
pub const ACCOUNT_GOAL: &str = "Goal";
pub const TIER: &str = "Rung";
pub const TIER_NAME: &str = "Your own name for it";
pub const FOR_WHOM: &str = "For whom";
pub const ADDS: &str = "What this tier adds";
pub const ADDS_HINT: &str = "One thing a line.";
pub const CAPACITY: &str = "How many you can deliver this year";
pub const FIRST_START: &str = "Earliest start";
pub const DELIVERABLES: &str = "What the school gets";
/// Quantities of the list below are for each unit that a school orders.
pub fn for_each_ordered(measure: UnitOfMeasure) -> String {
    format!("For each {} ordered: a school that orders four gets four times what you write here.", measure.title())
}
pub const DELIVERABLE: &str = "What";
pub const HOW_MANY: &str = "How many";
pub const MEASURE: &str = "Counted in";
pub const ADD_DELIVERABLE: &str = "Add a line";
pub const ADD_TIER: &str = "Add a tier";
pub const COPY_TIER: &str = "Copy the tier before";
pub const GUARANTEED_TIMES: &str = "Times a year for each school";
pub const GUARANTEED_HINT: &str = "How often a school may order it in a year. Leave it empty where that is not counted.";
pub const PRICE: &str = "Price";
pub const PRICE_MODEL: &str = "How it is priced";
pub const FLAT_PRICE: &str = "Price";
pub const BASE: &str = "Base";
pub const EACH_STUDENT: &str = "For each student";
pub const FLOOR: &str = "At least";
pub const CAP: &str = "At most";
pub const USUAL_QUANTITY: &str = "Usual quantity";
pub const FROM_QUANTITY: &str = "From";
pub const FROM_STUDENTS: &str = "From students";
pub const EACH: &str = "Each";
pub const BAND_PRICE: &str = "Price";
pub const ADD_BAND: &str = "Add a band";
pub const PROVIDER_PRICE: &str = "Provider's price";
pub const BROKERAGE: &str = "Brokerage";
pub const UP_TO: &str = "Up to students";
pub const UP_TO_HINT: &str = "The largest school that the last band covers. Leave it empty for no end.";
pub const EACH_POST: &str = "For each post";
pub const FULL_TIME: &str = "A full position for the year";
pub const USUAL_SHARE: &str = "Usual share";
pub const COST: &str = "What it costs you";
pub const COST_HINT: &str = "Leave it empty where the cost is known only later: schools then ask you for it.";
pub const PLUS: &str = "On top";
pub const QUOTE_EXPLAINED: &str = "Schools see “Quote on request” and ask you. It cannot go into a cart before you have quoted.";
pub const BESIDE_PRICE: &str = "Early price, terms of years, add-ons";
pub const EARLY: &str = "Early price";
pub const EARLY_UNTIL: &str = "If ordered until";
pub const REDUCED_BY: &str = "Less by";
pub const BY_SHARE: &str = "a share";
pub const BY_SUM: &str = "a sum";
pub const LESS: &str = "How much less";
pub const TERMS_OF_YEARS: &str = "Terms of more than one year";
pub const TERMS_OF_YEARS_HINT: &str = "One year is always offered. Who binds itself longer keeps the price.";
pub const YEARS: &str = "Term";
pub const LESS_EACH_YEAR: &str = "Less each year";
pub const ADD_TERM: &str = "Add a term";
pub const ADD_ONS_TITLE: &str = "Add-ons, each at its own price";
pub const ADD_ON: &str = "Add-on";
pub const CHARGED: &str = "Charged";
pub const NEW_ADD_ON: &str = "Add an add-on";
pub const WRITE_A_NUMBER: &str = "Write a whole number.";
pub const WRITE_A_SUM: &str = "Write a sum such as 1,234.56.";
pub const WRITE_A_PERCENTAGE: &str = "Write a percentage such as 15 or 7.5.";
pub const WRITE_A_DAY: &str = "Write a day such as 2027-03-31.";

/// The words for a price model's name.
pub fn model_title(model: &str) -> &'static str {
    match model {
        "flat" => "One price",
        "per_pupil" => "By student, with a base",
        "quantity_bands" => "By quantity, cheaper in volume",
        "enrollment_bands" => "By size of school",
        "brokered" => "Provider's price and brokerage",
        "per_post" => "By post of the school",
        "post_share" => "A share of a position",
        "cost_plus" => "Cost, and a share on top",
        "quote" => "Quote on request",
        _ => "Guaranteed, no charge",
    }
}

pub fn menu_lead(unit: &str) -> String {
    format!("{unit}. Schools see what is published; you change it here without anybody noticing, and a second person publishes it.")
}

pub fn edit_service(title: &str) -> String {
    format!("Edit {title}")
}

pub fn take_off_service(title: &str) -> String {
    format!("Take {title} off the menu")
}

pub fn missing_count(count: usize) -> String {
    if count == 1 { "1 thing missing".to_owned() } else { format!("{count} things missing") }
}

pub fn changes_to_publish(count: usize) -> String {
    if count == 1 { "1 service differs from the shelf.".to_owned() } else { format!("{count} services differ from the shelf.") }
}

pub fn missing_in(service: &str, count: usize) -> String {
    format!("{service}: {}", missing_count(count))
}

pub fn version(version: u32) -> String {
    format!("Version {version}")
}

pub fn tier_number(number: usize, name: &str) -> String {
    format!("Tier {number}: {name}")
}

pub fn remove_entry(number: usize) -> String {
    format!("Take out line {number}")
}

pub fn remove_add_on(number: usize) -> String {
    format!("Take out add-on {number}")
}

pub fn years(years: u8) -> String {
    format!("{years} years")
}

pub fn students(count: u32) -> String {
    format!("{count} students")
}
