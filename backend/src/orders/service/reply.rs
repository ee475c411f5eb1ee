//! The answer to a question, by the side that was asked; and whether it was of use, by the asker.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::QuestionId;
use shared::identity::policy::Permission;
use shared::orders::questions::{NewAnswer, QuestionState, QuestionView, Side, Usefulness, check_answer};
use shared::words::orders as words;

use super::ask::{fact, search_words};
use super::notices::{Audience, Told, tell};
use super::questions::{self, answers, seen};
use super::rest;
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Lent, Target};
use crate::orders::store::{self, EventKind, NewEvent, QuestionRow};

/// The side that was asked answers. After the promised time it still may; the answer says that it was late.
///
/// # Errors
/// `NotAllowed` for who is on the asker's side; `AnswerNeedsReason` for a bare no; `NotInThisState`, `Stale`.
pub async fn answer(app: &Arc<App>, ctx: &CommandContext, id: QuestionId, body: NewAnswer) -> Result<QuestionView, AppError> {
    let input = (Arc::clone(app), ctx.clone(), body);
    app.db.command(&ctx.key(), id, input, move |tx, (app, ctx, body)| write_answer(tx, (app, ctx), (id, body))).await?;
    questions::question(app, &ctx.actor, id).await
}

async fn write_answer(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), (id, body): (QuestionId, NewAnswer)) -> Result<(), AppError> {
    let before = seen(&tx, &ctx.actor, id).await?;
    if !answers(&ctx.actor, &before) {
        return Err(ErrorCode::NotAllowed.into());
    }
    if before.state != QuestionState::Open {
        return Err(ErrorCode::NotInThisState.into());
    }
    let body = check_answer(&body).map_err(|error| AppError::Refused {
        code: if error.field == "instead" { ErrorCode::AnswerNeedsReason } else { ErrorCode::BadInput },
        message: None,
        fields: vec![error],
    })?;
    let absent = match before.side {
        Side::School => ctx.actor.stands_in(Permission::AskQuestion, &Target::Unit(before.unit)).cloned(),
        Side::Unit => ctx.actor.stands_in(Permission::AskQuestion, &Target::School(before.school, before.network)).cloned(),
    };
    let mut after = before.clone();
    (after.state, after.answered) = (QuestionState::Answered, Some(ctx.now));
    (after.answer, after.refused, after.instead) = (body.text, body.refused, body.instead);
    after.answered_by = Some((ctx.actor.person, ctx.actor.name.clone()));
    after.answered_for = absent.as_ref().map(|lent| (lent.person, lent.name.clone()));
    after.words = search_words(&after);
    if body.version != before.version || !store::change_question(&mut tx, &before, &after).await? {
        return Err(ErrorCode::Stale.into());
    }
    in_order(&mut tx, &ctx, &after, absent.as_ref()).await?;
    let link = after.order.map_or_else(|| words::question_link(id), |(order, _)| words::order_link(order));
    let who = if after.side == Side::School { &after.unit_name } else { &after.school_name };
    let text = words::tell_replied(who, after.refused);
    let told = Told { audience: Audience::People(vec![after.asked_by]), text: text.clone(), link };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let late = after.answered > Some(after.due);
    let text = if late { words::and_late(&text) } else { text };
    let summary = absent.as_ref().map_or_else(|| text.clone(), |absent| words::acted_for(&text, &absent.name));
    let mut record = ctx.record(fact(&after, summary));
    record.others.extend(absent.map(|absent| absent.person.to_string()));
    Ok(tx.commit(record, effects).await?)
}

/// Inside an order the answer stands on the timeline, and the asker's clock runs on.
async fn in_order(tx: &mut Tx, ctx: &CommandContext, question: &QuestionRow, absent: Option<&Lent>) -> Result<(), AppError> {
    let Some((order, _)) = question.order else { return Ok(()) };
    let due = rest::run_on(tx, order, question.side, (question.id, ctx.now)).await?;
    let late = question.answered > Some(question.due);
    let parts = [question.instead.as_str(), if late { words::WAS_LATE } else { "" }, if due.is_some() { words::CLOCK_RUNS } else { "" }];
    let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let event = NewEvent {
        order,
        at: ctx.now,
        person: Some(ctx.actor.person),
        kind: EventKind::Replied,
        text: question.answer.clone(),
        detail,
        for_person: absent.map(|absent| absent.person),
    };
    Ok(store::append(tx, &[event]).await?)
}

/// The asker says whether the answer was of use; a refusal is rated like any other answer, once.
///
/// # Errors
/// `NotAllowed` for anybody but the asker, `NotInThisState`, `Stale`.
pub async fn rate(app: &Arc<App>, ctx: &CommandContext, id: QuestionId, body: Usefulness) -> Result<QuestionView, AppError> {
    let input = (ctx.clone(), body);
    app.db.command(&ctx.key(), id, input, move |tx, (ctx, body)| write_rating(tx, ctx, (id, body))).await?;
    questions::question(app, &ctx.actor, id).await
}

async fn write_rating(mut tx: Tx, ctx: CommandContext, (id, body): (QuestionId, Usefulness)) -> Result<(), AppError> {
    let before = seen(&tx, &ctx.actor, id).await?;
    if before.asked_by != ctx.actor.person {
        return Err(ErrorCode::NotAllowed.into());
    }
    if before.state != QuestionState::Answered || before.useful.is_some() {
        return Err(ErrorCode::NotInThisState.into());
    }
    let after = QuestionRow { useful: Some(body.useful), ..before.clone() };
    if body.version != before.version || !store::change_question(&mut tx, &before, &after).await? {
        return Err(ErrorCode::Stale.into());
    }
    Ok(tx.commit(ctx.record(fact(&after, words::rated_answer(body.useful).to_owned())), Vec::new()).await?)
}
