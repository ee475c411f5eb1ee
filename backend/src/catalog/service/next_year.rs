//! Next year's edition, started from this one; and changing the prices of many services in one step.

use std::sync::Arc;

use shared::catalog::api::{MenuEventKind, MenuView, PriceChange, ServiceDraft};
use shared::catalog::edition::EditionCommand;
use shared::catalog::edition::next_year::for_next_year;
use shared::catalog::edition::reprice::{CHANGE_LIMITS, Repricing};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{MenuId, PackageId, UnitId};
use shared::identity::policy::Permission;
use shared::words::catalog as words;

use super::edition::{Errand, run, written};
use super::view::view;
use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, ServiceRow};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};

/// Starts the unit's edition of the next year as a copy of this one; also from a closed one.
///
/// # Errors
/// `NotFound` outside the caller's unit; `AlreadyExists` where it was started; `BadInput` where there is nothing to copy; `Stale`.
pub async fn start_next_year(app: &Arc<App>, ctx: CommandContext, menu: MenuId, seen: u32) -> Result<MenuView, AppError> {
    let row = store::menu(&app.db.reader(), menu).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(row.unit))?;
    let next: MenuId = app.id(ctx.now);
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), menu, seen, body: next };
    app.db.command(&ctx.key(), menu, errand, copy).await?;
    let next = FiscalYear(row.year.0 + 1);
    let started = store::menus_of_unit(&app.db.reader(), row.unit).await?.into_iter().find(|menu| menu.year == next);
    view(&app.db.reader(), started.ok_or_else(AppError::not_found)?.id, app.now()).await
}

async fn copy(mut tx: Tx, errand: Errand<MenuId>) -> Result<(), AppError> {
    let menu = store::menu(&tx, errand.menu).await?.ok_or_else(AppError::not_found)?;
    errand.ctx.actor.demand(Permission::EditMenu, &Target::Unit(menu.unit))?;
    if menu.version != errand.seen {
        return Err(ErrorCode::Stale.into());
    }
    let services = store::services(&tx, menu.id).await?;
    if services.is_empty() {
        return Err(AppError::saying(ErrorCode::BadInput, words::EMPTY_EDITION));
    }
    let (next, year) = (errand.body, FiscalYear(menu.year.0 + 1));
    if !store::open_menu(&mut tx, next, menu.unit, year).await? {
        return Err(AppError::saying(ErrorCode::AlreadyExists, words::NEXT_YEAR_EXISTS));
    }
    for service in &services {
        copy_service(&mut tx, &errand.ctx, next, service).await?;
    }
    store::insert_event(&mut tx, next, (errand.ctx.actor.person, errand.ctx.now), (MenuEventKind::Started, "")).await?;
    let unit = store::unit(&tx, menu.unit).await?.ok_or_else(AppError::not_found)?;
    let summary = format!("Started as a copy of {}, {} services", menu.year, services.len());
    let fact = Fact { object: next.to_string(), object_title: format!("{}, menu {year}", unit.name), summary, ..Fact::default() };
    Ok(tx.commit(errand.ctx.record(fact), Vec::new()).await?)
}

async fn copy_service(tx: &mut Tx, ctx: &CommandContext, next: MenuId, service: &ServiceRow) -> Result<(), AppError> {
    let (draft, new) = rules::with_identities(for_next_year(&service.draft), &[], || tx.new_id(ctx.now)).map_err(AppError::fields)?;
    let row = ServiceRow {
        id: tx.new_id(ctx.now),
        menu: next,
        version: 1,
        draft,
        published: None,
        published_version: None,
        followed: None,
        ..*service
    };
    store::insert_service(tx, &row).await?;
    store::follow_service(tx, row.id, service.id).await?;
    // New identities come in the order of the tiers.
    for (id, before) in new.iter().zip(&service.draft.packages) {
        store::insert_package(tx, *id, row.id).await?;
        if let Some(before) = before.id {
            store::follow_package(tx, *id, before).await?;
        }
    }
    Ok(())
}

/// The package that next year's edition offers in place of this one, where it does: what a renewal is pre-filled with.
///
/// # Errors
/// Those of the database.
pub async fn successor<Q: Query>(query: &Q, package: PackageId) -> Result<Option<PackageId>, AppError> {
    Ok(store::successor(query, package).await?)
}

/// Whether the unit's edition of a year is published, or was.
///
/// # Errors
/// Those of the database.
pub async fn has_published<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<bool, AppError> {
    let menus = store::menus_of_unit(query, unit).await?;
    Ok(menus.iter().any(|menu| menu.year == year && menu.published.is_some()))
}

/// Changes the prices of services of an edition by a share, rounded, as drafts.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput`; `NotInThisState`; `Stale`.
pub async fn change_prices(app: &Arc<App>, ctx: CommandContext, menu: MenuId, body: PriceChange) -> Result<MenuView, AppError> {
    run(app, ctx, (menu, body.version), (Permission::EditMenu, body), reprice).await
}

async fn reprice(mut tx: Tx, errand: Errand<PriceChange>) -> Result<(), AppError> {
    let menu = errand.open(&tx, Permission::EditMenu, EditionCommand::Change).await?;
    let body = &errand.body;
    if body.by.0 == 0 || !(CHANGE_LIMITS.0..=CHANGE_LIMITS.1).contains(&body.by.0) {
        return Err(AppError::field("by", words::CHANGE_OUTSIDE));
    }
    let change = Repricing { by: body.by, to: body.to };
    let mut services = store::services(&tx, menu.id).await?;
    services.retain(|service| body.services.contains(&service.id));
    if services.is_empty() || services.len() != body.services.len() {
        return Err(AppError::field("services", words::CHOOSE_SERVICES));
    }
    for service in &services {
        written(store::update_draft(&mut tx, service.id, service.version, &repriced(&service.draft, change)).await?)?;
    }
    written(store::touch_menu(&mut tx, menu.id, errand.seen).await?)?;
    let unit = store::unit(&tx, menu.unit).await?.ok_or_else(AppError::not_found)?;
    let fact = errand.fact(format!("{}, menu {}", unit.name, menu.year), words::price_change(body.by, services.len()), String::new());
    Ok(tx.commit(errand.ctx.record(fact), Vec::new()).await?)
}

fn repriced(draft: &ServiceDraft, change: Repricing) -> ServiceDraft {
    let mut draft = draft.clone();
    for package in &mut draft.packages {
        package.content.price = change.model(&package.content.price);
        package.content.extras = change.extras(&package.content.extras);
    }
    draft
}
