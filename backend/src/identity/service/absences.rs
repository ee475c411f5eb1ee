//! Absence: a person sets it for themselves, a colleague acts meanwhile, both names are kept.

use std::sync::Arc;

use shared::error::ErrorCode;
use shared::id::{AbsenceId, PersonId};
use shared::identity::absence::{AbsenceView, AbsencesView, Candidate, NewAbsence, check_days, may_cover, may_deputise};
use shared::identity::acting::may_act;
use shared::identity::api::PersonRef;
use shared::identity::{Role, Scope};
use shared::text;
use shared::time::{Date, Timestamp};
use shared::words::identity as words;

use super::directory::district;
use super::views::scope_title;
use crate::app::App;
use crate::db::{Effect, Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{Actor, CommandContext, Fact, Grant, Lent};
use crate::identity::store::absences::{self, AbsenceRow, NewAbsenceRow};
use crate::identity::store::acting;
use crate::identity::store::people;
use crate::ports::mailer::Mail;

/// When the caller is away, for whom the caller stands in, and who could stand in for the caller.
///
/// # Errors
/// Those of the database.
pub async fn view(app: &App, actor: &Actor, now: Timestamp) -> Result<AbsencesView, AppError> {
    let reader = app.db.reader();
    let district = district(&reader).await?;
    let today = district.day_of(now)?;
    let own = absences::of_person(&reader, actor.person, now).await?.into_iter().map(|row| shown(row, today)).collect();
    let for_others = absences::of_deputy(&reader, actor.person, now).await?.into_iter().map(|row| shown(row, today)).collect();
    let acting = acting::of(&reader, actor.person, now).await?.into_iter().map(|row| super::acting::shown(row, now)).collect();
    Ok(AbsencesView { today, own, for_others, acting, candidates: candidates(&reader, actor, &district.name).await? })
}

fn shown(row: AbsenceRow, today: Date) -> AbsenceView {
    AbsenceView {
        id: row.id,
        person: PersonRef { id: row.person, name: row.person_name },
        deputy: PersonRef { id: row.deputy, name: row.deputy_name },
        now: row.first <= today && today <= row.last,
        first: row.first,
        last: row.last,
        note: row.note,
    }
}

fn pairs(grants: &[Grant]) -> Vec<(Role, Scope)> {
    grants.iter().map(|grant| (grant.role, grant.scope)).collect()
}

/// Active people who hold a role that covers one of the caller's.
async fn candidates<Q: Query>(query: &Q, actor: &Actor, district: &str) -> Result<Vec<Candidate>, AppError> {
    let places = people::places(query).await?;
    let mut found: Vec<Candidate> = Vec::new();
    for own in &actor.grants {
        let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| may_cover((own.role, own.scope), (*role, own.scope))).collect();
        for role in roles {
            for person in people::holders_of(query, role, own.scope).await? {
                if person.id == actor.person || found.iter().any(|known| known.person.id == person.id) {
                    continue;
                }
                let role = words::role_for(role.title(), &scope_title(own.scope, district, &places));
                found.push(Candidate { person: PersonRef { id: person.id, name: person.name }, role });
            }
        }
    }
    found.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    Ok(found)
}

#[derive(Clone)]
struct Planned {
    ctx: CommandContext,
    row: NewAbsenceRow,
    link: String,
}

/// Sets an absence of the caller.
///
/// # Errors
/// `BadInput` by field: the days, the deputy, the note.
pub async fn set(app: &App, ctx: &CommandContext, new: NewAbsence) -> Result<AbsencesView, AppError> {
    let district = district(&app.db.reader()).await?;
    let today = district.day_of(ctx.now)?;
    check_days(new.first, new.last, today).map_err(|(field, message)| AppError::field(field, message))?;
    let note = text::optional(&new.note, text::LINE_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    let span = (district.start_of(new.first)?, district.start_of(new.last.plus_days(1))?);
    let days = (new.first, new.last);
    let id: AbsenceId = app.id(ctx.now);
    let row = NewAbsenceRow { id, person: ctx.actor.person, deputy: new.deputy, days, span, note, at: ctx.now };
    let link = format!("{}/", app.config.link_base().trim_end_matches('/'));
    app.db.command(&ctx.key(), id, Planned { ctx: ctx.clone(), row, link }, write).await?;
    view(app, &ctx.actor, ctx.now).await
}

async fn write(mut tx: Tx, planned: Planned) -> Result<(), AppError> {
    let Planned { ctx, row, link } = planned;
    // Both accounts are held, in the order of their ids, so that two absences set at once see each other.
    let mut both = [row.person, row.deputy];
    both.sort_unstable();
    for person in both {
        people::lock_person(&mut tx, person).await?;
    }
    let deputy = people::person(&tx, row.deputy).await?.filter(|person| person.active && person.id != row.person);
    let deputy = deputy.ok_or_else(|| AppError::field("deputy", words::DEPUTY_OTHER))?;
    let held = held(&tx, row.deputy).await?;
    if !may_deputise(&pairs(&ctx.actor.grants), &pairs(&held)) {
        return Err(AppError::field("deputy", words::DEPUTY_OTHER));
    }
    if absences::is_away(&tx, row.person, row.span).await? {
        return Err(AppError::field("first", words::AWAY_TWICE));
    }
    if absences::is_away(&tx, row.deputy, row.span).await? {
        return Err(AppError::field("deputy", words::DEPUTY_AWAY));
    }
    absences::insert(&mut tx, &row).await?;
    let (first, last) = row.days;
    let name = ctx.actor.name.clone();
    let mail = Mail {
        to: deputy.email,
        subject: words::mail_deputy_subject(&name),
        text: words::mail_deputy(&deputy.name, &name, &words::away_span(first, last), &row.note, &link),
    };
    let summary = words::away_summary(first, last, &deputy.name);
    let fact = Fact { object: row.id.to_string(), object_title: name, summary, ..Fact::default() };
    let record = ctx.record(fact).about([row.id.to_string(), row.person.to_string(), row.deputy.to_string()]);
    Ok(tx.commit(record, vec![Effect::Mail(mail)]).await?)
}

async fn held<Q: Query>(query: &Q, person: PersonId) -> Result<Vec<Grant>, AppError> {
    Ok(people::grants(query, Some(person)).await?.into_iter().filter(|grant| grant.held).map(|grant| grant.grant).collect())
}

/// Ends an absence of the caller at once.
///
/// # Errors
/// `NotFound` for another person's, `Stale` where it has ended.
pub async fn end(app: &App, ctx: &CommandContext, id: AbsenceId) -> Result<AbsencesView, AppError> {
    app.db.command(&ctx.key(), id, ctx.clone(), move |tx, ctx| write_end(tx, ctx, id)).await?;
    view(app, &ctx.actor, ctx.now).await
}

async fn write_end(mut tx: Tx, ctx: CommandContext, id: AbsenceId) -> Result<(), AppError> {
    let row = absences::absence(&tx, id).await?.filter(|row| row.person == ctx.actor.person).ok_or_else(AppError::not_found)?;
    if !absences::end(&mut tx, id, ctx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    let deputy = people::person(&tx, row.deputy).await?.filter(|person| person.active);
    let mail = deputy.map(|deputy| {
        let text = words::mail_deputy_end(&deputy.name, &row.person_name);
        Effect::Mail(Mail { to: deputy.email, subject: words::mail_deputy_end_subject(&row.person_name), text })
    });
    let summary = words::away_end_summary(row.first, row.last, &row.deputy_name);
    let fact = Fact { object: id.to_string(), object_title: row.person_name, summary, ..Fact::default() };
    let record = ctx.record(fact).about([id.to_string(), row.person.to_string(), row.deputy.to_string()]);
    Ok(tx.commit(record, mail.into_iter().collect()).await?)
}

/// What absent colleagues lend, and the seats that are acted in by appointment, to somebody with these roles at `now`.
///
/// # Errors
/// Those of the database.
pub async fn lent<Q: Query>(query: &Q, person: PersonId, grants: &[Grant], now: Timestamp) -> Result<Vec<Lent>, AppError> {
    let roles: Vec<Role> = grants.iter().map(|own| own.role).collect();
    let covered = |lent: &Lent| {
        let own_covers = |own: &Grant| may_cover((lent.grant.role, lent.grant.scope), (own.role, own.scope));
        if lent.appointed { may_act(&roles) } else { grants.iter().any(own_covers) }
    };
    Ok(absences::lent(query, person, now).await?.into_iter().filter(covered).collect())
}

/// The caller as they stand at `now`, with what absent colleagues lend them: for tests and the demo district, which have no session.
///
/// # Errors
/// Those of the database.
pub async fn with_lent(app: &App, actor: &Actor, now: Timestamp) -> Result<Arc<Actor>, AppError> {
    let lent = lent(&app.db.reader(), actor.person, &actor.grants, now).await?;
    Ok(Arc::new(Actor { lent, ..actor.clone() }))
}

/// Who of these people is away at `now`, each with the deputy's name and the last day.
///
/// # Errors
/// Those of the database.
pub async fn away<Q: Query>(query: &Q, people: &[PersonId], now: Timestamp) -> Result<Vec<AbsenceView>, AppError> {
    let rows = absences::away_now(query, people, now).await?;
    Ok(rows.into_iter().map(|row| AbsenceView { now: true, ..shown(row.clone(), row.first) }).collect())
}
