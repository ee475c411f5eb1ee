//! The watch on the clock: a replica whose clock strays from the database's is not ready.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::db::Db;
use crate::ports::clock::Clock;

/// Above a second, deadlines and the order of events would be told wrongly.
const TOLERATED_MICROS: i64 = 1_000_000;
const UNKNOWN: i64 = i64::MIN;

/// How far this replica's clock is from the database's.
#[derive(Debug)]
pub struct ClockWatch {
    offset_micros: AtomicI64,
}

impl Default for ClockWatch {
    fn default() -> Self {
        Self { offset_micros: AtomicI64::new(UNKNOWN) }
    }
}

impl ClockWatch {
    /// Measures anew. Where the database does not answer, the offset is unknown.
    pub async fn measure(&self, db: &Db, clock: &dyn Clock) {
        let offset = match db.clock_offset_micros(clock).await {
            Ok(offset) => offset,
            Err(error) => {
                tracing::warn!(%error, "the clock could not be compared");
                UNKNOWN
            }
        };
        self.offset_micros.store(offset, Ordering::Relaxed);
        if !self.is_ready() {
            tracing::error!(offset_micros = offset, "this replica's clock is not the database's");
        }
    }

    /// Whether the last measure was within a second.
    pub fn is_ready(&self) -> bool {
        self.offset_micros().is_some_and(|offset| offset.abs() <= TOLERATED_MICROS)
    }

    /// The last measure; absent before the first and where the database did not answer.
    pub fn offset_micros(&self) -> Option<i64> {
        Some(self.offset_micros.load(Ordering::Relaxed)).filter(|offset| *offset != UNKNOWN)
    }
}
