//! The Chalkline server: slices over a contract, one audited transaction a command, two databases.

pub mod adapters;
pub mod app;
pub mod audit;
pub mod budget;
pub mod calendar;
pub mod catalog;
pub mod cli;
pub mod config;
pub mod db;
pub mod demo;
pub mod district_units;
pub mod error;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod ledger;
pub mod orders;
pub mod ports;
pub mod reply;
pub mod scorecards;
pub mod server;
pub mod telemetry;
mod telling;
pub mod worker;
