//! The small kinds: what a file would change, and writing it.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use shared::budget::api::FundView;
use shared::budget::import::REMARKS_LIMIT;
use shared::budget::import::names::{self, Named, Sureness};
use shared::budget::import::rows::{CodeRow, EnrollmentRow, ResourceRow, SiteRow, UnitRow};
use shared::budget::starter::{self, FundWords};
use shared::budget::{FundRules, objects};
use shared::catalog::{GradeSpan, SchoolFacts};
use shared::id::{FundId, FundRuleId, SchoolId};
use shared::time::Timestamp;
use shared::words::budget as words;

use crate::budget::rules;
use crate::budget::store::fund::{self, CodeTable, FundRow, NewCode, NewRule};
use crate::budget::store::school::{self, School};
use crate::budget::store::units;
use crate::db::{Query, Tx, json};
use crate::error::AppError;

/// What of a file differs from the district: rows to stage, and counts.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// Line and JSON of the rows to write.
    pub rows: Vec<(u32, String)>,
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub summary: Vec<String>,
    pub remarks: Vec<String>,
}

impl Difference {
    fn note<T: Serialize>(&mut self, line: u32, row: &T, old: Option<bool>) -> Result<(), AppError> {
        match old {
            Some(true) => self.unchanged += 1,
            Some(false) => self.changed += 1,
            None => self.new += 1,
        }
        if old != Some(true) {
            self.rows.push((line, json(row)?));
        }
        Ok(())
    }

    fn missing(&mut self, here: usize, what: &str) {
        let known = self.changed + self.unchanged;
        if here > known {
            self.remarks.push(words::left_alone(here - known, what));
        }
    }
}

pub(super) async fn sites(q: &impl Query, rows: &[(u32, SiteRow)]) -> Result<Difference, AppError> {
    let here: HashMap<_, _> = school::sites(q).await?.into_iter().map(|s| (s.code, s)).collect();
    let mut found = Difference::default();
    for (line, row) in rows {
        found.note(*line, row, here.get(&row.code).map(|old| old == row))?;
    }
    found.missing(here.len(), "sites");
    let nameless = rows.iter().filter(|(_, r)| r.title == format!("Site {}", r.code)).count();
    found.remarks.extend((nameless > 0).then(|| words::nameless(nameless)));
    Ok(found)
}

pub(super) async fn codes(q: &impl Query, table: CodeTable, rows: &[(u32, CodeRow)]) -> Result<Difference, AppError> {
    let here: HashMap<_, _> = fund::codes(q, table).await?.into_iter().map(|r| (r.code, r)).collect();
    let mut found = Difference::default();
    for (line, row) in rows {
        found.note(*line, row, here.get(&row.code).map(|old| old == row))?;
    }
    found.missing(here.len(), "codes");
    Ok(found)
}

fn source_words(row: &ResourceRow) -> String {
    format!("{} / {} / {}", row.kind.title(), row.category, row.subcategory)
}

fn fund_words(row: &ResourceRow) -> FundWords<'_> {
    FundWords { code: row.code.as_str(), title: &row.title, category: &row.category, subcategory: &row.subcategory, kind: row.kind }
}

pub(super) async fn resources(q: &impl Query, rows: &[(u32, ResourceRow)]) -> Result<Difference, AppError> {
    let here: HashMap<String, FundRow> = fund::fund_rows(q).await?.into_iter().map(|f| (f.view.code.clone(), f)).collect();
    let mut found = Difference::default();
    let (mut ruled, mut open) = (0, 0);
    for (line, row) in rows {
        let old = here.get(row.code.as_str());
        let same = |old: &FundRow| old.view.title == row.title && old.view.kind == row.kind && old.source_words == source_words(row);
        found.note(*line, row, old.map(same))?;
        if old.is_none() {
            let starts = starter::starter(row.code.as_str(), starter::family(fund_words(row))).is_some();
            *(if starts { &mut ruled } else { &mut open }) += 1;
        }
    }
    found.missing(here.len(), "resources");
    if ruled + open > 0 {
        found.summary = vec![words::starter_rules(ruled), words::undecided_funds(open)];
    }
    Ok(found)
}

pub(super) async fn units(q: &impl Query, rows: &[(u32, UnitRow)]) -> Result<Difference, AppError> {
    let here: HashMap<String, _> = units::units(q).await?.into_iter().map(|(code, unit)| (code, unit)).collect();
    let mut found = Difference::default();
    for (line, row) in rows {
        let old = here.get(row.code.as_str());
        found.note(*line, row, old.map(|(name, division)| *name == row.name && *division == row.division))?;
    }
    found.missing(here.len(), "units");
    Ok(found)
}

/// Counts found for a school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FoundFacts {
    school: SchoolId,
    span: GradeSpan,
    facts: SchoolFacts,
    source: String,
}

pub(super) async fn enrollment(q: &impl Query, rows: &[(u32, EnrollmentRow)], file: &str) -> Result<Difference, AppError> {
    let here = school::schools(q).await?;
    let by_name: Vec<Named<'_>> = here.iter().map(|s| Named { name: &s.name, span: Some(s.span) }).collect();
    let there: Vec<Named<'_>> = rows.iter().map(|(_, r)| Named { name: &r.name, span: r.span }).collect();
    let matched = names::matches(&there, &by_name);
    let mut found = Difference::default();
    let mut charters = 0;
    let mut taken: BTreeSet<SchoolId> = BTreeSet::new();
    for ((line, row), by_name) in rows.iter().zip(matched) {
        let by_code = row.site.and_then(|code| here.iter().find(|s| s.code == code.as_str()));
        let school = by_code.or_else(|| by_name.and_then(|(at, _)| here.get(at)));
        let Some(school) = school.filter(|s| taken.insert(s.id)) else {
            if row.charter {
                charters += 1
            } else {
                found.remarks.push(words::school_unmatched(&row.name))
            }
            continue;
        };
        if by_code.is_none() && by_name.is_some_and(|(_, sureness)| sureness == Sureness::Part) {
            found.remarks.push(words::school_matched_by_part(&row.name, &school.name));
        }
        let facts = found_facts(row, school, file);
        let same = school.facts == facts.facts && school.span == facts.span && school.facts_source == facts.source;
        found.note(*line, &facts, Some(same))?;
    }
    if charters > 0 {
        found.remarks.insert(0, words::charter_unmatched(charters));
    }
    found.summary.push(words::schools_matched(taken.len(), rows.len(), here.len() - taken.len()));
    Ok(found)
}

fn found_facts(row: &EnrollmentRow, school: &School, file: &str) -> FoundFacts {
    let old = school.facts;
    let facts = SchoolFacts {
        enrollment: row.enrollment,
        low_income: row.low_income.unwrap_or(old.low_income),
        english_learners: row.english_learners.unwrap_or(old.english_learners),
        posts: row.posts.unwrap_or(old.posts),
    };
    FoundFacts { school: school.id, span: row.span.unwrap_or(school.span), facts, source: words::facts_source(file, &row.year) }
}

/// Keeps a report readable: the first remarks, and how many more there are.
pub(super) fn shorten(mut remarks: Vec<String>) -> Vec<String> {
    let more = remarks.len().saturating_sub(REMARKS_LIMIT);
    remarks.truncate(REMARKS_LIMIT);
    remarks.extend((more > 0).then(|| words::more_remarks(more)));
    remarks
}

fn span_of(category: &str) -> GradeSpan {
    let lower = category.to_lowercase();
    let spans = [
        ("elementary", GradeSpan::Elementary),
        ("middle", GradeSpan::Middle),
        ("high", GradeSpan::High),
        ("k-8", GradeSpan::KEight),
        ("6-12", GradeSpan::SixTwelve),
        ("early", GradeSpan::EarlyChildhood),
    ];
    spans.into_iter().find(|(word, _)| lower.contains(word)).map_or(GradeSpan::All, |(_, span)| span)
}

pub(super) async fn publish_sites(tx: &mut Tx, rows: &[SiteRow], now: Timestamp) -> Result<(), AppError> {
    let here: HashMap<String, School> = school::schools(&*tx).await?.into_iter().map(|s| (s.code.clone(), s)).collect();
    school::put_sites(tx, rows).await?;
    let mut schools = Vec::new();
    for row in rows.iter().filter(|row| row.is_school) {
        let name = rules::display_name(&row.title);
        schools.push(match here.get(row.code.as_str()) {
            Some(old) => School { name, ..old.clone() },
            None => School {
                id: tx.new_id(now),
                code: row.code.to_string(),
                name,
                span: span_of(&row.category),
                network: None,
                network_name: None,
                facts: SchoolFacts::default(),
                facts_source: String::new(),
            },
        });
    }
    Ok(school::put_schools(tx, &schools).await?)
}

pub(super) async fn publish_codes(tx: &mut Tx, table: CodeTable, rows: &[CodeRow]) -> Result<(), AppError> {
    let known = if table == CodeTable::LedgerFund { fund::codes(&*tx, table).await? } else { Vec::new() };
    let all: BTreeSet<String> = known.iter().chain(rows).map(|r| r.code.to_string()).collect();
    // One fund of three digits changes what the others mean.
    let rows: Vec<&CodeRow> = known.iter().filter(|k| !rows.iter().any(|r| r.code == k.code)).chain(rows).collect();
    let codes: Vec<NewCode<'_>> = rows
        .into_iter()
        .map(|row| match table {
            CodeTable::LedgerFund => NewCode::LedgerFund { row, sacs: rules::sacs_fund(row.code.as_str(), &all) },
            CodeTable::Object => NewCode::Object { row, discretionary: objects::discretionary(row.code.as_str(), &row.title) },
            CodeTable::Function => NewCode::Function { row },
        })
        .collect();
    Ok(fund::put_codes(tx, table, &codes).await?)
}

pub(super) async fn publish_resources(tx: &mut Tx, rows: &[ResourceRow], now: Timestamp) -> Result<(), AppError> {
    let here: HashMap<String, FundRow> = fund::fund_rows(&*tx).await?.into_iter().map(|f| (f.view.code.clone(), f)).collect();
    let (mut funds, mut starters) = (Vec::new(), Vec::new());
    for row in rows {
        let old = here.get(row.code.as_str());
        let family = starter::family(fund_words(row));
        let id: FundId = old.map_or_else(|| tx.new_id(now), |old| old.view.id);
        let ruled = old.is_some_and(|old| old.view.rules != FundRules::Undecided);
        if let Some(starter) = starter::starter(row.code.as_str(), family).filter(|_| !ruled) {
            let (rule, rule_id) = (starter.rule.clone(), tx.new_id::<FundRuleId>(now));
            starters.push(NewRule { id: rule_id, fund: id, starter: true, rule, by: None, at: now });
        }
        let view = FundView {
            id,
            code: row.code.to_string(),
            title: row.title.clone(),
            kind: row.kind,
            family,
            sacs_fund: old.map_or_else(|| "01".to_owned(), |old| old.view.sacs_fund.clone()),
            intent: starter::intent(row.code.as_str(), family),
            rules: FundRules::Undecided,
        };
        funds.push(FundRow { view, source_words: source_words(row) });
    }
    fund::put_funds(tx, &funds).await?;
    Ok(fund::put_rules(tx, &starters).await?)
}

pub(super) async fn publish_enrollment(tx: &mut Tx, rows: &[FoundFacts]) -> Result<(), AppError> {
    let mut here: HashMap<SchoolId, School> = school::schools(&*tx).await?.into_iter().map(|s| (s.id, s)).collect();
    let known = rows.iter().filter_map(|row| here.remove(&row.school).map(|old| (row, old)));
    let schools: Vec<School> =
        known.map(|(row, old)| School { span: row.span, facts: row.facts, facts_source: row.source.clone(), ..old }).collect();
    Ok(school::put_schools(tx, &schools).await?)
}
