//! People of an outside provider: invited by the unit that brokers it, and no longer let in by a word of that unit.

use shared::catalog::provider::{NewProviderPerson, ProviderPerson, ProviderView};
use shared::id::{ProviderId, RoleGrantId, UnitId};
use shared::identity::policy::Permission;
use shared::identity::{Role, Scope};

use super::providers::providers;
use crate::app::App;
use crate::catalog::store::provider as store;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{CommandContext, Grant, Target, service as identity};

/// A provider as others ask after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brokered {
    pub id: ProviderId,
    pub unit: UnitId,
    pub name: String,
    pub vetting: shared::catalog::provider::Vetting,
}

impl From<store::ProviderRow> for Brokered {
    fn from(row: store::ProviderRow) -> Self {
        Self { id: row.id, unit: row.unit, name: row.name, vetting: row.vetting }
    }
}

/// A provider by its identifier.
///
/// # Errors
/// Those of the database.
pub async fn brokered<Q: Query>(query: &Q, id: ProviderId) -> Result<Option<Brokered>, AppError> {
    Ok(store::one(query, id).await?.map(Brokered::from))
}

/// The provider that a unit's orders name so.
///
/// # Errors
/// Those of the database.
pub async fn brokered_as<Q: Query>(query: &Q, unit: UnitId, name: &str) -> Result<Option<Brokered>, AppError> {
    Ok(store::named(query, unit, name).await?.map(Brokered::from))
}

/// Who may sign in for a provider.
///
/// # Errors
/// Those of the database.
pub async fn people_of<Q: Query>(query: &Q, id: ProviderId) -> Result<Vec<ProviderPerson>, AppError> {
    let seats = identity::seats_of(query, Scope::Provider(id)).await?;
    Ok(seats.into_iter().map(|seat| ProviderPerson { role: seat.role, name: seat.name, email: seat.email, accepted: seat.accepted }).collect())
}

/// Invites a person of a provider by mail.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field.
pub async fn invite(app: &App, ctx: CommandContext, id: ProviderId, new: NewProviderPerson) -> Result<Vec<ProviderView>, AppError> {
    let provider = store::one(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::KeepProviders, &Target::Unit(provider.unit))?;
    let grant = Grant { role: Role::ProviderStaff, scope: Scope::Provider(id) };
    identity::invite_to(app, &ctx, (&new.name, &new.email), (grant, &provider.name)).await?;
    providers(app, &ctx.actor).await
}

/// Ends a person's access for a provider at once.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotInThisState` where it has ended.
pub async fn end(app: &App, ctx: CommandContext, role: RoleGrantId) -> Result<Vec<ProviderView>, AppError> {
    let grant = identity::grant(&app.db.reader(), role).await?.ok_or_else(AppError::not_found)?;
    let Scope::Provider(id) = grant.scope else { return Err(AppError::not_found()) };
    let provider = store::one(&app.db.reader(), id).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::KeepProviders, &Target::Unit(provider.unit))?;
    identity::revoke_role(app, &ctx, role).await?;
    providers(app, &ctx.actor).await
}
