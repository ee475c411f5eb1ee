//! The projection of everything bought, kept in the same transaction as the order.

use std::collections::BTreeSet;

use shared::id::{BudgetLineId, FundId, OrderId, PlanGoalId, SchoolId, UnitId};
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::Closing;
use shared::orders::approval::Recent;
use shared::time::Date;

use super::order::OrderRow;
use super::split::SplitRow;
use crate::db::{DbError, Query, Tx, Value, word};
use crate::values;

/// The rows of what an open change adds stand behind an order's own.
const ADDED_FROM: usize = 100;

/// The columns of one row.
const WIDTH: usize = 14;

/// One share of a purchase with the fund behind its budget line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    pub line: BudgetLineId,
    pub fund: FundId,
    pub amount: Cents,
}

/// One order's rows to be.
pub struct Purchase<'a> {
    pub order: &'a OrderRow,
    pub shares: &'a [Share],
    pub day: Date,
}

/// Writes the rows of orders; a free order has one row without a fund.
pub async fn insert_purchases(tx: &mut Tx, purchases: &[Purchase<'_>]) -> Result<(), DbError> {
    insert_from(tx, purchases, 0).await
}

/// Writes the rows of what an open change adds, so that sums and plans see it as they see a submitted order.
pub async fn insert_added_purchase(tx: &mut Tx, purchase: &Purchase<'_>) -> Result<(), DbError> {
    insert_from(tx, std::slice::from_ref(purchase), ADDED_FROM).await
}

/// Forgets the rows of what a change would have added.
pub async fn forget_added_purchase(tx: &mut Tx, order: OrderId) -> Result<(), DbError> {
    tx.execute("DELETE FROM purchase_line WHERE order_id = $1 AND position >= $2", values![order, ADDED_FROM]).await.map(|_| ())
}

/// The day on which an order counts among what was ordered lately.
pub async fn purchase_day<Q: Query>(query: &Q, order: OrderId) -> Result<Option<Date>, DbError> {
    let row = query.one("SELECT MIN(day) AS day FROM purchase_line WHERE order_id = $1", values![order]).await?;
    row.map_or(Ok(None), |row| row.get("day"))
}

async fn insert_from(tx: &mut Tx, purchases: &[Purchase<'_>], first: usize) -> Result<(), DbError> {
    let mut values: Vec<Value> = Vec::new();
    for purchase in purchases {
        let shares: Vec<(Option<FundId>, Cents)> = match purchase.shares {
            [] => vec![(None, Cents::ZERO)],
            shares => shares.iter().map(|share| (Some(share.fund), share.amount)).collect(),
        };
        let o = purchase.order;
        for (position, (fund, amount)) in shares.into_iter().enumerate() {
            values.extend(values![
                o.id,
                first + position,
                o.school,
                o.unit,
                o.service,
                o.package,
                o.tier.name(),
                fund,
                o.goal,
                o.year,
                amount,
                o.state.name(),
                purchase.day,
                o.provider,
            ]);
        }
    }
    if values.is_empty() {
        return Ok(());
    }
    let row = |index: usize| {
        let p: Vec<String> = (1..=WIDTH).map(|column| format!("${}", index * WIDTH + column)).collect();
        format!("({}, {}, 'order', {})", p[0], p[1], p[2..].join(", "))
    };
    let rows: Vec<String> = (0..values.len() / WIDTH).map(row).collect();
    let sql = format!(
        "INSERT INTO purchase_line (order_id, position, channel, school, unit, service, package, tier, fund, goal, year, amount, state, day, provider) VALUES {}",
        rows.join(", ")
    );
    tx.execute(&sql, values).await.map(|_| ())
}

/// Forgets the rows of an order that was sent back or whose content changed; the new ones follow.
pub async fn forget_purchase(tx: &mut Tx, order: OrderId) -> Result<(), DbError> {
    tx.execute("DELETE FROM purchase_line WHERE order_id = $1", values![order]).await.map(|_| ())
}

/// Carries an order's new state into the projection.
pub async fn purchase_state(tx: &mut Tx, order: OrderId, state: OrderState) -> Result<(), DbError> {
    tx.execute("UPDATE purchase_line SET state = $2 WHERE order_id = $1", values![order, state.name()]).await.map(|_| ())
}

/// What is left of a share when an order ended before everything was delivered.
pub async fn purchase_amount(tx: &mut Tx, split: &SplitRow) -> Result<(), DbError> {
    let sql = "UPDATE purchase_line SET amount = $3 WHERE order_id = $1 AND position = $2";
    tx.execute(sql, values![split.order, split.position, split.spent]).await.map(|_| ())
}

/// What is left of a share when an order became smaller.
pub async fn purchase_left(tx: &mut Tx, split: &SplitRow) -> Result<(), DbError> {
    let sql = "UPDATE purchase_line SET amount = $3 WHERE order_id = $1 AND position = $2";
    tx.execute(sql, values![split.order, split.position, split.amount.saturating_sub(split.released)]).await.map(|_| ())
}

/// Carries the buyer's answers into the projection.
pub async fn purchase_rating(tx: &mut Tx, order: OrderId, closing: &Closing) -> Result<(), DbError> {
    let sql = "UPDATE purchase_line SET stars = $2, helped = $3 WHERE order_id = $1";
    tx.execute(sql, values![order, closing.stars, word(&closing.helped)?]).await.map(|_| ())
}

/// Lets the submissions of a school to each of these units go one after the other: whoever writes the same row waits until the first
/// has ended. What is read afterwards shows what the first did, as PostgreSQL looks anew in each statement and SQLite has one writer.
pub async fn take_turns(tx: &mut Tx, school: SchoolId, units: &BTreeSet<UnitId>) -> Result<(), DbError> {
    // In the order of their ids, so that two submissions never wait for each other in a circle.
    for unit in units {
        let sql = "INSERT INTO order_turn (school, unit, turns) VALUES ($1, $2, 1) ON CONFLICT (school, unit) DO UPDATE SET turns = order_turn.turns + 1";
        tx.execute(sql, values![school, unit]).await?;
    }
    Ok(())
}

/// What a school ordered since a day, by seller; what was taken back or ended does not count.
pub async fn recent_by_seller<Q: Query>(query: &Q, school: SchoolId, since: Date) -> Result<Vec<Recent>, DbError> {
    let sql = "SELECT unit, provider, CAST(SUM(amount) AS BIGINT) AS total FROM purchase_line WHERE school = $1 AND day >= $2 \
         AND channel = 'order' AND state NOT IN ('draft', 'returned', 'withdrawn', 'cancelled') GROUP BY unit, provider";
    let rows = query.all(sql, values![school, since]).await?;
    rows.iter().map(|row| Ok(Recent { unit: row.get("unit")?, provider: row.get("provider")?, total: row.get("total")? })).collect()
}

/// What one order adds to the sums since a day.
pub async fn purchased_since<Q: Query>(query: &Q, order: OrderId, since: Date) -> Result<Cents, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS total FROM purchase_line WHERE order_id = $1 AND day >= $2 \
         AND state NOT IN ('draft', 'returned', 'withdrawn', 'cancelled')";
    query.one(sql, values![order, since]).await?.map_or(Ok(Cents::ZERO), |row| row.get("total"))
}

/// What a school ordered from a fund under a goal of its plan; what was taken back or ended does not count.
pub async fn ordered_under<Q: Query>(query: &Q, goal: PlanGoalId, fund: FundId) -> Result<Cents, DbError> {
    let sql = "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS total FROM purchase_line WHERE goal = $1 AND fund = $2 \
         AND state NOT IN ('draft', 'returned', 'withdrawn', 'cancelled')";
    query.one(sql, values![goal, fund]).await?.map_or(Ok(Cents::ZERO), |row| row.get("total"))
}
