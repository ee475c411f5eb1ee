//! A unit head writes and changes the services of an edition, and takes them off.

use std::sync::Arc;

use shared::catalog::api::{MenuView, ServiceDraft, ServiceEdit};
use shared::catalog::edition::EditionCommand;
use shared::catalog::input;
use shared::error::ErrorCode;
use shared::id::{MenuId, PackageId, ServiceId, UnitId};
use shared::identity::policy::Permission;

use super::edition::may_turn;
use super::tell::Saying;
use super::view::{edition_of, view};
use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, MenuRow, ServiceRow};
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};

/// The menu that the caller may edit, as it stands in this transaction.
pub(super) async fn own_menu(tx: &Tx, ctx: &CommandContext, menu: Option<MenuRow>) -> Result<MenuRow, AppError> {
    let menu = menu.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(menu.unit))?;
    // Read again inside the transaction, so that the edit counts from what stands there now.
    let menu = store::menu(tx, menu.id).await?.ok_or_else(AppError::not_found)?;
    may_turn(menu.state, EditionCommand::Change)?;
    Ok(menu)
}

/// Writes a new service into the unit's menu, as a draft.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` with the fields.
pub async fn create_service(
    app: &App,
    ctx: CommandContext,
    (unit, edition): (UnitId, Option<MenuId>),
    draft: ServiceDraft,
) -> Result<MenuView, AppError> {
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let menu = edition_of(&app.db.reader(), unit, edition, ctx.now).await?.id;
    let draft = input::clean(draft).map_err(AppError::fields)?;
    let id: ServiceId = app.id(ctx.now);
    app.db.command(&ctx.key(), id, (ctx.clone(), draft), move |tx, (ctx, draft)| write_new(tx, ctx, Written { id, menu, draft })).await?;
    view(&app.db.reader(), menu, app.now()).await
}

/// A service on its way into a menu.
struct Written {
    id: ServiceId,
    menu: MenuId,
    draft: ServiceDraft,
}

async fn write_new(mut tx: Tx, ctx: CommandContext, written: Written) -> Result<(), AppError> {
    let menu = store::menu(&tx, written.menu).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    if store::services(&tx, menu.id).await?.len() >= store::SERVICES_LIMIT as usize {
        return Err(AppError::saying(ErrorCode::BadInput, "This menu is full. Remove a service that is no longer offered first."));
    }
    let (draft, new) = rules::with_identities(written.draft, &[], || tx.new_id(ctx.now)).map_err(AppError::fields)?;
    let position = store::next_position(&tx, menu.id).await?;
    let row =
        ServiceRow { id: written.id, menu: menu.id, position, version: 1, draft, published: None, published_version: None, followed: None };
    store::insert_service(&mut tx, &row).await?;
    insert_packages(&mut tx, row.id, &new).await?;
    count_change(&mut tx, &menu).await?;
    let summary = format!("Wrote a new service, {}", tiers(row.draft.packages.len()));
    Ok(tx.commit(ctx.record(fact(&row, summary)), Vec::new()).await?)
}

async fn insert_packages(tx: &mut Tx, service: ServiceId, new: &[PackageId]) -> Result<(), AppError> {
    for id in new {
        store::insert_package(tx, *id, service).await?;
    }
    Ok(())
}

/// Somebody who changed the menu between our read and this write makes the form stale.
async fn count_change(tx: &mut Tx, menu: &MenuRow) -> Result<(), AppError> {
    if store::touch_menu(tx, menu.id, menu.version).await? { Ok(()) } else { Err(ErrorCode::Stale.into()) }
}

fn tiers(count: usize) -> String {
    if count == 1 { "1 tier".to_owned() } else { format!("{count} tiers") }
}

fn fact(service: &ServiceRow, summary: String) -> Fact {
    let object_title = service.draft.content.title.clone();
    Fact { object: service.id.to_string(), object_title, summary, ..Fact::default() }
}

/// Changes a service's words; the shelf shows them once published.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` with the fields; `Stale` where somebody changed it since `edit.version`.
pub async fn edit_service(app: &App, ctx: CommandContext, service: ServiceId, edit: ServiceEdit) -> Result<MenuView, AppError> {
    let menu = own_service(app, &ctx, service).await?;
    let draft = input::clean(edit.draft).map_err(AppError::fields)?;
    let input = (ctx.clone(), ServiceEdit { version: edit.version, draft });
    app.db.command(&ctx.key(), service, input, move |tx, (ctx, edit)| rewrite(tx, ctx, service, edit)).await?;
    view(&app.db.reader(), menu, app.now()).await
}

/// The edition of a service that the caller may edit.
async fn own_service(app: &App, ctx: &CommandContext, service: ServiceId) -> Result<MenuId, AppError> {
    let reader = app.db.reader();
    let unit = super::unit_of_service(&reader, service).await?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    Ok(store::service(&reader, service).await?.ok_or_else(AppError::not_found)?.menu)
}

async fn rewrite(mut tx: Tx, ctx: CommandContext, id: ServiceId, edit: ServiceEdit) -> Result<(), AppError> {
    let row = store::service(&tx, id).await?.ok_or_else(AppError::not_found)?;
    let menu = store::menu(&tx, row.menu).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    let known = store::packages_of(&tx, id).await?;
    let (draft, new) = rules::with_identities(edit.draft, &known, || tx.new_id(ctx.now)).map_err(AppError::fields)?;
    insert_packages(&mut tx, id, &new).await?;
    if !store::update_draft(&mut tx, id, edit.version, &draft).await? {
        return Err(ErrorCode::Stale.into());
    }
    count_change(&mut tx, &menu).await?;
    let row = ServiceRow { draft, ..row };
    let summary = format!("Changed the draft, {}", tiers(row.draft.packages.len()));
    Ok(tx.commit(ctx.record(fact(&row, summary)), Vec::new()).await?)
}

/// Takes a service off the menu and the shelf; orders keep what they bought.
///
/// # Errors
/// `NotFound` outside the caller's unit; `Stale` where somebody changed it since `version`.
pub async fn remove_service(app: &Arc<App>, ctx: CommandContext, service: ServiceId, version: u32) -> Result<MenuView, AppError> {
    let reader = app.db.reader();
    let unit = super::unit_of_service(&reader, service).await?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let menu = store::menu_of_service(&reader, service).await?.ok_or_else(AppError::not_found)?;
    let input = (Arc::clone(app), ctx.clone());
    app.db.command(&ctx.key(), service, input, move |tx, (app, ctx)| take_off(tx, (app, ctx), service, version)).await?;
    view(&app.db.reader(), menu, app.now()).await
}

async fn take_off(mut tx: Tx, (app, ctx): (Arc<App>, CommandContext), id: ServiceId, version: u32) -> Result<(), AppError> {
    let row = store::service(&tx, id).await?.ok_or_else(AppError::not_found)?;
    let menu = store::menu(&tx, row.menu).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    let retired = store::on_sale_of_service(&tx, id).await?;
    if !store::remove_service(&mut tx, id, version).await? {
        return Err(ErrorCode::Stale.into());
    }
    count_change(&mut tx, &menu).await?;
    store::shelf::bump(&mut tx).await?;
    let mails = (app.tell)(&mut tx, &app, &ctx, vec![Saying::drafting(retired)]).await?;
    Ok(tx.commit(ctx.record(fact(&row, "Taken off the menu".to_owned())), mails).await?)
}
