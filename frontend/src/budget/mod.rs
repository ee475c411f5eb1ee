//! The pages of budget: my school's money, a line down to its documents, the budget office, imports.

mod fund_rule;
mod import;
mod imports;
mod line;
mod office;
mod office_rules;
mod office_tables;
mod plan;
mod problems;
mod rule_card;
mod school;
mod year;

pub use import::ImportPage;
pub use imports::ImportsPage;
pub use line::BudgetLinePage;
pub use office::BudgetOfficePage;
pub use school::BudgetPage;
