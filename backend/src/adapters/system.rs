//! The operating system's clock and chance.

use std::sync::{Mutex, PoisonError};

use shared::time::Timestamp;

use crate::ports::clock::Clock;
use crate::ports::ids::Ids;

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
    }
}

/// The system's chance.
#[derive(Debug, Default)]
pub struct SystemIds {
    last: Mutex<(u64, u128)>,
}

const EIGHTY_BITS: u128 = (1 << 80) - 1;

impl Ids for SystemIds {
    fn chance(&self) -> u128 {
        let mut bytes = [0u8; 16];
        if getrandom::fill(&mut bytes).is_err() {
            // Without chance no id and no secret is safe; there is nothing sensible left to do.
            std::process::abort();
        }
        u128::from_le_bytes(bytes)
    }

    fn growing(&self, unix_millis: u64) -> u128 {
        let fresh = self.chance();
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        // A step of up to 2^32 keeps the next id unguessable; the top bit stays free for growth.
        let next =
            if last.0 == unix_millis { (last.1 + 1 + (fresh & u128::from(u32::MAX))) & EIGHTY_BITS } else { fresh & (EIGHTY_BITS >> 1) };
        *last = (unix_millis, next);
        next
    }
}
