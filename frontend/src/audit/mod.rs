//! Pages of audit: the chronological explorer.

mod trail;

pub use trail::TrailPage;
