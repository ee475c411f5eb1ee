//! Orders on real databases: the whole walk, refusals that change nothing, races.

mod acting;
mod alternatives;
mod approvals;
mod booking;
mod change_clocks;
mod changes;
mod choices;
mod climbing;
mod clocks;
mod days;
mod delegations;
mod months;
mod policies;
mod board;
mod providers;
mod editions;
mod races;
mod refusals;
mod renewals;
mod rescue;
mod scene;
mod silence;
mod shelf;
mod support;
mod talk;
mod waiting;

mod walk;
