//! Texts of the approval policy's page, of “What may I decide?”, and of standing in for somebody.

use crate::id::FundId;
use crate::identity::Role;
use crate::money::Cents;
use crate::orders::approval::PolicyRow;
use crate::orders::policy_api::RowWords;
use crate::time::Date;

// The policy's page
pub const POLICY: &str = "Approval policy";
pub const POLICY_LEAD: &str =
    "Rows say who decides on an order, in which order and by when. All rows that speak of an order are asked together. Who proposes a version never puts it in force.";
pub const IN_FORCE: &str = "In force";
pub const PROPOSED_VERSION: &str = "Waits for a second person";
pub const EARLIER_VERSION: &str = "Not in force";
pub const NEW_VERSION: &str = "Write a new version";
pub const PROPOSE_VERSION: &str = "Propose this version";
pub const VERSION_PROPOSED: &str = "Proposed. It holds from its day on once somebody else has put it in force.";
pub const PUT_IN_FORCE: &str = "Put in force";
pub const TAKE_VERSION_BACK: &str = "Take back";
pub const PREVIEW: &str = "What would have changed?";
pub const PREVIEW_NOTHING: &str = "None of last quarter's orders would have gone another way.";
pub const BEFORE: &str = "As it is";
pub const AFTER: &str = "With this version";
pub const ROW_TITLE: &str = "Title";
pub const OVER_AMOUNT: &str = "Over";
pub const UP_TO: &str = "Up to";
pub const UP_TO_HINT: &str = "Empty: however large.";
pub const FUNDS: &str = "Funds";
pub const WHO_DELIVERS: &str = "Who delivers";
pub const ANYBODY: &str = "Anybody";
pub const ANY_FUND: &str = "Any fund";
pub const KIND_OF_HELP: &str = "Kind of help";
pub const EVERY_KIND: &str = "Every kind";
pub const FIRST_STEP: &str = "Decides first";
pub const THEN_STEP: &str = "Then";
pub const NOBODY_ELSE: &str = "Nobody else";
pub const WITHIN_DAYS: &str = "Working days for each step";
pub const ADD_ROW: &str = "Add a row";
pub const REMOVE_ROW: &str = "Remove this row";
pub const HOLDS_FROM: &str = "Holds from";
pub const SMALL_ORDERS: &str = "Small orders up to";
pub const SMALL_ORDERS_HINT: &str = "They need not name a plan goal where the fund's rule does not ask for one.";
pub const WINDOW: &str = "School days that count together";
pub const WHY_THIS_VERSION: &str = "Why";
pub const POLICY_FROM_TOMORROW: &str = "Choose tomorrow or later; what was submitted today was judged by today's policy.";
pub const POLICY_DAY_PASSED: &str = "Its day has come already. Take it back and propose it again for a later day.";
pub const POLICY_NOT_OPEN: &str = "Somebody decided on it meanwhile, or another version begins on the same day. Look at the list again.";
pub const POLICY_LINK: &str = "/policy";

pub fn version_from(from: Date) -> String {
    format!("From {}", from.to_words())
}

pub fn policy_title(from: Date) -> String {
    format!("Approval policy from {}", from.to_words())
}

pub fn policy_proposed(from: Date, rows: usize) -> String {
    format!("Proposed an approval policy of {rows} rows from {}", from.to_words())
}

pub fn policy_confirmed(from: Date) -> String {
    format!("Put the approval policy from {} in force", from.to_words())
}

pub fn policy_withdrawn(from: Date) -> String {
    format!("Took the proposed approval policy from {} back", from.to_words())
}

pub fn proposed_and_confirmed(by: Option<&str>, confirmed: Option<&str>) -> String {
    match (by, confirmed) {
        (None, _) => "The product's starting rows".to_owned(),
        (Some(by), None) => format!("Proposed by {by}"),
        (Some(by), Some(other)) => format!("Proposed by {by}, put in force by {other}"),
    }
}

pub fn window_words(window_days: u16, small: Cents) -> String {
    format!("Orders of a school to one seller within {window_days} school days count together. Up to {small} no plan goal is asked for.")
}

pub fn preview_lead(changed: usize, orders: u32, from: Date, until: Date) -> String {
    format!("{changed} of {orders} orders from {} to {} would have gone another way.", from.to_words(), until.to_words())
}

/// A row in words.
pub fn row_words(row: &PolicyRow, title_of: impl Fn(FundId) -> String) -> RowWords {
    let mut about = vec![super::amounts(row), super::funds(row.funds, title_of)];
    about.push(row.provider.map_or_else(|| "whoever delivers".to_owned(), |kind| kind.title().to_lowercase()));
    if !row.categories.is_empty() {
        about.push(row.categories.iter().map(|category| category.title()).collect::<Vec<_>>().join(", "));
    }
    RowWords { title: super::row_title(row), about: about.join(" · "), steps: super::steps(&row.steps) }
}

// What may I decide?
pub const DECISIONS: &str = "What may I decide?";
pub const DECISIONS_LEAD: &str = "Your rights, from the same rows that the product itself asks.";
pub const MY_ROLES: &str = "My roles";
pub const NO_ROLE_YET: &str = "You hold no role yet. Ask your administrator.";
pub const WHO_ELSE_DECIDES: &str = "Who decides on an order";
pub const MY_FUNDS: &str = "What our funds may pay for";
pub const FUND_TO_DECIDE: &str = "The budget office has yet to decide; nobody can pay from it.";
pub const FUND_NEEDS_GOAL: &str = "Names a plan goal";
pub const STANDING_IN: &str = "Standing in";
pub const NOBODY_STANDS_IN: &str = "Nobody stands in for you, and you stand in for nobody.";
pub const SET_OR_END: &str = "Set or end it";
pub const CAP: &str = "Up to";
pub const CAP_HINT: &str = "Of one seller within the policy's window. Approving is never handed down.";
pub const END_IT: &str = "End";
pub const STOOD_DOWN: &str = "Ended.";

pub fn candidate(name: &str, role: Role, school: Option<&str>) -> String {
    match school {
        Some(school) => format!("{name}: buys for {school}"),
        None => format!("{name}: decides as {}", role.title().to_lowercase()),
    }
}

pub fn stands_in_for(giver: &str, taker: &str, cap: Option<Cents>) -> String {
    let what = cap.map_or_else(|| "decides".to_owned(), |cap| format!("buys up to {cap}"));
    format!("{taker} {what} for {giver}")
}

pub fn stands_in(giver: &str, taker: &str, cap: Option<Cents>, (first, last): (Date, Date)) -> String {
    format!("{}, {} to {}", stands_in_for(giver, taker, cap), first.to_words(), last.to_words())
}

pub const DELEGATE_OTHER_KIND: &str = "Approvals go to somebody of the same role; buying goes to the school's staff, up to an amount.";
pub const DELEGATE_NOT_HELD: &str = "You do not hold this role, so nobody can stand in for you in it.";
pub const DELEGATE_NOT_TRAINED: &str = "Choose somebody who holds the same role, or for buying one of the school's staff.";
pub const DELEGATE_SUBORDINATE: &str = "This person reports to you. Approvals are never handed down; choose somebody else.";
pub const DELEGATE_DATES: &str = "Choose a last day that is not before the first, and no day that has passed.";
pub const DELEGATE_CAP: &str = "Write up to how much they may buy.";

pub fn delegate_too_long(most: i32) -> String {
    format!("At most {most} days. For longer leave, ask for an acting appointment.")
}

pub fn delegated(taker: &str, role: Role, (first, last): (Date, Date), cap: Option<Cents>) -> String {
    let what = cap.map_or_else(|| format!("decide as {}", role.title().to_lowercase()), |cap| format!("buy up to {cap}"));
    format!("Let {taker} {what} from {} to {}", first.to_words(), last.to_words())
}

pub fn delegation_ended(taker: &str, role: Role) -> String {
    format!("Ended that {taker} stands in as {}", role.title().to_lowercase())
}

pub const ONLY_PRINCIPAL_BUYS: &str = "The principal submits, or lets you buy up to an amount. What you put in stays here for them.";

pub fn over_cap(sum: Cents, cap: Cents) -> String {
    format!("{sum} is over the {cap} up to which you may buy here. The principal can submit it.")
}

pub fn buys_up_to(cap: Cents) -> String {
    format!("You may buy up to {cap} of one seller within the policy's window.")
}
