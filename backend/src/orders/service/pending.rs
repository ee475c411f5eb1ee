//! What waits for the caller's decision: the open steps of their roles, each with why they may not where they may not.

use std::collections::BTreeMap;

use shared::id::OrderId;
use shared::identity::Role;
use shared::identity::api::PersonRef;
use shared::orders::ApprovalState;
use shared::orders::api::PendingApproval;
use shared::orders::approval::DECIDING_ROLES;
use shared::time::Timestamp;

use super::bench;
use super::view::summary;
use crate::app::App;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, service as identity};
use crate::orders::rules::{Bar, change_in_approval};
use crate::orders::store::{self, ApprovalRow, OrderRow};

/// Orders whose next step of approval is the caller's, the most urgent first.
///
/// # Errors
/// Those of the database.
pub async fn pending(app: &App, actor: &Actor, now: Timestamp) -> Result<Vec<PendingApproval>, AppError> {
    Ok(to_decide(&app.db.reader(), actor, now).await?.into_iter().map(|(_, pending)| pending).collect())
}

/// The same with the orders' rows.
///
/// # Errors
/// Those of the database.
pub async fn to_decide<Q: Query>(query: &Q, actor: &Actor, now: Timestamp) -> Result<Vec<(OrderRow, PendingApproval)>, AppError> {
    let roles: Vec<Role> = DECIDING_ROLES.iter().copied().filter(|role| actor.has_role(*role)).collect();
    let ids = store::open_for(query, &roles).await?;
    let mut rows: BTreeMap<OrderId, OrderRow> = store::orders(query, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    let steps = store::steps_of(query, &ids).await?;
    let mut found = Vec::new();
    for id in ids {
        let Some(mut row) = rows.remove(&id) else { continue };
        let bench = bench::of(query, actor, &row, now).await?;
        if !bench.decides {
            continue;
        }
        let own: Vec<&ApprovalRow> = steps.iter().filter(|step| step.order == id).collect();
        let open = own.iter().position(|step| step.state == ApprovalState::Open).unwrap_or(0);
        let acting_for = match bench.acting_for {
            Some(id) => identity::names(query, &[id]).await?.remove(&id).map(|name| PersonRef { id, name }),
            None => None,
        };
        if change_in_approval(&row) {
            // What is decided on is the order as it would be.
            let Some(change) = store::open_change(query, id).await? else { continue };
            (row.price, row.due) = (change.price, change.due);
        }
        let pending = PendingApproval {
            order: summary(&row),
            step: u32::try_from(open + 1).unwrap_or(u32::MAX),
            steps: u32::try_from(own.len()).unwrap_or(u32::MAX),
            because: own.get(open).map(|step| step.because.clone()).unwrap_or_default(),
            acting_for,
            barred: bench.bar.map(Bar::words).map(str::to_owned),
        };
        found.push((row, pending));
    }
    Ok(found)
}
