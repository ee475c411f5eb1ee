//! A unit's editions: where each stands, who was asked, when it is sold, what happened to it.

use shared::catalog::MenuState;
use shared::catalog::api::{AskedReview, MenuEvent, MenuEventKind};
use shared::catalog::edition::SaleDays;
use shared::fiscal::FiscalYear;
use shared::id::{MenuId, PackageId, PersonId, ServiceId, UnitId};
use shared::identity::api::PersonRef;
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// The events of an edition that the product shows.
const EVENTS_LIMIT: u32 = 100;
/// More editions than a district waits for.
const REVIEWS_LIMIT: u32 = 500;

/// A unit's edition for a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuRow {
    pub id: MenuId,
    pub unit: UnitId,
    pub year: FiscalYear,
    pub state: MenuState,
    pub version: u32,
    pub published: Option<Timestamp>,
    pub asked: Option<AskedReview>,
    /// As the unit writes them, and as they were published.
    pub wanted: SaleDays,
    pub sale: SaleDays,
}

const COLUMNS: &str = "m.id, m.unit, m.year, m.state, m.version, m.published_at, m.asked_at, m.asked_by, p.name AS asked_name, \
     m.wanted_from, m.wanted_until, m.sale_from, m.sale_until";
const FROM: &str = "FROM menu m LEFT JOIN person p ON p.id = m.asked_by";

fn menu_of(row: &Row) -> Result<MenuRow, DbError> {
    let asked = match (row.get::<Option<Timestamp>>("asked_at")?, row.get::<Option<PersonId>>("asked_by")?) {
        (Some(at), Some(id)) => Some(AskedReview { by: PersonRef { id, name: row.get("asked_name")? }, at }),
        (None, _) | (_, None) => None,
    };
    let state = match (row.word("state")?, asked.is_some()) {
        (MenuState::Draft, true) => MenuState::InReview,
        (MenuState::Published, true) => MenuState::ChangesInReview,
        (kept, _) => kept,
    };
    Ok(MenuRow {
        id: row.get("id")?,
        unit: row.get("unit")?,
        year: row.get("year")?,
        state,
        version: row.get("version")?,
        published: row.get("published_at")?,
        asked,
        wanted: SaleDays { from: row.get("wanted_from")?, until: row.get("wanted_until")? },
        sale: SaleDays { from: row.get("sale_from")?, until: row.get("sale_until")? },
    })
}

/// The unit's editions, the newest first.
pub async fn menus_of_unit<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<MenuRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE m.unit = $1 ORDER BY m.year DESC");
    query.all(&sql, values![unit]).await?.iter().map(menu_of).collect()
}

pub async fn menu<Q: Query>(query: &Q, id: MenuId) -> Result<Option<MenuRow>, DbError> {
    let sql = format!("SELECT {COLUMNS} {FROM} WHERE m.id = $1");
    query.one(&sql, values![id]).await?.as_ref().map(menu_of).transpose()
}

/// The edition of a service, removed or not.
pub async fn menu_of_service<Q: Query>(query: &Q, service: ServiceId) -> Result<Option<MenuId>, DbError> {
    query.one("SELECT menu FROM service WHERE id = $1", values![service]).await?.map(|row| row.get("menu")).transpose()
}

/// The editions that wait for a reviewer, who waits longest first.
pub async fn menus_in_review<Q: Query>(query: &Q) -> Result<Vec<MenuRow>, DbError> {
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE m.asked_at IS NOT NULL AND m.state <> 'closed' ORDER BY m.asked_at LIMIT {REVIEWS_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(menu_of).collect()
}

/// An empty edition; false where the unit has one for the year.
pub async fn open_menu(tx: &mut Tx, id: MenuId, unit: UnitId, year: FiscalYear) -> Result<bool, DbError> {
    let sql = "INSERT INTO menu (id, unit, year, state, version, published_at) VALUES ($1, $2, $3, 'draft', 1, NULL) \
               ON CONFLICT (unit, year) DO NOTHING";
    Ok(tx.execute(sql, values![id, unit, year]).await? == 1)
}

/// Counts a change of the edition if it still is at `seen`; false where somebody was quicker.
pub async fn touch_menu(tx: &mut Tx, menu: MenuId, seen: u32) -> Result<bool, DbError> {
    let sql = "UPDATE menu SET version = version + 1 WHERE id = $1 AND version = $2";
    Ok(tx.execute(sql, values![menu, seen]).await? == 1)
}

/// Asks for a review, or ends the question, if the edition still is at `seen`.
pub async fn ask_review(tx: &mut Tx, menu: MenuId, seen: u32, by: Option<(PersonId, Timestamp)>) -> Result<bool, DbError> {
    let sql = "UPDATE menu SET asked_at = $3, asked_by = $4, version = version + 1 WHERE id = $1 AND version = $2";
    Ok(tx.execute(sql, values![menu, seen, by.map(|(_, at)| at), by.map(|(person, _)| person)]).await? == 1)
}

/// Writes the days of sale if the edition still is at `seen`; they count once it is published.
pub async fn set_wanted(tx: &mut Tx, menu: MenuId, seen: u32, days: SaleDays) -> Result<bool, DbError> {
    let sql = "UPDATE menu SET wanted_from = $3, wanted_until = $4, version = version + 1 WHERE id = $1 AND version = $2";
    Ok(tx.execute(sql, values![menu, seen, days.from, days.until]).await? == 1)
}

/// Marks the edition as published, with its days of sale, if it still is at `seen`; false where somebody was quicker.
pub async fn publish_menu(tx: &mut Tx, menu: MenuId, seen: u32, now: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE menu SET state = 'published', version = version + 1, published_at = $3, asked_at = NULL, asked_by = NULL, \
               sale_from = wanted_from, sale_until = wanted_until WHERE id = $1 AND version = $2 AND state <> 'closed'";
    Ok(tx.execute(sql, values![menu, seen, now]).await? == 1)
}

/// Closes the edition if it still is at `seen`.
pub async fn close_menu(tx: &mut Tx, menu: MenuId, seen: u32) -> Result<bool, DbError> {
    let sql = "UPDATE menu SET state = 'closed', version = version + 1, asked_at = NULL, asked_by = NULL \
               WHERE id = $1 AND version = $2 AND state <> 'closed'";
    Ok(tx.execute(sql, values![menu, seen]).await? == 1)
}

/// Writes what happened.
pub async fn insert_event(
    tx: &mut Tx,
    menu: MenuId,
    (person, at): (PersonId, Timestamp),
    event: (MenuEventKind, &str),
) -> Result<(), DbError> {
    let sql = "INSERT INTO menu_event (menu, position, at, person, kind, text) \
               SELECT $1, COALESCE(MAX(position), 0) + 1, $2, $3, $4, $5 FROM menu_event WHERE menu = $1";
    tx.execute(sql, values![menu, at, person, word(&event.0)?, event.1]).await.map(|_| ())
}

/// What happened to an edition, the latest first.
pub async fn events<Q: Query>(query: &Q, menu: MenuId) -> Result<Vec<MenuEvent>, DbError> {
    let sql = format!(
        "SELECT e.at, e.kind, e.text, p.name FROM menu_event e JOIN person p ON p.id = e.person WHERE e.menu = $1 \
         ORDER BY e.position DESC LIMIT {EVENTS_LIMIT}"
    );
    let read = |row: &Row| Ok(MenuEvent { at: row.get("at")?, kind: row.word("kind")?, by: row.get("name")?, text: row.get("text")? });
    query.all(&sql, values![menu]).await?.iter().map(read).collect()
}

/// Says what a copied service and tier follow.
pub async fn follow_service(tx: &mut Tx, service: ServiceId, follows: ServiceId) -> Result<(), DbError> {
    tx.execute("UPDATE service SET follows = $2 WHERE id = $1", values![service, follows]).await.map(|_| ())
}

pub async fn follow_package(tx: &mut Tx, package: PackageId, follows: PackageId) -> Result<(), DbError> {
    tx.execute("UPDATE package SET follows = $2 WHERE id = $1", values![package, follows]).await.map(|_| ())
}

/// The package of the next year's edition that was copied from this one.
pub async fn successor<Q: Query>(query: &Q, package: PackageId) -> Result<Option<PackageId>, DbError> {
    let sql = "SELECT id FROM package WHERE follows = $1 ORDER BY id LIMIT 1";
    query.one(sql, values![package]).await?.map(|row| row.get("id")).transpose()
}

/// The packages of a menu that are on sale, with the titles of their services.
pub async fn on_sale_of_menu<Q: Query>(query: &Q, menu: MenuId) -> Result<Vec<PackageId>, DbError> {
    let sql = "SELECT p.id FROM package p JOIN service s ON s.id = p.service WHERE s.menu = $1 AND p.on_sale ORDER BY p.id";
    query.all(sql, values![menu]).await?.iter().map(|row| row.get("id")).collect()
}

/// The packages of a service that are on sale.
pub async fn on_sale_of_service<Q: Query>(query: &Q, service: ServiceId) -> Result<Vec<PackageId>, DbError> {
    let sql = "SELECT id FROM package WHERE service = $1 AND on_sale ORDER BY id";
    query.all(sql, values![service]).await?.iter().map(|row| row.get("id")).collect()
}

/// Writes the words that a unit says about itself.
pub async fn set_unit_words(tx: &mut Tx, unit: UnitId, words: &shared::catalog::api::UnitWords, now: Timestamp) -> Result<(), DbError> {
    let sql = "UPDATE unit SET about = $2, contact = $3, contact_email = $4, changed_at = $5 WHERE id = $1";
    tx.execute(sql, values![unit, words.about, words.contact, words.contact_email, now]).await.map(|_| ())
}
