//! A service as its unit typed it, made into one that can be kept: normalised texts, named limits.
//!
//! A draft may be unfinished; what publishing asks for on top of this is the checklist.

use std::collections::BTreeSet;

use super::api::{PackageContent, PackageDraft, ServiceContent, ServiceDraft};
use super::choice::AddOn;
use super::costing::check_costing;
use crate::error::FieldError;
use crate::text::{LINE_LIMIT, PARAGRAPH_LIMIT, TITLE_LIMIT, TextError, optional, required};

/// The most tiers one service may have.
pub const TIERS_LIMIT: usize = 12;
/// The most lines a list of a tier or a service may have.
pub const LIST_LIMIT: usize = 20;
/// The most of one deliverable a package may hold.
const QUANTITY_LIMIT: u32 = 10_000;

/// The same draft with its texts trimmed and normalised.
///
/// # Errors
/// Every field that cannot be kept, named as the form names it: `content.title`, `packages.1.content.adds.0`.
pub fn clean(draft: ServiceDraft) -> Result<ServiceDraft, Vec<FieldError>> {
    let mut check = Check(Vec::new());
    let content = check.content(draft.content);
    if draft.packages.len() > TIERS_LIMIT {
        check.wrong("packages", &format!("Please keep this to {TIERS_LIMIT} tiers."));
    }
    for (at, package) in draft.packages.iter().enumerate() {
        check.0.extend(package.cost.iter().flat_map(|cost| check_costing(cost, &format!("packages.{at}.cost"))));
    }
    let packages = draft.packages.into_iter().take(TIERS_LIMIT).enumerate();
    let packages = packages.map(|(at, package)| PackageDraft { content: check.package(at, package.content), ..package }).collect();
    if check.0.is_empty() { Ok(ServiceDraft { content, packages }) } else { Err(check.0) }
}

struct Check(Vec<FieldError>);

impl Check {
    fn wrong(&mut self, field: &str, message: &str) {
        self.0.push(FieldError::new(field, message));
    }

    fn keep(&mut self, field: &str, read: Result<String, TextError>) -> String {
        read.unwrap_or_else(|error| {
            self.wrong(field, &error.message());
            String::new()
        })
    }

    fn text(&mut self, field: &str, raw: &str, limit: usize) -> String {
        self.keep(field, optional(raw, limit))
    }

    fn lines(&mut self, field: &str, raw: Vec<String>, limit: usize) -> Vec<String> {
        if raw.len() > LIST_LIMIT {
            self.wrong(field, &format!("Please keep this to {LIST_LIMIT} lines."));
        }
        let lines = raw.iter().take(LIST_LIMIT).enumerate().map(|(at, line)| self.text(&format!("{field}.{at}"), line, limit));
        let lines: Vec<String> = lines.collect();
        lines.into_iter().filter(|line| !line.is_empty()).collect()
    }

    fn code(&mut self, field: &str, raw: &str) -> String {
        let code = raw.trim();
        if !code.is_empty() && !(code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())) {
            self.wrong(field, "Write the four digits of the code, such as 5710.");
        }
        code.to_owned()
    }

    fn content(&mut self, raw: ServiceContent) -> ServiceContent {
        ServiceContent {
            title: self.keep("content.title", required(&raw.title, TITLE_LIMIT)),
            subjects: self.lines("content.subjects", raw.subjects, TITLE_LIMIT),
            value_statement: self.text("content.value_statement", &raw.value_statement, PARAGRAPH_LIMIT),
            outcome: self.text("content.outcome", &raw.outcome, PARAGRAPH_LIMIT),
            evidence: self.text("content.evidence", &raw.evidence, PARAGRAPH_LIMIT),
            prerequisites: self.text("content.prerequisites", &raw.prerequisites, PARAGRAPH_LIMIT),
            object: self.code("content.object", &raw.object),
            function: self.code("content.function", &raw.function),
            goal: self.code("content.goal", &raw.goal),
            provider: raw.provider.map(|name| self.text("content.provider", &name, TITLE_LIMIT)).filter(|name| !name.is_empty()),
            ..raw
        }
    }

    fn package(&mut self, at: usize, raw: PackageContent) -> PackageContent {
        let field = |part: &str| format!("packages.{at}.content.{part}");
        if raw.deliverables.len() > LIST_LIMIT {
            self.wrong(&field("deliverables"), &format!("Please keep this to {LIST_LIMIT} lines."));
        }
        let mut deliverables = raw.deliverables;
        for (number, item) in deliverables.iter_mut().enumerate().take(LIST_LIMIT) {
            item.title = self.text(&field(&format!("deliverables.{number}.title")), &item.title, TITLE_LIMIT);
            if item.quantity > QUANTITY_LIMIT {
                self.wrong(&field(&format!("deliverables.{number}.quantity")), "At most 10,000 of one thing.");
            }
        }
        let mut extras = raw.extras;
        for (number, add_on) in extras.add_ons.iter_mut().enumerate().take(LIST_LIMIT) {
            add_on.title = self.text(&field(&format!("extras.add_ons.{number}.title")), &add_on.title, TITLE_LIMIT);
        }
        number_add_ons(&mut extras.add_ons);
        PackageContent {
            extras,
            name: self.text(&field("name"), &raw.name, TITLE_LIMIT),
            for_whom: self.text(&field("for_whom"), &raw.for_whom, LINE_LIMIT),
            adds: self.lines(&field("adds"), raw.adds, LINE_LIMIT),
            deliverables,
            ..raw
        }
    }
}

/// Gives new add-ons, and the second of two with one number, the next free number: orders name add-ons by it.
fn number_add_ons(add_ons: &mut [AddOn]) {
    let mut taken = BTreeSet::new();
    let mut next = add_ons.iter().map(|add_on| add_on.key).max().unwrap_or(0);
    for add_on in add_ons {
        if add_on.key == 0 || !taken.insert(add_on.key) {
            next = next.saturating_add(1);
            add_on.key = next;
            taken.insert(next);
        }
    }
}
