//! The one clock.

use shared::time::Timestamp;

/// Tells the time. Asked once at the edge of each request; everything below gets `now` as an argument.
pub trait Clock: Send + Sync + 'static {
    fn now(&self) -> Timestamp;
}
