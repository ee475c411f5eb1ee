//! Pages of audit: the chronological explorer.

mod seal;
mod trail;

pub use trail::TrailPage;
