//! Who people are, what roles they hold for which scope, and how they sign in.

pub mod actor;

pub use actor::{Actor, CommandContext, Fact, Grant, Reach, Target};
