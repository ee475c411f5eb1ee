//! The renewal round of the demo district: some units have next year's edition out, the round is open, some schools have answered.

use serde::Deserialize;
use shared::catalog::api::{AskReview, ChangePrices, MenuView, PriceChange, PublishMenu, RemoveService, StartNextYear};
use shared::catalog::edition::reprice::Rounding;
use shared::identity::Role;
use shared::money::BasisPoints;
use shared::orders::api::{NewYearlyDate, SetYearlyDate};
use shared::orders::dates::YearlyKind;
use shared::orders::renewal::{AnswerRenewals, AnsweredOrder, OpenRenewals, RenewalAnswer, RenewalAnswers, RoundPhase};
use shared::time::Timestamp;

use super::cast::{Cast, UnitCast};
use super::data::Data;
use super::days::Days;
use super::stage::Stage;
use crate::catalog::service as catalog;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service as orders;

const RENEWALS: &str = include_str!("../../demo/renewals.json");
/// The first minute of the night in which all this is done, when the evening is through.
const NIGHT: u32 = 21 * 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RenewalsData {
    /// Days from the anchor to the last day of the round.
    days_left: i32,
    editions: Vec<EditionData>,
    /// School, service, answer, why.
    answers: Vec<(String, String, RenewalAnswer, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditionData {
    unit: String,
    /// By how much dearer, in basis points.
    by: i64,
    /// Services that next year's edition leaves out.
    without: Vec<String>,
}

/// Publishes next year's editions, opens the round, and lets some schools answer.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, data: &Data, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let story: RenewalsData = serde_json::from_str(RENEWALS).map_err(|error| AppError::internal(format!("demo renewals: {error}")))?;
    let mut now = days.at(days.ago(1), NIGHT)?;
    for edition in &story.editions {
        now = publish(stage, data, cast, (edition, now)).await?;
    }
    now = open(stage, cast, days, (story.days_left, now)).await?;
    for (school, service, answer, reason) in &story.answers {
        now = now.plus_seconds(60);
        let Some(place) = cast.schools.get(school) else { return Err(AppError::internal(format!("demo renewals: no school {school}"))) };
        let title = title_of(data, service)?;
        let view = orders::renewals(&stage.app, &place.principal, place.id).await?;
        // What the district refused in its story was never accepted, and is not offered.
        let Some(line) = view.lines.iter().find(|line| line.title == title) else { continue };
        let answer = AnsweredOrder { order: line.order, version: line.version, answer: *answer, quantity: 0, reason: reason.clone() };
        let ctx = stage.command::<AnswerRenewals>(&place.principal, now);
        orders::answer_renewals(&stage.app, &ctx, place.id, RenewalAnswers { answers: vec![answer] }).await?;
    }
    Ok(())
}

pub fn title_of<'a>(data: &'a Data, key: &str) -> Result<&'a str, AppError> {
    let found = data.units.iter().flat_map(|unit| &unit.services).find(|service| service.key == key);
    found.map(|service| service.title.as_str()).ok_or_else(|| AppError::internal(format!("demo renewals: no service {key}")))
}

pub fn first(cast: &Cast, role: Role) -> Result<&std::sync::Arc<Actor>, AppError> {
    let found = cast.officers.get(&role).and_then(|people| people.first());
    found.ok_or_else(|| AppError::internal(format!("demo renewals: no {}", role.title())))
}

async fn publish(stage: &Stage, data: &Data, cast: &Cast, (edition, mut now): (&EditionData, Timestamp)) -> Result<Timestamp, AppError> {
    let place = cast.units.get(&edition.unit).ok_or_else(|| AppError::internal(format!("demo renewals: no unit {}", edition.unit)))?;
    let this = catalog::menu(&stage.app, &place.head, place.id, None).await?;
    now = now.plus_seconds(60);
    let ctx = stage.command::<StartNextYear>(&place.head, now);
    let mut next = catalog::start_next_year(&stage.app, ctx, this.id, this.version).await?;
    for key in &edition.without {
        now = now.plus_seconds(60);
        next = without(stage, place, (&next, title_of(data, key)?), now).await?;
    }
    now = now.plus_seconds(60);
    let services = next.services.iter().map(|service| service.id).collect();
    let body = PriceChange { version: next.version, by: BasisPoints(edition.by), to: Rounding::FiveDollars, services };
    let ctx = stage.command::<ChangePrices>(&place.head, now);
    let next = catalog::change_prices(&stage.app, ctx, next.id, body).await?;
    now = now.plus_seconds(60);
    let ctx = stage.command::<AskReview>(&place.head, now);
    let asked = catalog::ask_review(&stage.app, ctx, next.id, next.version).await?;
    now = now.plus_seconds(60);
    let ctx = stage.command::<PublishMenu>(first(cast, Role::Executive)?, now);
    catalog::publish_menu(&stage.app, ctx, asked.id, asked.version).await?;
    Ok(now)
}

async fn without(stage: &Stage, place: &UnitCast, (menu, title): (&MenuView, &str), now: Timestamp) -> Result<MenuView, AppError> {
    let service = menu.services.iter().find(|service| service.draft.content.title == title);
    let service = service.ok_or_else(|| AppError::internal(format!("demo renewals: {title} is not on the menu")))?;
    catalog::remove_service(&stage.app, stage.command::<RemoveService>(&place.head, now), service.id, service.version).await
}

/// Opens the round, whatever day of the year it is, so that some weeks are left to answer.
async fn open(stage: &Stage, cast: &Cast, days: &Days, (left, mut now): (i32, Timestamp)) -> Result<Timestamp, AppError> {
    let officer = first(cast, Role::BudgetOfficer)?;
    now = now.plus_seconds(60);
    let last = NewYearlyDate { year: days.year, kind: YearlyKind::RenewalCloses, day: days.ahead(left) };
    // The clock of the stage tells which day it is.
    stage.turn(now);
    if orders::renewal_round(&stage.app, officer).await?.phase == RoundPhase::Before {
        let ctx = stage.command::<OpenRenewals>(officer, now);
        orders::open_renewals(&stage.app, &ctx).await?;
        now = now.plus_seconds(60);
    }
    // After its usual first day the round is open as soon as its last day is a later one.
    orders::set_yearly_date(&stage.app, stage.command::<SetYearlyDate>(officer, now), last).await?;
    orders::attend_renewals(&stage.app, now).await?;
    Ok(now)
}
