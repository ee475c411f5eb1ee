//! Texts of the seller's price calculator.

use crate::catalog::costing::{BreakEven, Economics};
use crate::money::Cents;

pub const CALCULATOR: &str = "Price calculator";
pub const CALCULATOR_HINT: &str = "What it costs your unit. Kept with the draft; schools never see it.";
pub const STAFF_DAYS: &str = "Staff days for one";
pub const STAFF_DAYS_HINT: &str = "With preparing and travelling: 1.25 for a day that takes a quarter more.";
pub const DAYS_UNIT: &str = "days";
pub const DAY_RATE: &str = "Cost of a staff day";
pub const DAY_RATE_HINT: &str = "Salary with benefits, by working day.";
pub const MATERIALS: &str = "Materials, travel, licences";
pub const OVERHEAD: &str = "Office's share";
pub const OVERHEAD_HINT: &str = "Rent, software, administration, on top of staff and materials.";
pub const MARGIN: &str = "To be left over";
pub const MARGIN_HINT: &str = "Of the price; 0 covers the cost.";
pub const USE_PRICE: &str = "Use this price";
pub const WHAT_IT_MEANS: &str = "What the price means";
pub const SMALL_SCHOOL: &str = "Smallest school";
pub const LARGE_SCHOOL: &str = "Largest school";
pub const NO_COSTS: &str = "Write staff days or materials in a tier to see what its price leaves over.";
pub const WRITE_DAYS: &str = "Write days such as 1.25.";

/// `, at least $306.00`, or nothing.
pub fn sum_or_nothing(before: &str, sum: Option<Cents>) -> String {
    sum.map(|sum| format!("{before}{sum}")).unwrap_or_default()
}

/// `One costs $713.00: staff $600.00, materials $20.00, office $93.00.`
pub fn one_costs(total: Cents, staff: Cents, materials: Cents, overhead: Cents) -> String {
    format!("One costs {total}: staff {staff}, materials {materials}, office {overhead}.")
}

pub fn suggested_price(price: Cents) -> String {
    format!("Suggested price for one: {price}.")
}

/// `pays $5,700.00, costs $4,500.00: $1,200.00 left (21.05 %)`.
pub fn economics(found: &Economics) -> String {
    let Economics { price, cost, left, margin } = found;
    if left.is_negative() {
        format!("pays {price}, costs {cost}: {} is missing", Cents::ZERO.saturating_sub(*left))
    } else {
        format!("pays {price}, costs {cost}: {left} left ({margin})")
    }
}

pub fn carries(found: BreakEven) -> String {
    match found {
        BreakEven::At { sold: 0, .. } => "It has no staff to carry.".to_owned(),
        BreakEven::At { sold, capacity } => format!("Carries its staff once {sold} of {capacity} are sold."),
        BreakEven::Never { short } => {
            format!("Even sold out it lacks {short} a year. Raise the price, cut the cost, or let the guaranteed base carry it.")
        }
        BreakEven::CapacityUnknown => "Say how many you can deliver to see when it carries its staff.".to_owned(),
    }
}
