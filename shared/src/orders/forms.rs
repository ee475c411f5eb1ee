//! What people send about an order: decisions, answers and words.

use serde::{Deserialize, Serialize};

use super::{Alternative, NoReason};
use crate::time::Date;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderVersion {
    pub version: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrderReason {
    pub version: u32,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Acceptance {
    pub version: u32,
    pub contact: String,
    pub start: Date,
    pub note: String,
}

/// Invariant: never a bare no. Either alternatives, or the quoted rule with an offer to talk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Counter {
    pub version: u32,
    pub reason: NoReason,
    pub explanation: String,
    pub alternatives: Vec<Alternative>,
    pub rule_quoted: String,
    pub offer_to_talk: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Taking {
    pub version: u32,
    /// Which alternative, counted from zero.
    pub alternative: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Closing {
    pub version: u32,
    /// One to five.
    pub stars: u8,
    /// Did it help the goal?
    pub helped: Helped,
    pub hours_saved: u32,
    pub comment: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    Yes,
    Partly,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comment {
    pub text: String,
}
