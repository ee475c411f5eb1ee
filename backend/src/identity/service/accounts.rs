//! Accounts and roles: invited by one, given power by two, closed at once.

use shared::error::{ErrorCode, FieldError};
use shared::id::{PersonId, RoleGrantId};
use shared::identity::api::{Activity, NewPerson, PersonView, RoleProposal};
use shared::identity::input::{Email, field};
use shared::identity::{Role, Scope};
use shared::text::{TITLE_LIMIT, required};
use shared::words::identity as words;

use super::directory::district;
use super::links::{Link, mail_invitation, store_link};
use super::views::{person_view, scope_title};
use crate::app::App;
use crate::db::{Effect, Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact, Grant};
use crate::identity::rules::{self, RoleRefusal};
use crate::identity::store::people::{self, NewGrant, Person, StoredGrant};
use crate::identity::store::{links, sessions};

fn refused(refusal: RoleRefusal) -> AppError {
    match refusal {
        RoleRefusal::Own | RoleRefusal::SameSecondPerson => refusal.code().into(),
        RoleRefusal::OtherKind => AppError::field("scope", words::ROLE_FOR_OTHER_KIND),
        RoleRefusal::StandsAlone => AppError::field("role", words::ROLE_STANDS_ALONE),
    }
}

/// Invites a person by mail. A first role that gives power waits for a second person.
///
/// # Errors
/// Fields `name`, `email`, `role`, `scope`.
pub async fn invite(app: &App, context: &CommandContext, new: NewPerson) -> Result<PersonView, AppError> {
    let mut errors: Vec<FieldError> = Vec::new();
    let name = field(&mut errors, "name", required(&new.name, TITLE_LIMIT).map_err(|e| e.message()));
    let email = field(&mut errors, "email", Email::parse(&new.email));
    let (Some(name), Some(email)) = (name, email) else { return Err(AppError::fields(errors)) };
    let now = context.now;
    let id: PersonId = app.id(now);
    let person = Person { id, name, email: email.as_str().to_owned(), password: None, active: true };
    let link = Link::new(app, now);
    let input = Invitation { person, role: new.role, link, context: context.clone() };
    let id = app.db.command(&context.key(), id, input, |tx, input| async move { store_invitation(tx, input).await }).await?;
    person_view(app, id).await
}

#[derive(Clone)]
struct Invitation {
    person: Person,
    role: Option<RoleProposal>,
    link: Link,
    context: CommandContext,
}

async fn store_invitation(mut tx: Tx, input: Invitation) -> Result<(), AppError> {
    let Invitation { person, role, link, context } = input;
    if !people::insert_person(&mut tx, &person, context.now).await? {
        return Err(AppError::field("email", words::ADDRESS_TAKEN));
    }
    let mut summary = format!("invited {}", person.name);
    if let Some(proposal) = role {
        let title = store_proposal(&mut tx, &context, person.id, proposal).await?;
        summary = format!("{summary} as {title}");
    }
    let mail = mail_invitation(&tx, &person, &link).await?;
    store_link(&mut tx, links::Purpose::Invitation, person.id, &link).await?;
    let fact = Fact { object: person.id.to_string(), object_title: person.name, summary, ..Fact::default() };
    Ok(tx.commit(context.record(fact), vec![Effect::Mail(mail)]).await?)
}

/// Stores a proposed role, held at once where it needs no second person; answers with its title.
async fn store_proposal(tx: &mut Tx, context: &CommandContext, person: PersonId, proposal: RoleProposal) -> Result<String, AppError> {
    let RoleProposal { role, scope } = proposal;
    let others: Vec<Role> = people::grants(tx, Some(person)).await?.iter().map(|g| g.grant.role).collect();
    rules::may_propose(context.actor.person, person, (role, scope), &others).map_err(refused)?;
    let title = known_scope(tx, role, scope).await?;
    let held = !role.needs_second_person();
    let new = NewGrant {
        id: tx.new_id(context.now),
        person,
        grant: Grant { role, scope },
        held,
        proposed_by: Some(context.actor.person),
        at: context.now,
    };
    if !people::insert_grant(tx, &new).await? {
        return Err(AppError::field("role", words::ROLE_HELD_ALREADY));
    }
    Ok(title)
}

/// `Principal, Lincoln Elementary`; refuses a scope that does not exist.
async fn known_scope<Q: Query>(query: &Q, role: Role, scope: Scope) -> Result<String, AppError> {
    let (_, id) = people::scope_words(scope);
    let places = people::places(query).await?;
    if scope != Scope::District && !places.exists(&id) {
        return Err(AppError::field("scope", words::SCOPE_UNKNOWN));
    }
    let name = district(query).await?.name;
    Ok(words::role_for(role.title(), &scope_title(scope, &name, &places)))
}

/// Closes or reopens an account. Closing ends its sessions and makes its links worthless at once, on every replica.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`].
pub async fn set_active(app: &App, context: &CommandContext, id: PersonId, activity: Activity) -> Result<PersonView, AppError> {
    if id == context.actor.person {
        return Err(ErrorCode::NotYourOwn.into());
    }
    let input = (context.clone(), id, activity.active);
    let id = app.db.command(&context.key(), id, input, |tx, input| async move { store_activity(tx, input).await }).await?;
    person_view(app, id).await
}

async fn store_activity(mut tx: Tx, (context, id, active): (CommandContext, PersonId, bool)) -> Result<(), AppError> {
    let person = people::person(&tx, id).await?.ok_or(AppError::not_found())?;
    people::set_active(&mut tx, id, active).await?;
    if !active {
        sessions::end_all(&mut tx, id, None).await?;
        links::drop_unused(&mut tx, id).await?;
    }
    let summary =
        if active { format!("opened the account of {} again", person.name) } else { format!("closed the account of {}", person.name) };
    let fact = Fact { object: id.to_string(), object_title: person.name, summary, ..Fact::default() };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}

/// Proposes a role; one that gives power waits for a second person.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`], fields `role` and `scope`.
pub async fn propose_role(app: &App, context: &CommandContext, id: PersonId, proposal: RoleProposal) -> Result<PersonView, AppError> {
    let input = (context.clone(), id, proposal);
    let id = app.db.command(&context.key(), id, input, |tx, input| async move { store_role(tx, input).await }).await?;
    person_view(app, id).await
}

async fn store_role(mut tx: Tx, (context, id, proposal): (CommandContext, PersonId, RoleProposal)) -> Result<(), AppError> {
    if !people::lock_person(&mut tx, id).await? {
        return Err(AppError::not_found());
    }
    let person = people::person(&tx, id).await?.ok_or(AppError::not_found())?;
    let title = store_proposal(&mut tx, &context, id, proposal).await?;
    let did = if proposal.role.needs_second_person() { "proposed" } else { "gave" };
    let fact = Fact { object: id.to_string(), object_title: person.name, summary: format!("{did} the role {title}"), ..Fact::default() };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}

/// Confirms a role that somebody else proposed for a third person.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`]; [`ErrorCode::NotInThisState`] where it is held or ended.
pub async fn confirm_role(app: &App, context: &CommandContext, role: RoleGrantId) -> Result<PersonView, AppError> {
    let person = owner_of(app, role).await?;
    let input = (context.clone(), role);
    let id = app.db.command(&context.key(), person, input, |tx, input| async move { store_confirmation(tx, input).await }).await?;
    person_view(app, id).await
}

/// Whose role it is; also of one that ended, so that a repeated command finds its answer.
async fn owner_of(app: &App, role: RoleGrantId) -> Result<PersonId, AppError> {
    people::grant_owner(&app.db.reader(), role).await?.ok_or(AppError::not_found())
}

async fn open_grant(tx: &mut Tx, role: RoleGrantId) -> Result<(StoredGrant, Person), AppError> {
    let gone = || AppError::refused(ErrorCode::NotInThisState);
    let grant = people::grant(tx, role).await?.ok_or_else(gone)?;
    people::lock_person(tx, grant.person).await?;
    let person = people::person(tx, grant.person).await?.ok_or(AppError::not_found())?;
    Ok((people::grant(tx, role).await?.ok_or_else(gone)?, person))
}

async fn store_confirmation(mut tx: Tx, (context, role): (CommandContext, RoleGrantId)) -> Result<(), AppError> {
    let (grant, person) = open_grant(&mut tx, role).await?;
    rules::may_confirm(context.actor.person, grant.person, grant.proposed_by).map_err(refused)?;
    let others = people::grants(&tx, Some(grant.person)).await?;
    let others: Vec<Role> = others.iter().filter(|other| other.id != role).map(|other| other.grant.role).collect();
    rules::fits(grant.grant.role, &others).map_err(refused)?;
    if people::hold_grant(&mut tx, role, context.actor.person).await? == 0 {
        return Err(ErrorCode::NotInThisState.into());
    }
    let title = known_scope(&tx, grant.grant.role, grant.grant.scope).await?;
    let fact =
        Fact { object: role.to_string(), object_title: person.name, summary: format!("confirmed the role {title}"), ..Fact::default() };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}

/// Ends a role, or refuses a proposed one.
///
/// # Errors
/// [`ErrorCode::NotYourOwn`], [`ErrorCode::NotFound`]; [`ErrorCode::NotInThisState`] where it has ended.
pub async fn revoke_role(app: &App, context: &CommandContext, role: RoleGrantId) -> Result<PersonView, AppError> {
    let person = owner_of(app, role).await?;
    let input = (context.clone(), role);
    let id = app.db.command(&context.key(), person, input, |tx, input| async move { store_revocation(tx, input).await }).await?;
    person_view(app, id).await
}

async fn store_revocation(mut tx: Tx, (context, role): (CommandContext, RoleGrantId)) -> Result<(), AppError> {
    let (grant, person) = open_grant(&mut tx, role).await?;
    if grant.person == context.actor.person {
        return Err(ErrorCode::NotYourOwn.into());
    }
    if people::end_grant(&mut tx, role, context.actor.person, context.now).await? == 0 {
        return Err(ErrorCode::NotInThisState.into());
    }
    let title = known_scope(&tx, grant.grant.role, grant.grant.scope).await?;
    let fact = Fact { object: role.to_string(), object_title: person.name, summary: format!("ended the role {title}"), ..Fact::default() };
    Ok(tx.commit(context.record(fact), Vec::new()).await?)
}
