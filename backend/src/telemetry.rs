//! Logs as JSON lines with request ids, and counters for Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tracing_subscriber::EnvFilter;

/// Starts the log: one JSON object a line on standard error, at `info` unless `CHALKLINE_LOG` says otherwise.
///
/// Redaction is by construction: nothing logs a body, a cookie, a query or a mail's text.
pub fn start(filter: Option<&str>) {
    let filter = filter.and_then(|text| text.parse::<EnvFilter>().ok()).unwrap_or_else(|| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    let logging = tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    let _ = logging.try_init();
}

/// Upper bounds of the latency buckets, in milliseconds.
const BUCKETS: [u64; 8] = [5, 10, 25, 50, 100, 250, 1_000, 5_000];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// What the program counts about itself.
#[derive(Default)]
pub struct Metrics {
    responses: [AtomicU64; 5],
    within: [AtomicU64; 8],
    micros: AtomicU64,
    failed_sign_ins: AtomicU64,
    ready: AtomicBool,
}

impl Metrics {
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, CLASSES.len()) - 1;
        self.responses[class].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        for (bucket, bound) in self.within.iter().zip(BUCKETS) {
            if micros <= bound * 1_000 {
                bucket.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    pub fn sign_in_failed(&self) {
        self.failed_sign_ins.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether new work is wanted.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    pub fn turn_ready(&self) {
        self.ready.store(true, Ordering::Release);
    }

    pub fn turn_unready(&self) {
        self.ready.store(false, Ordering::Release);
    }

    /// The text that Prometheus reads.
    pub fn text(&self) -> String {
        let mut text = String::from("# TYPE chalkline_http_responses_total counter\n");
        let mut all = 0;
        for (class, count) in CLASSES.iter().zip(&self.responses) {
            let count = count.load(Ordering::Relaxed);
            all += count;
            let _ = writeln!(text, "chalkline_http_responses_total{{class=\"{class}\"}} {count}");
        }
        text.push_str("# TYPE chalkline_http_duration_milliseconds histogram\n");
        for (bound, count) in BUCKETS.iter().zip(&self.within) {
            let _ = writeln!(text, "chalkline_http_duration_milliseconds_bucket{{le=\"{bound}\"}} {}", count.load(Ordering::Relaxed));
        }
        let _ = writeln!(text, "chalkline_http_duration_milliseconds_bucket{{le=\"+Inf\"}} {all}");
        let _ = writeln!(text, "chalkline_http_duration_milliseconds_sum {}", self.micros.load(Ordering::Relaxed) / 1_000);
        let _ = writeln!(text, "chalkline_http_duration_milliseconds_count {all}");
        let _ = writeln!(
            text,
            "# TYPE chalkline_sign_ins_failed_total counter\nchalkline_sign_ins_failed_total {}",
            self.failed_sign_ins.load(Ordering::Relaxed)
        );
        let _ = writeln!(text, "# TYPE chalkline_ready gauge\nchalkline_ready {}", u8::from(self.is_ready()));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_counted_once() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_millis(7));
        metrics.answered(404, Duration::from_millis(2));
        let text = metrics.text();
        assert!(text.contains("responses_total{class=\"2xx\"} 1") && text.contains("responses_total{class=\"4xx\"} 1"), "{text}");
        assert!(text.contains("bucket{le=\"5\"} 1") && text.contains("bucket{le=\"10\"} 2") && text.contains("_count 2"), "{text}");
    }
}
