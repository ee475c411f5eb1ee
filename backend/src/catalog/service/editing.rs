//! A unit head writes, changes and publishes the unit's menu.

use shared::catalog::api::{MenuService, MenuView, ServiceDraft, ServiceEdit};
use shared::catalog::{Division, MenuState, input};
use shared::error::ErrorCode;
use shared::id::{MenuId, PackageId, ServiceId, UnitId};
use shared::identity::policy::Permission;

use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, MenuRow, Publication, ServiceRow, TierPublication};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target};

/// The unit's newest menu with its drafts.
///
/// # Errors
/// `NotFound` for everyone but the unit's head.
pub async fn menu(app: &App, actor: &Actor, unit: UnitId) -> Result<MenuView, AppError> {
    actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    view(&app.db.reader(), unit).await
}

async fn view<Q: Query>(query: &Q, unit: UnitId) -> Result<MenuView, AppError> {
    let menu = store::menu_of_unit(query, unit).await?.ok_or_else(AppError::not_found)?;
    let unit = store::unit(query, unit).await?.ok_or_else(AppError::not_found)?;
    let services = store::services(query, menu.id).await?.into_iter().map(|service| seen(service, unit.division)).collect();
    let MenuRow { id, year, state, version, published, .. } = menu;
    Ok(MenuView { id, unit, year, state, version, published, services })
}

fn seen(service: ServiceRow, division: Division) -> MenuService {
    MenuService {
        id: service.id,
        version: service.version,
        changed: service.published.as_ref() != Some(&service.draft),
        on_shelf: service.published_version.is_some(),
        missing: rules::missing(&service.draft, division),
        draft: service.draft,
    }
}

/// The menu that the caller may edit, as it stands in this transaction.
async fn own_menu(tx: &Tx, ctx: &CommandContext, menu: Option<MenuRow>) -> Result<MenuRow, AppError> {
    let menu = menu.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(menu.unit))?;
    // Read again inside the transaction, so that the edit counts from what stands there now.
    let menu = store::menu(tx, menu.id).await?.ok_or_else(AppError::not_found)?;
    if menu.state == MenuState::Closed { Err(ErrorCode::PeriodClosed.into()) } else { Ok(menu) }
}

/// Writes a new service into the unit's menu, as a draft.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` with the fields.
pub async fn create_service(app: &App, ctx: CommandContext, unit: UnitId, draft: ServiceDraft) -> Result<MenuView, AppError> {
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    let draft = input::clean(draft).map_err(AppError::fields)?;
    let id: ServiceId = app.id(ctx.now);
    app.db.command(&ctx.key(), id, (ctx.clone(), draft), move |tx, (ctx, draft)| write_new(tx, ctx, Written { id, unit, draft })).await?;
    view(&app.db.reader(), unit).await
}

/// A service on its way into a menu.
struct Written {
    id: ServiceId,
    unit: UnitId,
    draft: ServiceDraft,
}

async fn write_new(mut tx: Tx, ctx: CommandContext, written: Written) -> Result<(), AppError> {
    let menu = store::menu_of_unit(&tx, written.unit).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    if store::services(&tx, menu.id).await?.len() >= store::SERVICES_LIMIT as usize {
        return Err(AppError::saying(ErrorCode::BadInput, "This menu is full. Remove a service that is no longer offered first."));
    }
    let (draft, new) = rules::with_identities(written.draft, &[], || tx.new_id(ctx.now)).map_err(AppError::fields)?;
    let position = store::next_position(&tx, menu.id).await?;
    let row = ServiceRow { id: written.id, menu: menu.id, position, version: 1, draft, published: None, published_version: None };
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
    let unit = own_service(app, &ctx, service).await?;
    let draft = input::clean(edit.draft).map_err(AppError::fields)?;
    let input = (ctx.clone(), ServiceEdit { version: edit.version, draft });
    app.db.command(&ctx.key(), service, input, move |tx, (ctx, edit)| rewrite(tx, ctx, service, edit)).await?;
    view(&app.db.reader(), unit).await
}

/// The unit of a service that the caller may edit.
async fn own_service(app: &App, ctx: &CommandContext, service: ServiceId) -> Result<UnitId, AppError> {
    let unit = super::unit_of_service(&app.db.reader(), service).await?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    Ok(unit)
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
pub async fn remove_service(app: &App, ctx: CommandContext, service: ServiceId, version: u32) -> Result<MenuView, AppError> {
    let unit = own_service(app, &ctx, service).await?;
    app.db.command(&ctx.key(), service, ctx.clone(), move |tx, ctx| take_off(tx, ctx, service, version)).await?;
    view(&app.db.reader(), unit).await
}

async fn take_off(mut tx: Tx, ctx: CommandContext, id: ServiceId, version: u32) -> Result<(), AppError> {
    let row = store::service(&tx, id).await?.ok_or_else(AppError::not_found)?;
    let menu = store::menu(&tx, row.menu).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    if !store::remove_service(&mut tx, id, version).await? {
        return Err(ErrorCode::Stale.into());
    }
    count_change(&mut tx, &menu).await?;
    store::shelf::bump(&mut tx).await?;
    Ok(tx.commit(ctx.record(fact(&row, "Taken off the menu".to_owned())), Vec::new()).await?)
}

/// Puts every changed draft of the menu on the shelf.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotPublishable` with the checklist's fields; `Stale` where the menu changed since `version`.
pub async fn publish_menu(app: &App, ctx: CommandContext, menu: MenuId, version: u32) -> Result<MenuView, AppError> {
    let unit = store::menu(&app.db.reader(), menu).await?.ok_or_else(AppError::not_found)?.unit;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(unit))?;
    app.db.command(&ctx.key(), menu, ctx.clone(), move |tx, ctx| publish(tx, ctx, menu, version)).await?;
    view(&app.db.reader(), unit).await
}

async fn publish(mut tx: Tx, ctx: CommandContext, id: MenuId, version: u32) -> Result<(), AppError> {
    let menu = store::menu(&tx, id).await?;
    let menu = own_menu(&tx, &ctx, menu).await?;
    // The version first: whoever looked at an older menu hears that, not about fields of a newer one.
    if !store::publish_menu(&mut tx, id, version, ctx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    let unit = store::unit(&tx, menu.unit).await?.ok_or_else(AppError::not_found)?;
    let services = store::services(&tx, id).await?;
    let missing = rules::menu_checklist(services.iter().map(|service| &service.draft), unit.division);
    if !missing.is_empty() {
        return Err(AppError::Refused { code: ErrorCode::NotPublishable, message: None, fields: missing });
    }
    let changed: Vec<&ServiceRow> = services.iter().filter(|service| service.published.as_ref() != Some(&service.draft)).collect();
    for service in &changed {
        publish_one(&mut tx, &ctx, &menu, service).await?;
    }
    store::shelf::bump(&mut tx).await?;
    let fact = Fact {
        object: id.to_string(),
        object_title: format!("{}, menu {}", unit.name, menu.year),
        summary: format!("Published the menu: {} of {} services changed", changed.len(), services.len()),
        ..Fact::default()
    };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

async fn publish_one(tx: &mut Tx, ctx: &CommandContext, menu: &MenuRow, service: &ServiceRow) -> Result<(), AppError> {
    let (content, draft) = (&service.draft.content, &service.draft);
    // The draft's version only rises, so it serves as the number of the words as well.
    let publication = Publication { service: service.id, version: service.version, content, draft, at: ctx.now };
    store::publish_service(tx, &publication).await?;
    for (position, package) in draft.packages.iter().enumerate() {
        let id = package.id.ok_or_else(|| AppError::internal(format!("a tier of {} has no identity", service.id)))?;
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        let tier = TierPublication { package: id, position, content: &package.content, year: menu.year };
        store::publish_package(tx, &publication, &tier).await?;
    }
    Ok(())
}
