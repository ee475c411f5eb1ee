//! The Chalkline server: slices over a contract, one audited transaction a command, two databases.

pub mod adapters;
pub mod db;
pub mod ports;
