//! What the timeline, notices and mails say of an order.

use crate::identity::Role;
use crate::money::Cents;
use crate::orders::NoReason;
use crate::time::Date;

pub const BUDGET_OFFICE: &str = "Budget office";

/// Whose turn a step of an approval is.
pub const fn decider(role: Role) -> &'static str {
    if matches!(role, Role::BudgetOfficer) { BUDGET_OFFICE } else { role.title() }
}

// The timeline.
pub const DRAFTED: &str = "Put into the cart";
pub const EDITED: &str = "Changed in the cart";
pub const SUBMITTED: &str = "Submitted";
pub const APPROVED: &str = "Approved";
pub const AVAILABLE: &str = "The unit can do it; the order waits for its approval only";
pub const BACK_IN_CART: &str = "Put back into the cart";
pub const WITHDRAWN: &str = "Withdrawn by the school";
pub const CLOSED: &str = "Closed";
pub const NOTHING_TO_APPROVE: &str = "Nothing to pay, so nothing to approve";

pub fn returned_by(role: Option<Role>) -> String {
    format!("Returned: {}", role.map_or(BUDGET_OFFICE, decider))
}

pub fn step_taken(next: Role) -> String {
    format!("Approved one step; next: {}", decider(next))
}

pub fn step_summary(next: Role) -> String {
    format!("Approved one step; {} decides next", decider(next))
}

// Why somebody whose role would decide may not.
pub const BARRED_REQUESTER: &str =
    "You, or whom you stand in for, drafted, changed or bought this. Another person of the same role has to decide.";
pub const BARRED_SUBORDINATE: &str =
    "You, or whom you stand in for, report to somebody who asked for this. Another person of the same role has to decide.";
pub const BARRED_PAPERS: &str =
    "You recorded or checked papers of this outside provider within thirty days. Another person of the same role has to decide.";
pub const BARRED_EARLIER: &str = "You decided an earlier step of this order. Every step takes another person.";

pub fn approved_by_policy(limit: Cents) -> String {
    format!("Approved by policy: up to {limit}")
}

pub fn approved_within(envelope: Cents) -> String {
    format!("Inside the approved {envelope}: no new approval needed")
}

pub fn accepted(contact: &str, start: Date) -> String {
    format!("Accepted: starts {}, contact {contact}", start.to_words())
}

/// What the unit said beside the approval.
pub fn accepted_detail(contact: &str, start: Date, note: &str) -> String {
    let what = format!("Starts {}, contact {contact}", start.to_words());
    if note.is_empty() { what } else { format!("{what}. {note}") }
}

pub fn countered(reason: NoReason) -> String {
    format!("No, but… {}", reason.title())
}

pub fn took(title: &str, price: Cents) -> String {
    format!("Took the alternative: {title}, {price}")
}

pub fn cancelled(fee: Cents, released: Cents) -> String {
    if fee.is_zero() {
        format!("Cancelled free of charge; {released} are available again")
    } else {
        format!("Cancelled by the terms: {fee} kept by the unit, {released} are available again")
    }
}

pub fn logged(counted: &str, day: Date) -> String {
    format!("Delivered {counted} on {}", day.to_words())
}

pub fn confirmed(counted: &str, amount: Cents) -> String {
    format!("Confirmed {counted}: {amount} spent")
}


pub fn retracted(counted: &str) -> String {
    format!("Took back the entry of {counted}")
}

pub fn reversed(counted: &str, amount: Cents) -> String {
    format!("Reversed {counted}: {amount} are committed again")
}

pub fn rated(stars: u8) -> String {
    if stars == 1 { "Closed with 1 star".to_owned() } else { format!("Closed with {stars} stars") }
}

// Notices, one sentence each: they are the mail's subject too.
pub fn tell_approver(number: u32, school: &str, price: Cents) -> String {
    format!("Order {number} of {school} over {price} waits for your approval")
}

pub fn tell_unit(number: u32, school: &str, title: &str) -> String {
    format!("{school} ordered {title} (order {number}); please answer")
}

/// The unit looks at it beside the approval.
pub fn tell_unit_beside(number: u32, school: &str, title: &str) -> String {
    format!("{school} asks for {title} (order {number}); please say whether you can while it is being approved")
}

pub fn tell_unit_go(number: u32, school: &str, start: Date) -> String {
    format!("Order {number} of {school} is approved, as you said that you can; it starts {}", start.to_words())
}

pub fn tell_unit_waits(number: u32, school: &str) -> String {
    format!("Order {number} is approved; {school} has yet to choose among what you offered")
}

pub fn tell_unit_returned(number: u32, school: &str) -> String {
    format!("Order {number} was not approved and went back to {school}; you need not hold anything for it")
}

pub fn tell_available(number: u32, unit: &str) -> String {
    format!("{unit} can do order {number}; it starts once it is approved")
}

pub fn tell_approved_and_accepted(number: u32, title: &str, start: Date) -> String {
    format!("Order {number}, {title}, is approved and accepted; it starts {}", start.to_words())
}

pub fn tell_approved_choose(number: u32) -> String {
    format!("Order {number} is approved; the unit said “no, but…”: please choose among what it offers")
}

pub fn tell_approved(number: u32, title: &str) -> String {
    format!("Order {number}, {title}, is approved")
}

pub fn tell_returned(number: u32, reason: &str) -> String {
    format!("Order {number} came back: {reason}")
}

pub fn tell_accepted(number: u32, unit: &str, start: Date) -> String {
    format!("{unit} accepted order {number}; it starts {}", start.to_words())
}

pub fn tell_countered(number: u32, unit: &str) -> String {
    format!("{unit} answered order {number}: “no, but…”; please look at what it offers")
}

pub fn tell_moved(number: u32, school: &str, unit: &str) -> String {
    format!("{school} took your alternative for order {number}; {unit} answers it now")
}

pub fn moved_to(unit: &str) -> String {
    format!("The order went to {unit}, which answers it")
}

pub fn tell_taken(number: u32, school: &str) -> String {
    format!("{school} took your alternative for order {number}")
}

pub fn tell_withdrawn(number: u32, school: &str) -> String {
    format!("{school} took order {number} back")
}

pub fn tell_cancelled(number: u32, school: &str) -> String {
    format!("{school} cancelled order {number} by the terms")
}

pub fn tell_logged(number: u32, counted: &str) -> String {
    format!("Delivered for order {number}: {counted}. Please confirm")
}

pub fn tell_confirmed(number: u32, amount: Cents) -> String {
    format!("A delivery of order {number} was confirmed: {amount} earned")
}

pub fn tell_disputed(number: u32, reason: &str) -> String {
    format!("A delivery of order {number} is disputed: {reason}")
}

pub fn tell_retracted(number: u32) -> String {
    format!("A delivery entry of order {number} was taken back")
}


pub fn tell_delivered(number: u32) -> String {
    format!("Order {number} is delivered; did it help? One question closes it")
}

pub fn tell_closed(number: u32, stars: u8) -> String {
    format!("Order {number} was closed with {stars} of 5 stars")
}

pub fn tell_comment(number: u32, name: &str) -> String {
    format!("{name} wrote on order {number}")
}

// Mail.
/// Subjects stay on one line and are bounded.
pub fn mail_subject(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(150).collect()
}

pub fn mail_text(name: &str, text: &str, address: &str) -> String {
    format!("Hello {name},\n\n{text}.\n\nLook at it here:\n{address}\n\nA mail never decides anything: sign in to act.\n")
}

// The audit record.
pub fn drafted_summary(title: &str, price: Cents) -> String {
    format!("Put {title} into the cart for {price}")
}

pub fn edited_summary(title: &str, price: Cents) -> String {
    format!("Changed {title} in the cart; it costs {price}")
}

pub fn removed_summary(title: &str) -> String {
    format!("Took {title} out of the cart")
}

pub fn submitted_summary(numbers: &str, total: Cents) -> String {
    format!("Submitted {numbers} over {total}")
}

pub fn approved_summary(price: Cents) -> String {
    format!("Approved {price}; it is encumbered")
}

pub fn returned_summary(price: Cents) -> String {
    format!("Returned; {price} are available again")
}

pub fn comment_summary() -> String {
    "Wrote on the timeline".to_owned()
}

/// An act of a deputy, with both names kept.
pub fn acted_for(summary: &str, absent: &str) -> String {
    format!("{summary} (for {absent}, who is away)")
}

// Who has to act next.
pub const DO_APPROVE: &str = "Approve";
pub const DO_ANSWER: &str = "Answer";
pub const DO_CHECK: &str = "Say whether you can";
pub const DO_CORRECT: &str = "Look at why it came back";
pub const DO_CHOOSE: &str = "Choose an alternative";
pub const DO_DELIVER: &str = "Deliver";
pub const DO_CONFIRM: &str = "Confirm delivery";
pub const DO_SETTLE: &str = "Decide about a disputed delivery";
pub const DO_CLOSE: &str = "Say whether it helped";
pub const DO_SUBMIT: &str = "Submit the cart";
pub const RECEIVER: &str = "A receiver";

/// What waits for a colleague who is away.
pub fn for_absent(action: &str, absent: &str) -> String {
    format!("{action}, for {absent}, who is away")
}

pub fn of_school(role: &str, school: &str) -> String {
    format!("{role}, {school}")
}

pub fn of_unit(contact: &str, unit: &str) -> String {
    if contact.is_empty() { unit.to_owned() } else { format!("{contact}, {unit}") }
}

// What submitting would refuse.
pub fn package_gone(title: &str) -> String {
    format!("{title} is not on sale any more. Take it out, or choose another tier.")
}

pub fn goal_needed(fund: &str) -> String {
    format!("{fund} pays only for what the school plan names. Choose a plan goal.")
}

pub const GOAL_FOR_LARGE: &str = "Orders above the small-order amount name the plan goal they serve. Choose one.";
pub const SPLIT_OPEN: &str = "The shares do not add up to the price. Adjust them, or take the proposal.";

pub fn fund_short(fund: &str, left: Cents) -> String {
    format!("{fund} has only {left} left. Lower its share or choose another fund.")
}

pub fn fund_says_no(fund: &str, why: &str) -> String {
    format!("{fund} may not pay for this: {why}")
}

pub fn fund_undecided(fund: &str) -> String {
    format!("The budget office has yet to decide what {fund} may pay for. Choose another fund or ask the budget office.")
}

pub fn not_fundable(short: Cents) -> String {
    format!("The funds that may pay are {short} short. Choose a smaller tier or ask the budget office.")
}

pub const START_FULL: &str = "That part of the year is full by your own limit. Choose another start, or raise the limit on your calendar.";

pub fn capacity_left(left: u32) -> String {
    if left == 0 {
        "The unit has nothing left of this. Join the waiting list, or choose another start or tier.".to_owned()
    } else {
        format!("The unit has only {left} left of this. Lower the quantity, or join the waiting list for more.")
    }
}

pub fn price_now(title: &str, price: Cents) -> String {
    format!("{title} costs {price} now. Look at it again, then submit.")
}

// Approval forecast.
pub fn forecast_policy(limit: Cents) -> String {
    format!("Up to {limit} per unit is approved by policy, at once.")
}

pub fn forecast_office(limit: Cents) -> String {
    format!("Above {limit} per unit the budget office approves.")
}

pub const FORECAST_FREE: &str = "Nothing to pay, so nothing to approve.";
pub const REMOVED: &str = "Taken out of the cart";
pub const APPROVED_BY_POLICY: &str = "Approved by policy";

// What a form or a command refuses.
pub const BAD_CURSOR: &str = "This page of the list cannot be found. Start from the first page.";
pub const START_PASSED: &str = "That day has passed. Choose a start from today on.";
pub const START_OTHER_YEAR: &str = "The order is paid from one fiscal year. Choose a start within it.";
pub const GOAL_UNKNOWN: &str = "That goal is not in this year's plan. Choose another.";
pub const TOO_MANY: &str = "That is more than can be counted. Order less.";
pub const CART_EMPTY: &str = "The cart is empty. Put a package into it first.";
pub const DELIVERY_OPEN: &str = "A delivery waits to be confirmed. Confirm or dispute it first, or ask the unit to take it back.";
pub const SAY_WHY: &str = "Say why, in a sentence the school can use.";
pub const NO_NEEDS_BUT: &str = "Offer at least one alternative, or quote the rule that binds you and offer to talk.";
pub const OFFER_TO_TALK: &str = "A rule alone is not an answer: offer to talk, with a name and a time.";
pub const FUND_UNFIT: &str = "That fund may not pay for this at the school. Choose another, or leave it open.";
pub const ALTERNATIVE_GONE: &str = "This package is not on sale. Choose another.";
pub const NOT_IN_FUTURE: &str = "That day has not come yet. Log what was delivered when it was.";
pub const STARS_RANGE: &str = "Choose one to five stars.";

pub fn cart_full(limit: usize) -> String {
    format!("A cart holds at most {limit} packages. Submit these first, or take one out.")
}

pub fn too_many_alternatives(limit: usize) -> String {
    format!("At most {limit} alternatives; more do not help to choose.")
}

pub fn units_left(left: u32) -> String {
    if left == 0 {
        "Everything that was ordered is logged already.".to_owned()
    } else {
        format!("At least 1 and at most {left}: that is what is left to deliver.")
    }
}

pub fn not_before(start: Date) -> String {
    format!("The order starts {}. Choose that day or a later one.", start.to_words())
}

pub fn hours_range(limit: u32) -> String {
    format!("At most {limit} hours.")
}

pub fn goal_title(number: u8, title: &str) -> String {
    format!("Goal {number} · {title}")
}

pub fn plan_exceeded(fund: &str, amount: Cents) -> String {
    format!("Somebody ordered from {fund} meanwhile: your plan puts {amount} of it under this goal. Look at the cart again.")
}
