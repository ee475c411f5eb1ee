//! Whom people report to: proposed by one, confirmed by another, as roles are. Nobody approves for somebody above them.

use shared::error::ErrorCode;
use shared::id::{ManagerId, PersonId};
use shared::identity::api::{ManagerProposal, PersonView};
use shared::words::identity as words;

use super::views::person_view;
use crate::app::App;
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact};
use crate::identity::rules;
use crate::identity::store::managers::{self, ManagerChange};
use crate::identity::store::people;

/// Proposes whom a person reports to; it replaces a proposal that still waits.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`], field `manager`.
pub async fn propose_manager(app: &App, context: &CommandContext, id: PersonId, body: ManagerProposal) -> Result<PersonView, AppError> {
    if id == context.actor.person {
        return Err(ErrorCode::NotYourOwn.into());
    }
    let change = ManagerChange { id: app.id(context.now), person: id, manager: body.manager, proposed_by: context.actor.person };
    let id = app.db.command(&context.key(), id, (context.clone(), change), |tx, (context, change)| write_proposal(tx, context, change)).await?;
    person_view(app, id).await
}

async fn write_proposal(mut tx: Tx, context: CommandContext, change: ManagerChange) -> Result<(), AppError> {
    let person = people::person(&tx, change.person).await?.ok_or_else(AppError::not_found)?;
    let manager = check(&tx, &change).await?;
    managers::propose(&mut tx, &change, context.now).await?;
    let fact = Fact {
        object: change.person.to_string(),
        object_title: person.name,
        summary: words::manager_proposed(manager.as_deref()),
        ..Fact::default()
    };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}

/// Sets whom people report to where a district is founded; the caller writes the audit record and commits.
///
/// # Errors
/// Those of the database.
pub async fn set_managers(tx: &mut Tx, pairs: &[(PersonId, PersonId)]) -> Result<(), AppError> {
    for (person, manager) in pairs {
        managers::set(tx, *person, *manager).await?;
    }
    Ok(())
}

/// The manager's name. Invariant: nobody is above themselves, however long the chain.
async fn check<Q: Query>(query: &Q, change: &ManagerChange) -> Result<Option<String>, AppError> {
    let Some(manager) = change.manager else { return Ok(None) };
    let found = people::person(query, manager).await?.filter(|person| person.active);
    let found = found.ok_or_else(|| AppError::field("manager", words::MANAGER_UNKNOWN))?;
    let circle = manager == change.person || people::above(query, manager).await?.contains(&change.person);
    if circle { Err(AppError::field("manager", words::MANAGER_CIRCLE)) } else { Ok(Some(found.name)) }
}

/// Confirms whom a person reports to, where somebody else proposed it for a third person.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`], [`ErrorCode::NotInThisState`]; field `manager` where a circle would close.
pub async fn confirm_manager(app: &App, context: &CommandContext, id: ManagerId) -> Result<PersonView, AppError> {
    let change = managers::change(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    let person = change.person;
    let id = app.db.command(&context.key(), person, (context.clone(), change), |tx, (context, change)| write_confirmation(tx, context, change)).await?;
    person_view(app, id).await
}

async fn write_confirmation(mut tx: Tx, context: CommandContext, change: ManagerChange) -> Result<(), AppError> {
    let same = |_: rules::RoleRefusal| AppError::refused(ErrorCode::NotYourOwn);
    rules::may_confirm(context.actor.person, change.person, Some(change.proposed_by)).map_err(same)?;
    // Both rows, in the order of their ids: of two changes that would close a circle the second sees the first.
    let mut both: Vec<PersonId> = change.manager.into_iter().chain([change.person]).collect();
    both.sort();
    for person in both {
        people::lock_person(&mut tx, person).await?;
    }
    let manager = check(&tx, &change).await?;
    if !managers::confirm(&mut tx, &change, context.actor.person).await? {
        return Err(ErrorCode::NotInThisState.into());
    }
    let person = people::person(&tx, change.person).await?.ok_or_else(AppError::not_found)?;
    let fact = Fact {
        object: change.person.to_string(),
        object_title: person.name,
        summary: words::manager_confirmed(manager.as_deref()),
        ..Fact::default()
    };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}
