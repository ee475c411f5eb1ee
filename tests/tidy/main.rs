//! The house rules, read from the sources. Each rule also sees a planted violation, so that a rule that stopped looking is noticed.

#![expect(clippy::expect_used, reason = "a test tells by panicking what it missed")]

mod advisories;
mod contract;
mod functions;
mod imports;
mod layout;
mod lexer;
mod licences;
mod material;
mod paths;
mod sources;
mod sql;
mod texts;
mod versions;
mod words;
