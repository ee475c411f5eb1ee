//! A published price list brought in: its services become drafts of a unit's edition; what is on the menu already stays as it is.

use shared::catalog::Division;
use shared::catalog::edition::EditionCommand;
use shared::catalog::pricelist::{ListedService, Publisher};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{ServiceId, UnitId};
use shared::time::Timestamp;

use super::edition::{may_turn, written};
use super::units::{NewUnit, upsert_unit};
use crate::catalog::rules;
use crate::catalog::store::{self, ServiceRow};
use crate::db::Tx;
use crate::error::AppError;

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
