//! What every slice asks of identity: the district, names, and whom to tell.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::PersonId;
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope, input::Email};
use shared::time::Timestamp;

use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::actor::{Grant, Target};
use crate::identity::district::District;
use crate::identity::store::people::{self, NewGrant, Person};

/// A person who can be told something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: PersonId,
    pub name: String,
    pub email: String,
}

/// An account with roles that need nobody's word: of the command line and of the demo district.
#[derive(Clone, Debug)]
pub struct Account {
    pub name: String,
    pub email: Email,
    /// Hashed by [`crate::ports::password::Passwords`].
    pub password_hash: Option<String>,
    pub grants: Vec<Grant>,
}

/// The district of this deployment.
///
/// # Errors
/// Internal where it was never set up.
pub async fn district<Q: Query>(query: &Q) -> Result<District, AppError> {
    people::district(query).await?.ok_or_else(|| AppError::internal("the district was never set up"))
}

/// Whether the district was named before.
///
/// # Errors
/// Those of the database.
pub async fn is_named<Q: Query>(query: &Q) -> Result<bool, AppError> {
    Ok(people::district(query).await?.is_some())
}

/// Names the district; the caller commits.
///
/// # Errors
/// Those of the database.
pub async fn set_district(tx: &mut Tx, district: &District) -> Result<(), AppError> {
    Ok(people::set_district(tx, district).await?)
}

/// The names of people, for lists and timelines.
///
/// # Errors
/// Those of the database.
pub async fn names<Q: Query>(query: &Q, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>, AppError> {
    Ok(people::names(query, ids).await?)
}

/// Active people who hold `permission` over `target`, by name: whom to tell that something waits for them.
///
/// # Errors
/// Those of the database.
pub async fn contacts<Q: Query>(query: &Q, permission: Permission, target: &Target) -> Result<Vec<Contact>, AppError> {
    let found = people::holders(query, permission.roles(), &scopes_over(target)).await?;
    Ok(found.into_iter().map(|p| Contact { id: p.id, name: p.name, email: p.email }).collect())
}

/// The scopes whose roles reach `target`.
fn scopes_over(target: &Target) -> Vec<Scope> {
    let mut scopes = vec![Scope::District];
    match target {
        Target::District => {}
        Target::School(school, network) => {
            scopes.push(Scope::School(*school));
            scopes.extend(network.map(Scope::Network));
        }
        Target::Unit(unit) => scopes.push(Scope::Unit(*unit)),
        Target::Provider(provider) => scopes.push(Scope::Provider(*provider)),
    }
    scopes
}

/// Active people who hold one of these roles over `target`, by name.
///
/// # Errors
/// Those of the database.
pub async fn role_holders<Q: Query>(query: &Q, roles: &[Role], target: &Target) -> Result<Vec<Contact>, AppError> {
    let found = people::holders(query, roles, &scopes_over(target)).await?;
    Ok(found.into_iter().map(|p| Contact { id: p.id, name: p.name, email: p.email }).collect())
}

/// Active people who hold a role for whatever scope, by name.
///
/// # Errors
/// Those of the database.
pub async fn everybody_with<Q: Query>(query: &Q, role: Role) -> Result<Vec<Contact>, AppError> {
    let found = people::everybody_with(query, role).await?;
    Ok(found.into_iter().map(|p| Contact { id: p.id, name: p.name, email: p.email }).collect())
}

/// The names of what grants are held for, in their order.
///
/// # Errors
/// Those of the database.
pub async fn scope_titles<Q: Query>(query: &Q, grants: &[Grant]) -> Result<Vec<String>, AppError> {
    let (name, places) = (district(query).await?.name, people::places(query).await?);
    Ok(grants.iter().map(|grant| super::views::scope_title(grant.scope, &name, &places)).collect())
}

/// Everybody above a person: whom they report to, whom that one reports to, and so on.
///
/// # Errors
/// Those of the database.
pub async fn above<Q: Query>(query: &Q, person: PersonId) -> Result<BTreeSet<PersonId>, AppError> {
    Ok(people::above(query, person).await?)
}

/// These people, where their accounts are active: whom to tell about what they did.
///
/// # Errors
/// Those of the database.
pub async fn people<Q: Query>(query: &Q, ids: &[PersonId]) -> Result<Vec<Contact>, AppError> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let person = people::person(query, *id).await?.filter(|person| person.active);
        found.extend(person.map(|p| Contact { id: p.id, name: p.name, email: p.email }));
    }
    Ok(found)
}

/// How many accounts are active.
///
/// # Errors
/// Those of the database.
pub async fn people_count<Q: Query>(query: &Q) -> Result<u32, AppError> {
    Ok(people::active_count(query).await?)
}

/// Stores an account with its roles held at once; the caller writes the audit record and commits.
///
/// # Errors
/// [`shared::error::ErrorCode::AlreadyExists`] where the address has an account.
pub async fn add_person(tx: &mut Tx, account: &Account, now: Timestamp) -> Result<PersonId, AppError> {
    let id: PersonId = tx.new_id(now);
    let (name, email) = (account.name.clone(), account.email.as_str().to_owned());
    let person = Person { id, name, email, password: account.password_hash.clone(), active: true };
    if !people::insert_person(tx, &person, now).await? {
        return Err(shared::error::ErrorCode::AlreadyExists.into());
    }
    for grant in &account.grants {
        let new = NewGrant { id: tx.new_id(now), person: id, grant: *grant, held: true, proposed_by: None, at: now };
        people::insert_grant(tx, &new).await?;
    }
    Ok(id)
}
