//! The row of an order: reading it, drafting it, and changing it in one conditional write.

use shared::catalog::choice::Choices;
use shared::catalog::price::PriceLine;
use shared::catalog::{Category, Division, Tier, UnitOfMeasure};
use shared::fiscal::FiscalYear;
use shared::id::{NetworkId, OrderId, PackageId, PersonId, PlanGoalId, SchoolId, ServiceId, UnitId};
use shared::identity::Role;
use shared::money::Cents;
use shared::orders::OrderState;
use shared::orders::api::{Closing, Counter};
use shared::orders::period::Period;
use shared::orders::renewal::RenewsOrder;
use shared::time::{Date, Timestamp};
use shared::words::orders as words;

use super::list_places;
use crate::catalog::service::Draw;
use crate::db::{DbError, Query, Row, ToValue, Tx, json, word};
use crate::identity::Actor;
use crate::values;

/// An order with the names that every screen of it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub number: u32,
    pub version: u32,
    pub state: OrderState,
    pub school: SchoolId,
    pub school_name: String,
    pub network: Option<NetworkId>,
    pub unit: UnitId,
    pub unit_name: String,
    /// Who the unit names as its contact.
    pub unit_contact: String,
    pub service: ServiceId,
    pub package: PackageId,
    pub package_version: u32,
    pub year: FiscalYear,
    pub quantity: u32,
    pub measure: UnitOfMeasure,
    pub units: u32,
    /// Where the units are school days of months; empty where they are pieces.
    pub periods: Vec<Period>,
    pub logged_units: u32,
    pub confirmed_units: u32,
    pub start: Date,
    pub goal: Option<PlanGoalId>,
    pub note: String,
    pub price: Cents,
    pub working: String,
    pub price_lines: Vec<PriceLine>,
    pub choices: Choices,
    pub envelope: Cents,
    pub split_typed: bool,
    pub title: String,
    pub tier: Tier,
    pub tier_name: String,
    pub division: Division,
    pub words: String,
    pub contact: String,
    pub drafted_by: PersonId,
    pub drafted_by_name: String,
    pub buyer: Option<PersonId>,
    pub buyer_name: Option<String>,
    /// The principal on leave for whom the buyer acted.
    pub bought_for: Option<(PersonId, String)>,
    pub drafted: Timestamp,
    pub submitted: Option<Timestamp>,
    pub approved: Option<Timestamp>,
    pub answered: Option<Timestamp>,
    pub due: Option<Timestamp>,
    /// When the unit should have answered; runs beside the approval.
    pub answer_due: Option<Timestamp>,
    /// The outside provider behind it, by name.
    pub provider: Option<String>,
    /// What it holds of its provider's contract.
    pub contract_draw: Cents,
    /// As it was submitted.
    pub category: Option<Category>,
    /// Whose step of the approval is open.
    pub open_step: Option<Role>,
    /// Since when the clock of what is due rests.
    pub rests: Option<Timestamp>,
    /// Whom it has climbed to.
    pub climbed_to: Option<String>,
    pub counter: Option<Counter>,
    pub countered_by: Option<PersonId>,
    pub countered_by_name: Option<String>,
    pub rating: Option<Closing>,
    /// The order of the year before that it goes on with.
    pub renews: Option<RenewsOrder>,
    /// The year of its term, from 1.
    pub term_year: u8,
    /// The price that stays through the term, for the quantity and choices that were agreed.
    pub locked: Option<Cents>,
}

impl OrderRow {
    /// What it draws on in the catalog.
    pub const fn draw(&self) -> Draw {
        Draw { package: self.package, year: self.year, start: self.start }
    }

    /// For whom and when something guaranteed would be counted.
    pub const fn guarantee(&self) -> (PackageId, SchoolId, FiscalYear) {
        (self.package, self.school, self.year)
    }

    /// Who bought it, and for whom they acted.
    pub fn buyers(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.buyer.into_iter().chain(self.bought_for.as_ref().map(|(id, _)| *id))
    }

    /// Whether it is theirs to look after: who acted and for whom they acted count as one buyer, now and when they are back.
    pub fn is_bought_by(&self, actor: &Actor) -> bool {
        let acts_for = actor.acting_at(self.school).map(|absent| absent.person);
        self.buyers().any(|buyer| buyer == actor.person || acts_for == Some(buyer))
    }

    /// What one of its units is called: `coaching day`, or `school day` of a stretch.
    pub fn unit_word(&self) -> &'static str {
        words::unit_word(self.measure, !self.periods.is_empty())
    }
}

const SELECT: &str = "SELECT o.*, s.name AS school_name, s.network AS network, u.name AS unit_name, u.contact AS unit_contact, \
     d.name AS drafted_by_name, b.name AS buyer_name, f.name AS bought_for_name, c.name AS countered_by_name, w.number AS renews_number, a.role AS open_step, t.since AS rests, \
     (SELECT m.to_name FROM climb m WHERE m.object = o.id AND m.due = o.due AND m.to_whom <> 'owner' ORDER BY m.level DESC LIMIT 1) AS climbed_to \
     FROM orders o JOIN school s ON s.id = o.school JOIN unit u ON u.id = o.unit JOIN person d ON d.id = o.drafted_by \
     LEFT JOIN person b ON b.id = o.buyer LEFT JOIN person f ON f.id = o.bought_for LEFT JOIN person c ON c.id = o.countered_by \
     LEFT JOIN orders w ON w.id = o.renews \
     LEFT JOIN order_approval a ON a.order_id = o.id AND a.state = 'open' \
     LEFT JOIN order_rest t ON t.order_id = o.id AND t.ended IS NULL AND t.due = o.due ";

/// The order, or nothing.
pub async fn order<Q: Query>(query: &Q, id: OrderId) -> Result<Option<OrderRow>, DbError> {
    let row = query.one(&format!("{SELECT} WHERE o.id = $1"), values![id]).await?;
    row.as_ref().map(read).transpose()
}

/// Several orders by id, in the order of their numbers.
pub async fn orders<Q: Query>(query: &Q, ids: &[OrderId]) -> Result<Vec<OrderRow>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{SELECT} WHERE o.id IN ({}) ORDER BY o.number", list_places(0, ids.len()));
    let rows = query.all(&sql, ids.iter().map(ToValue::to_value).collect()).await?;
    rows.iter().map(read).collect()
}

/// A school's cart, oldest first.
pub async fn drafts<Q: Query>(query: &Q, school: SchoolId) -> Result<Vec<OrderRow>, DbError> {
    let rows = query.all(&format!("{SELECT} WHERE o.school = $1 AND o.state = 'draft' ORDER BY o.number"), values![school]).await?;
    rows.iter().map(read).collect()
}

/// Drafts and returned orders of these packages, of all schools.
pub async fn drafts_of<Q: Query>(query: &Q, packages: &[PackageId]) -> Result<Vec<OrderRow>, DbError> {
    let mut found = Vec::new();
    for package in packages {
        let sql = format!("{SELECT} WHERE o.package = $1 AND o.state IN ('draft', 'returned') ORDER BY o.number");
        for row in query.all(&sql, values![*package]).await? {
            found.push(read(&row)?);
        }
    }
    Ok(found)
}

/// Orders by a condition of this module's own writing, newest first.
pub(super) async fn where_<Q: Query>(query: &Q, condition: &str, values: Vec<crate::db::Value>) -> Result<Vec<OrderRow>, DbError> {
    let rows = query.all(&format!("{SELECT} WHERE {condition}"), values).await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<OrderRow, DbError> {
    let counter: Option<String> = row.get("counter")?;
    Ok(OrderRow {
        id: row.get("id")?,
        number: row.get("number")?,
        version: row.get("version")?,
        state: row.word("state")?,
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        network: row.get("network")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        unit_contact: row.get("unit_contact")?,
        service: row.get("service")?,
        package: row.get("package")?,
        package_version: row.get("package_version")?,
        year: row.get("year")?,
        quantity: row.get("quantity")?,
        measure: row.word("measure")?,
        units: row.get("units")?,
        periods: row.json("periods")?,
        logged_units: row.get("logged_units")?,
        confirmed_units: row.get("confirmed_units")?,
        start: row.get("start")?,
        goal: row.get("goal")?,
        note: row.get("note")?,
        price: row.get("price")?,
        working: row.get("working")?,
        price_lines: row.json("price_lines")?,
        choices: row.json("choices")?,
        envelope: row.get("envelope")?,
        split_typed: row.get("split_typed")?,
        title: row.get("title")?,
        tier: row.word("tier")?,
        tier_name: row.get("tier_name")?,
        division: row.word("division")?,
        words: row.get("words")?,
        contact: row.get("contact")?,
        drafted_by: row.get("drafted_by")?,
        drafted_by_name: row.get("drafted_by_name")?,
        buyer: row.get("buyer")?,
        buyer_name: row.get("buyer_name")?,
        bought_for: row.get::<Option<PersonId>>("bought_for")?.zip(row.get("bought_for_name")?),
        drafted: row.get("drafted")?,
        submitted: row.get("submitted")?,
        approved: row.get("approved")?,
        answered: row.get("answered")?,
        due: row.get("due")?,
        answer_due: row.get("answer_due")?,
        provider: row.get("provider")?,
        contract_draw: row.get("contract_draw")?,
        category: row.word_or_none("category")?,
        open_step: row.word_or_none("open_step")?,
        rests: row.get("rests")?,
        climbed_to: row.get("climbed_to")?,
        counter: if counter.is_some() { Some(row.json("counter")?) } else { None },
        countered_by: row.get("countered_by")?,
        countered_by_name: row.get("countered_by_name")?,
        rating: rating(row)?,
        renews: row.get::<Option<OrderId>>("renews")?.zip(row.get("renews_number")?).map(|(order, number)| RenewsOrder { order, number }),
        term_year: row.get("term_year")?,
        locked: row.get("locked")?,
    })
}

fn rating(row: &Row) -> Result<Option<Closing>, DbError> {
    let Some(stars) = row.get::<Option<u8>>("stars")? else { return Ok(None) };
    Ok(Some(Closing {
        version: row.get("version")?,
        stars,
        helped: row.word("helped")?,
        hours_saved: row.get::<Option<u32>>("hours_saved")?.unwrap_or(0),
        comment: row.get::<Option<String>>("rating_comment")?.unwrap_or_default(),
    }))
}

/// Draws the next number. Called late in a transaction: the counter's row stays locked until its end.
pub async fn next_number(tx: &mut Tx) -> Result<u32, DbError> {
    let row = tx
        .one("UPDATE order_counter SET next_number = next_number + 1 WHERE id = 1 RETURNING next_number - 1 AS number", values![])
        .await?;
    row.ok_or_else(|| DbError::Misuse("the order counter has no row".to_owned()))?.get("number")
}

/// Puts a new draft into the cart.
pub async fn insert(tx: &mut Tx, order: &OrderRow) -> Result<(), DbError> {
    let sql = "INSERT INTO orders (id, number, version, state, school, unit, service, package, package_version, year, quantity, measure, \
         units, start, goal, note, price, working, split_typed, title, tier, tier_name, division, words, drafted_by, drafted, choices, price_lines, \
         provider, category, renews, term_year, locked) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
         $27, $28, $29, $30, $31, $32, $33)";
    let values = values![
        order.id,
        order.number,
        order.version,
        order.state.name(),
        order.school,
        order.unit,
        order.service,
        order.package,
        order.package_version,
        order.year,
        order.quantity,
        order.measure.name(),
        order.units,
        order.start,
        order.goal,
        order.note,
        order.price,
        order.working,
        order.split_typed,
        order.title,
        order.tier.name(),
        order.tier_name,
        order.division.name(),
        order.words,
        order.drafted_by,
        order.drafted,
        json(&order.choices)?,
        json(&order.price_lines)?,
        order.provider,
        order.category.map(Category::name),
        order.renews.map(|renews| renews.order),
        order.term_year,
        order.locked,
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Names the order of which another one came.
pub async fn set_origin(tx: &mut Tx, order: OrderId, of: OrderId) -> Result<(), DbError> {
    tx.execute("UPDATE orders SET born_of = $2 WHERE id = $1", values![order, of]).await.map(|_| ())
}

/// Writes `after` over the row that still has the version and state of `before`.
///
/// Returns false, and writes nothing, where somebody else was there first. Takes the row's lock.
pub async fn change(tx: &mut Tx, before: &OrderRow, after: &OrderRow) -> Result<bool, DbError> {
    let sql = "UPDATE orders SET version = version + 1, state = $4, package = $5, package_version = $6, quantity = $7, measure = $8, \
         units = $9, logged_units = $10, confirmed_units = $11, start = $12, goal = $13, note = $14, price = $15, working = $16, \
         envelope = $17, split_typed = $18, tier = $19, tier_name = $20, words = $21, contact = $22, buyer = $23, submitted = $24, \
         approved = $25, answered = $26, due = $27, counter = $28, countered_by = $29, stars = $30, helped = $31, hours_saved = $32, \
         rating_comment = $33, service = $34, title = $35, year = $36, choices = $37, \
         price_lines = $38, answer_due = $39, provider = $40, category = $41, contract_draw = $42, periods = $43, bought_for = $44, \
         term_year = $45, locked = $46, unit = $47, division = $48 WHERE id = $1 AND version = $2 \
         AND state = $3";
    let counter = after.counter.as_ref().map(json).transpose()?;
    let rating = after.rating.as_ref();
    let helped = rating.map(|r| word(&r.helped)).transpose()?;
    let values = values![
        before.id,
        before.version,
        before.state.name(),
        after.state.name(),
        after.package,
        after.package_version,
        after.quantity,
        after.measure.name(),
        after.units,
        after.logged_units,
        after.confirmed_units,
        after.start,
        after.goal,
        after.note,
        after.price,
        after.working,
        after.envelope,
        after.split_typed,
        after.tier.name(),
        after.tier_name,
        after.words,
        after.contact,
        after.buyer,
        after.submitted,
        after.approved,
        after.answered,
        after.due,
        counter,
        after.countered_by,
        rating.map(|r| r.stars),
        helped,
        rating.map(|r| r.hours_saved),
        rating.map(|r| r.comment.clone()),
        after.service,
        after.title,
        after.year,
        json(&after.choices)?,
        json(&after.price_lines)?,
        after.answer_due,
        after.provider,
        after.category.map(Category::name),
        after.contract_draw,
        json(&after.periods)?,
        after.bought_for.as_ref().map(|(id, _)| *id),
        after.term_year,
        after.locked,
        after.unit,
        after.division.name(),
    ];
    Ok(tx.execute(sql, values).await? == 1)
}
