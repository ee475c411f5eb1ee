//! What is said of a funding split.

use crate::money::Cents;

pub const SPLIT_LINE_TWICE: &str = "This fund is named twice. Put its shares together.";
pub const SPLIT_LINE_ELSEWHERE: &str = "This budget line is not the school's for that year. Choose another.";
pub const SPLIT_NOT_POSITIVE: &str = "Write a share above zero, or take the fund out.";

pub fn split_too_many(limit: usize) -> String {
    format!("At most {limit} funds can share one order. Take some out.")
}

pub fn split_sum(sum: Cents, price: Cents) -> String {
    if sum < price {
        format!("The shares come to {sum}; {} of the price is still to be paid.", price.saturating_sub(sum))
    } else {
        format!("The shares come to {sum}, {} more than the price. Lower one.", sum.saturating_sub(price))
    }
}

pub fn split_fund_no(fund: &str, why: &str) -> String {
    format!("{fund} may not pay: {why}.")
}

pub fn split_over_limit(fund: &str, limit: Cents) -> String {
    format!("{fund} can give at most {limit} here. Lower this share or add another fund.")
}
