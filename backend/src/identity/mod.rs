//! Who people are, what roles they hold for which scope, and how they sign in.

mod actor;
mod district;
pub mod http;
mod rules;
pub mod service;
mod store;

pub use actor::{Actor, CommandContext, Fact, Grant, Lent, Reach, Target};
pub use district::District;
pub use rules::Allowance;
