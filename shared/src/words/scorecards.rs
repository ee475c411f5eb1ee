//! Texts of scorecards: the seller's view and the review board.

use crate::fiscal::FiscalYear;
use crate::scorecards::seller::{Decision, SellerService, TakeUp};
use crate::words::catalog::whole;

pub const SELLER: &str = "What sells";
pub const SELLER_LEAD: &str = "From the first look at a service to what it earned, what it cost, and what was never sold.";
pub const CHOOSE_UNIT: &str = "Unit";
pub const NO_UNITS: &str = "No unit to look at";
pub const NO_UNITS_TEXT: &str = "This page is for heads of units, for the budget office and for executives.";
pub const EARNED: &str = "Earned";
pub const COMMITTED: &str = "Ordered, not delivered";
pub const COST: &str = "Cost of what was ordered";
pub const LEFT_OVER: &str = "Left over";
pub const NO_COST: &str = "no cost written down";
pub const COST_HINT: &str = "Costs come from the price calculator of the menu.";
pub const DEMAND: &str = "Demand by month";
pub const VIEWED: &str = "Looked at";
pub const COMPARED: &str = "Compared";
pub const DRAFTED: &str = "Put into a cart";
pub const ORDERED: &str = "Ordered";
pub const MONTH: &str = "Month";
pub const AS_TABLE: &str = "As a table";
pub const SERVICES: &str = "Services and tiers";
pub const SERVICE: &str = "Service";
pub const TIER: &str = "Tier";
pub const SCHOOLS: &str = "Schools";
pub const BREAK_EVEN: &str = "Break-even";
pub const CAPACITY: &str = "Capacity";
pub const SOLD: &str = "Sold";
pub const DELIVERED: &str = "Delivered";
pub const UNSOLD: &str = "Not sold";
pub const OWNER: &str = "Who answers for it";
pub const NOT_COUNTED: &str = "not counted";
pub const NO_CAPACITY: &str = "No tier of this unit has a counted capacity.";
pub const OFF_SHELF: &str = "off the shelf";
pub const SEARCHES: &str = "Searched and not found";
pub const SEARCHES_LEAD: &str =
    "What schools typed into the shelf's search this year and nobody offers. No person is kept with it; what was typed once is not shown.";
pub const NO_SEARCHES: &str = "Every search of this year found something.";
pub const TIMES: &str = "Times";
pub const LAST: &str = "Last";
pub const WORDS: &str = "Words";
pub const COMPARED_NOT_BOUGHT: &str = "Compared and not bought";
pub const HURT: &str = "Who would miss it";
pub const HURT_LEAD: &str =
    "If a service were dropped: the schools that bought it this year, the goals it stands under, and their dollars.";
pub const NOBODY_HURT: &str = "Nobody bought it this year.";
pub const SCHOOL: &str = "School";
pub const GOAL: &str = "Goal";
pub const DOLLARS: &str = "Dollars";
pub const NO_GOAL: &str = "without a goal";
pub const BOARD: &str = "Review board";
pub const BOARD_LEAD: &str = "Once a year for each service: keep, redesign, retire or broker. Decided outside the unit, with the figures of the day; the unit answers.";
pub const NO_REVIEWS: &str = "Nothing was decided yet.";
pub const DECIDE: &str = "Decide";
pub const DECISION: &str = "Decision";
pub const EVIDENCE: &str = "Evidence";
pub const EVIDENCE_HINT: &str = "The figures of today are kept with the decision by themselves.";
pub const REASON: &str = "Reason";
pub const REPLY: &str = "Answer of the unit";
pub const SEND_REPLY: &str = "Answer";
pub const DECIDED_TOAST: &str = "Decided. The unit has a notice and may answer.";
pub const REPLIED_TOAST: &str = "Your answer stands beside the decision.";
pub const OWNER_TOAST: &str = "Named.";
pub const CLOSE_IN_MENU: &str = "Take it off in the menu";
pub const NOT_OF_UNIT: &str = "Name somebody who works for this unit.";
pub const REPLIED_ALREADY: &str = "The unit has answered already. The board may decide anew.";
pub const OWN_UNIT: &str = "You head this unit. Somebody else decides about its services.";
pub const SELLER_LINK: &str = "/seller";
pub const NOBODY: &str = "Nobody yet";
pub const CHOOSE_ONE: &str = "Choose one.";
pub const REPLIED_SUMMARY: &str = "Answered the board's decision";

pub fn decided_summary(decision: Decision, year: FiscalYear) -> String {
    format!("Decided for {year}: {}", decision.title())
}

pub fn named_owner(name: &str) -> String {
    format!("{name} answers for what is not sold")
}

pub fn tell_decided(service: &str, decision: Decision) -> String {
    format!("The review board decided about {service}: {}. You may answer.", decision.title().to_lowercase())
}

pub fn tell_replied(unit: &str, service: &str) -> String {
    format!("{unit} answered your decision about {service}")
}

/// The figures that stand beside a decision for ever.
pub fn figures(service: &SellerService) -> String {
    let sum = |of: fn(&crate::scorecards::seller::SellerTier) -> u32| service.tiers.iter().map(of).sum::<u32>();
    let schools = service.hurt.schools.len();
    let earned: crate::money::Cents = service.tiers.iter().map(|tier| tier.earned).sum();
    let cost: Option<crate::money::Cents> = service.tiers.iter().map(|tier| tier.cost).sum();
    let stars = service.rating_tenths.map_or_else(|| "not rated".to_owned(), |tenths| format!("{}.{} stars", tenths / 10, tenths % 10));
    let cost = cost.map_or_else(|| NO_COST.to_owned(), |cost| format!("{} cost", whole(cost)));
    let unsold: u32 = service.tiers.iter().filter_map(crate::scorecards::seller::SellerTier::unsold).sum();
    format!(
        "{} looks, {} comparisons, {} orders from {schools} schools, {} in orders, {} earned, {cost}, {unsold} not sold, {stars}",
        sum(|tier| tier.viewed),
        sum(|tier| tier.compared),
        sum(|tier| tier.ordered),
        whole(service.hurt.dollars),
        whole(earned),
    )
}

pub fn take_up(take_up: TakeUp) -> String {
    match take_up {
        TakeUp::At { sold } => format!("at {sold} sold"),
        TakeUp::Never { short } => format!("never: {} short when sold out", whole(short)),
        TakeUp::Unknown => "–".to_owned(),
        TakeUp::Free => "free".to_owned(),
    }
}

pub fn schools_compared(count: u32) -> String {
    if count == 1 { "1 school".to_owned() } else { format!("{count} schools") }
}

pub fn revision(year: FiscalYear, revision: u32) -> String {
    if revision == 1 { year.to_string() } else { format!("{year}, decided anew ({revision})") }
}

pub fn uncosted(orders: u32) -> String {
    if orders == 1 {
        "1 order is of a package without a cost".to_owned()
    } else {
        format!("{orders} orders are of packages without a cost")
    }
}

/// `July 2026`: the month of its first day.
pub fn month(day: crate::time::Date) -> String {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let name = usize::try_from(day.month() - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default();
    format!("{name} {}", day.year())
}

pub fn export(table: &str) -> String {
    format!("{table} as CSV")
}
