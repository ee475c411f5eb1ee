//! The use cases of budget, and what other slices may ask of it.

mod allocate;
mod funds;
mod glance;
mod school;

pub(in crate::budget) use allocate::ledger_error;
pub use allocate::{NewAllocation, allocate, open_line, put_fund, put_goal, put_network, put_school};
pub use funds::{decide_fund_rule, fund_rules, list_funds};
pub use glance::{district_budget, exceptions};
pub use school::{
    budget_line, list_schools, network_of, places, plan, school, school_budget, school_facts, schools_of, see_line, see_plan, see_school,
    see_school_budget, see_schools, spendable,
};

pub use super::store::fund::FundRow;
pub use super::store::line::NewLine;
pub use super::store::school::School;
