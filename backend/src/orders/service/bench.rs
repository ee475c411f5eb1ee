//! Who decides: how somebody stands to the open step of an order's approval, read where the decision is made.

use std::collections::BTreeSet;

use shared::id::PersonId;
use shared::orders::ApprovalState;
use shared::orders::OrderState;
use shared::time::Timestamp;

use super::delegate;
use crate::catalog::service as catalog;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Target, service as identity};
use crate::orders::rules::{Bar, Bench, Side, bar, change_in_approval};
use crate::orders::store::{self, OrderRow};

/// Whether the caller bought a part of `order` by a change.
///
/// # Errors
/// Those of the database.
pub async fn bought_more<Q: Query>(query: &Q, actor: &Actor, order: &OrderRow) -> Result<Bench, AppError> {
    let bought_more = !store::bought_more(query, order.id).await?.is_disjoint(&actor.conflicts());
    Ok(Bench { bought_more, ..Bench::default() })
}

/// How the caller stands to the open step of `order`.
///
/// # Errors
/// Those of the database.
pub async fn of<Q: Query>(query: &Q, actor: &Actor, order: &OrderRow, now: Timestamp) -> Result<Bench, AppError> {
    let plain = bought_more(query, actor, order).await?;
    let Some(role) = order.open_step.filter(|_| order.state == OrderState::Submitted || change_in_approval(order)) else { return Ok(plain) };
    let target = Target::School(order.school, order.network);
    let acting_for = if actor.has_role(role) {
        let today = identity::district(query).await?.day_of(now)?;
        delegate::stands_in_for(query, actor, role, &target, today).await?
    } else {
        None
    };
    if acting_for.is_none() && !actor.holds_role(role, &target) {
        return Ok(plain);
    }
    let mut requesters = store::requesters(query, order.id).await?;
    requesters.extend(order.buyers());
    requesters.insert(order.drafted_by);
    let steps = store::steps(query, order.id).await?;
    let decided = steps.iter().filter(|step| step.state == ApprovalState::Approved);
    let earlier: BTreeSet<PersonId> = decided.flat_map(|step| step.decided_by.into_iter().chain(step.acting_for)).collect();
    // A deputy inherits the conflicts of whoever they stand in for.
    let mut sides = Vec::new();
    // Who acts for a principal and that principal are one buyer for as long as the order is open.
    let with = identity::acted_with(query, actor.person, (order.drafted, now)).await?;
    for person in actor.conflicts().into_iter().chain(acting_for).chain(with) {
        sides.push(Side { person, above: identity::above(query, person).await? });
    }
    let mut bar = bar(&sides, &requesters, &earlier);
    if let (None, Some(name)) = (bar, &order.provider) {
        let touched = catalog::hands_on(query, (order.unit, name), now).await?;
        bar = sides.iter().any(|side| touched.contains(&side.person)).then_some(Bar::Papers);
    }
    Ok(Bench { decides: true, acting_for, bar, ..plain })
}
