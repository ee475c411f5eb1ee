//! Versions of the approval policy: proposed by one, previewed on what was ordered lately, put in force by another.

use std::collections::BTreeMap;

use shared::error::ErrorCode;
use shared::id::{FundId, OrderId, PolicyId};
use shared::identity::api::PersonRef;
use shared::orders::api::{NewPolicy, PolicyDifference, PolicyPreview, PolicyView};
use shared::orders::approval::{ApprovalPolicy, Asked, FundTraits, PastOrder, ProviderKind, check, differences};
use shared::text;
use shared::time::Date;
use shared::words::orders as words;

use super::facts::{self, policy_on};
use super::view::summary;
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, service as identity};
use crate::orders::store::{self, OrderRow, PolicyVersion};

/// A preview looks back so far: a quarter.
const PREVIEW_DAYS: i32 = 92;
/// Days before that whose orders still count into its first sums.
const BEFORE_DAYS: i32 = 120;

/// Every version that holds, held or is proposed, the latest day first.
///
/// # Errors
/// Those of the database.
pub async fn policies(app: &App, actor: &Actor) -> Result<Vec<PolicyView>, AppError> {
    let reader = app.db.reader();
    let today = identity::district(&reader).await?.day_of(app.now())?;
    let funds: BTreeMap<FundId, String> = budget::list_funds(app).await?.into_iter().map(|fund| (fund.id, fund.title)).collect();
    let versions = store::versions(&reader).await?;
    let in_force = versions.iter().filter(|version| version.state == "confirmed" && version.policy.from <= today).map(|v| v.policy.from).max();
    let view = |version: PolicyVersion| {
        let proposed = version.state == "proposed";
        let person = |found: Option<(shared::id::PersonId, String)>| found.map(|(id, name)| PersonRef { id, name });
        let own = version.proposed_by.as_ref().is_some_and(|(id, _)| *id == actor.person);
        PolicyView {
            in_force: !proposed && Some(version.policy.from) == in_force,
            proposed,
            may_confirm: proposed && !own && actor.holds(shared::identity::policy::Permission::ConfirmPolicy),
            may_withdraw: proposed && actor.holds(shared::identity::policy::Permission::SetPolicy),
            rows: version.policy.rows.iter().map(|row| words::row_words(row, |id| funds.get(&id).cloned().unwrap_or_default())).collect(),
            reason: version.reason,
            proposed_by: person(version.proposed_by),
            confirmed_by: person(version.confirmed_by),
            policy: version.policy,
        }
    };
    Ok(versions.into_iter().map(view).collect())
}

/// Proposes a version that begins on a day to come.
///
/// # Errors
/// `BadInput` by field.
pub async fn propose_policy(app: &App, ctx: CommandContext, new: NewPolicy) -> Result<Vec<PolicyView>, AppError> {
    let today = identity::district(&app.db.reader()).await?.day_of(ctx.now)?;
    let NewPolicy { from, small_order_up_to, window_days, rows, reason } = new;
    let policy = ApprovalPolicy { id: app.id(ctx.now), from, small_order_up_to, window_days, rows };
    let mut faults = check(&policy);
    // One day has one policy, so that a submission never meets two.
    if from <= today {
        faults.push(shared::error::FieldError::new("from", words::POLICY_FROM_TOMORROW));
    }
    let reason = text::required(&reason, text::PARAGRAPH_LIMIT).unwrap_or_else(|error| {
        faults.push(shared::error::FieldError::new("reason", error.message()));
        String::new()
    });
    if !faults.is_empty() {
        return Err(AppError::fields(faults));
    }
    app.db.command(&ctx.key(), policy.id, (ctx.clone(), policy, reason), |tx, (ctx, policy, reason)| write_proposal(tx, ctx, (policy, reason))).await?;
    policies(app, &ctx.actor).await
}

async fn write_proposal(mut tx: Tx, ctx: CommandContext, (policy, reason): (ApprovalPolicy, String)) -> Result<(), AppError> {
    let new = store::NewPolicy { policy: &policy, reason: &reason, by: Some(ctx.actor.person), at: ctx.now };
    store::insert_policy(&mut tx, &new).await?;
    commit(tx, &ctx, &policy, (words::policy_proposed(policy.from, policy.rows.len()), reason)).await
}

async fn commit(tx: Tx, ctx: &CommandContext, policy: &ApprovalPolicy, (summary, reason): (String, String)) -> Result<(), AppError> {
    let object_title = words::policy_title(policy.from);
    let fact = Fact { object: policy.id.to_string(), object_title, summary, reason, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Puts a version that somebody else proposed in force from its day on.
///
/// # Errors
/// `NotYourOwn` for who proposed it; `PeriodClosed` in words where its day has come; `NotInThisState`.
pub async fn confirm_policy(app: &App, ctx: CommandContext, id: PolicyId) -> Result<Vec<PolicyView>, AppError> {
    app.db.command(&ctx.key(), id, ctx.clone(), move |tx, ctx| write_confirmation(tx, ctx, id)).await?;
    policies(app, &ctx.actor).await
}

async fn write_confirmation(mut tx: Tx, ctx: CommandContext, id: PolicyId) -> Result<(), AppError> {
    let version = store::version_of(&tx, id).await?.ok_or_else(AppError::not_found)?;
    if version.proposed_by.as_ref().is_none_or(|(by, _)| *by == ctx.actor.person) {
        return Err(ErrorCode::NotYourOwn.into());
    }
    if version.policy.from <= identity::district(&tx).await?.day_of(ctx.now)? {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::POLICY_DAY_PASSED));
    }
    if !store::confirm_policy(&mut tx, id, Some(ctx.actor.person), ctx.now).await? {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::POLICY_NOT_OPEN));
    }
    commit(tx, &ctx, &version.policy, (words::policy_confirmed(version.policy.from), String::new())).await
}

/// Takes a proposed version back.
///
/// # Errors
/// `NotInThisState` where it was decided meanwhile.
pub async fn withdraw_policy(app: &App, ctx: CommandContext, id: PolicyId) -> Result<Vec<PolicyView>, AppError> {
    app.db.command(&ctx.key(), id, ctx.clone(), move |tx, ctx| write_withdrawal(tx, ctx, id)).await?;
    policies(app, &ctx.actor).await
}

async fn write_withdrawal(mut tx: Tx, ctx: CommandContext, id: PolicyId) -> Result<(), AppError> {
    let version = store::version_of(&tx, id).await?.ok_or_else(AppError::not_found)?;
    if !store::withdraw_policy(&mut tx, id).await? {
        return Err(ErrorCode::NotInThisState.into());
    }
    commit(tx, &ctx, &version.policy, (words::policy_withdrawn(version.policy.from), String::new())).await
}

/// Which of the last quarter's orders would have gone another way under this version than under the one in force.
///
/// # Errors
/// `NotFound`.
pub async fn preview_policy(app: &App, id: PolicyId) -> Result<PolicyPreview, AppError> {
    let reader = app.db.reader();
    let version = store::version_of(&reader, id).await?.ok_or_else(AppError::not_found)?;
    let time = calendar::time(&reader).await?;
    let today = time.district.day_of(app.now())?;
    let from = today.plus_days(-PREVIEW_DAYS);
    let since = time.district.start_of(from.plus_days(-BEFORE_DAYS))?;
    let rows = store::submitted_since(&reader, since).await?;
    let history = history(app, &reader, &rows, &time.district).await?;
    let present = policy_on(&reader, today).await?;
    let found = differences(&history, from, (&present, &version.policy), &time.days);
    let by_id: BTreeMap<OrderId, &OrderRow> = rows.iter().map(|row| (row.id, row)).collect();
    let told = found.into_iter().filter_map(|found| {
        let order = summary(by_id.get(&found.id)?);
        Some(PolicyDifference { order, before: words::steps(&found.before.steps), after: words::steps(&found.after.steps), because: found.after.because })
    });
    let orders = u32::try_from(history.iter().filter(|order| order.day >= from).count()).unwrap_or(u32::MAX);
    Ok(PolicyPreview { from, until: today, orders, differences: told.collect() })
}

async fn history<Q: Query>(app: &App, query: &Q, rows: &[OrderRow], district: &crate::identity::District) -> Result<Vec<PastOrder>, AppError> {
    let funds: BTreeMap<FundId, FundTraits> = budget::list_funds(app)
        .await?
        .into_iter()
        .map(|fund| (fund.id, FundTraits { id: fund.id, kind: fund.kind, family: fund.family }))
        .collect();
    let paid = store::funds_of(query, &rows.iter().map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut history = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(submitted) = row.submitted else { continue };
        let category = match row.category {
            Some(category) => category,
            None => facts::bought(query, row).await?.service.content.category,
        };
        let provider = if row.provider.is_some() { ProviderKind::Outside } else { ProviderKind::Unit };
        let own = paid.iter().filter(|(order, _)| *order == row.id).filter_map(|(_, fund)| funds.get(fund).copied()).collect();
        let day: Date = district.day_of(submitted)?;
        history.push(PastOrder {
            id: row.id,
            school: row.school,
            unit: row.unit,
            provider: row.provider.clone(),
            day,
            asked: Asked { price: row.price, funds: own, category, provider },
        });
    }
    Ok(history)
}
