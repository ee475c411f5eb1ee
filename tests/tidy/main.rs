//! The house rules, read from the sources. Each rule also sees a planted violation, so that a rule that stopped looking is noticed.

mod advisories;
mod functions;
mod imports;
mod layout;
mod lexer;
mod material;
mod paths;
mod sources;
mod versions;
mod words;
