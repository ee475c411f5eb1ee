//! Suggested carts: a network officer suggests, the principal takes lines into her own cart or declines with a word. Nobody edits one.

use std::sync::Arc;

use shared::catalog::choice::Choices;
use shared::catalog::price::default_quantity;
use shared::error::ErrorCode;
use shared::id::{OrderId, PlanGoalId, SchoolId, SuggestionId};
use shared::identity::api::PersonRef;
use shared::identity::policy::Permission;
use shared::money::Cents;
use shared::orders::api::NewDraft;
use shared::orders::support::{Adoption, Declining, NewSuggestedLine, NewSuggestion, SuggestedLine, SuggestionState, SuggestionView};
use shared::text;
use shared::words::catalog::goal as goal_words;
use shared::words::orders as words;
use shared::words::orders::support as texts;

use super::cart::{new_draft, put_draft};
use super::facts::{self, SchoolSide, school_side};
use super::notices::{Audience, Told, tell};
use super::view::tier_name;
use crate::app::App;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target};
use crate::orders::store::{self, Answer, OrderRow, SuggestedRow, SuggestionRow};

/// What was suggested to a school, the newest first, with today's prices.
///
/// # Errors
/// `NotFound` for a school outside the caller's scope.
pub async fn suggestions(app: &App, actor: &Actor, school: SchoolId) -> Result<Vec<SuggestionView>, AppError> {
    let side = school_side(app, (actor, app.now()), Permission::ViewSchoolBudget, school).await?;
    let buys = actor.may(Permission::SubmitOrder, &Target::School(school, side.school.network));
    let mut views = Vec::new();
    for row in store::suggestions(&app.db.reader(), school).await? {
        let mut lines = Vec::with_capacity(row.lines.len());
        for line in &row.lines {
            lines.push(seen(app, &side, line).await?);
        }
        views.push(view(row, lines, buys));
    }
    Ok(views)
}

fn view(row: SuggestionRow, lines: Vec<SuggestedLine>, buys: bool) -> SuggestionView {
    let may_answer = buys && row.state == SuggestionState::Open;
    let total = lines.iter().filter_map(|line| line.price).fold(Cents::ZERO, Cents::saturating_add);
    let SuggestionRow { id, version, title, note, state, by, made, answered_by, answered, answer, .. } = row;
    SuggestionView { id, version, title, note, state, by, at: made, answered_by, answered, answer, lines, total, may_answer }
}

async fn seen(app: &App, side: &SchoolSide, row: &SuggestedRow) -> Result<SuggestedLine, AppError> {
    let found = facts::on_sale(&app.db.reader(), row.package).await?.filter(|found| found.service.menu_year == side.year);
    let (price, problem) = match found.as_ref().map(|found| side.price(found, row.quantity, &Choices::default())) {
        Some(Ok(priced)) => (Some(priced.total), String::new()),
        Some(Err(error)) => (None, error.message()),
        None => (None, words::package_gone(&row.title)),
    };
    let goal = side.plan.iter().find(|goal| Some(goal.id) == row.goal).map(|goal| goal_words(goal.number, &goal.title));
    Ok(SuggestedLine {
        position: row.position,
        package: row.package,
        service: found.map(|found| found.service.id),
        title: row.title.clone(),
        tier_name: row.tier_name.clone(),
        quantity: row.quantity,
        start: row.start,
        goal,
        reason: row.reason.clone(),
        price,
        problem,
        order: row.order,
    })
}

/// Suggests a cart to a school of the caller's network.
///
/// # Errors
/// `NotFound` outside the caller's network; `BadInput` by field, also for a package that is not on the shelf or a goal of another plan.
pub async fn suggest(app: &Arc<App>, ctx: &CommandContext, school: SchoolId, body: NewSuggestion) -> Result<Vec<SuggestionView>, AppError> {
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::SupportSchools, school).await?;
    let NewSuggestion { title, note, lines } = body.clean().map_err(AppError::fields)?;
    let mut rows = Vec::with_capacity(lines.len());
    for (at, line) in lines.into_iter().enumerate() {
        rows.push(suggested(app, &side, (at, line)).await?);
    }
    let id: SuggestionId = app.id(ctx.now);
    let by = PersonRef { id: ctx.actor.person, name: ctx.actor.name.clone() };
    let state = SuggestionState::Open;
    let (answered_by, answered, answer) = (None, None, String::new());
    let row = SuggestionRow { id, school, title, note, state, version: 1, by, made: ctx.now, answered_by, answered, answer, lines: rows };
    let input = (Arc::clone(app), ctx.clone(), row, side.school.name.clone());
    app.db.command(&ctx.key(), id, input, write).await?;
    suggestions(app, &ctx.actor, school).await
}

async fn suggested(app: &App, side: &SchoolSide, (at, line): (usize, NewSuggestedLine)) -> Result<SuggestedRow, AppError> {
    let found = facts::on_sale(&app.db.reader(), line.package).await?;
    let Some(found) = found else { return Err(AppError::field(&format!("lines.{at}.package"), texts::SUGGEST_NOT_ON_SHELF)) };
    if line.goal.is_some_and(|goal| side.plan.iter().all(|known| known.id != goal)) {
        return Err(AppError::field(&format!("lines.{at}.goal"), words::GOAL_UNKNOWN));
    }
    let quantity = if line.quantity == 0 { default_quantity(&found.package.content.price) } else { line.quantity };
    if let Err(error) = side.price(&found, quantity, &Choices::default()) {
        return Err(AppError::field(&format!("lines.{at}.quantity"), error.message()));
    }
    Ok(SuggestedRow {
        position: u32::try_from(at + 1).unwrap_or(u32::MAX),
        package: line.package,
        title: found.service.content.title.clone(),
        tier_name: tier_name(&found),
        quantity,
        start: line.start,
        goal: line.goal,
        reason: line.reason,
        order: None,
    })
}

async fn write(mut tx: Tx, (app, ctx, row, school): (Arc<App>, CommandContext, SuggestionRow, String)) -> Result<(), AppError> {
    store::insert_suggestion(&mut tx, &row).await?;
    let told = Told {
        audience: Audience::Who(Permission::SubmitOrder, Target::School(row.school, None)),
        text: texts::tell_suggested(&ctx.actor.name, &row.title),
        link: words::CART_LINK.to_owned(),
    };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let summary = texts::suggested_summary(row.lines.len(), &school);
    Ok(tx.commit(ctx.record(fact(&row, summary, "")), effects).await?)
}

fn fact(row: &SuggestionRow, summary: String, reason: &str) -> Fact {
    Fact { object: row.id.to_string(), object_title: row.title.clone(), school: Some(row.school), summary, reason: reason.to_owned() }
}

/// The suggestion with the school's side, for whoever buys for the school.
async fn to_answer(app: &App, ctx: &CommandContext, id: SuggestionId) -> Result<(SuggestionRow, SchoolSide), AppError> {
    let row = store::suggestion(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    let side = school_side(app, (&ctx.actor, ctx.now), Permission::SubmitOrder, row.school).await?;
    Ok((row, side))
}

/// A line that is taken, with the draft it becomes.
type Taken = (SuggestedRow, OrderRow);

/// Takes all or some lines of a suggestion into the cart, as the principal's own drafts.
///
/// # Errors
/// `NotFound` outside the caller's school; `Stale` where it was answered; `BadInput` where no line is taken, or one has left the shelf.
pub async fn adopt(app: &Arc<App>, ctx: &CommandContext, id: SuggestionId, body: Adoption) -> Result<Vec<SuggestionView>, AppError> {
    let (row, side) = to_answer(app, ctx, id).await?;
    let chosen: Vec<&SuggestedRow> = row.lines.iter().filter(|line| body.lines.contains(&line.position)).collect();
    if chosen.is_empty() {
        return Err(AppError::field("lines", texts::ADOPT_NOTHING));
    }
    let mut taken: Vec<Taken> = Vec::with_capacity(chosen.len());
    for line in chosen {
        let field = format!("lines.{}", line.position);
        let found = facts::on_sale(&app.db.reader(), line.package).await?;
        let Some(found) = found else { return Err(AppError::field(&field, words::package_gone(&line.title))) };
        // A goal that the plan no longer has is left open; the cart asks for one.
        let goal: Option<PlanGoalId> = line.goal.filter(|goal| side.plan.iter().any(|known| known.id == *goal));
        let draft = NewDraft { package: line.package, quantity: line.quantity, start: line.start, goal, choices: Choices::default() };
        taken.push((line.clone(), new_draft(app, ctx, &side, (&found, &draft))?));
    }
    let (school, input) = (row.school, (Arc::clone(app), ctx.clone(), (row, body.version), taken));
    app.db.command(&ctx.key(), id, input, write_adoption).await?;
    suggestions(app, &ctx.actor, school).await
}

type Adopting = (Arc<App>, CommandContext, (SuggestionRow, u32), Vec<Taken>);

async fn write_adoption(mut tx: Tx, (app, ctx, (row, version), taken): Adopting) -> Result<(), AppError> {
    let answer = Answer { state: SuggestionState::Adopted, by: ctx.actor.person, at: ctx.now, word: String::new() };
    answered(&mut tx, &row, version, &answer).await?;
    let mut orders: Vec<OrderId> = Vec::with_capacity(taken.len());
    for (line, draft) in &taken {
        put_draft(&mut tx, &ctx, draft.clone(), texts::suggested_by(&row.by.name, &line.reason)).await?;
        store::line_became(&mut tx, row.id, line.position, draft.id).await?;
        orders.push(draft.id);
    }
    let told = to_officer(&row, texts::tell_adopted(&ctx.actor.name, &row.title, taken.len(), row.lines.len()));
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let summary = texts::adopted_summary(taken.len(), row.lines.len());
    let objects = std::iter::once(row.id.to_string()).chain(orders.iter().map(ToString::to_string));
    let record = ctx.record(fact(&row, summary, "")).about(objects);
    Ok(tx.commit(record, effects).await?)
}

async fn answered(tx: &mut Tx, row: &SuggestionRow, version: u32, answer: &Answer) -> Result<(), AppError> {
    if store::answer_suggestion(tx, row.id, version, answer).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

fn to_officer(row: &SuggestionRow, text: String) -> Told {
    Told { audience: Audience::People(vec![row.by.id]), text, link: texts::my_school_link(row.school) }
}

/// Declines a suggestion, with a word to who made it.
///
/// # Errors
/// `NotFound` outside the caller's school; `Stale` where it was answered; `BadInput` without a word.
pub async fn decline(app: &Arc<App>, ctx: &CommandContext, id: SuggestionId, body: Declining) -> Result<Vec<SuggestionView>, AppError> {
    let (row, _) = to_answer(app, ctx, id).await?;
    let word = text::required(&body.word, text::LINE_LIMIT).map_err(|error| AppError::field("word", error.message()))?;
    let (school, input) = (row.school, (Arc::clone(app), ctx.clone(), row, (body.version, word)));
    app.db
        .command(&ctx.key(), id, input, |mut tx, (app, ctx, row, (version, word))| async move {
            let answer = Answer { state: SuggestionState::Declined, by: ctx.actor.person, at: ctx.now, word: word.clone() };
            answered(&mut tx, &row, version, &answer).await?;
            let told = to_officer(&row, texts::tell_declined(&ctx.actor.name, &row.title, &word));
            let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
            Ok::<(), AppError>(tx.commit(ctx.record(fact(&row, texts::DECLINED_SUMMARY.to_owned(), &word)), effects).await?)
        })
        .await?;
    suggestions(app, &ctx.actor, school).await
}
