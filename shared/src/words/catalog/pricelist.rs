//! Texts of importing price lists: what is wrong with a line, what a person has to look at.

use crate::money::Cents;

pub const LIST_EMPTY: &str = "The list has no lines. Its first line names the columns, the others are prices.";
pub const SERVICE_BLANK: &str = "The service has no name.";
pub const CURRENCY_UNKNOWN: &str = "Write the currency as three letters, such as USD.";
pub const PRICE_UNREADABLE: &str = "This is no sum. Write it as 1234.56, and what it is for in the column of the basis.";
pub const PRICE_BLANK: &str = "The price is blank. Write it, or write “quote” as its basis.";
pub const PRICE_ZERO: &str = "A price of nothing is written as “no charge”.";
pub const FREE_WITH_PRICE: &str = "“No charge” and a price contradict each other.";
pub const BASIS_BLANK: &str = "Say what the price is for, such as “per day” or “flat”.";
pub const BASIS_UNKNOWN: &str =
    "This basis is not known. Write for example: flat, per day, per pupil, per post, band by pupils, cost plus 5%, quote, no charge.";
pub const BAND_WITHOUT_RANGE: &str = "Say for how many pupils, such as “51-150” or “over 300 pupils”.";
pub const KIND_UNKNOWN: &str = "What kind of help this is could not be told from its name; it stands under professional learning.";

pub const WORTH_UNREADABLE: &str = "Write what one of the currency is worth, such as 1.27.";
pub const IMPORT_LIST: &str = "Take in a price list";
pub const IMPORT_LIST_LEAD: &str = "A published list of prices becomes drafts of this edition: services, tiers and prices. What the list does not say stays empty, and the checklist asks you for it.";
pub const LIST_COLUMNS: &str =
    "Columns: service and price; where it has them option, price basis, note, publisher, currency. Other columns are not looked at.";
pub const CHOOSE_LIST: &str = "Choose a list to see what it would become.";
pub const TAKE_LIST: &str = "Take it in as drafts";
pub const LIST_TAKEN: &str = "Taken in. The checklist of each service says what is still missing.";
pub const NOTHING_TO_TAKE: &str = "No line of this list can be taken. Correct what is named below and choose it again.";
pub const PROBLEMS_FIRST: &str = "Lines with problems stay out; the others can be taken.";
pub const WHAT_BECOMES: &str = "What becomes of each line";
pub const LINE: &str = "Line";
pub const AS_PUBLISHED: &str = "As published";
pub const BECOMES: &str = "Becomes";
pub const LOOK_AT: &str = "Needs a person";
pub const PROBLEM_LINES: &str = "Lines that cannot be taken";
pub const PROBLEM: &str = "What is wrong";
pub const WORTH_HINT: &str = "1 takes the numbers as they are.";
pub const ON_MENU_ALREADY: &str = "is on the menu already and was left as it is";

pub fn column_missing(name: &str, known: &str) -> String {
    format!("The column “{name}” is missing. Headings such as {known} are known.")
}

pub fn list_too_large(bytes: usize) -> String {
    format!("This is larger than a price list: at most {bytes} bytes. Split it and take the parts.")
}

pub fn list_too_long(lines: usize) -> String {
    format!("A list has at most {lines} lines. Split it and take the parts.")
}

pub fn cells_differ(here: usize, wanted: usize) -> String {
    format!("This line has {here} cells, the first line {wanted}. Put texts with commas into quotes.")
}

pub fn currency_foreign(currency: &str, own: &str) -> String {
    format!(
        "This price is in {currency}, and the district counts in {own}. Say what one {currency} is worth, or take the numbers as they are with 1."
    )
}

pub fn in_currency(sum: Cents, currency: &str) -> String {
    format!("{} {currency}", sum.to_string().replacen('$', "", 1))
}

pub fn was_foreign(line: u32, sum: &str) -> String {
    format!("Line {line} was published as {sum}.")
}

pub fn kept_as_words(line: u32, clause: &str) -> String {
    format!("Line {line}: “{clause}” is kept in its words; no price follows from it.")
}

pub fn needs_formula(line: u32) -> String {
    format!("Line {line} is shared out by a formula that the list does not give; schools ask for a quote until you price it.")
}

pub fn said_already(line: u32) -> String {
    format!("Line {line} names this option already. Give each its own name.")
}

pub fn band_overlaps(line: u32) -> String {
    format!("This band overlaps with line {line}, or does not follow it.")
}

pub fn band_gap(to: u32, from: u32) -> String {
    format!("Between {to} and {from} there is no price. Add the band that is missing.")
}

pub fn band_between(name: &str, count: u32) -> String {
    format!("{name}: exactly {count} is in neither band; it is priced as the band below.")
}

pub fn smaller_unpriced(name: &str, from: u32) -> String {
    format!("{name}: below {from} students no price is published; such schools ask.")
}

pub fn larger_unpriced(name: &str, to: u32) -> String {
    format!("{name}: above {to} no price is published; the last price goes on.")
}

pub fn split_into(parts: usize) -> String {
    format!("More tiers than one service holds: it became {parts} services.")
}

pub fn worth_of(currency: &str) -> String {
    format!("One {currency} in dollars")
}

/// `36 services with 58 tiers from 77 lines`.
pub fn list_becomes(services: usize, tiers: usize, lines: usize) -> String {
    format!("{services} services with {tiers} tiers from {lines} lines")
}

pub fn lines_refused(count: usize) -> String {
    if count == 1 { "1 line cannot be taken".to_owned() } else { format!("{count} lines cannot be taken") }
}

pub fn took_list(file: &str, services: usize, left: usize) -> String {
    format!("Took {file} in: {services} services as drafts, {left} left as they are")
}
