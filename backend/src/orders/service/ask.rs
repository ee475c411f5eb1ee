//! Asking: a school its unit, outside an order; one side of an order the other.

use std::sync::Arc;

use shared::calendar::ClockOf;
use shared::error::ErrorCode;
use shared::id::{OrderId, QuestionId, UnitId};
use shared::identity::policy::Permission;
use shared::orders::api::OrderView;
use shared::orders::questions::{NewQuestion, OrderQuestion, QuestionState, QuestionVersion, QuestionView, Side};
use shared::text;
use shared::time::Timestamp;
use shared::words::orders as words;

use super::notices::{Audience, Told, tell};
use super::questions::{self, seen};
use super::rest;
use super::step::{Errand, Step};
use super::view;
use crate::app::App;
use crate::budget::service::{self as budget, School};
use crate::calendar::service as calendar;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target};
use crate::orders::rules::questionable;
use crate::orders::store::{self, EventKind, QuestionRow};

/// Who has to answer: those of the unit, or those of the school.
pub(super) fn answerers(question: &QuestionRow) -> Audience {
    let target = match question.side {
        Side::School => Target::Unit(question.unit),
        Side::Unit => Target::School(question.school, question.network),
    };
    Audience::Who(Permission::AskQuestion, target)
}

/// What an audit record says of a question.
pub(super) fn fact(question: &QuestionRow, summary: String) -> Fact {
    let object_title = question.order.map_or_else(|| words::question_title(&question.unit_name), |(_, number)| words::order_title(number));
    Fact { object: question.id.to_string(), object_title, school: Some(question.school), summary, reason: String::new() }
}

/// What lists of questions search.
pub(super) fn search_words(q: &QuestionRow) -> String {
    format!("{} {} {} {} {} {}", q.text, q.answer, q.instead, q.service_title, q.unit_name, q.school_name).to_lowercase()
}

/// What is asked, before anybody answered.
fn open(id: QuestionId, actor: &Actor, asked: Timestamp, (school, text): (&School, String)) -> QuestionRow {
    QuestionRow {
        id,
        version: 1,
        order: None,
        school: school.id,
        school_name: school.name.clone(),
        network: school.network,
        unit: shared::id::Id::from_bits(0),
        unit_name: String::new(),
        unit_contact: String::new(),
        service: None,
        service_title: String::new(),
        side: Side::School,
        state: QuestionState::Open,
        text,
        asked_by: actor.person,
        asked_by_name: actor.name.clone(),
        asked,
        due: asked,
        follows: None,
        answer: String::new(),
        refused: false,
        instead: String::new(),
        answered_by: None,
        answered_for: None,
        answered: None,
        useful: None,
        entry: None,
        climbed_to: None,
        words: String::new(),
    }
}

fn said(raw: &str) -> Result<String, AppError> {
    text::required(raw, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("text", error.message()))
}

/// A school asks a unit, about one of its services or in general.
///
/// # Errors
/// `NotFound` for a school that is not the caller's or a unit that is not there; `BadInput` by field.
pub async fn ask_unit(app: &Arc<App>, ctx: &CommandContext, unit: UnitId, body: NewQuestion) -> Result<QuestionView, AppError> {
    let reader = app.db.reader();
    let school = budget::school_facts(&reader, body.school).await?;
    ctx.actor.demand(Permission::AskQuestion, &Target::School(school.id, school.network))?;
    let found = catalog::unit_contact(&reader, unit).await?;
    let time = calendar::time(&reader).await?;
    let (unit_days, _) = store::question_policy(&reader, time.district.day_of(ctx.now)?).await?;
    let promise = match body.service {
        Some(service) => Some(catalog::promise(&reader, service).await?).filter(|promise| promise.unit == unit),
        None => None,
    };
    if body.service.is_some() != promise.is_some() {
        return Err(AppError::field("service", words::SERVICE_ELSEWHERE));
    }
    if let Some(earlier) = body.follows {
        let earlier = seen(&reader, &ctx.actor, earlier).await?;
        if earlier.unit != unit || earlier.school != school.id {
            return Err(AppError::field("follows", words::FOLLOWS_ELSEWHERE));
        }
    }
    let mut question = open(app.id(ctx.now), &ctx.actor, ctx.now, (&school, said(&body.text)?));
    (question.unit, question.unit_name, question.follows) = (unit, found.name, body.follows);
    let days = promise.as_ref().map_or(unit_days, |promise| u16::from(promise.level.reply_days));
    question.due = time.later(ClockOf::Office, ctx.now, days)?;
    question.service_title = promise.map(|promise| promise.title).unwrap_or_default();
    question.service = body.service;
    question.words = search_words(&question);
    let (id, input) = (question.id, (Arc::clone(app), ctx.clone(), question));
    let id = app.db.command(&ctx.key(), id, input, |tx, (app, ctx, question)| write_question(tx, app, ctx, question)).await?;
    questions::question(app, &ctx.actor, id).await
}

async fn write_question(mut tx: Tx, app: Arc<App>, ctx: CommandContext, question: QuestionRow) -> Result<(), AppError> {
    store::insert_question(&mut tx, &question).await?;
    let text = words::tell_asked(&question.school_name, &question.service_title);
    let told = Told { audience: answerers(&question), text: text.clone(), link: words::question_link(question.id) };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    Ok(tx.commit(ctx.record(fact(&question, text)), effects).await?)
}

#[derive(Clone)]
struct InOrder {
    id: QuestionId,
    text: String,
}

/// One side of an order asks the other. What the asker owes next rests until the answer is there.
///
/// # Errors
/// `NotInThisState` for a cart or an order that has ended; `NotAllowed` for who is on neither side.
pub async fn ask_in_order(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: OrderQuestion) -> Result<OrderView, AppError> {
    let body = InOrder { id: app.id(ctx.now), text: body.text };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body };
    app.db.command(&ctx.key(), order, errand, write_in_order).await?;
    view::order(app, &ctx.actor, order).await
}

async fn write_in_order(tx: Tx, errand: Errand<InOrder>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    let order = step.before.clone();
    let side = step.standing.asks.ok_or(AppError::refused(ErrorCode::NotAllowed))?;
    if !questionable(&order) {
        return Err(ErrorCode::NotInThisState.into());
    }
    let text = said(&errand.body.text)?;
    store::hold(&mut step.tx, order.id).await?;
    let school = budget::school_facts(&step.tx, order.school).await?;
    let mut question = open(errand.body.id, &step.ctx.actor, step.ctx.now, (&school, text.clone()));
    (question.unit, question.unit_name) = (order.unit, order.unit_name.clone());
    (question.order, question.side) = (Some((order.id, order.number)), side);
    (question.service, question.service_title) = (Some(order.service), order.title.clone());
    question.due = order_due(&step, side).await?;
    question.words = search_words(&question);
    store::insert_question(&mut step.tx, &question).await?;
    let rests = rest::stop(&mut step.tx, &order, side, step.ctx.now).await?;
    step.event(EventKind::Asked, text, if rests { words::CLOCK_RESTS } else { "" });
    let told = words::tell_asked_in_order(order.number, if side == Side::School { &order.school_name } else { &order.unit_name });
    step.tell(Told { audience: answerers(&question), text: told.clone(), link: words::order_link(order.id) });
    step.append().await?;
    step.commit(told, "").await
}

/// When the other side has to answer: the unit by what its service promised, the school by the policy.
async fn order_due(step: &Step, side: Side) -> Result<Timestamp, AppError> {
    let now = step.ctx.now;
    let office = calendar::time(&step.tx).await?;
    let (unit_days, school_days) = store::question_policy(&step.tx, office.district.day_of(now)?).await?;
    match side {
        Side::School => {
            let promise = catalog::promise(&step.tx, step.before.service).await.ok();
            let days = promise.map_or(unit_days, |promise| u16::from(promise.level.reply_days));
            office.later(ClockOf::Office, now, days)
        }
        Side::Unit => calendar::school_time(&step.tx, step.before.school).await?.later(ClockOf::School, now, school_days),
    }
}

/// The asker takes an open question back; a clock that rested for it runs on.
///
/// # Errors
/// `NotAllowed` for anybody else, `NotInThisState`, `Stale`.
pub async fn withdraw(app: &Arc<App>, ctx: &CommandContext, id: QuestionId, body: QuestionVersion) -> Result<QuestionView, AppError> {
    let input = (ctx.clone(), body);
    app.db.command(&ctx.key(), id, input, move |tx, (ctx, body)| write_withdrawal(tx, ctx, (id, body))).await?;
    questions::question(app, &ctx.actor, id).await
}

async fn write_withdrawal(mut tx: Tx, ctx: CommandContext, (id, body): (QuestionId, QuestionVersion)) -> Result<(), AppError> {
    let before = seen(&tx, &ctx.actor, id).await?;
    if before.asked_by != ctx.actor.person {
        return Err(ErrorCode::NotAllowed.into());
    }
    if before.state != QuestionState::Open {
        return Err(ErrorCode::NotInThisState.into());
    }
    let after = QuestionRow { state: QuestionState::Withdrawn, ..before.clone() };
    if body.version != before.version || !store::change_question(&mut tx, &before, &after).await? {
        return Err(ErrorCode::Stale.into());
    }
    if let Some((order, _)) = before.order {
        rest::run_on(&mut tx, order, before.side, (id, ctx.now)).await?;
    }
    Ok(tx.commit(ctx.record(fact(&before, words::QUESTION_WITHDRAWN.to_owned())), Vec::new()).await?)
}
