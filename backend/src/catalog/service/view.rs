//! An edition as its unit and its reviewer see it.

use shared::catalog::api::{EditionRef, MenuService, MenuView, ReviewSummary, ServiceVersion};
use shared::catalog::checklist::Around;
use shared::id::{MenuId, ServiceId, UnitId};
use shared::identity::api::UnitRef;
use shared::identity::policy::Permission;
use shared::time::Timestamp;

use super::around::surroundings;
use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, MenuRow, ServiceRow};
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target, service as identity};

/// An edition of the unit with its drafts: the wanted one, else that of the open year, else the newest.
///
/// # Errors
/// `NotFound` for everyone but the unit's head, and where the edition is not the unit's.
pub async fn menu(app: &App, actor: &Actor, unit: UnitId, wanted: Option<MenuId>) -> Result<MenuView, AppError> {
    actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let (reader, now) = (app.db.reader(), app.now());
    let menu = edition_of(&reader, unit, wanted, now).await?;
    view(&reader, menu.id, now).await
}

/// The edition that is meant where only the unit is named.
///
/// # Errors
/// `NotFound` where the unit has none, or not this one.
pub async fn edition_of<Q: Query>(query: &Q, unit: UnitId, wanted: Option<MenuId>, now: Timestamp) -> Result<MenuRow, AppError> {
    let year = identity::district(query).await?.year_of(now)?;
    let menus = store::menus_of_unit(query, unit).await?;
    let found = match wanted {
        Some(wanted) => menus.into_iter().find(|menu| menu.id == wanted),
        None => {
            let at = menus.iter().position(|menu| menu.year == year).unwrap_or(0);
            menus.into_iter().nth(at)
        }
    };
    found.ok_or_else(AppError::not_found)
}

/// An edition for who reviews it.
///
/// # Errors
/// `NotFound` outside the caller's scope.
pub async fn review(app: &App, actor: &Actor, menu: MenuId) -> Result<MenuView, AppError> {
    let reader = app.db.reader();
    let row = store::menu(&reader, menu).await?.ok_or_else(AppError::not_found)?;
    actor.demand(Permission::ReviewMenu, &Target::Unit(row.unit))?;
    view(&reader, menu, app.now()).await
}

/// The editions that wait for a reviewer.
///
/// # Errors
/// Those of the database.
pub async fn reviews(app: &App, actor: &Actor) -> Result<Vec<ReviewSummary>, AppError> {
    let reader = app.db.reader();
    let mut list = Vec::new();
    for menu in store::menus_in_review(&reader).await? {
        if !actor.may(Permission::ReviewMenu, &Target::Unit(menu.unit)) {
            continue;
        }
        let unit = store::unit(&reader, menu.unit).await?.ok_or_else(AppError::not_found)?;
        let services = store::services(&reader, menu.id).await?;
        let changed = services.iter().filter(|service| !rules::is_on_shelf(service)).count();
        let Some(asked) = menu.asked else { continue };
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        list.push(ReviewSummary {
            menu: menu.id,
            unit: UnitRef { id: unit.id, name: unit.name },
            year: menu.year,
            state: menu.state,
            asked,
            changed: count(changed),
            services: count(services.len()),
        });
    }
    Ok(list)
}

/// Every published version of a service with its tiers, the latest first.
///
/// # Errors
/// `NotFound` outside the caller's unit.
pub async fn versions(app: &App, actor: &Actor, service: ServiceId) -> Result<Vec<ServiceVersion>, AppError> {
    let reader = app.db.reader();
    let unit = super::unit_of_service(&reader, service).await?;
    actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    Ok(store::versions(&reader, service).await?)
}

/// Everything of an edition.
pub(super) async fn view<Q: Query>(query: &Q, menu: MenuId, now: Timestamp) -> Result<MenuView, AppError> {
    let menu = store::menu(query, menu).await?.ok_or_else(AppError::not_found)?;
    let unit = store::unit(query, menu.unit).await?.ok_or_else(AppError::not_found)?;
    let here = surroundings(query, &unit, now).await?;
    let services = store::services(query, menu.id).await?.into_iter().map(|service| seen(service, &here.around())).collect();
    let editions = store::menus_of_unit(query, menu.unit).await?;
    let editions = editions.into_iter().map(|other| EditionRef { id: other.id, year: other.year, state: other.state }).collect();
    let events = store::events(query, menu.id).await?;
    let MenuRow { id, unit: _, year, state, version, published, asked, wanted, sale } = menu;
    Ok(MenuView { id, unit, year, state, version, published, asked, wanted, sale, events, editions, services })
}

fn seen(service: ServiceRow, around: &Around<'_>) -> MenuService {
    MenuService {
        id: service.id,
        version: service.version,
        changed: !rules::is_on_shelf(&service),
        on_shelf: service.published_version.is_some(),
        missing: rules::missing(&service.draft, around),
        before: service.published.or(service.followed),
        draft: service.draft,
    }
}
