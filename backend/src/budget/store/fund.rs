//! Funds, their rules, and the code tables beside them.

use shared::budget::api::FundView;
use shared::budget::import::rows::CodeRow;
use shared::budget::{FundRule, FundRules};
use shared::id::{FundId, FundRuleId, PersonId};
use shared::time::Timestamp;

use super::insert_many;
use crate::db::{DbError, Query, Row, Tx, json};
use crate::values;

const COLUMNS: &str = "f.id AS fund_id, f.code AS fund_code, f.title AS fund_title, f.kind AS fund_kind, f.family AS fund_family, \
                       f.sacs_fund AS fund_sacs, f.intent AS fund_intent, r.content AS rule_content";
const FROM: &str = "fund f LEFT JOIN fund_rule r ON r.fund = f.id AND r.in_force";

/// A fund's own words, as the source has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundRow {
    pub view: FundView,
    pub source_words: String,
}

/// A decision on what a fund may pay for.
#[derive(Clone, Debug)]
pub struct NewRule {
    pub id: FundRuleId,
    pub fund: FundId,
    /// A shipped rule, not a person's decision.
    pub starter: bool,
    pub rule: FundRule,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// The columns and tables that [`read`] wants, for joins.
pub(super) const fn columns() -> &'static str {
    COLUMNS
}

pub(super) fn read(row: &Row) -> Result<FundView, DbError> {
    let rules = match row.get::<Option<String>>("rule_content")? {
        None => FundRules::Undecided,
        Some(_) => FundRules::Decided(row.json::<FundRule>("rule_content")?),
    };
    Ok(FundView {
        id: row.get("fund_id")?,
        code: row.get("fund_code")?,
        title: row.get("fund_title")?,
        kind: row.word("fund_kind")?,
        family: row.word("fund_family")?,
        sacs_fund: row.get("fund_sacs")?,
        intent: row.get("fund_intent")?,
        rules,
    })
}

/// All funds by code.
pub async fn funds(q: &impl Query) -> Result<Vec<FundView>, DbError> {
    let rows = q.all(&format!("SELECT {COLUMNS} FROM {FROM} ORDER BY f.code"), vec![]).await?;
    rows.iter().map(read).collect()
}

/// All funds by code, with the source's words.
pub async fn fund_rows(q: &impl Query) -> Result<Vec<FundRow>, DbError> {
    let rows = q.all(&format!("SELECT {COLUMNS}, f.source_words FROM {FROM} ORDER BY f.code"), vec![]).await?;
    rows.iter().map(|row| Ok(FundRow { view: read(row)?, source_words: row.get("source_words")? })).collect()
}

pub async fn fund(q: &impl Query, id: FundId) -> Result<Option<FundView>, DbError> {
    let row = q.one(&format!("SELECT {COLUMNS} FROM {FROM} WHERE f.id = $1"), values![id]).await?;
    row.as_ref().map(read).transpose()
}

/// Writes funds whole, their rules excepted.
pub async fn put_funds(tx: &mut Tx, funds: &[FundRow]) -> Result<(), DbError> {
    let row = |f: &FundRow| {
        let v = &f.view;
        values![v.id, v.code, v.title, v.kind.name(), v.family.name(), v.sacs_fund, v.intent, f.source_words]
    };
    let tail = "ON CONFLICT (id) DO UPDATE SET code = excluded.code, title = excluded.title, kind = excluded.kind, family = excluded.family, \
                sacs_fund = excluded.sacs_fund, intent = excluded.intent, source_words = excluded.source_words";
    let head = "INSERT INTO fund (id, code, title, kind, family, sacs_fund, intent, source_words)";
    insert_many(tx, head, tail, funds.iter().map(row).collect()).await.map(|_| ())
}

/// Puts rules in force; what was in force before stays as history.
pub async fn put_rules(tx: &mut Tx, rules: &[NewRule]) -> Result<(), DbError> {
    for rule in rules.iter().filter(|rule| !rule.starter) {
        tx.execute("UPDATE fund_rule SET in_force = $2 WHERE fund = $1 AND in_force", values![rule.fund, false]).await?;
    }
    let mut rows = Vec::with_capacity(rules.len());
    for rule in rules {
        rows.push(values![rule.id, rule.fund, true, rule.starter, json(&rule.rule)?, rule.by, rule.at]);
    }
    let head = "INSERT INTO fund_rule (id, fund, in_force, starter, content, decided_by, decided_at)";
    insert_many(tx, head, "ON CONFLICT DO NOTHING", rows).await.map(|_| ())
}

/// A table of plain codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTable {
    LedgerFund,
    Object,
    Function,
}

impl CodeTable {
    const fn name(self) -> &'static str {
        match self {
            Self::LedgerFund => "ledger_fund",
            Self::Object => "object_code",
            Self::Function => "function_code",
        }
    }
}

/// All codes of a table.
pub async fn codes(q: &impl Query, table: CodeTable) -> Result<Vec<CodeRow>, DbError> {
    let rows = q.all(&format!("SELECT code, title FROM {} ORDER BY code", table.name()), vec![]).await?;
    rows.iter().map(|row| Ok(CodeRow { code: super::line::code(row, "code")?, title: row.get("title")? })).collect()
}

/// Says in which SACS fund money of a resource mostly sits.
pub async fn set_sacs_fund(tx: &mut Tx, id: FundId, sacs: &str) -> Result<(), DbError> {
    tx.execute("UPDATE fund SET sacs_fund = $2 WHERE id = $1 AND sacs_fund <> $2", values![id, sacs]).await.map(|_| ())
}

/// A code to be written, with what its table adds.
pub enum NewCode<'a> {
    LedgerFund { row: &'a CodeRow, sacs: String },
    Object { row: &'a CodeRow, discretionary: bool },
    Function { row: &'a CodeRow },
}

/// Writes codes of one table whole.
pub async fn put_codes(tx: &mut Tx, table: CodeTable, codes: &[NewCode<'_>]) -> Result<(), DbError> {
    let row = |code: &NewCode<'_>| match code {
        NewCode::LedgerFund { row, sacs } => values![row.code.as_str(), row.title, sacs],
        NewCode::Object { row, discretionary } => values![row.code.as_str(), row.title, *discretionary],
        NewCode::Function { row } => values![row.code.as_str(), row.title],
    };
    let (head, more) = match table {
        CodeTable::LedgerFund => ("INSERT INTO ledger_fund (code, title, sacs)", ", sacs = excluded.sacs"),
        CodeTable::Object => ("INSERT INTO object_code (code, title, discretionary)", ", discretionary = excluded.discretionary"),
        CodeTable::Function => ("INSERT INTO function_code (code, title)", ""),
    };
    let tail = format!("ON CONFLICT (code) DO UPDATE SET title = excluded.title{more}");
    insert_many(tx, head, &tail, codes.iter().map(row).collect()).await.map(|_| ())
}
