//! Funds and what they may pay for.

use shared::budget::api::FundView;
use shared::budget::{FundRule, FundRules};
use shared::error::FieldError;
use shared::id::{FundId, FundRuleId};
use shared::identity::policy::Permission;
use shared::text::{self, LINE_LIMIT, PARAGRAPH_LIMIT};
use shared::words::budget as words;

use crate::app::App;
use crate::budget::store::fund::{self, NewRule};
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};

/// Most objects that one rule may name.
const OBJECTS_LIMIT: usize = 200;

/// Every fund with the rule in force.
///
/// # Errors
/// Those of the database.
pub async fn fund_rules(q: &impl Query) -> Result<Vec<FundView>, AppError> {
    Ok(fund::funds(q).await?)
}

/// As [`fund_rules`], for a screen.
///
/// # Errors
/// Those of the database.
pub async fn list_funds(app: &App) -> Result<Vec<FundView>, AppError> {
    fund_rules(&app.db.reader()).await
}

/// Decides what a fund may pay for; the rule before stays in the history.
///
/// # Errors
/// Bad input by field; not found; those of the database.
pub async fn decide_fund_rule(app: &App, command: &CommandContext, id: FundId, rule: FundRule) -> Result<FundView, AppError> {
    command.actor.demand(Permission::DecideFundRules, &Target::District)?;
    let rule = valid(rule)?;
    let known = fund::fund(&app.db.reader(), id).await?.ok_or(AppError::not_found())?;
    let input = (command.clone(), known, rule);
    let done: FundId = app
        .db
        .command(&command.key(), id, input, |mut tx, (command, known, rule)| async move {
            let (quote, id) = (rule.quote.clone(), tx.new_id::<FundRuleId>(command.now));
            let by = Some(command.actor.person);
            fund::put_rules(&mut tx, &[NewRule { id, fund: known.id, starter: false, rule, by, at: command.now }]).await?;
            let before = match &known.rules {
                FundRules::Undecided => words::RULE_WAS_OPEN.to_owned(),
                FundRules::Decided(old) => words::rule_before(&old.quote),
            };
            let fact = Fact {
                object: known.id.to_string(),
                object_title: words::fund_title(&known.code, &known.title),
                school: None,
                summary: words::rule_decided(&quote),
                reason: before,
            };
            Ok::<(), AppError>(tx.commit(command.record(fact), Vec::new()).await?)
        })
        .await?;
    fund::fund(&app.db.reader(), done).await?.ok_or(AppError::not_found())
}

fn valid(rule: FundRule) -> Result<FundRule, AppError> {
    let mut errors = Vec::new();
    let mut take = |field: &str, raw: &str, limit: usize| match text::required(raw, limit) {
        Ok(text) => text,
        Err(error) => {
            errors.push(FieldError::new(field, error.message()));
            String::new()
        }
    };
    let (quote, source) = (take("quote", &rule.quote, PARAGRAPH_LIMIT), take("source", &rule.source, LINE_LIMIT));
    let digits = |object: &String| (3..=5).contains(&object.len()) && object.bytes().all(|b| b.is_ascii_digit());
    if rule.objects.len() > OBJECTS_LIMIT || !rule.objects.iter().all(digits) {
        errors.push(FieldError::new("objects", words::OBJECTS_ARE_CODES));
    }
    let (mut categories, mut objects) = (rule.categories, rule.objects);
    categories.sort_unstable();
    categories.dedup();
    objects.sort_unstable();
    objects.dedup();
    if errors.is_empty() { Ok(FundRule { categories, objects, quote, source, ..rule }) } else { Err(AppError::fields(errors)) }
}
