//! People and sessions as the contract shows them.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::PersonId;
use shared::identity::Scope;
use shared::identity::api::{DistrictView, ManagerView, PersonRef, PersonView, RoleView, SchoolRef, SessionReply, SessionView, UnitRef};
use shared::identity::policy::Permission;

use super::directory::district;
use crate::app::App;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::actor::Actor;
use crate::identity::store::{acting, managers};
use crate::identity::store::people::{self, Person, StoredGrant};

/// Who is signed in, or nobody; the district's name either way.
///
/// # Errors
/// Those of the database.
pub async fn session_reply(app: &App, caller: Option<(&Actor, String)>) -> Result<SessionReply, AppError> {
    let name = district(&app.db.reader()).await?.name;
    let session = match caller {
        Some((actor, csrf_token)) => Some(session_view(app, actor, csrf_token).await?),
        None => None,
    };
    Ok(SessionReply { session, district: name })
}

/// Everything the application's shell needs to know of the caller.
///
/// # Errors
/// Those of the database.
pub async fn session_view(app: &App, actor: &Actor, csrf_token: String) -> Result<SessionView, AppError> {
    let reader = app.db.reader();
    let district = district(&reader).await?;
    let person = people::person(&reader, actor.person).await?.ok_or(AppError::not_found())?;
    let grants: Vec<StoredGrant> = people::grants(&reader, Some(actor.person)).await?.into_iter().filter(|g| g.held).collect();
    let places = people::places(&reader).await?;
    let roles = role_views(&reader, &grants, &district.name, &places).await?;
    let now = app.now();
    let (today, fiscal_year) = (district.day_of(now)?, district.year_of(now)?);
    Ok(SessionView {
        person: PersonRef { id: person.id, name: person.name },
        email: person.email,
        roles,
        permissions: Permission::ALL.iter().copied().filter(|permission| actor.holds(*permission)).collect(),
        schools: schools(actor, &places),
        units: units(&grants, &places),
        acting: acting::of(&reader, actor.person, now).await?.into_iter().filter_map(|row| super::acting::seat(row, (actor.person, now))).collect(),
        district: DistrictView { name: district.name, zone: district.zone, today, fiscal_year, demo: district.demo },
        csrf_token,
        unread_notices: people::unread_notices(&reader, actor.person).await?,
    })
}

fn schools(actor: &Actor, places: &people::Places) -> Vec<SchoolRef> {
    let mut seen = BTreeSet::new();
    let own = actor.seats().filter_map(|grant| if let Scope::School(id) = grant.scope { Some(id) } else { None });
    let supported = actor.grants.iter().flat_map(|grant| {
        let network = if let Scope::Network(id) = grant.scope { Some(id) } else { None };
        places.schools.iter().filter(move |(_, _, part_of)| network.is_some() && *part_of == network).map(|(id, ..)| *id)
    });
    let ids: Vec<_> = own.chain(supported).filter(|id| seen.insert(*id)).collect();
    ids.into_iter().map(|id| SchoolRef { id, name: places.title(&id.to_string()) }).collect()
}

fn units(grants: &[StoredGrant], places: &people::Places) -> Vec<UnitRef> {
    let own: BTreeSet<_> = grants.iter().filter_map(|g| if let Scope::Unit(id) = g.grant.scope { Some(id) } else { None }).collect();
    own.into_iter().map(|id| UnitRef { id, name: places.title(&id.to_string()) }).collect()
}

async fn role_views<Q: Query>(
    query: &Q,
    grants: &[StoredGrant],
    district: &str,
    places: &people::Places,
) -> Result<Vec<RoleView>, AppError> {
    let proposers: Vec<PersonId> = grants.iter().filter_map(|g| g.proposed_by).collect();
    let names = people::names(query, &proposers).await?;
    Ok(grants.iter().map(|grant| role_view(grant, district, places, &names)).collect())
}

fn role_view(grant: &StoredGrant, district: &str, places: &people::Places, names: &BTreeMap<PersonId, String>) -> RoleView {
    let scope = grant.grant.scope;
    RoleView {
        id: grant.id,
        role: grant.grant.role,
        scope,
        scope_title: scope_title(scope, district, places),
        confirmed: grant.held,
        proposed_by: grant.proposed_by.map(|id| PersonRef { id, name: names.get(&id).cloned().unwrap_or_default() }),
    }
}

pub(super) fn scope_title(scope: Scope, district: &str, places: &people::Places) -> String {
    match scope {
        Scope::District => district.to_owned(),
        Scope::School(id) => places.title(&id.to_string()),
        Scope::Unit(id) => places.title(&id.to_string()),
        Scope::Provider(id) => places.title(&id.to_string()),
        Scope::Network(id) => places.title(&id.to_string()),
    }
}

/// All accounts with their roles, by name.
///
/// # Errors
/// Those of the database.
pub async fn list_people(app: &App) -> Result<Vec<PersonView>, AppError> {
    let reader = app.db.reader();
    let (all, grants) = (people::people(&reader).await?, people::grants(&reader, None).await?);
    person_views(&reader, all, grants).await
}

/// One account with its roles.
///
/// # Errors
/// [`shared::error::ErrorCode::NotFound`].
pub async fn person_view(app: &App, id: PersonId) -> Result<PersonView, AppError> {
    let reader = app.db.reader();
    let person = people::person(&reader, id).await?.ok_or(AppError::not_found())?;
    let grants = people::grants(&reader, Some(id)).await?;
    person_views(&reader, vec![person], grants).await?.pop().ok_or(AppError::not_found())
}

async fn person_views<Q: Query>(query: &Q, people: Vec<Person>, grants: Vec<StoredGrant>) -> Result<Vec<PersonView>, AppError> {
    let (district, places) = (district(query).await?.name, people::places(query).await?);
    let proposers: BTreeSet<PersonId> = grants.iter().filter_map(|g| g.proposed_by).collect();
    let (above, open) = (managers::managers(query).await?, managers::open(query).await?);
    let proposers = proposers.into_iter().chain(above.values().copied()).chain(open.values().flat_map(|change| change.manager.into_iter().chain([change.proposed_by])));
    let names = people::names(query, &proposers.collect::<Vec<_>>()).await?;
    let named = |id: PersonId| PersonRef { id, name: names.get(&id).cloned().unwrap_or_default() };
    let mut roles: BTreeMap<PersonId, Vec<RoleView>> = BTreeMap::new();
    for grant in &grants {
        roles.entry(grant.person).or_default().push(role_view(grant, &district, &places, &names));
    }
    let view = |person: Person| PersonView {
        id: person.id,
        name: person.name,
        email: person.email,
        active: person.active,
        has_password: person.password.is_some(),
        roles: roles.remove(&person.id).unwrap_or_default(),
        reports_to: above.get(&person.id).copied().map(named),
        manager_proposed: open.get(&person.id).map(|change| ManagerView {
            id: change.id,
            manager: change.manager.map(named),
            proposed_by: named(change.proposed_by),
        }),
    };
    Ok(people.into_iter().map(view).collect())
}
