//! Changes of running orders on My desk: those to answer, and those that one waits for.

use std::collections::BTreeMap;

use shared::id::OrderId;
use shared::identity::Scope;
use shared::identity::policy::Permission;
use shared::orders::change::ChangeState;
use shared::orders::desk::{DeskItem, DeskView};
use shared::orders::questions::Side;
use shared::time::Timestamp;
use shared::words::orders as words;
use shared::words::orders::change as said;

use super::change::waits_for;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::{Actor, Reach};
use crate::orders::store::{self, ChangeRow, OrderRow};

fn item((order, row): (&OrderRow, &ChangeRow), action: &str, now: Timestamp) -> DeskItem {
    let due = row.due.filter(|_| row.rests.is_none());
    DeskItem {
        title: words::desk_title(order.number, &order.title, &order.school_name),
        action: if row.rests.is_some() { words::at_rest(action) } else { action.to_owned() },
        owner: waits_for(order, row),
        due,
        overdue: due.is_some_and(|due| due < now),
        amount: (!row.price.is_zero()).then_some(row.price),
        link: words::order_link(order.id),
    }
}

/// Lays the open changes of the caller's units and schools onto the desk, and those that climbed to the caller.
pub async fn lay<Q: Query>(desk: &mut DeskView, query: &Q, actor: &Actor, now: Timestamp) -> Result<(), AppError> {
    let climbed = store::climbed_changes(query, &actor.conflicts()).await?;
    lay_rows(query, climbed, |row, order| desk.mine.push(item((order, row), words::DO_SEE_TO_IT, now))).await?;
    let sides = [(Side::Unit, scopes(actor, Permission::AnswerOrder)), (Side::School, scopes(actor, Permission::SubmitOrder))];
    for (side, scopes) in sides {
        let open = store::open_changes(query, &scopes).await?;
        lay_rows(query, open, |row, order| match (row.state, row.side == side) {
            (ChangeState::Proposed, false) => desk.mine.push(item((order, row), said::DO_ANSWER, now)),
            (ChangeState::Proposed, true) => desk.theirs.push(item((order, row), said::DO_WAIT, now)),
            _ => desk.theirs.push(item((order, row), said::DO_APPROVE, now)),
        })
        .await?;
    }
    Ok(())
}

/// The units, or schools, for which the caller answers.
fn scopes(actor: &Actor, permission: Permission) -> Vec<Scope> {
    match actor.reach(permission) {
        Reach::Everything => Vec::new(),
        Reach::Parts { schools, units, .. } => schools.into_iter().map(Scope::School).chain(units.into_iter().map(Scope::Unit)).collect(),
    }
}

async fn lay_rows<Q: Query>(query: &Q, rows: Vec<ChangeRow>, mut put: impl FnMut(&ChangeRow, &OrderRow)) -> Result<(), AppError> {
    let ids: Vec<OrderId> = rows.iter().map(|row| row.order).collect();
    let orders: BTreeMap<OrderId, OrderRow> = store::orders(query, &ids).await?.into_iter().map(|order| (order.id, order)).collect();
    for row in &rows {
        if let Some(order) = orders.get(&row.order) {
            put(row, order);
        }
    }
    Ok(())
}
