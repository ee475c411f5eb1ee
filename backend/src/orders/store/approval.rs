//! The steps of orders' approvals: written with the submission, decided one after the other by conditional writes.

use shared::id::{ApprovalId, OrderId, PersonId};
use shared::identity::Role;
use shared::orders::ApprovalState;
use shared::orders::approval::Needed;
use shared::time::Timestamp;

use super::{list_places, places};
use crate::db::{DbError, Query, Row, ToValue, Tx, Value, word};
use crate::values;

/// How many past decisions of a role tell the usual time.
const RECENT_DECISIONS: u32 = 50;
/// The most open steps that one list shows; the most urgent come first.
const OPEN_LIMIT: u32 = 200;

/// One step of an order's approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalRow {
    pub id: ApprovalId,
    pub order: OrderId,
    pub round: u32,
    pub position: u32,
    pub role: Role,
    pub days: u16,
    pub because: String,
    pub state: ApprovalState,
    pub opened: Option<Timestamp>,
    pub due: Option<Timestamp>,
    pub decided_by: Option<PersonId>,
    pub decided_by_name: Option<String>,
    pub acting_for: Option<PersonId>,
    pub acting_for_name: Option<String>,
    pub decided: Option<Timestamp>,
}

/// Who decided a step, for whom, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub state: ApprovalState,
    pub by: PersonId,
    pub acting_for: Option<PersonId>,
    pub at: Timestamp,
}

const SELECT: &str = "SELECT a.*, d.name AS decided_by_name, f.name AS acting_for_name FROM order_approval a \
     LEFT JOIN person d ON d.id = a.decided_by LEFT JOIN person f ON f.id = a.acting_for ";

fn read(row: &Row) -> Result<ApprovalRow, DbError> {
    Ok(ApprovalRow {
        id: row.get("id")?,
        order: row.get("order_id")?,
        round: row.get("round")?,
        position: row.get("position")?,
        role: row.word("role")?,
        days: row.get("days")?,
        because: row.get("because")?,
        state: row.word("state")?,
        opened: row.get("opened")?,
        due: row.get("due")?,
        decided_by: row.get("decided_by")?,
        decided_by_name: row.get("decided_by_name")?,
        acting_for: row.get("acting_for")?,
        acting_for_name: row.get("acting_for_name")?,
        decided: row.get("decided")?,
    })
}

/// The steps of the order's present round, in their order.
pub async fn steps<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<ApprovalRow>, DbError> {
    let sql = format!(
        "{SELECT} WHERE a.order_id = $1 AND a.round = (SELECT MAX(round) FROM order_approval WHERE order_id = $1) ORDER BY a.position"
    );
    query.all(&sql, values![order]).await?.iter().map(read).collect()
}

/// The steps of the present rounds of several orders.
pub async fn steps_of<Q: Query>(query: &Q, orders: &[OrderId]) -> Result<Vec<ApprovalRow>, DbError> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SELECT} WHERE a.order_id IN ({}) AND a.round = (SELECT MAX(m.round) FROM order_approval m WHERE m.order_id = a.order_id) \
         ORDER BY a.order_id, a.position",
        list_places(0, orders.len())
    );
    query.all(&sql, orders.iter().map(ToValue::to_value).collect()).await?.iter().map(read).collect()
}

/// The orders whose open step is one of these roles', the most urgent first.
pub async fn open_for<Q: Query>(query: &Q, roles: &[Role]) -> Result<Vec<OrderId>, DbError> {
    if roles.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT order_id FROM order_approval WHERE state = 'open' AND role IN ({}) ORDER BY due, order_id LIMIT {OPEN_LIMIT}",
        list_places(0, roles.len())
    );
    let rows = query.all(&sql, roles.iter().map(|role| role.name().to_value()).collect()).await?;
    rows.iter().map(|row| row.get("order_id")).collect()
}

/// One round of approval as it begins: the first step open, the others waiting.
pub struct Round<'a> {
    pub order: OrderId,
    pub needed: &'a Needed,
    pub opened: Timestamp,
    /// When the first step should have been taken.
    pub due: Timestamp,
}

/// Begins rounds of approval. The caller holds the orders' rows, so that rounds are numbered one after the other.
pub async fn begin_rounds(tx: &mut Tx, rounds: &[Round<'_>]) -> Result<(), DbError> {
    for round in rounds {
        let sql = "SELECT COALESCE(MAX(round), 0) + 1 AS next FROM order_approval WHERE order_id = $1";
        let number: u32 = tx.one(sql, values![round.order]).await?.map_or(Ok(1), |row| row.get("next"))?;
        let mut values: Vec<Value> = Vec::new();
        for (position, step) in round.needed.steps.iter().enumerate() {
            let id: ApprovalId = tx.new_id(round.opened);
            let first = position == 0;
            let state = word(&if first { ApprovalState::Open } else { ApprovalState::Waiting })?;
            let (opened, due) = (first.then_some(round.opened), first.then_some(round.due));
            values.extend(values![
                id,
                round.order,
                number,
                position,
                step.role.name(),
                step.days,
                round.needed.because,
                state,
                opened,
                due
            ]);
        }
        if !values.is_empty() {
            let sql = format!(
                "INSERT INTO order_approval (id, order_id, round, position, role, days, because, state, opened, due) VALUES {}",
                places(round.needed.steps.len(), 10)
            );
            tx.execute(&sql, values).await?;
        }
    }
    Ok(())
}

/// Decides an open step; false where somebody was there first.
pub async fn decide(tx: &mut Tx, step: ApprovalId, decision: &Decision) -> Result<bool, DbError> {
    let sql = "UPDATE order_approval SET state = $2, decided_by = $3, acting_for = $4, decided = $5 WHERE id = $1 AND state = 'open'";
    let Decision { state, by, acting_for, at } = decision;
    Ok(tx.execute(sql, values![step, word(state)?, by, acting_for, at]).await? == 1)
}

/// Opens a waiting step.
pub async fn open(tx: &mut Tx, step: ApprovalId, opened: Timestamp, due: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE order_approval SET state = 'open', opened = $2, due = $3 WHERE id = $1 AND state = 'waiting'";
    tx.execute(sql, values![step, opened, due]).await.map(|_| ())
}

/// Ends what is still to be decided of an order that was sent back, taken back or changed.
pub async fn void_steps(tx: &mut Tx, order: OrderId) -> Result<(), DbError> {
    let sql = "UPDATE order_approval SET state = 'void' WHERE order_id = $1 AND state IN ('waiting', 'open')";
    tx.execute(sql, values![order]).await.map(|_| ())
}

/// When the latest decided steps of a role were opened and decided.
pub async fn decision_times<Q: Query>(query: &Q, role: Role) -> Result<Vec<(Timestamp, Timestamp)>, DbError> {
    let sql = format!(
        "SELECT opened, decided FROM order_approval WHERE role = $1 AND decided IS NOT NULL AND opened IS NOT NULL \
         ORDER BY decided DESC LIMIT {RECENT_DECISIONS}"
    );
    let rows = query.all(&sql, values![role.name()]).await?;
    rows.iter().map(|row| Ok((row.get("opened")?, row.get("decided")?))).collect()
}
