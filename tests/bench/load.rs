//! Load: so many clients at once, each doing its share one after the other.

use std::future::Future;
use std::time::Instant;

/// What a load took as a whole, and each piece's latency, in microseconds.
#[derive(Default)]
pub struct Measured {
    took: u64,
    pub micros: Vec<u64>,
}

impl Measured {
    /// Pieces of work done in a second.
    pub fn per_second(&self) -> u64 {
        u64::try_from(self.micros.len()).unwrap_or(0) * 1_000_000 / self.took.max(1)
    }

    /// The same load gone on with after a pause that does not count.
    pub fn and(mut self, more: Self) -> Self {
        self.took += more.took;
        self.micros.extend(more.micros);
        self
    }
}

/// Runs `work` for each item, `clients` at once; each client brings its own state.
pub async fn run<S, I, F, Fut>(states: Vec<S>, mut shares: Vec<Vec<I>>, work: F) -> Measured
where
    S: Send + 'static,
    I: Send + 'static,
    F: Fn(S, I) -> Fut + Clone + Send + Sync + 'static,
    Fut: Future<Output = S> + Send,
{
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for mut state in states {
        let (share, work) = (shares.pop().unwrap_or_default(), work.clone());
        tasks.push(tokio::spawn(async move {
            let mut micros = Vec::with_capacity(share.len());
            for item in share {
                let start = Instant::now();
                state = work(state, item).await;
                micros.push(u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX));
            }
            micros
        }));
    }
    let mut all = Vec::new();
    for task in tasks {
        all.extend(task.await.expect("a client's share"));
    }
    Measured { took: u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX), micros: all }
}

/// Deals `items` out to `clients` in turn.
pub fn deal<I>(items: Vec<I>, clients: usize) -> Vec<Vec<I>> {
    let mut shares: Vec<Vec<I>> = (0..clients).map(|_| Vec::new()).collect();
    for (index, item) in items.into_iter().enumerate() {
        shares[index % clients].push(item);
    }
    shares
}
