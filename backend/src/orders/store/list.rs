//! Lists of orders: by scope, filter and cursor; and those that a desk is made of.

use shared::fiscal::FiscalYear;
use shared::id::{OrderId, SchoolId, UnitId};
use shared::identity::Scope;
use shared::orders::OrderState;
use shared::orders::api::OrderFilter;
use shared::time::Timestamp;

use super::list_places;
use super::order::{OrderRow, where_};
use crate::db::{DbError, Query, ToValue, Value};
use crate::values;

/// The most rows one page of orders has.
pub const ORDERS_PAGE: usize = 50;
/// The most orders of one state that a desk shows; the list has the rest.
const DESK_LIMIT: usize = 50;
/// The most orders that a preview of another policy looks at.
const PREVIEW_LIMIT: usize = 5_000;

/// The most orders that a provider's people see at once.
const PROVIDER_LIMIT: usize = 200;

/// Whose orders: everything, or those of the scopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Everyone,
    Of(Vec<Scope>),
}

/// A condition that grows with its values.
#[derive(Default)]
pub(super) struct Condition {
    pub(super) parts: Vec<String>,
    pub(super) values: Vec<Value>,
    /// Places taken by a condition that stands before this one.
    skipped: usize,
}

impl Condition {
    /// Adds `part`, in which `?` stands for the next place.
    pub(super) fn and<T: ToValue>(&mut self, part: &str, value: T) {
        self.values.push(value.to_value());
        self.parts.push(part.replace('?', &format!("${}", self.values.len())));
    }

    fn one_of<T: ToValue>(&mut self, column: &str, options: &[T]) -> String {
        let places = list_places(self.values.len(), options.len());
        self.values.extend(options.iter().map(ToValue::to_value));
        format!("{column} IN ({places})")
    }

    /// Lets the places begin after those of another condition.
    pub fn skip(&mut self, places: usize) {
        self.skipped = places;
    }

    /// The schools of a scope, by these columns for school and network; units reach none.
    pub fn whose_schools(&mut self, whose: &Whose, (school, network): (&str, &str)) {
        let Whose::Of(scopes) = whose else { return };
        let mut options = Vec::new();
        for scope in scopes {
            let (column, value) = match scope {
                Scope::District | Scope::Unit(_) | Scope::Provider(_) => continue,
                Scope::School(id) => (school, id.to_value()),
                Scope::Network(id) => (network, id.to_value()),
            };
            self.values.push(value);
            options.push(format!("{column} = ${}", self.skipped + self.values.len()));
        }
        self.parts.push(if options.is_empty() { "1 = 0".to_owned() } else { format!("({})", options.join(" OR ")) });
    }

    /// The parts as one condition, with their values.
    pub(super) fn into_sql(self) -> (String, Vec<Value>) {
        let sql = if self.parts.is_empty() { "1 = 1".to_owned() } else { self.parts.join(" AND ") };
        (sql, self.values)
    }

    pub(super) fn whose(&mut self, whose: &Whose) {
        let Whose::Of(scopes) = whose else { return };
        let mut options = Vec::new();
        for scope in scopes {
            let (column, value) = match scope {
                Scope::District | Scope::Provider(_) => continue,
                Scope::School(id) => ("o.school", id.to_value()),
                Scope::Unit(id) => ("o.unit", id.to_value()),
                Scope::Network(id) => ("s.network", id.to_value()),
            };
            self.values.push(value);
            options.push(format!("{column} = ${}", self.values.len()));
        }
        self.parts.push(if options.is_empty() { "1 = 0".to_owned() } else { format!("({})", options.join(" OR ")) });
    }
}

/// One page of orders, newest first: one more row than the page holds where there is more. Carts are not orders yet.
pub async fn page<Q: Query>(query: &Q, whose: &Whose, filter: &OrderFilter, before_number: Option<u32>) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.parts.push("o.submitted IS NOT NULL".to_owned());
    condition.whose(whose);
    if let Some(school) = filter.school {
        condition.and("o.school = ?", school);
    }
    if let Some(unit) = filter.unit {
        condition.and("o.unit = ?", unit);
    }
    if let Some(state) = filter.state {
        condition.and("o.state = ?", state.name());
    }
    for word in filter.words.iter().flat_map(|words| words.split_whitespace()).take(8) {
        condition.and("o.words LIKE ? ESCAPE '!'", like(word));
    }
    if let Some(number) = before_number {
        condition.and("o.number < ?", number);
    }
    let sql = format!("{} ORDER BY o.number DESC LIMIT {}", condition.parts.join(" AND "), ORDERS_PAGE + 1);
    where_(query, &sql, condition.values).await
}

/// The states of an order that its outside provider's people see: agreed, and what comes of it.
pub const PROVIDER_STATES: [OrderState; 4] = [OrderState::Accepted, OrderState::InDelivery, OrderState::Delivered, OrderState::Closed];

/// The orders of one outside provider that were submitted before an instant, newest first.
pub async fn of_provider<Q: Query>(query: &Q, (unit, name): (UnitId, &str), before: Timestamp) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.and("o.unit = ?", unit);
    condition.and("o.provider = ?", name);
    condition.and("o.submitted < ?", before);
    let states = condition.one_of("o.state", &PROVIDER_STATES.map(OrderState::name));
    condition.parts.push(states);
    let sql = format!("{} ORDER BY o.number DESC LIMIT {}", condition.parts.join(" AND "), PROVIDER_LIMIT);
    where_(query, &sql, condition.values).await
}

/// `%word%` in lower case, with the pattern's own signs taken literally.
pub(super) fn like(word: &str) -> String {
    let literal: String = word.to_lowercase().chars().flat_map(|c| if "%_!".contains(c) { vec!['!', c] } else { vec![c] }).collect();
    format!("%{literal}%")
}

/// Orders submitted since an instant, in the order of their submission; the latest where there are more than a preview takes.
pub async fn submitted_since<Q: Query>(query: &Q, since: Timestamp) -> Result<Vec<OrderRow>, DbError> {
    let sql = format!("o.submitted >= $1 ORDER BY o.submitted DESC, o.number DESC LIMIT {PREVIEW_LIMIT}");
    let mut rows = where_(query, &sql, values![since]).await?;
    rows.reverse();
    Ok(rows)
}

/// The orders of a scope that stand in one of `states`, the most urgent first.
pub async fn in_states<Q: Query>(query: &Q, whose: &Whose, states: &[OrderState]) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    let names: Vec<String> = states.iter().map(|state| state.name().to_owned()).collect();
    let part = condition.one_of("o.state", &names);
    condition.parts.push(part);
    let sql = format!("{} ORDER BY COALESCE(o.due, 9223372036854775807), o.number LIMIT {DESK_LIMIT}", condition.parts.join(" AND "));
    where_(query, &sql, condition.values).await
}

/// The orders of a scope that hold an entry which waits for a receiver.
pub async fn with_open_deliveries<Q: Query>(query: &Q, whose: &Whose) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    condition.parts.push("o.state IN ('accepted', 'in_delivery')".to_owned());
    condition.parts.push("o.id IN (SELECT order_id FROM delivery WHERE state = 'logged')".to_owned());
    let sql = format!("{} ORDER BY COALESCE(o.due, 9223372036854775807), o.number LIMIT {DESK_LIMIT}", condition.parts.join(" AND "));
    where_(query, &sql, condition.values).await
}

/// The orders of a scope with an entry that waits for an answer or is in dispute, the most urgent first.
pub async fn with_unsettled<Q: Query>(query: &Q, whose: &Whose) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    let unsettled = "o.id IN (SELECT order_id FROM delivery WHERE state IN ('logged', 'disputed', 'stood_by', 'contested'))";
    condition.parts.push(unsettled.to_owned());
    let sql = format!("{} ORDER BY COALESCE(o.due, 9223372036854775807), o.number LIMIT {DESK_LIMIT}", condition.parts.join(" AND "));
    where_(query, &sql, condition.values).await
}

/// The orders with an entry about which the budget office has to decide between school and unit.
pub async fn to_settle<Q: Query>(query: &Q) -> Result<Vec<OrderRow>, DbError> {
    let unsettled = "o.id IN (SELECT order_id FROM delivery WHERE state IN ('stood_by', 'contested'))";
    let sql = format!("{unsettled} ORDER BY COALESCE(o.due, 9223372036854775807), o.number LIMIT {DESK_LIMIT}");
    where_(query, &sql, values![]).await
}

/// All orders of a year in one of `states`, by number.
pub async fn of_year<Q: Query>(query: &Q, year: FiscalYear, states: &[OrderState]) -> Result<Vec<OrderRow>, DbError> {
    let mut condition = Condition::default();
    condition.and("o.year = ?", year);
    let names: Vec<String> = states.iter().map(|state| state.name().to_owned()).collect();
    let part = condition.one_of("o.state", &names);
    condition.parts.push(part);
    where_(query, &format!("{} ORDER BY o.number", condition.parts.join(" AND ")), condition.values).await
}

/// How many orders of a scope stand in one of `states`, and their prices' sum.
pub async fn tally<Q: Query>(query: &Q, whose: &Whose, states: &[OrderState]) -> Result<(u32, shared::money::Cents), DbError> {
    let mut condition = Condition::default();
    condition.whose(whose);
    let names: Vec<String> = states.iter().map(|state| state.name().to_owned()).collect();
    let part = condition.one_of("o.state", &names);
    condition.parts.push(part);
    let sql = format!(
        "SELECT COUNT(*) AS many, CAST(COALESCE(SUM(o.price), 0) AS BIGINT) AS total FROM orders o JOIN school s ON s.id = o.school WHERE {}",
        condition.parts.join(" AND ")
    );
    match query.one(&sql, condition.values).await? {
        Some(row) => Ok((row.get("many")?, row.get("total")?)),
        None => Ok((0, shared::money::Cents::ZERO)),
    }
}

/// The ids of the orders that `school` has in its cart.
pub async fn cart_ids<Q: Query>(query: &Q, school: SchoolId) -> Result<Vec<OrderId>, DbError> {
    let rows = query.all("SELECT id FROM orders WHERE school = $1 AND state = 'draft' ORDER BY number", values![school]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}
