//! Seats that another slice gives out: who holds one, and inviting somebody into one by mail.

use shared::error::FieldError;
use shared::id::{PersonId, RoleGrantId};
use shared::identity::Scope;
use shared::identity::input::{Email, field};
use shared::text::{TITLE_LIMIT, required};
use shared::words::identity as words;

use super::links::{Link, mail_invitation, store_link};
use crate::app::App;
use crate::db::{Effect, Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{CommandContext, Fact, Grant};
use crate::identity::store::links::Purpose;
use crate::identity::store::people::{self, NewGrant, Person, SeatRow};

/// A held role with its person.
pub type Seat = SeatRow;

/// Who holds a role for this very place.
///
/// # Errors
/// Those of the database.
pub async fn seats_of<Q: Query>(query: &Q, scope: Scope) -> Result<Vec<Seat>, AppError> {
    Ok(people::seats_of(query, scope).await?)
}

/// What a role is held for, ended or not.
///
/// # Errors
/// Those of the database.
pub async fn grant<Q: Query>(query: &Q, role: RoleGrantId) -> Result<Option<Grant>, AppError> {
    Ok(people::any_grant(query, role).await?)
}

#[derive(Clone)]
struct Invitation {
    ctx: CommandContext,
    person: Person,
    grant: Grant,
    place: String,
    link: Link,
}

/// Invites somebody new by mail into a seat that gives no power to spend, approve or pay, and so is held at once.
///
/// # Errors
/// `BadInput` at `name` or `email`, also where the address has an account.
pub async fn invite_to(app: &App, ctx: &CommandContext, (name, email): (&str, &str), (grant, place): (Grant, &str)) -> Result<(), AppError> {
    if grant.role.needs_second_person() {
        return Err(AppError::internal("a seat that takes a second person is proposed, not given out"));
    }
    let mut errors: Vec<FieldError> = Vec::new();
    let name = field(&mut errors, "name", required(name, TITLE_LIMIT).map_err(|e| e.message()));
    let email = field(&mut errors, "email", Email::parse(email));
    let (Some(name), Some(email)) = (name, email) else { return Err(AppError::fields(errors)) };
    let id: PersonId = app.id(ctx.now);
    let person = Person { id, name, email: email.as_str().to_owned(), password: None, active: true };
    let invitation = Invitation { ctx: ctx.clone(), person, grant, place: place.to_owned(), link: Link::new(app, ctx.now) };
    app.db.command(&ctx.key(), id, invitation, write).await.map(|_| ())
}

async fn write(mut tx: Tx, invitation: Invitation) -> Result<(), AppError> {
    let Invitation { ctx, person, grant, place, link } = invitation;
    if !people::insert_person(&mut tx, &person, ctx.now).await? {
        return Err(AppError::field("email", words::ADDRESS_TAKEN));
    }
    let new = NewGrant { id: tx.new_id(ctx.now), person: person.id, grant, held: true, proposed_by: Some(ctx.actor.person), at: ctx.now };
    people::insert_grant(&mut tx, &new).await?;
    let mail = mail_invitation(&tx, &person, &link).await?;
    store_link(&mut tx, Purpose::Invitation, person.id, &link).await?;
    let summary = words::invited_as(&person.name, &words::role_for(grant.role.title(), &place));
    let fact = Fact { object: person.id.to_string(), object_title: person.name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), vec![Effect::Mail(mail)]).await?)
}
