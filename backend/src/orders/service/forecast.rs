//! Who will have to decide, and how long that usually takes: the same pure rows as the submission asks.

use shared::id::OrderId;
use shared::identity::api::UnitRef;
use shared::orders::api::{ApprovalForecast, UsualTime};
use shared::orders::approval::{DECIDING_ROLES, Drafted, Needed, Recent, SellerSum, needed, sums, window_start};
use shared::time::Timestamp;

use super::cart::Judged;
use super::facts::SchoolSide;
use crate::db::Query;
use crate::error::AppError;
use crate::orders::store::{self, OrderRow};

/// So many past decisions tell the usual time.
const ENOUGH_DECISIONS: usize = 3;

/// What the school ordered within the policy's window, by seller.
///
/// # Errors
/// Those of the database.
pub async fn recent<Q: Query>(query: &Q, side: &SchoolSide) -> Result<Vec<Recent>, AppError> {
    let since = window_start(side.today, &side.time.days, side.policy.window_days);
    Ok(store::recent_by_seller(query, side.school.id, since).await?)
}

/// Who has to decide on each of these drafts, submitted together.
pub fn all_needed(side: &SchoolSide, recent: &[Recent], drafts: &[OrderRow], judged: &[Judged]) -> Vec<(SellerSum, Needed)> {
    let drafted: Vec<Drafted> = drafts.iter().zip(judged).map(|(draft, judged)| drafted(draft, judged)).collect();
    let sums = sums(&drafted, recent);
    let one = |((draft, judged), drafted): ((&OrderRow, &Judged), &Drafted)| {
        let sum = sums.iter().find(|sum| sum.unit == drafted.unit && sum.provider == drafted.provider).cloned();
        let sum = sum.unwrap_or(SellerSum {
            unit: drafted.unit,
            provider: drafted.provider.clone(),
            drafts: drafted.price,
            recent: shared::money::Cents::ZERO,
        });
        let asked = judged.found.as_ref().map(|found| side.asked(found, judged.price, &judged.split));
        let needed = asked.map_or_else(
            || Needed { steps: Vec::new(), because: shared::words::orders::package_gone(&draft.title) },
            |asked| needed(&side.policy, &asked, &sum),
        );
        (sum, needed)
    };
    drafts.iter().zip(judged).zip(&drafted).map(one).collect()
}

fn drafted(draft: &OrderRow, judged: &Judged) -> Drafted {
    let provider = judged.found.as_ref().map_or_else(|| draft.provider.clone(), |found| found.service.content.provider.clone());
    Drafted { unit: draft.unit, provider, price: judged.price }
}

/// The drafts by whom they go to and who decides.
pub fn forecasts(side: &SchoolSide, recent: &[Recent], drafts: &[OrderRow], judged: &[Judged]) -> Vec<ApprovalForecast> {
    let mut forecasts: Vec<ApprovalForecast> = Vec::new();
    let found = all_needed(side, recent, drafts, judged);
    for ((draft, judged), (sum, needed)) in drafts.iter().zip(judged).zip(found) {
        // What left the shelf cannot be submitted; its line says so.
        if judged.found.is_none() {
            continue;
        }
        let same = |known: &&mut ApprovalForecast| {
            known.unit.id == draft.unit && known.provider == sum.provider && known.steps == needed.steps && known.because == needed.because
        };
        match forecasts.iter_mut().find(same) {
            Some(known) => {
                known.orders.push(draft.id);
                known.sum = known.sum.saturating_add(judged.price);
            }
            None => forecasts.push(ApprovalForecast {
                unit: UnitRef { id: draft.unit, name: draft.unit_name.clone() },
                provider: sum.provider,
                orders: vec![draft.id] as Vec<OrderId>,
                sum: judged.price,
                steps: needed.steps,
                because: needed.because,
            }),
        }
    }
    forecasts
}

/// How long each role usually takes, where there is enough history.
///
/// # Errors
/// Those of the database.
pub async fn usual<Q: Query>(query: &Q) -> Result<Vec<UsualTime>, AppError> {
    let mut usual = Vec::new();
    for role in DECIDING_ROLES {
        let times = store::decision_times(query, *role).await?;
        usual.extend(median_hours(&times).map(|hours| UsualTime { role: *role, hours }));
    }
    Ok(usual)
}

/// Median hours of past decisions, at least one.
fn median_hours(times: &[(Timestamp, Timestamp)]) -> Option<u32> {
    if times.len() < ENOUGH_DECISIONS {
        return None;
    }
    let mut hours: Vec<i64> = times.iter().map(|(from, to)| (to.seconds_since(*from) + 1_800) / 3_600).collect();
    hours.sort_unstable();
    u32::try_from(hours[hours.len() / 2].max(1)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_time_is_the_median_and_needs_some_history() {
        let took = |hours: i64| (Timestamp::from_micros(0), Timestamp::from_micros(0).plus_seconds(hours * 3_600));
        assert_eq!(median_hours(&[took(2), took(50)]), None);
        assert_eq!(median_hours(&[took(50), took(2), took(9)]), Some(9));
        assert_eq!(median_hours(&[took(0), took(0), took(0)]), Some(1));
    }
}
