//! What silence confirms: a job that tells the receivers before, and confirms after, by the dated policy; nobody acts in it.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::orders::DeliveryState;
use shared::orders::silence::{Paid, Silence, SilencePolicy, silence};
use shared::orders::state::DeliveryCommand;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::deliver::{Answer, ToEntry};
use super::facts;
use super::notices::Told;
use super::step::{Errand, Step};
use crate::app::App;
use crate::calendar::service::{self as calendar, WorkingTime};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, service as identity};
use crate::orders::rules::Standing;
use crate::orders::store::{self, DeliveryRow, EventKind, OrderRow, Unanswered};

/// The names of the policy's own commands, as the audit record shows them.
const TELL: &str = "TellOfSilence";
const CONFIRM: &str = "ConfirmBySilence";

/// Tells the receivers of entries that silence will confirm soon, and confirms those whose days are over. A job: runs as often as one
/// likes and does each thing once.
///
/// # Errors
/// Those of the database. What one entry refuses stands in the log and holds up no other.
pub async fn confirm_by_policy(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    for waiting in store::unanswered(&reader, now).await? {
        let Some(order) = store::order(&reader, waiting.order).await? else { continue };
        let time = calendar::school_time(&reader, order.school).await?;
        // In a break nothing is confirmed, even where the days before it were enough.
        if !time.runs(ClockOf::School, now)? {
            continue;
        }
        let Silence::Confirms(policy) = of_order(&reader, &order, waiting.logged).await? else { continue };
        if let Err(error) = attend(app, (&waiting, &order), (policy, &time), now).await {
            tracing::warn!(%error, entry = %waiting.id, "silence could not confirm an entry; the next run tries again");
        }
    }
    Ok(())
}

async fn attend(
    app: &Arc<App>,
    (waiting, order): (&Unanswered, &OrderRow),
    (policy, time): (SilencePolicy, &WorkingTime),
    now: Timestamp,
) -> Result<(), AppError> {
    let what = ToEntry { delivery: waiting.id, version: order.version, body: policy };
    if waiting.told && confirms(policy, time, waiting.logged)? <= now {
        // A corrected entry is another occasion.
        let ctx = CommandContext::of_policy(CONFIRM, &occasion(waiting), now);
        let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: order.id, body: what };
        app.db.command(&ctx.key(), order.id, errand, write_confirmation).await?;
    } else if !waiting.told && time.later(ClockOf::School, waiting.logged, policy.days.saturating_sub(policy.notice_days))? <= now {
        let ctx = CommandContext::of_policy(TELL, &occasion(waiting), now);
        let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: order.id, body: what };
        app.db.command(&ctx.key(), order.id, errand, write_telling).await?;
    }
    Ok(())
}

fn occasion(waiting: &Unanswered) -> String {
    format!("{}/{}", waiting.id, waiting.logged.micros())
}

/// The instant at which silence confirms what was logged at `logged`.
fn confirms(policy: SilencePolicy, time: &WorkingTime, logged: Timestamp) -> Result<Timestamp, AppError> {
    time.later(ClockOf::School, logged, policy.days)
}

/// When silence confirms an entry that waits; nothing where it never does.
///
/// # Errors
/// Those of the database.
pub fn confirms_at(found: &Silence, time: &WorkingTime, entry: &DeliveryRow) -> Result<Option<Timestamp>, AppError> {
    match found {
        Silence::Confirms(policy) if entry.state == DeliveryState::Logged => {
            confirms(*policy, time, entry.logged).map(Some)
        }
        Silence::Confirms(_) | Silence::NoPolicy | Silence::Restricted { .. } | Silence::Outside => Ok(None),
    }
}

/// Whether silence confirms what is logged for an order at `logged`, and why not.
///
/// # Errors
/// Those of the database.
pub async fn of_order<Q: Query>(query: &Q, order: &OrderRow, logged: Timestamp) -> Result<Silence, AppError> {
    let day = identity::district(query).await?.day_of(logged)?;
    let policy = store::silence_policy(query, day).await?;
    let funds = store::paid_kinds(query, order.id).await?;
    let outside = facts::bought(query, order).await?.service.content.provider.is_some();
    Ok(silence(policy, &Paid { funds: &funds, division: order.division, outside }))
}

type Policy = Errand<ToEntry<SilencePolicy>>;

fn waits(_: &Standing, entry: &DeliveryRow) -> Result<(), ErrorCode> {
    if entry.state == DeliveryState::Logged { Ok(()) } else { Err(ErrorCode::NotInThisState) }
}

/// Judges once more inside the transaction: the entry may have been answered, the order paid anew.
async fn open(tx: Tx, errand: &Policy) -> Result<Answer, AppError> {
    let answer = Answer::open(tx, errand, waits).await?;
    match of_order(&answer.step.tx, &answer.step.before, answer.entry.logged).await? {
        Silence::Confirms(_) => Ok(answer),
        Silence::NoPolicy | Silence::Restricted { .. } | Silence::Outside => Err(ErrorCode::NotInThisState.into()),
    }
}

async fn write_telling(tx: Tx, errand: Policy) -> Result<(), AppError> {
    let mut answer = open(tx, &errand).await?;
    let time = calendar::school_time(&answer.step.tx, answer.step.before.school).await?;
    let due = time.district.day_of(confirms(errand.body.body, &time, answer.entry.logged)?)?;
    let order = answer.step.before.clone();
    let text = words::tell_silence(order.number, &answer.counted(), due);
    answer.step.tell(Told::receivers(&order, text.clone()));
    answer.entry.told = Some(errand.ctx.now);
    mark(&mut answer.step, &answer.entry).await?;
    answer.step.commit(text, "").await
}

async fn mark(step: &mut Step, entry: &DeliveryRow) -> Result<(), AppError> {
    store::hold(&mut step.tx, entry.order).await?;
    if store::change_delivery(&mut step.tx, entry.state, entry).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

async fn write_confirmation(tx: Tx, errand: Policy) -> Result<(), AppError> {
    let mut answer = open(tx, &errand).await?;
    let (amount, _) = answer.due_amount().await?;
    let text = words::confirmed_by_silence(&answer.counted(), amount, errand.body.body.days);
    answer.step.event(EventKind::Policy, text.clone(), words::SILENCE_DISPUTE);
    let order = answer.step.before.clone();
    answer.step.tell(Told::receivers(&order, words::tell_confirmed_by_silence(order.number, amount)));
    answer.entry.by_policy = true;
    answer.spend((DeliveryCommand::Confirm, "")).await?;
    answer.step.commit(text, "").await
}
