//! Texts of the screens of orders: My desk, cart, lists, the order's page, approvals, the unit's board.

use crate::money::Cents;
use crate::orders::api::{Helped, OrderAction};
use crate::orders::{ApprovalState, DeliveryState, OrderState};

// My desk
pub const DESK: &str = "My desk";
pub const WAITS_FOR_ME: &str = "Waits for me";
pub const I_WAIT_FOR: &str = "I wait for";
pub const NOTHING_WAITS: &str = "Nothing waits for you. What needs you will stand here, with its day.";
pub const NOTHING_AWAITED: &str = "You wait for nobody. Orders that others have to act on will stand here.";
pub const OVERDUE: &str = "Overdue";
pub const NUMBERS: &str = "Numbers that matter";

pub fn desk_lead(name: &str, scope: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{name} · {scope}") }
}

pub fn waits_count(many: usize) -> String {
    match many {
        0 => "Nothing".to_owned(),
        1 => "1 thing, by due time".to_owned(),
        many => format!("{many} things, by due time"),
    }
}

// The cart
pub const CART: &str = "Cart";
pub const CART_LEAD: &str = "Nothing is committed before you submit. Prices and funds are looked at anew each time this page opens.";
pub const CART_IS_EMPTY: &str = "The cart is empty";
pub const CART_EMPTY_TEXT: &str = "Find a package on the shelf and put it in; here you see who pays, who approves and what is left.";
pub const TO_SHELF: &str = "Go to the shelf";
pub const NO_SCHOOL: &str = "You act for no school";
pub const NO_SCHOOL_TEXT: &str = "A cart belongs to a school. Ask your administrator for a role at one.";
pub const WITHOUT_GOAL: &str = "Without a plan goal";
pub const QUANTITY: &str = "Quantity";
pub const START: &str = "Start";
pub const GOAL: &str = "Plan goal";
pub const NO_GOAL: &str = "No goal";
pub const NOTE: &str = "Note to the unit";
pub const CHANGE: &str = "Change";
pub const SAVE_CHANGES: &str = "Save";
pub const TAKE_OUT: &str = "Take out";
pub const TAKEN_OUT: &str = "Taken out of the cart.";
pub const SAVED: &str = "Saved.";
pub const WHO_PAYS: &str = "Who pays";
pub const PROPOSED: &str = "Proposed: the most restricted money that may pay goes first.";
pub const BY_HAND: &str = "Split by hand";
pub const TAKE_PROPOSAL: &str = "Use the proposal";
pub const NOTHING_TO_PAY: &str = "Nothing to pay.";
pub const TOTAL: &str = "Total";
pub const BEFORE_AFTER: &str = "Budget with this cart";
pub const APPROVALS_AHEAD: &str = "Who has to approve";
pub const AT_ONCE: &str = "At once";
pub const SUBMIT: &str = "Submit";
pub const ONLY_PRINCIPAL: &str = "The principal submits. What you put in stays here for them.";
pub const FIX_FIRST: &str = "Look at the notes beside the packages first.";
pub const DRAFTED_BY: &str = "Put in by";
pub const ADD_FUND: &str = "Add a fund";
pub const FUND: &str = "Fund";
pub const SHARE: &str = "Share";
pub const PRICE_WITH_THIS: &str = "Price with this";
pub const WORKING: &str = "How the price comes about";

pub fn submitted_toast(many: usize) -> String {
    if many == 1 {
        "Submitted. You find the order on your desk.".to_owned()
    } else {
        format!("{many} orders submitted. You find them on your desk.")
    }
}

pub fn submit_sum(total: Cents) -> String {
    if total.is_zero() { SUBMIT.to_owned() } else { format!("{SUBMIT} · {total}") }
}

pub fn usual_hours(hours: u32) -> String {
    if hours == 1 { "usually within an hour".to_owned() } else { format!("usually within {hours} hours") }
}

pub fn share_of(fund: &str) -> String {
    format!("Share of {fund}")
}

pub fn split_left(sum: Cents, price: Cents) -> String {
    if sum == price {
        format!("The shares add up to {price}.")
    } else if sum < price {
        format!("{} of {price} are still to be paid.", price.saturating_sub(sum))
    } else {
        format!("The shares are {} more than {price}.", sum.saturating_sub(price))
    }
}

pub fn change_package(title: &str) -> String {
    format!("Change {title}")
}

pub fn left_of(available: Cents) -> String {
    format!("{available} available")
}

// Lists
pub const ORDERS: &str = "Orders";
pub const ORDERS_LEAD: &str = "Everything ordered that you may see, newest first.";
pub const STATE: &str = "State";
pub const ANY_STATE: &str = "Any state";
pub const FIND: &str = "Number, service, school or unit";
pub const NUMBER: &str = "Order";
pub const SERVICE: &str = "Service";
pub const SCHOOL: &str = "School";
pub const UNIT: &str = "Unit";
pub const PRICE: &str = "Price";
pub const SUBMITTED_WHEN: &str = "Submitted";
pub const WAITS_FOR: &str = "Waits for";
pub const DELIVERED_UNITS: &str = "Delivered";
pub const NO_ORDERS: &str = "No order fits. Change the filter, or put a package into the cart.";
pub const NOBODY: &str = "Nobody";
pub const APPROVALS: &str = "Approvals";
pub const APPROVALS_LEAD: &str = "Orders on which a row of the policy asks you. Nobody decides on what they drafted, changed or bought, or what somebody above them asked for.";
pub const NO_APPROVAL_FITS: &str = "None of them fits. Change the words above.";
pub const BECAUSE: &str = "Because";
pub const STEP: &str = "Step";
pub const DUE: &str = "By";
pub const NOT_YOURS: &str = "Another person decides";
pub const WHO_APPROVES: &str = "Who approves";
pub const BESIDE: &str = "The unit, meanwhile";
pub const CAN: &str = "It can";
pub const NO_BUT: &str = "No, but… – see what it offers";
pub const NOT_SAID_YET: &str = "Has yet to say whether it can";

pub fn step_of(step: u32, steps: u32) -> String {
    format!("{step} of {steps}")
}

pub fn deciding_for(name: &str) -> String {
    format!("for {name}")
}

/// `Denise Achterberg for Thomas Lindqvist`.
pub fn both_names(by: &str, acting_for: Option<&str>) -> String {
    acting_for.map_or_else(|| by.to_owned(), |other| format!("{by} for {other}"))
}

pub const fn approval_state(state: ApprovalState) -> &'static str {
    match state {
        ApprovalState::Waiting => "Comes after",
        ApprovalState::Open => "Decides now",
        ApprovalState::Approved => "Approved",
        ApprovalState::Returned => "Returned",
        ApprovalState::Void => "Not needed any more",
    }
}
pub const NO_APPROVALS: &str = "No order waits for approval.";
pub const BOARD: &str = "Our board";
pub const BOARD_LEAD: &str = "Orders to your unit by where they stand, the most urgent first.";
pub const NO_UNIT: &str = "You work for no unit";
pub const NO_UNIT_TEXT: &str = "The board belongs to a unit. Ask your administrator for a role at one.";
pub const LANE_EMPTY: &str = "Nothing here now.";
pub const IN_WORK: &str = "In work";
pub const ENDED: &str = "Lately ended";

// An order's page
pub const TIMELINE: &str = "Timeline";
pub const MONEY: &str = "Money";
pub const ENCUMBERED: &str = "Encumbered";
pub const SPENT: &str = "Spent";
pub const FREE: &str = "Not yet committed";
pub const ACCOUNT: &str = "Account";
pub const DELIVERIES: &str = "Deliveries";
pub const NO_DELIVERIES: &str = "Nothing was delivered yet.";
pub const DAY: &str = "Day";
pub const WHAT: &str = "What";
pub const AMOUNT: &str = "Amount";
pub const ENTRY_STATE: &str = "State";
pub const DECIDE: &str = "What now";
pub const BUYER: &str = "Bought by";
pub const CONTACT: &str = "Contact";
pub const TIER: &str = "Tier";
pub const TERMS: &str = "Terms";
pub const CONFIRM: &str = "Confirm";
pub const DISPUTE: &str = "Dispute";
pub const RETRACT: &str = "Take back";
pub const REVERSE: &str = "Reverse";
pub const REASON: &str = "Reason";
pub const REASON_HINT: &str = "One or two sentences; the other side reads them.";
pub const SEND: &str = "Send";
pub const MESSAGE: &str = "Message";
pub const MESSAGE_HINT: &str = "Seen by the school, the unit and the budget office.";
pub const MESSAGES_AND_FACTS: &str = "Facts and messages, newest first";
pub const STARS: &str = "How good was it?";
pub const DID_IT_HELP: &str = "Did it help the goal?";
pub const HOURS_SAVED: &str = "Hours saved";
pub const IN_OWN_WORDS: &str = "In your own words";
pub const EXPLANATION: &str = "Why not, in words the school can use";
pub const WHY_NOT: &str = "Reason";
pub const ALTERNATIVES: &str = "Instead";
pub const ALTERNATIVE: &str = "Package";
pub const ADD_ALTERNATIVE: &str = "Add an alternative";
pub const RULE_QUOTED: &str = "The rule, quoted";
pub const TALK: &str = "Offer to talk";
pub const TALK_HINT: &str = "A name and a time.";
pub const TAKE_THIS: &str = "Take this";
pub const ONE_MORE_ALTERNATIVE: &str = "Another alternative";
pub const PAID_FROM: &str = "Paid first from";
pub const PAID_AS_BEFORE: &str = "As it is paid now";
pub const OTHER_TIER: &str = "Other tier";
pub const OTHER_DATE: &str = "Other date";
pub const OTHER_FUND: &str = "Other fund";
pub const OTHER_UNIT: &str = "Other unit";
pub const OTHER_SERVICE: &str = "Other service";
pub const OTHER_QUANTITY: &str = "Other quantity";

/// `Then Literacy answers`.
pub fn answers_then(unit: &str) -> String {
    format!("Then {unit} answers")
}

pub fn alternative_number(number: usize) -> String {
    format!("Alternative {number}")
}
pub const NEEDS_APPROVAL: &str = "Needs a new approval";
pub const INSIDE_ENVELOPE: &str = "Inside what was approved";
pub const ASKED_FOR: &str = "You asked for";
pub const OFFERED: &str = "Offered instead";
pub const RULE: &str = "The rule";
pub const NO_ORDER: &str = "No such order";
pub const RATED: &str = "The buyer's answer";
pub const NOTHING_TO_DO: &str = "Nothing is for you to do here now.";

pub fn drawdown(delivered: u32, ordered: u32, word: &str) -> String {
    format!("{delivered} of {} confirmed", super::counted(ordered, word))
}

pub const fn action_title(action: OrderAction) -> &'static str {
    match action {
        OrderAction::Edit => "Put back into the cart",
        OrderAction::Approve => "Approve",
        OrderAction::Return => "Return…",
        OrderAction::Accept => "Accept…",
        OrderAction::Counter => "No, but…",
        OrderAction::Take => "Take an alternative",
        OrderAction::Withdraw => "Withdraw…",
        OrderAction::Cancel => "Cancel by the terms…",
        OrderAction::LogDelivery => "Log a delivery…",
        OrderAction::Close => "Answer and close…",
        OrderAction::Comment => "Write a message",
    }
}

/// The title of the dialog behind an action.
pub const fn action_question(action: OrderAction) -> &'static str {
    match action {
        OrderAction::Edit => "Put back into the cart",
        OrderAction::Approve => "Approve this order",
        OrderAction::Return => "Return this order",
        OrderAction::Accept => "Accept this order",
        OrderAction::Counter => "No, but…",
        OrderAction::Take => "Take an alternative",
        OrderAction::Withdraw => "Withdraw this order",
        OrderAction::Cancel => "Cancel by the terms",
        OrderAction::LogDelivery => "Log a delivery",
        OrderAction::Close => "Did it help?",
        OrderAction::Comment => "Write a message",
    }
}

pub const fn entry_title(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Logged => "Waits for the school",
        DeliveryState::Confirmed => "Confirmed",
        DeliveryState::Disputed => "Disputed",
        DeliveryState::StoodBy => "Unit stands by it",
        DeliveryState::Contested => "Disputed after policy",
        DeliveryState::Reversed => "Taken back",
    }
}

pub const fn helped_title(helped: Helped) -> &'static str {
    match helped {
        Helped::Yes => "Yes",
        Helped::Partly => "Partly",
        Helped::No => "No",
    }
}

/// Who did it, and for whom.
pub fn by_for(name: &str, absent: &str) -> String {
    format!("{name} for {absent}, who was away")
}

pub fn order_head(number: u32, title: &str) -> String {
    format!("{title} · order {number}")
}

pub fn for_price(tier: &str, price: Cents) -> String {
    format!("{tier} for {}", super::price_words(price))
}

pub fn waits(owner: &str, action: &str) -> String {
    format!("{owner}: {}", action.to_lowercase())
}

/// Where an order stands among the steps that every order takes.
pub const STEPS: [(OrderState, &str); 6] = [
    (OrderState::Submitted, "Submitted"),
    (OrderState::Approved, "Approved"),
    (OrderState::Accepted, "Accepted"),
    (OrderState::InDelivery, "In delivery"),
    (OrderState::Delivered, "Delivered"),
    (OrderState::Closed, "Closed"),
];
pub const STEPS_LABEL: &str = "Where the order stands";

pub const QUANTITY_WHOLE: &str = "Write a whole number, at least 1.";
pub const START_MISSING: &str = "Choose the day on which it starts.";
pub const NOT_AN_AMOUNT: &str = "Write an amount such as 1234.50.";

pub fn starts(start: crate::time::Date) -> String {
    format!("starts {}", start.to_words())
}

pub fn put_in_by(name: &str) -> String {
    format!("put in by {name}")
}

pub const NO_ALTERNATIVE: &str = "None: I quote the rule and offer to talk";

pub fn package_title(service: &str, tier: &str) -> String {
    format!("{service} · {tier}")
}
