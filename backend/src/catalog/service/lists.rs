//! A published price list brought in: its services become drafts of a unit's edition; what is on the menu already stays as it is.

use std::sync::Arc;

use shared::catalog::Division;
use shared::catalog::edition::EditionCommand;
use shared::catalog::api::MenuView;
use shared::catalog::pricelist::{ListQuery, ListedService, PriceList, Publisher, read};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{MenuId, ServiceId, UnitId};
use shared::identity::policy::Permission;
use shared::text;
use shared::time::Timestamp;
use shared::words::catalog as words;

use super::editing::own_menu;
use super::edition::{may_turn, written};
use super::units::{NewUnit, upsert_unit};
use super::view::view;
use crate::app::App;
use crate::catalog::rules;
use crate::catalog::store::{self, MenuRow, ServiceRow};
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::{CommandContext, Fact, Target};
use crate::reply::sha256_hex;

/// What bringing a publisher's services in came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BroughtIn {
    pub unit: UnitId,
    pub new: usize,
    /// On the menu already by their title, and left as they are.
    pub left: usize,
}

/// Writes a publisher's services as drafts into the year's edition of a unit: the one with this code, else the one of the publisher's
/// name, else a new one. The caller commits, and audits.
///
/// # Errors
/// `NotFound` for a code that no unit has; `NotInThisState` where the edition is in review or closed; `BadInput` where it is full.
pub async fn bring_list(
    tx: &mut Tx,
    publisher: &Publisher,
    code: Option<&str>,
    (year, now): (FiscalYear, Timestamp),
) -> Result<BroughtIn, AppError> {
    let unit = unit_of(tx, publisher, code, (year, now)).await?;
    let menu = store::menus_of_unit(&*tx, unit).await?.into_iter().find(|menu| menu.year == year).ok_or_else(AppError::not_found)?;
    bring_into(tx, menu, publisher, now).await
}

/// Writes a publisher's services as drafts into an edition.
async fn bring_into(tx: &mut Tx, menu: MenuRow, publisher: &Publisher, now: Timestamp) -> Result<BroughtIn, AppError> {
    let unit = menu.unit;
    may_turn(menu.state, EditionCommand::Change)?;
    let here = store::services(&*tx, menu.id).await?;
    let known = |service: &&ListedService| {
        here.iter().any(|row| row.draft.content.title.to_lowercase() == service.draft.content.title.to_lowercase())
    };
    let (left, new): (Vec<&ListedService>, Vec<&ListedService>) = publisher.services.iter().partition(known);
    if here.len() + new.len() > store::SERVICES_LIMIT as usize {
        return Err(AppError::saying(ErrorCode::BadInput, "This menu would hold too many services. Take the list in parts."));
    }
    for listed in &new {
        let (draft, packages) = rules::with_identities(listed.draft.clone(), &[], || tx.new_id(now)).map_err(AppError::fields)?;
        let id: ServiceId = tx.new_id(now);
        let position = store::next_position(&*tx, menu.id).await?;
        let row = ServiceRow { id, menu: menu.id, position, version: 1, draft, published: None, published_version: None, followed: None };
        store::insert_service(tx, &row).await?;
        for package in packages {
            store::insert_package(tx, package, id).await?;
        }
    }
    if !new.is_empty() {
        written(store::touch_menu(tx, menu.id, menu.version).await?)?;
    }
    Ok(BroughtIn { unit, new: new.len(), left: left.len() })
}

/// What an upload carries into its transaction.
#[derive(Clone)]
struct Taken {
    ctx: CommandContext,
    menu: MenuId,
    list: Arc<PriceList>,
    file: String,
    digest: String,
}

/// A unit's head takes a list in: all its services as drafts of one edition, in one command.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` where nothing can be taken or a currency's worth cannot be read; `NotInThisState`
/// where the edition is in review or closed.
pub async fn take_list(app: &App, ctx: CommandContext, menu: MenuId, (query, bytes): (ListQuery, Vec<u8>)) -> Result<MenuView, AppError> {
    let row = store::menu(&app.db.reader(), menu).await?.ok_or_else(AppError::not_found)?;
    ctx.actor.demand(Permission::EditMenu, &Target::Unit(row.unit))?;
    let taking = query.taking().ok_or_else(|| AppError::field("worth", words::WORTH_UNREADABLE))?;
    let list = Arc::new(read(&bytes, &taking));
    if list.publishers.is_empty() {
        return Err(AppError::saying(ErrorCode::BadInput, words::NOTHING_TO_TAKE));
    }
    let file = text::optional(&query.file_name, text::LINE_LIMIT).map_err(|error| AppError::field("file_name", error.message()))?;
    let taken = Taken { ctx: ctx.clone(), menu, list, file, digest: sha256_hex(&[&bytes]) };
    app.db.command(&ctx.key(), menu, taken, write_list).await?;
    view(&app.db.reader(), menu, app.now()).await
}

async fn write_list(mut tx: Tx, taken: Taken) -> Result<(), AppError> {
    let Taken { ctx, menu, list, file, digest } = taken;
    let (mut new, mut left) = (0, 0);
    for publisher in &list.publishers {
        // Read again for each: the one before has written into it.
        let row = store::menu(&tx, menu).await?;
        let row = own_menu(&tx, &ctx, row).await?;
        let brought = bring_into(&mut tx, row, publisher, ctx.now).await?;
        (new, left) = (new + brought.new, left + brought.left);
    }
    let fact = Fact {
        object: menu.to_string(),
        object_title: file.clone(),
        summary: words::took_list(&file, new, left),
        reason: format!("SHA-256 {digest}"),
        ..Fact::default()
    };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

async fn unit_of(tx: &mut Tx, publisher: &Publisher, code: Option<&str>, when: (FiscalYear, Timestamp)) -> Result<UnitId, AppError> {
    let named = store::units(&*tx).await?.into_iter().find(|unit| unit.name.to_lowercase() == publisher.name.to_lowercase());
    let found = match code {
        Some(code) => Some(store::unit_by_code(&*tx, code).await?.ok_or_else(AppError::not_found)?),
        None => named,
    };
    if let Some(unit) = found {
        let menu = tx.new_id(when.1);
        store::open_menu(tx, menu, unit.id, when.0).await?;
        return Ok(unit.id);
    }
    if publisher.name.is_empty() {
        return Err(AppError::saying(ErrorCode::BadInput, "The list names no publisher. Name the unit by its code."));
    }
    let empty = String::new;
    let (code, name) = (slug(&publisher.name), publisher.name.clone());
    let unit = NewUnit { code, name, division: Division::Operations, about: empty(), contact: empty(), contact_email: empty() };
    Ok(upsert_unit(tx, &unit, when.0, when.1).await?.0)
}

/// A code for a unit that the district's books do not know.
fn slug(name: &str) -> String {
    let letters = name.to_lowercase().chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect::<String>();
    letters.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
