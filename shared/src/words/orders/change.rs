//! Texts of changes of running orders.

use crate::money::Cents;
use crate::time::Date;

// What stands against a change.
pub const NOTHING_CHANGES: &str = "This is how the order stands. Change the quantity, the start or the tier.";
pub const DELIVERED_KEEPS_TIER: &str = "Something is logged already, so the tier stays. Swap the rest under “Plans changed?” instead.";
pub const DELIVERED_KEEPS_START: &str = "Something is logged already, so the start stays. Agree on the next days with the unit.";
pub const START_PASSED: &str = "That day has passed. Choose a start from today on.";
pub const START_OTHER_YEAR: &str = "The order is paid from one fiscal year. Choose a start within it.";
pub const OTHER_SERVICE: &str = "Choose another tier of the same service. For another service, swap the rest under “Plans changed?”.";
pub const NOT_CHANGEABLE: &str = "An order can be changed from its approval until everything is delivered.";
pub const OPEN_ALREADY: &str = "A change of this order is open already. Answer it, or take it back first.";
pub const OPEN_FIRST: &str = "A change of this order is open. Answer it, or take it back, and then do this.";
pub const NOT_YOUR_ANSWER: &str = "You proposed this. The other side answers; you can take it back.";
pub const YEAR_OVER: &str = "The order's fiscal year is over, so it can no longer be changed. Take the change back.";
pub const ORDER_MOVED: &str = "The order changed since this was proposed. Take the change back and propose it anew.";

pub fn below_delivered(units: u32) -> String {
    format!("{units} are logged or promised to another school already. Choose no fewer.")
}

pub fn below_spent(spent: Cents) -> String {
    format!("Deliveries of {spent} are confirmed, and so little would cost less. Choose more.")
}

pub fn price_now(price: Cents) -> String {
    format!("It comes to {price} now. Look at it again.")
}

// The timeline, the audit record, notices.
fn sides(before: &str, after: &str, (was, is): (Cents, Cents)) -> String {
    if was == is { format!("{before} → {after}, still {is}") } else { format!("{before} → {after}, {was} → {is}") }
}

/// `6 × Plus from 12 January 2027`.
pub fn side_words(quantity: u32, tier: &str, start: Date) -> String {
    format!("{quantity} × {tier} from {}", start.to_words())
}

pub fn proposed(before: &str, after: &str, prices: (Cents, Cents)) -> String {
    format!("Proposed a change: {}", sides(before, after, prices))
}

pub fn agreed(after: &str) -> String {
    format!("Agreed to the change: {after}")
}

pub fn refused(after: &str) -> String {
    format!("Refused the change: {after}")
}

pub fn withdrawn(after: &str) -> String {
    format!("Took the proposed change back: {after}")
}

pub fn changed(before: &str, after: &str, prices: (Cents, Cents)) -> String {
    format!("Changed: {}", sides(before, after, prices))
}

pub fn lapsed(after: &str) -> String {
    format!("The proposed change lapsed: {after}")
}

pub const LAPSED_WHY: &str = "The order ended before it was agreed; what was reserved for it is available again.";

pub fn reserved(amount: Cents) -> String {
    format!("{amount} are reserved for it.")
}

pub fn released(amount: Cents) -> String {
    format!("{amount} are available again.")
}

pub fn tell_proposed(number: u32, who: &str, after: &str) -> String {
    format!("{who} proposes a change of order {number}: {after}; please answer")
}

pub fn tell_agreed(number: u32, who: &str) -> String {
    format!("{who} agreed to the change of order {number}; it holds now")
}

pub fn tell_agreed_waits(number: u32, who: &str) -> String {
    format!("{who} agreed to the change of order {number}; what it adds waits for approval")
}

pub fn tell_refused(number: u32, who: &str) -> String {
    format!("{who} refused the change of order {number}; the order stays as it is")
}

pub fn tell_withdrawn(number: u32, who: &str) -> String {
    format!("{who} took back the change of order {number}; the order stays as it is")
}

pub fn tell_approver(number: u32, school: &str, price: Cents) -> String {
    format!("A change of order {number} of {school} brings it to {price} and waits for your approval")
}

pub fn tell_approved(number: u32) -> String {
    format!("The change of order {number} is approved and holds now")
}

pub fn tell_returned(number: u32) -> String {
    format!("The change of order {number} was not approved; the order stays as it is")
}

pub fn tell_lapsed(number: u32) -> String {
    format!("The open change of order {number} lapsed, as the order has ended")
}

pub fn title(number: u32, school: &str) -> String {
    format!("Change of order {number} of {school}")
}

// The desk.
pub const DO_ANSWER: &str = "Answer the proposed change";
pub const DO_WAIT: &str = "Answer the change you proposed";
pub const DO_APPROVE: &str = "Approve the change";

// The screens.
pub const CARD: &str = "Change this order";
pub const LEAD: &str = "Another quantity, start or tier. The other side agrees; more money than was approved is approved again.";
pub const PROPOSE: &str = "Propose a change";
pub const SEND: &str = "Propose it";
pub const TIER: &str = "Tier";
pub const BEFORE: &str = "Now";
pub const AFTER: &str = "Then";
pub const DIFFERENCE: &str = "Difference";
pub const WHAT: &str = "What";
pub const ADDED: &str = "More to pay";
pub const FREED: &str = "Becomes available again";
pub const WHO_PAYS: &str = "Who pays what is added";
pub const BOOKINGS: &str = "Booked days that no longer fit, and are taken back once it is agreed";
pub const STANDS_AGAINST: &str = "What stands against it";
pub const ACCEPT: &str = "Agree";
pub const REFUSE: &str = "Refuse";
pub const WITHDRAW: &str = "Take back";
pub const REFUSE_QUESTION: &str = "Why do you refuse this change?";
pub const WITHDRAW_QUESTION: &str = "Why do you take this change back?";
pub const NOTHING_PROPOSED: &str = "No change is proposed.";
pub const PAST: &str = "Earlier changes";
pub const RESTS: &str = "its clock rests until the question is answered";
pub const RESERVED_AT_ONCE: &str = "What it adds is reserved when you propose it, and free again if it is refused.";

/// `+$950.00`, `−$950.00`, or nothing.
pub fn signed(added: Cents, freed: Cents) -> String {
    if !added.is_zero() {
        format!("+{added}")
    } else if !freed.is_zero() {
        format!("−{freed}")
    } else {
        "no difference".to_owned()
    }
}

/// Until when a start can lie.
pub fn until(day: &str) -> String {
    format!("Until {day}")
}

pub fn proposed_by(name: &str, side: &str) -> String {
    format!("Proposed by {name}, {side}")
}
