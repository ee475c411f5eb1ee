//! Changes of running orders in the demo district: of each unit's work one is proposed by the school, the next one by the unit.

use std::sync::Arc;

use shared::id::OrderId;
use shared::orders::OrderState;
use shared::orders::api::OrderFilter;
use shared::orders::change::api::{ChangeQuery, NewChange, ProposeChange};
use shared::time::Timestamp;

use super::cast::{Cast, UnitCast};
use super::days::Days;
use super::stage::Stage;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service as orders;

/// So many orders of each unit have a change that waits.
const OF_EACH: usize = 2;
const EVENING: u32 = 21 * 60;

/// Proposes one unit more of some running orders; what a school cannot pay for, or the unit has no room for, stays as it is.
///
/// # Errors
/// What a person would be told.
pub async fn play(stage: &Stage, cast: &Cast, days: &Days) -> Result<(), AppError> {
    let mut now = days.at(days.ago(1), EVENING)?;
    for unit in cast.units.values() {
        let mut running = Vec::new();
        for state in [OrderState::InDelivery, OrderState::Accepted] {
            let filter = OrderFilter { unit: Some(unit.id), state: Some(state), ..OrderFilter::default() };
            running.extend(orders::list(&stage.app, &unit.head, &filter).await?.items);
        }
        let mut done = 0;
        for order in running {
            let Some(school) = cast.schools.values().find(|school| school.id == order.school.id) else { continue };
            let by = if done == 0 { &school.principal } else { &unit.head };
            now = now.plus_seconds(60);
            if done < OF_EACH && propose(stage, (by, unit), order.id, now).await? {
                done += 1;
            }
        }
    }
    Ok(())
}

/// One more; false where something stands against it.
async fn propose(stage: &Stage, (by, unit): (&Arc<Actor>, &UnitCast), order: OrderId, now: Timestamp) -> Result<bool, AppError> {
    let view = orders::order(&stage.app, by, order).await?;
    let quantity = view.quantity + 1;
    let asked = ChangeQuery { package: None, quantity, start: None };
    let ctx = stage.command::<ProposeChange>(by, now);
    let Ok(seen) = orders::preview_change(&stage.app, by, order, (asked, now)).await else { return Ok(false) };
    if !seen.problems.is_empty() {
        return Ok(false);
    }
    let reason = if by.person == unit.head.person {
        "One visit more would let us close with your whole team; shall we?".to_owned()
    } else {
        "A new teacher joined our grade-four team, and wants to be part of it.".to_owned()
    };
    let body = NewChange { version: view.version, package: view.package.id, quantity, start: view.summary.start, price: seen.after.price, reason };
    match orders::propose_change(&stage.app, &ctx, order, body).await {
        Ok(_) => Ok(true),
        Err(AppError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
