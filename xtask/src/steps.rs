//! Progress told to the person who waits: `[2/6] what … already there` or `done in 12 s`.

use std::time::Instant;

use crate::process::Outcome;

/// A numbered run of steps.
pub struct Steps {
    at: usize,
    total: usize,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { at: 0, total }
    }

    /// Does the work, unless `present` tells what is there already.
    pub fn step(&mut self, what: &str, present: Option<String>, work: impl FnOnce() -> Outcome) -> Outcome {
        self.at += 1;
        let number = format!("[{}/{}]", self.at, self.total);
        if let Some(note) = present {
            println!("{number} {what}: already there ({note})");
            return Ok(());
        }
        println!("{number} {what} …");
        let start = Instant::now();
        work()?;
        println!("{number} {what}: done in {} s", start.elapsed().as_secs());
        Ok(())
    }
}
