//! The gate before SQLite's one writer: first come, first served, in two lanes, the urgent lane first.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use super::error::DbError;

/// How long one waits before the answer is "busy".
const PATIENCE: Duration = Duration::from_secs(10);
/// So many urgent ones in a row, then one usual one, so that nobody starves.
const URGENT_IN_A_ROW: u32 = 8;

/// Which lane a transaction takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lane {
    /// Card decisions, which have two seconds in all.
    Urgent,
    #[default]
    Usual,
}

#[derive(Default)]
struct Lanes {
    busy: bool,
    urgent: VecDeque<oneshot::Sender<Pass>>,
    usual: VecDeque<oneshot::Sender<Pass>>,
    urgent_in_a_row: u32,
}

impl Lanes {
    fn next(&mut self) -> Option<oneshot::Sender<Pass>> {
        let usual_turn = self.urgent_in_a_row >= URGENT_IN_A_ROW && !self.usual.is_empty();
        let urgent = if usual_turn { None } else { self.urgent.pop_front() };
        self.urgent_in_a_row = if urgent.is_some() { self.urgent_in_a_row + 1 } else { 0 };
        urgent.or_else(|| self.usual.pop_front())
    }
}

#[derive(Clone, Default)]
pub(super) struct Gate(Arc<Mutex<Lanes>>);

/// The right to write; handed to the next in line when dropped.
pub(super) struct Pass {
    gate: Option<Gate>,
}

impl Gate {
    pub(super) async fn enter(&self, lane: Lane) -> Result<Pass, DbError> {
        let waiting = {
            let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if !lanes.busy {
                lanes.busy = true;
                return Ok(Pass { gate: Some(self.clone()) });
            }
            let (sender, receiver) = oneshot::channel();
            match lane {
                Lane::Urgent => lanes.urgent.push_back(sender),
                Lane::Usual => lanes.usual.push_back(sender),
            }
            receiver
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(Ok(pass)) => Ok(pass),
            Ok(Err(_)) | Err(_) => Err(DbError::Busy),
        }
    }

    fn hand_on(self) {
        loop {
            let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(next) = lanes.next() else {
                lanes.busy = false;
                return;
            };
            drop(lanes);
            match next.send(Pass { gate: Some(self.clone()) }) {
                Ok(()) => return,
                // Whoever waited has gone; the pass must not come back here through its own drop.
                Err(mut pass) => pass.gate = None,
            }
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        if let Some(gate) = self.gate.take() {
            gate.hand_on();
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn the_urgent_lane_goes_first_and_the_usual_one_is_not_starved() {
        let gate = Gate::default();
        let first = gate.enter(Lane::Usual).await.ok();
        let mut usual = Box::pin(gate.enter(Lane::Usual));
        assert!((&mut usual).now_or_never().is_none());
        let mut urgent: Vec<_> = (0..10).map(|_| Box::pin(gate.enter(Lane::Urgent))).collect();
        assert!(urgent.iter_mut().all(|waiting| waiting.as_mut().now_or_never().is_none()));
        drop(first);
        for waiting in urgent.iter_mut().take(8) {
            assert!((&mut usual).now_or_never().is_none());
            drop(waiting.as_mut().now_or_never().expect("its turn"));
        }
        drop(usual.now_or_never().expect("its turn after eight urgent ones"));
    }

    #[tokio::test]
    async fn who_went_away_does_not_hold_up_the_line() {
        let gate = Gate::default();
        let first = gate.enter(Lane::Usual).await.ok();
        let mut gone = Box::pin(gate.enter(Lane::Usual));
        let mut next = Box::pin(gate.enter(Lane::Usual));
        assert!((&mut gone).now_or_never().is_none());
        assert!((&mut next).now_or_never().is_none());
        drop(gone);
        drop(first);
        assert!(next.now_or_never().is_some_and(|pass| pass.is_ok()));
    }
}
