//! What is said of the waiting list.

use crate::time::Date;

pub const STILL_LEFT: &str = "So many are still left. Put it into the cart.";
pub const NOT_COUNTED: &str = "This package is not counted; it can always be ordered.";
pub const TWICE: &str = "The school stands in this line already. Leave it first to change the quantity or the start.";
pub const START_WRONG: &str = "Choose a start from today on within this fiscal year.";
pub const QUANTITY_WRONG: &str = "Write a whole number, at least 1.";
pub const OVER: &str = "The time to answer is over, and it was offered to the next. You can join the line again.";

// The audit record, notices.
pub fn joined(quantity: u32, title: &str) -> String {
    format!("Waits for {quantity} of {title}")
}

pub fn offered(school: &str, held: u32, title: &str) -> String {
    format!("Offered {held} of {title} to {school}")
}

pub fn accepted(held: u32, title: &str) -> String {
    format!("Took {held} of {title} from the waiting list into the cart")
}

pub fn left(title: &str) -> String {
    format!("Left the waiting list for {title}")
}

pub fn passed(school: &str, title: &str) -> String {
    format!("{school} did not answer in time; {title} goes to the next")
}

pub fn ended(school: &str, title: &str) -> String {
    format!("The year ended while {school} waited for {title}")
}

pub fn tell_offered(held: u32, title: &str, until: Date) -> String {
    format!("{title} has become free: {held} kept for you until {}. Take it or pass it on", until.to_words())
}

pub fn tell_passed(title: &str) -> String {
    format!("{title} was offered to the next school in line, because the answer did not come in time")
}

pub fn tell_ended(title: &str) -> String {
    format!("The fiscal year ended before {title} became free. Look at the new year's shelf")
}

pub const LINK: &str = "/cart";

// The screens
pub const TITLE: &str = "Waiting list";
pub const LEAD: &str = "What becomes free is offered in the order in which schools joined.";
pub const JOIN: &str = "Join the waiting list";
pub const JOIN_TEXT: &str = "Nothing is left now. What becomes free is offered to schools in the order in which they joined, and kept for you for two working days.";
pub const QUANTITY: &str = "How many";
pub const START: &str = "Wished start";
pub const JOINED: &str = "You are in line. We tell you when it becomes free.";
pub const ACCEPT: &str = "Take it";
pub const ACCEPTED: &str = "It is in your cart and kept for you.";
pub const PASS: &str = "Pass it on";
pub const LEAVE: &str = "Leave the line";
pub const GONE: &str = "You left the line.";
pub const EMPTY: &str = "Nobody waits.";
pub const SCHOOL: &str = "School";
pub const WHAT: &str = "Package";
pub const PLACE: &str = "Place";
pub const STATE: &str = "State";
pub const ACT: &str = "Answer";
pub const SINCE: &str = "Since";

pub fn position(position: u32) -> String {
    format!("{position} in line")
}

pub fn kept(held: u32) -> String {
    format!("{held} kept")
}

pub fn wanted(quantity: u32, start: Date) -> String {
    format!("{quantity}, from {}", start.to_words())
}

pub fn leave(title: &str) -> String {
    format!("Leave the line for {title}")
}

pub fn take(title: &str) -> String {
    format!("Take {title}")
}

pub const UNIT_LINK: &str = "/unit/calendar";

pub fn tell_joined(school: &str, quantity: u32, title: &str) -> String {
    format!("{school} waits for {quantity} of {title}")
}

// My desk
pub const DO_ANSWER: &str = "Take what became free, or pass it on";
pub const DO_SUBMIT: &str = "Submit what is kept for you";
pub const DO_WAIT: &str = "Offer what becomes free";

pub fn on_desk(title: &str, tier: &str, school: &str) -> String {
    format!("Waiting list: {title}, {tier} ({school})")
}
