//! Texts of delivery entries: what the timeline and notices say of disputes and of silence, and the screens.

use crate::money::Cents;
use crate::orders::DisputeReason;
use crate::orders::silence::{Silence, SilencePolicy};
use crate::time::Date;

// The timeline.
pub fn entry_words(counted: &str, day: Date) -> String {
    format!("{counted} on {}", day.to_words())
}

pub fn disputed(counted: &str, reason: DisputeReason) -> String {
    format!("Disputed the entry of {counted}: {}", reason.title().to_lowercase())
}

pub fn corrected(was: &str, is: &str) -> String {
    format!("Corrected the entry: {is} instead of {was}")
}

pub fn stood_by(counted: &str) -> String {
    format!("Stands by the entry of {counted}; the budget office decides")
}

pub fn upheld(counted: &str) -> String {
    format!("The entry of {counted} stands")
}

pub fn overruled(counted: &str) -> String {
    format!("The entry of {counted} does not stand; it is taken back")
}

pub fn confirmed_by_silence(counted: &str, amount: Cents, days: u16) -> String {
    format!("Confirmed by policy after {}: {counted}, {amount} spent", school_days(days))
}

pub const SILENCE_DISPUTE: &str = "Nobody answered. A receiver can still dispute it; the budget office then decides.";

pub fn entry_message_summary(counted: &str) -> String {
    format!("Wrote about the entry of {counted}")
}

pub fn school_days(days: u16) -> String {
    if days == 1 { "1 school day".to_owned() } else { format!("{days} school days") }
}

// Notices.
pub fn tell_silence(number: u32, counted: &str, day: Date) -> String {
    format!("Order {number}: {counted} will be confirmed by policy on {} unless you answer", day.to_words())
}

pub fn tell_confirmed_by_silence(number: u32, amount: Cents) -> String {
    format!("A delivery of order {number} over {amount} was confirmed by policy; dispute it on the order if it is not right")
}

pub fn tell_contested_office(number: u32, school: &str) -> String {
    format!("{school} disputes a delivery of order {number} that policy confirmed: reverse it, or let it stand")
}

pub fn tell_contested_unit(number: u32, reason: &str) -> String {
    format!("A delivery of order {number} that policy confirmed is disputed: {reason}; answer on the entry, the budget office decides")
}

pub fn tell_contested_school(number: u32) -> String {
    format!("A delivery of order {number} is in dispute after it was confirmed by policy; its money stays spent until the budget office decides")
}

pub fn tell_entry_message(number: u32, name: &str) -> String {
    format!("{name} wrote about a delivery of order {number}")
}

pub fn tell_corrected(number: u32, text: &str) -> String {
    format!("Order {number}: {text}; please confirm")
}

pub fn tell_stood_by_office(number: u32, unit: &str, school: &str) -> String {
    format!("{unit} stands by a delivery of order {number} that {school} disputes; please decide")
}

pub fn tell_stood_by_school(number: u32, unit: &str) -> String {
    format!("{unit} stands by a delivery of order {number}; the budget office decides, and reads what you write on the entry")
}

pub fn tell_upheld(number: u32, reason: &str) -> String {
    format!("The budget office let a disputed delivery of order {number} stand: {reason}")
}

pub fn tell_overruled_unit(number: u32, reason: &str) -> String {
    format!("The budget office took a disputed delivery of order {number} back: {reason}; log what is right, or agree on another day")
}

pub fn tell_overruled_school(number: u32) -> String {
    format!("The budget office took a disputed delivery of order {number} back; nothing was spent, and the unit owes it still")
}

pub fn tell_reversed_unit(number: u32, amount: Cents) -> String {
    format!("A confirmed delivery of order {number} was reversed: {amount} are no longer earned; log what is right, or agree on another day")
}

pub fn tell_reversed_school(number: u32, amount: Cents) -> String {
    format!("A confirmed delivery of order {number} was reversed: {amount} are committed again, and the unit owes it still")
}

// The screens.
pub const ENTRIES: &str = "Deliveries";
pub const ENTRIES_LEAD: &str = "What to log, to confirm and to settle, over all orders.";
pub const TO_LOG: &str = "To log";
pub const TO_LOG_EMPTY: &str = "Every order that has started is delivered. The next one stands here on the day it starts.";
pub const TO_CONFIRM: &str = "To confirm";
pub const TO_CONFIRM_EMPTY: &str = "Nothing waits for your word. What a unit delivers stands here until you confirm or dispute it.";
pub const IN_DISPUTE: &str = "In dispute";
pub const IN_DISPUTE_EMPTY: &str = "School and units agree about every delivery.";
pub const OTHER_DAY: &str = "Another day or a note";
pub const LESS: &str = "One less";
pub const MORE: &str = "One more";
pub const WHAT_IS_WRONG: &str = "What is not right?";
pub const CORRECT: &str = "Correct";
pub const CORRECT_TITLE: &str = "Correct this entry";
pub const STAND_BY: &str = "Stand by it";
pub const STAND_BY_TITLE: &str = "Stand by this entry";
pub const LET_STAND: &str = "Let it stand";
pub const LET_STAND_TITLE: &str = "Let the entry stand";
pub const TAKE_BACK: &str = "Take it back";
pub const TAKE_BACK_TITLE: &str = "Take the entry back";
pub const CONTEST: &str = "Dispute after all";
pub const WRITE: &str = "Write";
pub const WRITE_TITLE: &str = "Write about this entry";
pub const BY_POLICY: &str = "by policy";
pub const CONVERSATION: &str = "What was said about it";
pub const LOGGED_TOAST: &str = "Logged. The school confirms it.";
pub const CONFIRMED_TOAST: &str = "Confirmed.";

pub fn log_today(counted: &str) -> String {
    format!("Log {counted} today")
}

pub fn logged_of(logged: u32, ordered: &str) -> String {
    format!("{logged} of {ordered} logged")
}

pub fn last_on(day: Date) -> String {
    format!("last on {}", day.to_words())
}

/// What becomes of entries that nobody answers, in a sentence.
pub fn silence_words(silence: &Silence) -> String {
    match silence {
        Silence::Confirms(SilencePolicy { days, notice_days }) => {
            let told = if *notice_days == 0 { String::new() } else { format!(" The receivers are told {} before.", school_days(*notice_days)) };
            format!("What nobody answers within {} is confirmed by policy.{told}", school_days(*days))
        }
        Silence::NoPolicy => "Each delivery waits until a receiver answers.".to_owned(),
        Silence::Restricted { fund } => format!("A receiver confirms each delivery: {fund} is restricted money and needs somebody's word."),
        Silence::Outside => "A receiver confirms each delivery: outside providers are paid only for what somebody saw.".to_owned(),
    }
}

pub const CONFIRMS_BY_POLICY: &str = "Confirmed by policy unless answered";
