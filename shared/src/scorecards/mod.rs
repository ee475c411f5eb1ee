//! How units do: what their services are looked at, ordered, paid and cost; and what the review board decided about them.

pub mod api;
pub mod seller;
