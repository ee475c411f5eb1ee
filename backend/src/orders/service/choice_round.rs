//! Yearly choices by the clock: schools are told of the window and reminded, offers that found too few end, choices go into the carts.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{SchoolId, ServiceId, UnitId};
use shared::identity::policy::Permission;
use shared::orders::api::NewDraft;
use shared::orders::dates::YearlyKind;
use shared::orders::selection::{ChoicePhase, fails};
use shared::time::{Date, Timestamp};
use shared::words::orders as order_words;
use shared::words::orders::selection as words;

use super::cart::{new_draft, put_draft};
use super::choice_keep::to_school;
use super::choices::{Window, window_on};
use super::facts::side_on;
use super::notices::{Audience, Told, tell};
use super::renewals::next_edition;
use crate::app::App;
use crate::budget::service as budget;
use crate::catalog::service as catalog;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store::{self, ChoiceRow, GroupRow, OrderRow};

/// Everything of the choices that a clock does. A job: runs as often as one likes.
///
/// # Errors
/// Those of the database. What one group refuses stands in the log and holds up no other.
pub async fn attend_choices(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let window = window_on(&reader, now).await?;
    for group in store::choice_groups(&reader, window.year).await? {
        let done = match window.phase {
            ChoicePhase::Open => announce(app, (&group, &window), now).await,
            ChoicePhase::Again | ChoicePhase::Over => close(app, (&group, &window), now).await,
            ChoicePhase::Before => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(%error, group = %group.id, "a group of choices could not be attended to; the next run tries again");
        }
    }
    into_carts(app, now).await
}

/// Tells every school of the window once, and those without a choice once more on the day of the reminder.
async fn announce(app: &Arc<App>, (group, window): (&GroupRow, &Window), now: Timestamp) -> Result<(), AppError> {
    let Some(closes) = window.day(YearlyKind::ChoiceCloses) else { return Ok(()) };
    let reader = app.db.reader();
    let chosen = store::choices(&reader, group.id).await?;
    let reminds = window.day(YearlyKind::ChoiceReminds).is_some_and(|day| day <= window.today);
    for school in budget::list_schools(&reader).await? {
        let open = CommandContext::of_policy("TellChoiceOpen", &format!("{}/{}", group.id, school.id), now);
        let told = to_school(school.id, words::tell_open(&group.title, closes));
        let was_told = app.db.answered(&open.key()).await?.is_some();
        if !was_told {
            tell_school(app, &open, (group, school.id), told).await?;
        }
        let waits = chosen.iter().all(|choice| choice.school != school.id);
        let remind = CommandContext::of_policy("RemindChoice", &format!("{}/{}/{closes}", group.id, school.id), now);
        if was_told && reminds && waits && app.db.answered(&remind.key()).await?.is_none() {
            tell_school(app, &remind, (group, school.id), to_school(school.id, words::tell_reminder(&group.title, closes))).await?;
        }
    }
    Ok(())
}

async fn tell_school(app: &Arc<App>, ctx: &CommandContext, (group, school): (&GroupRow, SchoolId), told: Told) -> Result<(), AppError> {
    let fact = Fact {
        object: group.id.to_string(),
        object_title: group.title.clone(),
        school: Some(school),
        summary: told.text.clone(),
        ..Fact::default()
    };
    let input = (Arc::clone(app), ctx.clone(), (fact, told));
    let write = |mut tx: Tx, (app, ctx, (fact, told)): (Arc<App>, CommandContext, (Fact, Told))| async move {
        let effects = tell(&mut tx, &app, &ctx, std::slice::from_ref(&told)).await?;
        Ok::<(), AppError>(tx.commit(ctx.record(fact), effects).await?)
    };
    app.db.command(&ctx.key(), school, input, write).await.map(|_| ())
}

/// At the end of the window: offers that found too few are not given, and their schools choose again.
async fn close(app: &Arc<App>, (group, window): (&GroupRow, &Window), now: Timestamp) -> Result<(), AppError> {
    let closes = window.day(YearlyKind::ChoiceCloses).map(|day| day.to_string()).unwrap_or_default();
    let ctx = CommandContext::of_policy("CloseChoices", &format!("{}/{closes}", group.id), now);
    if app.db.answered(&ctx.key()).await?.is_some() {
        return Ok(());
    }
    let reader = app.db.reader();
    let shelf = catalog::catalog(app).await?.services;
    let named = shelf.into_iter().map(|service| (service.id, service.content.title, service.unit)).collect();
    let schools = budget::list_schools(&reader).await?.into_iter().map(|school| school.id).collect();
    let until = window.day(YearlyKind::ChooseAgain).unwrap_or(window.today);
    let input = (Arc::clone(app), ctx.clone(), Closing { group: group.clone(), named, schools, until });
    app.db.command(&ctx.key(), group.id, input, |tx, (app, ctx, closing)| write_close(tx, (app, ctx), closing)).await.map(|_| ())
}

#[derive(Clone)]
struct Closing {
    group: GroupRow,
    named: Vec<(ServiceId, String, UnitId)>,
    schools: Vec<SchoolId>,
    until: Date,
}

async fn write_close(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), closing: Closing) -> Result<(), AppError> {
    let Closing { group, named, schools, until } = closing;
    let chosen = store::choices(&tx, group.id).await?;
    let (mut told, mut said) = (Vec::new(), Vec::new());
    for offer in store::choice_offers(&tx, group.id).await? {
        if !fails(offer.chosen, group.minimum) || !store::fail_offer(&mut tx, group.id, offer.service, group.minimum).await? {
            continue;
        }
        let title = named.iter().find(|(id, ..)| *id == offer.service).map(|(_, title, _)| title.clone()).unwrap_or_default();
        said.push(words::offer_failed(&title, offer.chosen, group.minimum));
        if let Some((_, _, unit)) = named.iter().find(|(id, ..)| *id == offer.service) {
            let audience = Audience::Who(Permission::AnswerOrder, Target::Unit(*unit));
            told.push(Told { audience, text: words::tell_offer_failed(&group.title, &title), link: words::LINK.to_owned() });
        }
        let again = chosen.iter().filter(|choice| choice.service == offer.service);
        told.extend(again.map(|choice| to_school(choice.school, words::tell_choose_again(&group.title, &title, until))));
    }
    let without = schools.iter().filter(|school| chosen.iter().all(|choice| choice.school != **school));
    told.extend(without.map(|school| to_school(*school, words::tell_not_chosen(&group.title, until))));
    let effects = tell(&mut tx, &app, &ctx, &told).await?;
    let summary = if said.is_empty() { words::ALL_OFFERS_STAND.to_owned() } else { said.join("; ") };
    let fact = Fact { object: group.id.to_string(), object_title: group.title, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), effects).await?)
}

/// Puts what was chosen for the year that has begun into the schools' carts, once budget and menu are there.
async fn into_carts(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(now)?;
    let year = district.calendar.year_of(today);
    for group in store::choice_groups(&reader, year).await? {
        let offers = store::choice_offers(&reader, group.id).await?;
        let stands = |choice: &ChoiceRow| offers.iter().any(|offer| offer.service == choice.service && !offer.failed);
        for choice in store::choices(&reader, group.id).await?.into_iter().filter(|choice| choice.draft.is_none() && stands(choice)) {
            let school = choice.school;
            if let Err(error) = into_cart(app, (now, today, year), (&group, choice)).await {
                tracing::warn!(%error, group = %group.id, %school, "a choice could not be put into the cart; the next run tries again");
            }
        }
    }
    Ok(())
}

async fn into_cart(
    app: &Arc<App>,
    (now, today, year): (Timestamp, Date, FiscalYear),
    (group, choice): (&GroupRow, ChoiceRow),
) -> Result<(), AppError> {
    let reader = app.db.reader();
    let side = side_on(&reader, budget::school_facts(&reader, choice.school).await?, today).await?;
    let Some(found) = next_edition(&reader, choice.package, year).await?.filter(|_| !side.lines.is_empty()) else { return Ok(()) };
    let ctx = CommandContext::of_policy("DraftChoice", &format!("{}/{}", group.id, choice.school), now);
    let body = NewDraft { package: found.package.id, quantity: 0, start: None, goal: None, choices: Default::default() };
    let chooser = Arc::new(Actor { person: choice.by.0, name: choice.by.1.clone(), ..Actor::policy() });
    let as_chooser = CommandContext { actor: chooser, ..ctx.clone() };
    let draft = new_draft(app, &as_chooser, &side, (&found, &body))?;
    let input = (Arc::clone(app), ctx.clone(), (as_chooser, draft, (group.clone(), choice)));
    app.db.command(&ctx.key(), group.id, input, |tx, (app, ctx, what)| write_draft(tx, (app, ctx), what)).await.map(|_| ())
}

type Drafting = (CommandContext, OrderRow, (GroupRow, ChoiceRow));

async fn write_draft(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), (as_chooser, draft, (group, choice)): Drafting) -> Result<(), AppError> {
    let draft = put_draft(&mut tx, &as_chooser, draft, words::drafted_from(&group.title)).await?;
    if !store::choice_drafted(&mut tx, group.id, choice.school, draft.id).await? {
        return Err(ErrorCode::Stale.into());
    }
    let told = Told { link: order_words::CART_LINK.to_owned(), ..to_school(choice.school, words::tell_in_cart(&draft.title)) };
    let effects = tell(&mut tx, &app, &ctx, &[told]).await?;
    let record = ctx.record(super::step::fact(&draft, words::drafted_from(&group.title), ""));
    Ok(tx.commit(record.about([draft.id.to_string(), group.id.to_string()]), effects).await?)
}
