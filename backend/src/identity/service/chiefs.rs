//! Which executive is responsible for which division: to whom it climbs what nobody answered in time.

use shared::catalog::Division;
use shared::id::PersonId;
use shared::identity::api::PersonRef;
use shared::identity::chief::{ChiefView, ChiefsView, NewChief};
use shared::identity::{Role, Scope};
use shared::time::{Date, Timestamp};
use shared::words::identity as words;

use super::directory::{Contact, district};
use crate::app::App;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact};
use crate::identity::store::{chiefs, people};

/// The divisions with their chiefs, and who could be one.
///
/// # Errors
/// Those of the database.
pub async fn view(app: &App, now: Timestamp) -> Result<ChiefsView, AppError> {
    let reader = app.db.reader();
    let today = district(&reader).await?.day_of(now)?;
    let mut divisions = Vec::new();
    for division in Division::ALL {
        let named = chiefs::chief(&reader, *division, today).await?;
        let (chief, since) = named.map_or((None, None), |(person, since)| (Some(person), Some(since)));
        divisions.push(ChiefView { division: *division, chief, since });
    }
    let executives = people::holders_of(&reader, Role::Executive, Scope::District).await?;
    let executives = executives.into_iter().map(|person| PersonRef { id: person.id, name: person.name }).collect();
    Ok(ChiefsView { divisions, executives })
}

/// Names the chief of a division from today on.
///
/// # Errors
/// `BadInput` where the person is no executive.
pub async fn name(app: &App, ctx: &CommandContext, body: NewChief) -> Result<ChiefsView, AppError> {
    app.db.command(&ctx.key(), body.person, (ctx.clone(), body), |tx, (ctx, body)| write(tx, ctx, body)).await?;
    view(app, ctx.now).await
}

async fn write(mut tx: Tx, ctx: CommandContext, body: NewChief) -> Result<(), AppError> {
    let executives = people::holders_of(&tx, Role::Executive, Scope::District).await?;
    let found = executives.into_iter().find(|person| person.id == body.person);
    let found = found.ok_or_else(|| AppError::field("person", words::CHIEF_IS_EXECUTIVE))?;
    let today = district(&tx).await?.day_of(ctx.now)?;
    chiefs::put(&mut tx, (body.division, body.person), today, (Some(ctx.actor.person), ctx.now)).await?;
    let summary = words::chief_summary(&found.name, body.division.title());
    let fact = Fact { object: body.person.to_string(), object_title: found.name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Names a chief within a larger command; the caller commits, and audits.
///
/// # Errors
/// Those of the database.
pub async fn put_chief(tx: &mut Tx, (division, person): (Division, PersonId), day: Date, now: Timestamp) -> Result<(), AppError> {
    Ok(chiefs::put(tx, (division, person), day, (None, now)).await?)
}

/// Whom it climbs to for a division: its chief, and all executives where none is named.
///
/// # Errors
/// Those of the database.
pub async fn chief_of<Q: Query>(query: &Q, division: Division, day: Date) -> Result<Vec<Contact>, AppError> {
    match chiefs::chief(query, division, day).await? {
        Some((chief, _)) => super::directory::people(query, &[chief.id]).await,
        None => executives(query).await,
    }
}

/// Every active executive, by name.
///
/// # Errors
/// Those of the database.
pub async fn executives<Q: Query>(query: &Q) -> Result<Vec<Contact>, AppError> {
    let found = people::holders_of(query, Role::Executive, Scope::District).await?;
    Ok(found.into_iter().map(|person| Contact { id: person.id, name: person.name, email: person.email }).collect())
}
