//! Where new identifiers come from.

use shared::id::{Id, bits_from_parts};
use shared::time::Timestamp;

/// Chance.
pub trait Ids: Send + Sync + 'static {
    /// 128 bits that nobody can guess and that never come twice.
    fn chance(&self) -> u128;

    /// 80 bits that grow from call to call within one millisecond, so that ids of one replica sort as they were made.
    fn growing(&self, unix_millis: u64) -> u128 {
        let _ = unix_millis;
        self.chance()
    }
}

/// A new identifier, ordered by `now`.
pub fn new_id<I: Id>(ids: &dyn Ids, now: Timestamp) -> I {
    let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
    I::from_bits(bits_from_parts(millis, ids.growing(millis)))
}
