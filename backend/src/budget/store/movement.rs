//! The words for what stands behind a movement of money: the order, delivery or import by its name.
//!
//! Orders stand above the budget, so their numbers and titles are read from their table here and nowhere else.

use std::collections::BTreeMap;

use shared::budget::CauseKind;
use shared::id::BudgetLineId;
use shared::ledger::Cause;

use crate::db::{DbError, Query, Row};
use crate::values;

/// A document that moved money: how it is called, and where it is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    pub title: String,
    /// The order behind a delivery; the cause's own id elsewhere.
    pub id: String,
}

/// Titles of all documents that moved the line's money, by kind and id of the cause.
pub async fn titles(q: &impl Query, line: BudgetLineId) -> Result<BTreeMap<(CauseKind, String), Title>, DbError> {
    let mut found = BTreeMap::new();
    let of_line = "SELECT DISTINCT cause_id FROM ledger_transfer WHERE line = $1 AND cause_kind";
    let orders = format!("SELECT id AS cause, id, number, title, tier_name FROM orders WHERE id IN ({of_line} = 'order')");
    for row in q.all(&orders, values![line]).await? {
        found.insert((CauseKind::Order, row.get("cause")?), order_title(&row)?);
    }
    let deliveries = format!(
        "SELECT d.id AS cause, o.id, o.number, o.title, o.tier_name FROM delivery d JOIN orders o ON o.id = d.order_id \
         WHERE d.id IN ({of_line} = 'delivery')"
    );
    for row in q.all(&deliveries, values![line]).await? {
        found.insert((CauseKind::Delivery, row.get("cause")?), order_title(&row)?);
    }
    let imports = format!("SELECT id AS cause, file_name FROM import WHERE id IN ({of_line} = 'import')");
    for row in q.all(&imports, values![line]).await? {
        let id: String = row.get("cause")?;
        found.insert((CauseKind::Import, id.clone()), Title { title: format!("Books, {}", row.get::<String>("file_name")?), id });
    }
    Ok(found)
}

fn order_title(row: &Row) -> Result<Title, DbError> {
    let (number, title, tier): (u32, String, String) = (row.get("number")?, row.get("title")?, row.get("tier_name")?);
    Ok(Title { title: format!("Order {number} · {title}, {tier}"), id: row.get("id")? })
}

/// The title of a cause, or its kind where the document is unknown here.
pub fn title_of(titles: &BTreeMap<(CauseKind, String), Title>, cause: &Cause) -> Title {
    let known = titles.get(&(cause.kind, cause.id.clone())).cloned();
    known.unwrap_or_else(|| Title { title: cause.kind.title().to_owned(), id: cause.id.clone() })
}
