//! The trail that proves itself: sealed into a tree, signed, published, exported. What other modules may do with it.

use std::time::Duration;

pub use super::exporting::export;
pub use super::seal::seal;
pub use super::witness::{signer, witness};

/// How soon a record has its place in the tree.
pub const SEAL_PERIOD: Duration = Duration::from_secs(5);
/// How often the tree is signed, where it has grown.
pub const WITNESS_PERIOD: Duration = Duration::from_secs(3_600);
