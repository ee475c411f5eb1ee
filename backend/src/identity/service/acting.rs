//! Acting appointments: proposed by one, confirmed by another, neither of them one of the two; they end by themselves.

use shared::error::ErrorCode;
use shared::id::{ActingId, PersonId, SchoolId};
use shared::identity::acting::{ActingSeat, ActingView, ActingsView, NewActing, Seat, check_days, may_act};
use shared::identity::api::{PersonRef, SchoolRef};
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};
use shared::text;
use shared::time::Timestamp;
use shared::words::identity as words;

use super::directory::{Contact, contacts, district};
use crate::app::App;
use crate::db::{Effect, Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact, Target};
use crate::identity::rules;
use crate::identity::store::acting::{self as store, ActingRow};
use crate::identity::store::people;
use crate::ports::mailer::Mail;

fn person((id, name): (PersonId, String)) -> PersonRef {
    PersonRef { id, name }
}

/// An appointment as it is shown at `now`.
pub(super) fn shown(row: ActingRow, now: Timestamp) -> ActingView {
    ActingView {
        now: row.confirmed_by.is_some() && row.span.0 <= now && now < row.span.1,
        id: row.id,
        school: SchoolRef { id: row.school.0, name: row.school.1 },
        person: person(row.person),
        deputy: person(row.deputy),
        first: row.days.0,
        last: row.days.1,
        reason: row.reason,
        proposed_by: person(row.proposed_by),
        confirmed_by: row.confirmed_by.map(person),
    }
}

/// The appointment as a seat of `deputy`, where they hold it now.
pub(super) fn seat(row: ActingRow, (deputy, now): (PersonId, Timestamp)) -> Option<ActingSeat> {
    let view = shown(row, now);
    (view.now && view.deputy.id == deputy).then_some(ActingSeat { school: view.school, person: view.person, last: view.last })
}

/// What has not run out, and who could be in one.
///
/// # Errors
/// Those of the database.
pub async fn list(app: &App, now: Timestamp) -> Result<ActingsView, AppError> {
    let reader = app.db.reader();
    let (today, places) = (district(&reader).await?.day_of(now)?, people::places(&reader).await?);
    let (mut seats, mut candidates) = (Vec::new(), Vec::new());
    let grants = people::grants(&reader, None).await?;
    for one in people::people(&reader).await?.into_iter().filter(|one| one.active) {
        let held: Vec<_> = grants.iter().filter(|grant| grant.held && grant.person == one.id).map(|grant| grant.grant).collect();
        let named = PersonRef { id: one.id, name: one.name };
        if may_act(&held.iter().map(|grant| grant.role).collect::<Vec<_>>()) && !held.is_empty() {
            candidates.push(named.clone());
        }
        seats.extend(held.iter().filter(|grant| grant.role == Role::Principal).filter_map(|grant| {
            let Scope::School(id) = grant.scope else { return None };
            Some(Seat { school: SchoolRef { id, name: places.title(&id.to_string()) }, person: named.clone() })
        }));
    }
    seats.sort_by(|a, b| a.school.name.cmp(&b.school.name));
    let appointments = store::open(&reader, now).await?.into_iter().map(|row| shown(row, now)).collect();
    Ok(ActingsView { today, appointments, seats, candidates })
}

#[derive(Clone)]
struct Planned {
    ctx: CommandContext,
    row: ActingRow,
    link: String,
}

/// Proposes an appointment.
///
/// # Errors
/// `NotYourOwn` where the caller is one of the two; `BadInput` by field.
pub async fn propose(app: &App, ctx: &CommandContext, new: NewActing) -> Result<ActingsView, AppError> {
    not_ourselves(ctx, (new.person, new.deputy))?;
    let district = district(&app.db.reader()).await?;
    check_days(new.first, new.last, district.day_of(ctx.now)?).map_err(|(field, message)| AppError::field(field, message))?;
    let reason = text::required(&new.reason, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("reason", error.message()))?;
    let row = ActingRow {
        id: app.id(ctx.now),
        school: (new.school, people::places(&app.db.reader()).await?.title(&new.school.to_string())),
        person: (new.person, String::new()),
        deputy: (new.deputy, String::new()),
        days: (new.first, new.last),
        span: (district.start_of(new.first)?, district.start_of(new.last.plus_days(1))?),
        reason,
        proposed_by: (ctx.actor.person, ctx.actor.name.clone()),
        confirmed_by: None,
    };
    let planned = Planned { ctx: ctx.clone(), row, link: link(app, "/people") };
    app.db.command(&ctx.key(), planned.row.id, planned, write_proposal).await?;
    list(app, ctx.now).await
}

fn link(app: &App, path: &str) -> String {
    format!("{}{path}", app.config.link_base().trim_end_matches('/'))
}

/// Invariant: nobody appoints themselves, nor whoever acts for them (RELIABILITY 4, rule 12).
fn not_ourselves(ctx: &CommandContext, (person, deputy): (PersonId, PersonId)) -> Result<(), AppError> {
    let own = ctx.actor.conflicts();
    if own.contains(&person) || own.contains(&deputy) {
        return Err(AppError::saying(ErrorCode::NotYourOwn, words::ACTING_NOT_OURSELVES));
    }
    Ok(())
}

async fn write_proposal(mut tx: Tx, planned: Planned) -> Result<(), AppError> {
    let Planned { ctx, mut row, link } = planned;
    let [absent, deputy] = fit(&mut tx, &row).await?;
    (row.person.1, row.deputy.1) = (absent.name, deputy.name);
    store::insert(&mut tx, &row, ctx.now).await?;
    let what = words::acts_at(&row.deputy.1, &row.person.1, &row.school.1);
    let mut mails = Vec::new();
    let others = contacts(&tx, Permission::AppointActing, &Target::District).await?;
    for one in others.into_iter().filter(|one| ![ctx.actor.person, row.person.0, row.deputy.0].contains(&one.id)) {
        let text = words::mail_acting_wait(&one.name, &ctx.actor.name, &what, &link);
        mails.push(Effect::Mail(Mail { to: one.email, subject: words::mail_acting_wait_subject(&row.school.1), text }));
    }
    let span = words::away_span(row.days.0, row.days.1);
    let summary = words::acting_proposed(&row.school.1, &row.person.1, &span);
    commit(tx, &ctx, &row, (summary, row.reason.clone()), mails).await
}

async fn commit(tx: Tx, ctx: &CommandContext, row: &ActingRow, (summary, reason): (String, String), mails: Vec<Effect>) -> Result<(), AppError> {
    let (object, object_title) = (row.id.to_string(), row.deputy.1.clone());
    let fact = Fact { object: object.clone(), object_title, school: Some(row.school.0), summary, reason };
    let record = ctx.record(fact).about([object, row.person.0.to_string(), row.deputy.0.to_string()]);
    Ok(tx.commit(record, mails).await?)
}

/// Both accounts, held in the order of their ids, where the one is principal of the school, the other may act, and neither is in
/// another appointment in these days.
async fn fit(tx: &mut Tx, row: &ActingRow) -> Result<[people::Person; 2], AppError> {
    let mut both = [row.person.0, row.deputy.0];
    both.sort_unstable();
    for person in both {
        people::lock_person(tx, person).await?;
    }
    let not_there = || AppError::field("person", words::ACTING_NOT_PRINCIPAL);
    let absent = people::person(tx, row.person.0).await?.filter(|one| one.active).ok_or_else(not_there)?;
    let seats = people::holders_of(tx, Role::Principal, Scope::School(row.school.0)).await?;
    if seats.iter().all(|one| one.id != row.person.0) {
        return Err(not_there());
    }
    let cannot = || AppError::field("deputy", words::ACTING_CANNOT);
    let deputy = people::person(tx, row.deputy.0).await?.filter(|one| one.active && one.id != row.person.0).ok_or_else(cannot)?;
    let held: Vec<Role> = people::grants(tx, Some(row.deputy.0)).await?.into_iter().map(|grant| grant.grant.role).collect();
    if !may_act(&held) {
        return Err(cannot());
    }
    match store::meets(tx, row, row.id).await? {
        (true, _) => Err(AppError::field("first", words::ACTING_TWICE)),
        (false, true) => Err(AppError::field("deputy", words::ACTING_BUSY)),
        (false, false) => Ok([absent, deputy]),
    }
}

/// Confirms an appointment that somebody else proposed for two others.
///
/// # Errors
/// `NotFound`, `NotYourOwn`, `NotInThisState`.
pub async fn confirm(app: &App, ctx: &CommandContext, id: ActingId) -> Result<ActingsView, AppError> {
    let input = (ctx.clone(), link(app, "/"));
    app.db.command(&ctx.key(), id, input, move |tx, (ctx, link)| write_confirmation(tx, ctx, (id, link))).await?;
    list(app, ctx.now).await
}

async fn write_confirmation(mut tx: Tx, ctx: CommandContext, (id, link): (ActingId, String)) -> Result<(), AppError> {
    let row = store::acting(&tx, id).await?.ok_or_else(AppError::not_found)?;
    not_ourselves(&ctx, (row.person.0, row.deputy.0))?;
    rules::may_confirm(ctx.actor.person, row.deputy.0, Some(row.proposed_by.0)).map_err(|refusal| AppError::refused(refusal.code()))?;
    let changed = |_: AppError| AppError::saying(ErrorCode::NotInThisState, words::ACTING_CHANGED);
    let both = fit(&mut tx, &row).await.map_err(changed)?;
    if !store::confirm(&mut tx, id, ctx.actor.person, ctx.now).await? {
        return Err(ErrorCode::NotInThisState.into());
    }
    let span = words::away_span(row.days.0, row.days.1);
    let what = words::acts_at(&row.deputy.1, &row.person.1, &row.school.1);
    let mail = |one: people::Person| {
        let text = words::mail_acting(&one.name, &what, &span, &link);
        Effect::Mail(Mail { to: one.email, subject: words::mail_acting_subject(&row.school.1), text })
    };
    let mails = both.into_iter().map(mail).collect();
    let summary = words::acting_confirmed_summary(&row.school.1, &row.person.1, &span);
    commit(tx, &ctx, &row, (summary, row.reason.clone()), mails).await
}

/// Ends an appointment at once, or refuses one that waits: taking power away needs one person.
///
/// # Errors
/// `NotFound`; `Stale` where it has run out.
pub async fn end(app: &App, ctx: &CommandContext, id: ActingId) -> Result<ActingsView, AppError> {
    app.db.command(&ctx.key(), id, ctx.clone(), move |tx, ctx| write_end(tx, ctx, id)).await?;
    list(app, ctx.now).await
}

async fn write_end(mut tx: Tx, ctx: CommandContext, id: ActingId) -> Result<(), AppError> {
    let row = store::acting(&tx, id).await?.ok_or_else(AppError::not_found)?;
    if !store::end(&mut tx, id, ctx.actor.person, ctx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    let what = words::acts_at(&row.deputy.1, &row.person.1, &row.school.1);
    let mut mails = Vec::new();
    for id in [row.person.0, row.deputy.0] {
        let Some(one) = people::person(&tx, id).await?.filter(|one| one.active) else { continue };
        let text = words::mail_acting_end(&one.name, &what);
        mails.push(Effect::Mail(Mail { to: one.email, subject: words::mail_acting_subject(&row.school.1), text }));
    }
    let summary = words::acting_ended_summary(&row.school.1, &row.person.1);
    commit(tx, &ctx, &row, (summary, String::new()), mails).await
}

/// These people, and whoever acts for one of them at `now`.
///
/// # Errors
/// Those of the database.
pub async fn with_acting<Q: Query>(query: &Q, mut people: Vec<Contact>, now: Timestamp) -> Result<Vec<Contact>, AppError> {
    let ids: Vec<PersonId> = people.iter().map(|one| one.id).collect();
    for one in store::deputies(query, &ids, now).await? {
        if people.iter().all(|known| known.id != one.id) {
            people.push(Contact { id: one.id, name: one.name, email: one.email });
        }
    }
    Ok(people)
}

/// For whom a person acted at a school at that instant.
///
/// # Errors
/// Those of the database.
pub async fn acted_for<Q: Query>(query: &Q, deputy: PersonId, (school, at): (SchoolId, Timestamp)) -> Result<Option<(PersonId, String)>, AppError> {
    Ok(store::acted_for(query, deputy, school, at).await?)
}

/// With whom a person was one of the two of an appointment at any time since: neither decides on what the other bought.
///
/// # Errors
/// Those of the database.
pub async fn acted_with<Q: Query>(query: &Q, person: PersonId, span: (Timestamp, Timestamp)) -> Result<Vec<PersonId>, AppError> {
    Ok(store::acted_with(query, person, span).await?)
}
