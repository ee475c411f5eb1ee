//! The trail's pure core: the record's canonical bytes, the tree over them, checkpoints, and the verification of an export.

pub mod api;
#[cfg(feature = "trail")]
pub mod checkpoint;
pub mod export;
pub mod record;
pub mod tree;
#[cfg(feature = "trail")]
pub mod verify;
