//! The funding split.
