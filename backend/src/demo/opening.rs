//! Unit heads write and publish their menus, as they would in the editor.

use std::collections::BTreeMap;

use shared::catalog::api::{AskReview, CreateService, MenuView, PackageContent, PublishMenu};
use shared::catalog::{Category, Tier};
use shared::id::PackageId;
use shared::identity::Role;

use super::cast::Cast;
use super::data::{Data, UnitData};
use super::days::Days;
use super::menus;
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::error::AppError;

/// A tier on the shelf.
#[derive(Clone, Debug)]
pub struct Offer {
    pub package: PackageId,
    /// Key of the unit that sells it.
    pub unit: String,
    pub category: Category,
    pub content: PackageContent,
}

/// Tiers by the key of their service and their rung.
pub type Offers = BTreeMap<(String, Tier), Offer>;

/// Writes every service and publishes every menu, in the first morning of the fiscal year.
///
/// # Errors
/// What a unit head would be told.
pub async fn publish_menus(stage: &Stage, data: &Data, cast: &Cast, days: &Days) -> Result<Offers, AppError> {
    let mut offers = Offers::new();
    let mut now = days.at(days.first, 9 * 60)?;
    let reviewers = cast.officers.get(&Role::Executive);
    let reviewer = reviewers.and_then(|people| people.first()).ok_or_else(|| AppError::internal("demo: nobody reviews menus"))?;
    for unit in &data.units {
        let Some(place) = cast.units.get(&unit.key) else { continue };
        let mut menu = None;
        for service in &unit.services {
            now = now.plus_seconds(60);
            let ctx = stage.command::<CreateService>(&place.head, now);
            menu = Some(catalog::create_service(&stage.app, ctx, (place.id, None), menus::draft(service, days)?).await?);
        }
        let Some(menu) = menu else { continue };
        now = now.plus_seconds(60);
        let ctx = stage.command::<AskReview>(&place.head, now);
        let menu = catalog::ask_review(&stage.app, ctx, menu.id, menu.version).await?;
        now = now.plus_seconds(60);
        let ctx = stage.command::<PublishMenu>(reviewer, now);
        let menu = catalog::publish_menu(&stage.app, ctx, menu.id, menu.version).await?;
        collect(unit, &menu, &mut offers);
    }
    Ok(offers)
}

/// Services stand on the menu in the order in which they were written.
fn collect(unit: &UnitData, menu: &MenuView, offers: &mut Offers) {
    for (data, service) in unit.services.iter().zip(&menu.services) {
        for package in &service.draft.packages {
            let Some(id) = package.id else { continue };
            let content = package.content.clone();
            let offer = Offer { package: id, unit: unit.key.clone(), category: data.category, content };
            offers.insert((data.key.clone(), package.content.tier), offer);
        }
    }
}
