//! The library: good answers in the unit's edited words, with owner and date, for every school's search.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{LibraryEntryId, QuestionId};
use shared::identity::policy::Permission;
use shared::orders::questions::{LibraryEntry, LibraryText, QuestionState, QuestionView, Side, check_library};
use shared::words::orders as words;

use super::ask::fact;
use super::notices::{Audience, Told, tell};
use super::questions::{self, seen};
use crate::app::App;
use crate::budget::service as budget;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Target};
use crate::orders::store::{self, NewEntry};

/// Everything published, newest first.
///
/// # Errors
/// Those of the database.
pub async fn list(app: &App) -> Result<Vec<LibraryEntry>, AppError> {
    Ok(store::library(&app.db.reader()).await?)
}

#[derive(Clone)]
struct Publication {
    app: Arc<App>,
    ctx: CommandContext,
    question: QuestionId,
    entry: LibraryEntryId,
    text: LibraryText,
}

/// The unit publishes an answer in edited words. No school is named in it, nor who asked.
///
/// # Errors
/// `NotInThisState` for what is not answered; `AlreadyExists` where it is published; `BadInput` by field.
pub async fn publish(app: &Arc<App>, ctx: &CommandContext, id: QuestionId, body: LibraryText) -> Result<QuestionView, AppError> {
    let publication = Publication { app: Arc::clone(app), ctx: ctx.clone(), question: id, entry: app.id(ctx.now), text: body };
    app.db.command(&ctx.key(), id, publication, write).await?;
    questions::question(app, &ctx.actor, id).await
}

async fn write(mut tx: Tx, publication: Publication) -> Result<(), AppError> {
    let Publication { app, ctx, question, entry, text } = publication;
    let question = seen(&tx, &ctx.actor, question).await?;
    if !ctx.actor.may(Permission::PublishAnswer, &Target::Unit(question.unit)) {
        return Err(ErrorCode::NotAllowed.into());
    }
    if question.state != QuestionState::Answered || question.side != Side::School {
        return Err(ErrorCode::NotInThisState.into());
    }
    let schools = budget::list_schools(&tx).await?;
    let mut names: Vec<&str> = schools.iter().map(|school| school.name.as_str()).collect();
    names.push(&question.asked_by_name);
    let text = check_library(&text, &names).map_err(|error| AppError::fields(vec![error]))?;
    let (unit, service, by, at) = (question.unit, question.service, ctx.actor.person, ctx.now);
    let new = NewEntry { id: entry, question: question.id, unit, service, title: &text.title, text: &text.text, by, at };
    if !store::insert_entry(&mut tx, &new).await? {
        return Err(ErrorCode::AlreadyExists.into());
    }
    let told = Told {
        audience: Audience::People(vec![question.asked_by]),
        text: words::tell_published(&question.unit_name),
        link: words::question_link(question.id),
    };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let record = ctx.record(fact(&question, words::published_summary(&text.title)));
    let record = record.about([question.id.to_string(), entry.to_string()]);
    Ok(tx.commit(record, effects).await?)
}

/// The unit takes an answer out of the library; the question keeps it.
///
/// # Errors
/// `NotFound` for another unit's, `Stale` where it is out already.
pub async fn remove(app: &Arc<App>, ctx: &CommandContext, entry: LibraryEntryId) -> Result<QuestionView, AppError> {
    let (question, unit) = match store::behind(&app.db.reader(), entry).await? {
        Some(found) => found,
        None => return Err(AppError::not_found()),
    };
    ctx.actor.demand(Permission::PublishAnswer, &Target::Unit(unit))?;
    app.db.command(&ctx.key(), question, ctx.clone(), move |tx, ctx| write_removal(tx, ctx, (question, entry))).await?;
    questions::question(app, &ctx.actor, question).await
}

async fn write_removal(mut tx: Tx, ctx: CommandContext, (question, entry): (QuestionId, LibraryEntryId)) -> Result<(), AppError> {
    let question = seen(&tx, &ctx.actor, question).await?;
    if !store::remove_entry(&mut tx, entry, ctx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    let record = ctx.record(fact(&question, words::REMOVED_FROM_LIBRARY.to_owned()));
    Ok(tx.commit(record.about([question.id.to_string(), entry.to_string()]), Vec::new()).await?)
}
