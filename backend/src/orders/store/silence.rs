//! What silence confirms: the dated policy, what an order is paid with, and the entries that nobody answered.

use shared::budget::FundKind;
use shared::id::{DeliveryId, OrderId};
use shared::orders::silence::SilencePolicy;
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row};
use crate::values;

/// The most entries that one run looks at; the next run has the rest.
const RUN_LIMIT: u32 = 500;

/// The policy that held on `day`; nothing where the district has none.
pub async fn silence_policy<Q: Query>(query: &Q, day: Date) -> Result<Option<SilencePolicy>, DbError> {
    let sql = "SELECT days, notice_days FROM silence_policy WHERE from_day <= $1 ORDER BY from_day DESC LIMIT 1";
    let row = query.one(sql, values![day]).await?;
    row.map(|row| Ok(SilencePolicy { days: row.get("days")?, notice_days: row.get("notice_days")? })).transpose()
}

/// Kind and title of each fund that pays a share of an order.
pub async fn paid_kinds<Q: Query>(query: &Q, order: OrderId) -> Result<Vec<(FundKind, String)>, DbError> {
    let sql = "SELECT f.kind, f.title FROM order_split s JOIN budget_line l ON l.id = s.line JOIN fund f ON f.id = l.fund \
         WHERE s.order_id = $1 ORDER BY s.position";
    query.all(sql, values![order]).await?.iter().map(|row| Ok((row.word("kind")?, row.get("title")?))).collect()
}

/// An entry that waits for its receiver.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered {
    pub id: DeliveryId,
    pub order: OrderId,
    pub logged: Timestamp,
    pub told: bool,
}

/// Entries that wait since before `until`, the longest waiting first. What silence may never confirm is left out here already, so
/// that it does not fill the run.
pub async fn unanswered<Q: Query>(query: &Q, until: Timestamp) -> Result<Vec<Unanswered>, DbError> {
    let sql = format!(
        "SELECT d.id, d.order_id, d.logged, d.told FROM delivery d JOIN orders o ON o.id = d.order_id WHERE d.state = 'logged' \
         AND d.logged <= $1 AND o.state = 'in_delivery' AND o.division <> 'brokered' AND NOT EXISTS (SELECT 1 FROM order_split s \
         JOIN budget_line l ON l.id = s.line JOIN fund f ON f.id = l.fund WHERE s.order_id = o.id AND f.kind <> 'unrestricted') \
         ORDER BY d.logged, d.id LIMIT {RUN_LIMIT}"
    );
    let read = |row: &Row| {
        let told: Option<Timestamp> = row.get("told")?;
        Ok(Unanswered { id: row.get("id")?, order: row.get("order_id")?, logged: row.get("logged")?, told: told.is_some() })
    };
    query.all(&sql, values![until]).await?.iter().map(read).collect()
}
