//! Next year's editions: one unit writes at it with new prices, another waits for the second person.

use std::sync::Arc;

use serde::Deserialize;
use shared::catalog::api::{AskReview, ChangePrices, MenuView, PriceChange, StartNextYear};
use shared::catalog::edition::reprice::Rounding;
use shared::money::BasisPoints;
use shared::time::Timestamp;

use super::cast::{Cast, UnitCast};
use super::days::Days;
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::error::AppError;

const EDITIONS: &str = include_str!("../../demo/editions.json");
/// In minutes after midnight of the day before the anchor.
const LATE: u32 = 20 * 60 + 50;

#[derive(Deserialize)]
struct EditionsData {
    draft: DraftData,
    review: ReviewData,
}

#[derive(Deserialize)]
struct DraftData {
    unit: String,
    /// Hundredths of a percent by which every price of the unit's own goes up.
    raise_bp: i64,
}

#[derive(Deserialize)]
struct ReviewData {
    unit: String,
}

/// Plays it on the evening before the anchor.
///
/// # Errors
/// What a unit head would be told.
pub async fn play(stage: &Stage, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let data: EditionsData = serde_json::from_str(EDITIONS).map_err(AppError::internal)?;
    let at = |minute: u32| days.at(days.ago(1), LATE + minute);
    let unit = unit(cast, &data.draft.unit)?;
    let menu = next_year(stage, unit, at(0)?).await?;
    let ctx = stage.command::<ChangePrices>(&unit.head, at(2)?);
    let services = menu.services.iter().map(|service| service.id).collect();
    let change = PriceChange { version: menu.version, by: BasisPoints(data.draft.raise_bp), to: Rounding::FiveDollars, services };
    catalog::change_prices(&stage.app, ctx, menu.id, change).await?;
    let unit = self::unit(cast, &data.review.unit)?;
    let menu = next_year(stage, unit, at(4)?).await?;
    let ctx = stage.command::<AskReview>(&unit.head, at(6)?);
    catalog::ask_review(&stage.app, ctx, menu.id, menu.version).await.map(|_| ())
}

fn unit<'a>(cast: &'a Cast, key: &str) -> Result<&'a UnitCast, AppError> {
    cast.units.get(key).ok_or_else(|| AppError::internal(format!("demo: no unit {key}")))
}

async fn next_year(stage: &Stage, unit: &UnitCast, now: Timestamp) -> Result<MenuView, AppError> {
    let ctx = stage.command::<StartNextYear>(&Arc::clone(&unit.head), now);
    let menu = catalog::menu(&stage.app, &unit.head, unit.id, None).await?;
    catalog::start_next_year(&stage.app, ctx, menu.id, menu.version).await
}
