//! Every text of the screens, by key: English first. Constants for fixed texts, functions for texts with values.

pub mod audit;
pub mod budget;
pub mod calendar;
pub mod catalog;
pub mod identity;
pub mod orders;
pub mod scorecards;
pub mod shell;
