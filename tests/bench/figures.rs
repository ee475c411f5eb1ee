//! Samples by name, their medians, and the ratios that the targets speak of. Integers only.

use std::collections::BTreeMap;

use serde_json::json;

/// What a ratio compares, and what PERFORMANCE asks of it, in percent.
struct Target {
    what: &'static str,
    reference: &'static str,
    wanted_percent: u64,
}

const TARGETS: &[Target] = &[
    Target { what: "orders/s, SQLite, 8 clients", reference: "order-sized transactions/s, SQLite", wanted_percent: 25 },
    Target { what: "orders/s, SQLite, 32 clients", reference: "order-sized transactions/s, SQLite", wanted_percent: 25 },
    Target { what: "orders/s on one line, SQLite, 32 clients", reference: "orders/s, SQLite, 32 clients", wanted_percent: 25 },
    Target { what: "orders/s, PostgreSQL, 8 clients", reference: "pgbench simple-update/s, 8 clients", wanted_percent: 35 },
    Target { what: "orders/s, PostgreSQL, 32 clients", reference: "pgbench simple-update/s, 32 clients", wanted_percent: 35 },
    Target { what: "orders/s on one line, PostgreSQL, 32 clients", reference: "orders/s, PostgreSQL, 32 clients", wanted_percent: 25 },
    Target { what: "my budget/s, SQLite, 32 clients", reference: "bare server, 20 rows of JSON/s", wanted_percent: 25 },
    Target { what: "order page/s, SQLite, 32 clients", reference: "bare server, 20 rows of JSON/s", wanted_percent: 25 },
    Target { what: "catalog/s, SQLite, 32 clients", reference: "bare server, a catalog's bytes/s", wanted_percent: 50 },
];

/// What PERFORMANCE asks of a latency by itself, in microseconds.
struct Ceiling {
    what: &'static str,
    wanted_micros: u64,
}

const CEILINGS: &[Ceiling] = &[
    Ceiling { what: "a key among 2,000 packages: result laid out", wanted_micros: 16_000 },
    Ceiling { what: "a box ticked among 2,000 packages: result laid out", wanted_micros: 16_000 },
    Ceiling { what: "a quantity in a cart of 20 lines: re-priced and laid out", wanted_micros: 4_000 },
];

/// What UI asks of Lighthouse's performance, in percent.
const WANTED_SCORE: u64 = 95;

/// All samples of a run.
#[derive(Default)]
pub struct Report {
    scores: BTreeMap<String, Vec<u64>>,
    rates: BTreeMap<String, Vec<u64>>,
    latencies: BTreeMap<String, Vec<[u64; 3]>>,
}

impl Report {
    /// So many a second.
    pub fn rate(&mut self, name: &str, per_second: u64) {
        eprintln!("  {name}: {per_second}");
        self.rates.entry(name.to_owned()).or_default().push(per_second);
    }

    /// Latencies in microseconds; keeps median, 99th percentile and longest.
    pub fn latency(&mut self, name: &str, mut micros: Vec<u64>) {
        micros.sort_unstable();
        let at = |percent: usize| micros.get((micros.len() * percent / 100).min(micros.len().saturating_sub(1))).copied().unwrap_or(0);
        let figures = [at(50), at(99), at(100)];
        eprintln!("  {name}: p50 {} µs, p99 {} µs, longest {} µs", figures[0], figures[1], figures[2]);
        self.latencies.entry(name.to_owned()).or_default().push(figures);
    }

    /// Lighthouse's performance of a page, in percent.
    pub fn score(&mut self, name: &str, percent: u64) {
        eprintln!("  {name}: {percent} of 100");
        self.scores.entry(name.to_owned()).or_default().push(percent);
    }

    /// The table for people, then one line of JSON for programs.
    pub fn print(&self) {
        println!("{:<52} {:>10} {:>10} {:>10}", "a second", "median", "least", "most");
        for (name, samples) in &self.rates {
            println!(
                "{name:<52} {:>10} {:>10} {:>10}",
                median(samples),
                samples.iter().min().unwrap_or(&0),
                samples.iter().max().unwrap_or(&0)
            );
        }
        println!("\n{:<52} {:>10} {:>10} {:>10}", "microseconds (medians over the rounds)", "p50", "p99", "longest");
        for (name, samples) in &self.latencies {
            let column = |index: usize| median(&samples.iter().map(|s| s[index]).collect::<Vec<_>>());
            println!("{name:<52} {:>10} {:>10} {:>10}", column(0), column(1), column(2));
        }
        println!("\n{:<52} {:>10} {:>10}", "ratio to its reference", "here", "wanted");
        let mut ratios = Vec::new();
        for target in TARGETS {
            let (Some(what), Some(reference)) = (self.rates.get(target.what), self.rates.get(target.reference)) else { continue };
            let percent = median(what) * 100 / median(reference).max(1);
            println!("{:<52} {percent:>8} % {:>8} %", target.what, target.wanted_percent);
            ratios.push(json!({"what": target.what, "reference": target.reference, "percent": percent, "wanted": target.wanted_percent}));
        }
        println!("\n{:<60} {:>10} {:>10} {:>10}", "microseconds by themselves", "p50", "p99", "wanted");
        for ceiling in CEILINGS {
            let Some(samples) = self.latencies.get(ceiling.what) else { continue };
            let column = |index: usize| median(&samples.iter().map(|sample| sample[index]).collect::<Vec<_>>());
            println!("{:<60} {:>10} {:>10} {:>10}", ceiling.what, column(0), column(1), ceiling.wanted_micros);
        }
        println!("\n{:<52} {:>10} {:>10} {:>10}", "Lighthouse's performance", "median", "least", "wanted");
        for (name, samples) in &self.scores {
            println!("{name:<52} {:>10} {:>10} {WANTED_SCORE:>10}", median(samples), samples.iter().min().unwrap_or(&0));
        }
        println!("\n{}", json!({"scores": self.scores, "rates": self.rates, "latencies_us": self.latencies, "ratios": ratios}));
    }
}

fn median(samples: &[u64]) -> u64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(0)
}
