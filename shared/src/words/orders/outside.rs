//! Texts of an outside provider's own view.

use crate::time::Date;

pub const OUR_ORDERS: &str = "Our orders";
pub const OUR_ORDERS_LEAD: &str = "What schools ordered of you: what, where, when. Record what you delivered; the school confirms it.";
pub const NO_ORDERS: &str = "No order yet";
pub const NO_ORDERS_TEXT: &str = "Once a school's order is agreed it stands here. The unit that brokers you tells you by mail, too.";
pub const NO_PROVIDER: &str = "You work for no provider at present";
pub const NO_PROVIDER_TEXT: &str = "Ask the unit that brokered you to invite you again.";
pub const SCHOOL: &str = "School";
pub const CONTACT: &str = "Ask";
pub const STARTS: &str = "Starts";
pub const BOOKED_DAYS: &str = "Booked days";
pub const NO_DAYS: &str = "No day is booked yet";
pub const RECORDED: &str = "Recorded";
pub const RECORD_DELIVERY: &str = "Record a delivery";
pub const DAY: &str = "Day";
pub const LAST_DAY: &str = "Last day";
pub const HOW_MUCH: &str = "How much";
pub const NOTE: &str = "What was done";
pub const RECORD: &str = "Record";
pub const RECORDED_TOAST: &str = "Recorded. The school confirms it.";
pub const WRITE_A_NUMBER: &str = "Write how many.";
pub const CHOOSE_DAY: &str = "Choose the day.";

pub fn brokered_by(unit: &str, contact: &str) -> String {
    format!("Brokered by {unit}. Ask {contact}.")
}

pub fn progress(delivered: u32, confirmed: u32, ordered: &str) -> String {
    format!("{delivered} recorded, {confirmed} confirmed of {ordered}")
}

pub fn from_day(day: Date) -> String {
    format!("From {}; only school days count.", day.to_words())
}
