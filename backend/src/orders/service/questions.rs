//! Questions as the caller may see them, by the same judgement as the commands.

use shared::id::QuestionId;
use shared::identity::api::{PersonRef, SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::orders::questions::{AnswerView, OrderRef, QuestionAction, QuestionFilter, QuestionState, QuestionSummary, QuestionView, Side};
use shared::page::Page;
use shared::words::orders as words;

use super::view::whose;
use crate::app::App;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target};
use crate::orders::store::{self, QUESTIONS_PAGE, QuestionRow};

/// How long a thread of follow-ups is shown.
const THREAD_LIMIT: usize = 20;

/// The question's row, where the caller may see it.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn seen<Q: Query>(query: &Q, actor: &Actor, id: QuestionId) -> Result<QuestionRow, AppError> {
    let row = store::question(query, id).await?.ok_or_else(AppError::not_found)?;
    let school = Target::School(row.school, row.network);
    let sees = actor.may(Permission::ViewOrders, &school) || actor.may(Permission::ViewOrders, &Target::Unit(row.unit));
    if sees { Ok(row) } else { Err(AppError::not_found()) }
}

/// Whether the caller is on the side that was asked.
pub fn answers(actor: &Actor, question: &QuestionRow) -> bool {
    let target = match question.side {
        Side::School => Target::Unit(question.unit),
        Side::Unit => Target::School(question.school, question.network),
    };
    actor.may(Permission::AskQuestion, &target)
}

/// Questions within the caller's scope, newest first.
///
/// # Errors
/// `BadInput` for a cursor that is not one of ours.
pub async fn list(app: &App, actor: &Actor, filter: &QuestionFilter) -> Result<Page<QuestionSummary>, AppError> {
    if filter.after.as_ref().is_some_and(|after| after.parse::<QuestionId>().is_err()) {
        return Err(AppError::field("after", words::BAD_CURSOR));
    }
    let mut rows = store::question_page(&app.db.reader(), &whose(actor), filter).await?;
    let more = rows.len() > QUESTIONS_PAGE;
    rows.truncate(QUESTIONS_PAGE);
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    Ok(Page { items: rows.iter().map(|row| summary(row, actor)).collect(), next })
}

/// Who owes the answer, in words.
pub fn owner(question: &QuestionRow) -> String {
    match question.side {
        Side::School => words::of_unit(&question.unit_contact, &question.unit_name),
        Side::Unit => question.school_name.clone(),
    }
}

/// One question as a list shows it.
pub fn summary(row: &QuestionRow, actor: &Actor) -> QuestionSummary {
    let person = |(id, name): &(shared::id::PersonId, String)| PersonRef { id: *id, name: name.clone() };
    let answer = row.answered_by.as_ref().zip(row.answered).map(|(by, at)| AnswerView {
        by: person(by),
        on_behalf_of: row.answered_for.as_ref().map(person),
        at,
        text: row.answer.clone(),
        refused: row.refused,
        instead: row.instead.clone(),
        late: at > row.due,
    });
    QuestionSummary {
        id: row.id,
        side: row.side,
        state: row.state,
        school: SchoolRef { id: row.school, name: row.school_name.clone() },
        unit: UnitRef { id: row.unit, name: row.unit_name.clone() },
        service: row.service,
        service_title: row.service_title.clone(),
        order: row.order.map(|(id, number)| OrderRef { id, number }),
        text: row.text.clone(),
        asked_by: PersonRef { id: row.asked_by, name: row.asked_by_name.clone() },
        asked: row.asked,
        owner: owner(row),
        due: row.due,
        climbed_to: row.climbed_to.clone().filter(|_| row.state == QuestionState::Open),
        answer,
        useful: row.useful,
        published: row.entry.is_some(),
        may_answer: row.state == QuestionState::Open && answers(actor, row),
        version: row.version,
    }
}

/// One question whole.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn question(app: &App, actor: &Actor, id: QuestionId) -> Result<QuestionView, AppError> {
    let reader = app.db.reader();
    let row = seen(&reader, actor, id).await?;
    let mut thread = Vec::new();
    let mut before = row.follows;
    while let Some(earlier) = before.filter(|_| thread.len() < THREAD_LIMIT) {
        let earlier = store::question(&reader, earlier).await?.ok_or_else(AppError::not_found)?;
        before = earlier.follows;
        thread.insert(0, summary(&earlier, actor));
    }
    thread.extend(store::follow_ups(&reader, id).await?.iter().map(|later| summary(later, actor)));
    let library = store::entry_of(&reader, id).await?;
    Ok(QuestionView { summary: summary(&row, actor), thread, library, actions: actions(&row, actor) })
}

fn actions(row: &QuestionRow, actor: &Actor) -> Vec<QuestionAction> {
    let (open, answered) = (row.state == QuestionState::Open, row.state == QuestionState::Answered);
    let mine = row.asked_by == actor.person;
    let asks = row.side == Side::School && actor.may(Permission::AskQuestion, &Target::School(row.school, row.network));
    let publishes = row.side == Side::School && actor.may(Permission::PublishAnswer, &Target::Unit(row.unit));
    let all = [
        (QuestionAction::Answer, open && answers(actor, row)),
        (QuestionAction::Withdraw, open && mine),
        (QuestionAction::Rate, answered && mine && row.useful.is_none()),
        (QuestionAction::FollowUp, answered && asks),
        (QuestionAction::Publish, answered && publishes && row.entry.is_none()),
        (QuestionAction::Unpublish, publishes && row.entry.is_some()),
    ];
    all.into_iter().filter(|(_, may)| *may).map(|(action, _)| action).collect()
}
