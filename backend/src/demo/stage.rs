//! The stage: the program itself with a clock that the story turns, so that history is made by the same use cases as the present.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use shared::contract::Endpoint;
use shared::time::Timestamp;

use crate::app::App;
use crate::identity::{Actor, CommandContext};
use crate::ports::clock::Clock;

/// Stands still until it is turned.
struct StageClock(AtomicI64);

impl Clock for StageClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::Relaxed))
    }
}

/// The program as the story plays on it.
pub struct Stage {
    pub app: Arc<App>,
    clock: Arc<StageClock>,
}

impl Stage {
    pub fn new(app: &App, now: Timestamp) -> Self {
        let clock = Arc::new(StageClock(AtomicI64::new(now.micros())));
        Self { app: app.with_clock(Arc::<StageClock>::clone(&clock)), clock }
    }

    /// Turns the clock to `now`.
    pub fn turn(&self, now: Timestamp) {
        self.clock.0.store(now.micros(), Ordering::Relaxed);
    }

    /// Turns the clock to `now` and opens a command of `actor`.
    pub fn command<E: Endpoint>(&self, actor: &Arc<Actor>, now: Timestamp) -> CommandContext {
        self.turn(now);
        CommandContext {
            actor: Arc::clone(actor),
            name: E::META.name,
            command_id: self.app.id(now),
            input_hash: format!("demo {}", now.micros()),
            now,
            request_id: self.app.id(now),
        }
    }
}
