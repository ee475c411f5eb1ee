//! Lighthouse on one page: its scores, and what it found wrong.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

const CHROMIUM_FLAGS: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
                              --disable-component-update --disable-sync --disable-dev-shm-usage";

/// Looks at one page, until one is not spoilt.
const TRIES: usize = 4;

/// The set-up's Lighthouse, with the browser that it drives.
#[derive(Clone, Debug)]
pub struct Lighthouse {
    script: PathBuf,
    chromium: String,
}

/// One page's scores in percent, and the audits of quality that are not perfect.
#[derive(Clone, Debug)]
pub struct Scores {
    /// Where the look ended: a page that sends to the door has another address.
    pub address: String,
    pub performance: u64,
    /// Whether what stands in sight stays where it is while more comes: a part of performance that no clock decides.
    pub steadiness: u64,
    pub accessibility: u64,
    pub best_practices: u64,
    pub findings: Vec<String>,
}

impl Lighthouse {
    /// `None`, said aloud, where `cargo xtask` has not set it up.
    pub fn find() -> Option<Self> {
        let (Ok(script), Ok(chromium)) = (std::env::var("CHALKLINE_LIGHTHOUSE"), std::env::var("CHALKLINE_CHROMIUM")) else {
            eprintln!("SKIPPED: Lighthouse needs CHALKLINE_LIGHTHOUSE and CHALKLINE_CHROMIUM; use `cargo xtask test`");
            return None;
        };
        Some(Self { script: script.into(), chromium })
    }

    /// Looks at `url` as a desktop does, with the session that `cookie` names where one is needed. A look that its own trace spoils,
    /// as happens on a busy machine, is taken again.
    pub fn look(&self, url: &str, cookie: Option<&str>) -> Scores {
        let mut report = self.report(url, cookie);
        for _ in 1..TRIES {
            if report["runtimeError"].is_null() {
                break;
            }
            report = self.report(url, cookie);
        }
        read(&report)
    }

    fn report(&self, url: &str, cookie: Option<&str>) -> Value {
        let folder = tempfile::tempdir().expect("a folder");
        let report = folder.path().join("report.json");
        let mut node = Command::new("node");
        node.arg(&self.script).arg(url).args(["--preset=desktop", "--output=json", "--quiet", "--no-enable-error-reporting"]);
        node.arg("--only-categories=performance,accessibility,best-practices");
        node.arg(format!("--output-path={}", report.display())).arg(format!("--chrome-flags={CHROMIUM_FLAGS}"));
        if let Some(cookie) = cookie {
            node.arg(format!("--extra-headers={}", serde_json::json!({ "Cookie": cookie })));
        }
        let ended = node.env("CHROME_PATH", &self.chromium).stdin(Stdio::null()).output().expect("Lighthouse, which Node runs");
        let text = std::fs::read_to_string(&report)
            .unwrap_or_else(|error| panic!("no report on {url}: {error}; {}", String::from_utf8_lossy(&ended.stderr)));
        serde_json::from_str(&text).expect("a report in JSON")
    }
}

fn read(report: &Value) -> Scores {
    assert!(report["runtimeError"].is_null(), "Lighthouse could not look: {}", report["runtimeError"]);
    let score = |name: &str| percent(&report["categories"][name]["score"]);
    let quality = ["accessibility", "best-practices"].into_iter().flat_map(|name| imperfect(report, name)).collect();
    Scores {
        address: report["finalDisplayedUrl"].as_str().unwrap_or_default().to_owned(),
        performance: score("performance"),
        steadiness: percent(&report["audits"]["cumulative-layout-shift"]["score"]),
        accessibility: score("accessibility"),
        best_practices: score("best-practices"),
        findings: quality,
    }
}

/// `0.98` as 98; without a float, as the report writes at most two digits that count.
fn percent(score: &Value) -> u64 {
    let text = score.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits: String = fraction.chars().chain("00".chars()).take(2).collect();
    whole.parse::<u64>().expect("a score") * 100 + digits.parse::<u64>().expect("a score")
}

/// The audits of a category that count and are not passed.
fn imperfect(report: &Value, category: &str) -> Vec<String> {
    let audits = report["categories"][category]["auditRefs"].as_array().cloned().unwrap_or_default();
    let counted = audits.iter().filter(|audit| audit["weight"].as_u64() != Some(0)).filter_map(|audit| audit["id"].as_str());
    let failed = counted.filter(|id| report["audits"][*id]["score"].is_number() && percent(&report["audits"][*id]["score"]) < 100);
    failed.map(|id| format!("{id}: {}: {}", report["audits"][id]["title"], report["audits"][id]["details"]["items"])).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scores_are_read_without_rounding_up() {
        assert_eq!([json!(1), json!(0.98), json!(0.9), json!(0), json!(0.999)].map(|score| percent(&score)), [100, 98, 90, 0, 99]);
    }

    #[test]
    fn an_audit_that_counts_and_fails_is_named() {
        let report = json!({
            "categories": {"accessibility": {"score": 0.9, "auditRefs": [{"id": "a", "weight": 3}, {"id": "b", "weight": 0}]},
                "best-practices": {"score": 1, "auditRefs": []}, "performance": {"score": 0.5}},
            "audits": {"a": {"score": 0, "title": "Contrast"}, "b": {"score": 0, "title": "Not counted"},
                "cumulative-layout-shift": {"score": 0.02, "title": "Cumulative Layout Shift"}},
        });
        let scores = read(&report);
        assert_eq!((scores.accessibility, scores.best_practices, scores.performance, scores.steadiness), (90, 100, 50, 2));
        assert!(matches!(&scores.findings[..], [one] if one.contains("Contrast")));
    }
}
