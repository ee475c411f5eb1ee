//! Texts of My desk.

use crate::money::Cents;

pub const ORDERS_LINK: &str = "/orders";
pub const APPROVALS_LINK: &str = "/approvals";
pub const CART_LINK: &str = "/cart";
pub const BUDGET_LINK: &str = "/budget";
pub const FUNDS_LINK: &str = "/budget-office";
pub const EXCEPTIONS_LINK: &str = "/budget-office";
pub const PEOPLE_LINK: &str = "/people";
pub const DO_DECIDE: &str = "Decide";
pub const DO_LOOK: &str = "Look";
pub const NUMBER_AVAILABLE: &str = "Available this year";
pub const NUMBER_COMMITTED: &str = "Committed, not yet delivered";
pub const NUMBER_RUNNING: &str = "Orders under way";
pub const NUMBER_IN_CART: &str = "In the cart";
pub const NUMBER_TO_ANSWER: &str = "To answer";
pub const NUMBER_IN_WORK: &str = "In work";
pub const NUMBER_EARNED: &str = "Earned";
pub const NUMBER_TO_APPROVE: &str = "To approve";
pub const NUMBER_EXCEPTIONS: &str = "Open exceptions";
pub const NUMBER_DELIVERED: &str = "Delivered";
pub const NUMBER_LATE: &str = "Late";
pub const NUMBER_ACCOUNTS: &str = "Accounts";

pub fn desk_title(number: u32, title: &str, school: &str) -> String {
    format!("{title} · {school} · order {number}")
}

pub fn cart_title(many: u32) -> String {
    if many == 1 { "1 package in the cart".to_owned() } else { format!("{many} packages in the cart") }
}

pub fn many_for(many: u32, total: Cents) -> String {
    if many == 0 { "0".to_owned() } else { format!("{many} · {total}") }
}

pub fn undecided_funds(many: usize) -> String {
    if many == 1 {
        "1 fund without a rule: nobody can pay from it".to_owned()
    } else {
        format!("{many} funds without a rule: nobody can pay from them")
    }
}

pub fn open_exceptions(many: usize) -> String {
    if many == 1 { "1 exception is open".to_owned() } else { format!("{many} exceptions are open") }
}
