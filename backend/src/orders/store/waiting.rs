//! Places in line. Each change is one conditional write on a place's state.

use shared::fiscal::FiscalYear;
use shared::id::{OrderId, PackageId, PersonId, PlaceId, SchoolId, UnitId};
use shared::orders::waiting::PlaceState;
use shared::time::{Date, Timestamp};

use super::list_places;
use crate::catalog::service::Draw;
use crate::db::{DbError, Query, Row, ToValue as _, Tx, Value, word};
use crate::values;

/// More places than stand in all lines of a school or unit, or fall due at once.
const PLACES_LIMIT: u32 = 1_000;

/// A place with the words of what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    pub id: PlaceId,
    pub school: SchoolId,
    pub school_name: String,
    pub unit: UnitId,
    pub package: PackageId,
    pub year: FiscalYear,
    pub quantity: u32,
    pub start: Date,
    pub joined: Timestamp,
    pub joined_by: PersonId,
    pub state: PlaceState,
    pub held: u32,
    pub expires: Option<Timestamp>,
    pub draft: Option<OrderId>,
}

impl PlaceRow {
    /// What it draws on.
    pub const fn draw(&self) -> Draw {
        Draw { package: self.package, year: self.year, start: self.start }
    }
}

const COLUMNS: &str = "SELECT p.id, p.school, s.name AS school_name, p.unit, p.package, p.year, p.quantity, p.start, p.joined, p.joined_by, \
                       p.state, p.held, p.expires, p.draft FROM waiting_place p JOIN school s ON s.id = p.school";

fn read(row: &Row) -> Result<PlaceRow, DbError> {
    Ok(PlaceRow {
        id: row.get("id")?,
        school: row.get("school")?,
        school_name: row.get("school_name")?,
        unit: row.get("unit")?,
        package: row.get("package")?,
        year: row.get("year")?,
        quantity: row.get("quantity")?,
        start: row.get("start")?,
        joined: row.get("joined")?,
        joined_by: row.get("joined_by")?,
        state: row.word("state")?,
        held: row.get("held")?,
        expires: row.get("expires")?,
        draft: row.get("draft")?,
    })
}

/// One place.
pub async fn place<Q: Query>(query: &Q, id: PlaceId) -> Result<Option<PlaceRow>, DbError> {
    query.one(&format!("{COLUMNS} WHERE p.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// A school's places that are not over, and those that ended since `since`, newest first.
pub async fn places_of_school<Q: Query>(query: &Q, school: SchoolId, since: Timestamp) -> Result<Vec<PlaceRow>, DbError> {
    let sql = format!(
        "{COLUMNS} WHERE p.school = $1 AND (p.state IN ('waiting', 'offered', 'accepted') OR p.joined >= $2) \
         ORDER BY p.joined DESC, p.id LIMIT {PLACES_LIMIT}"
    );
    query.all(&sql, values![school, since]).await?.iter().map(read).collect()
}

/// Who waits for a unit's packages, or was offered one: by package, first come first.
pub async fn places_of_unit<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<PlaceRow>, DbError> {
    let sql = format!(
        "{COLUMNS} WHERE p.unit = $1 AND p.state IN ('waiting', 'offered', 'accepted') ORDER BY p.package, p.joined, p.id LIMIT {PLACES_LIMIT}"
    );
    query.all(&sql, values![unit]).await?.iter().map(read).collect()
}

/// Who waits for a package, first come first.
pub async fn line<Q: Query>(query: &Q, package: PackageId, year: FiscalYear) -> Result<Vec<PlaceRow>, DbError> {
    let sql =
        format!("{COLUMNS} WHERE p.package = $1 AND p.year = $2 AND p.state = 'waiting' ORDER BY p.joined, p.id LIMIT {PLACES_LIMIT}");
    query.all(&sql, values![package, year]).await?.iter().map(read).collect()
}

/// Places whose time to answer is over at `now`.
pub async fn overdue_places<Q: Query>(query: &Q, now: Timestamp) -> Result<Vec<PlaceRow>, DbError> {
    let sql =
        format!("{COLUMNS} WHERE p.state IN ('offered', 'accepted') AND p.expires <= $1 ORDER BY p.expires, p.id LIMIT {PLACES_LIMIT}");
    query.all(&sql, values![now]).await?.iter().map(read).collect()
}

/// Places in lines of years before `year`.
pub async fn places_before<Q: Query>(query: &Q, year: FiscalYear) -> Result<Vec<PlaceRow>, DbError> {
    let sql = format!(
        "{COLUMNS} WHERE p.state IN ('waiting', 'offered', 'accepted') AND p.year < $1 ORDER BY p.joined, p.id LIMIT {PLACES_LIMIT}"
    );
    query.all(&sql, values![year]).await?.iter().map(read).collect()
}

/// The accepted places of these drafts.
pub async fn places_of_drafts<Q: Query>(query: &Q, drafts: &[OrderId]) -> Result<Vec<PlaceRow>, DbError> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{COLUMNS} WHERE p.state = 'accepted' AND p.draft IN ({}) ORDER BY p.id", list_places(0, drafts.len()));
    let values: Vec<Value> = drafts.iter().map(|draft| draft.to_value()).collect();
    query.all(&sql, values).await?.iter().map(read).collect()
}

/// Writes a place; false where the school stands in this line already.
pub async fn insert_place(tx: &mut Tx, place: &PlaceRow) -> Result<bool, DbError> {
    let sql = "INSERT INTO waiting_place (id, school, unit, package, year, quantity, start, joined, joined_by, state, held) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', 0) ON CONFLICT DO NOTHING";
    let PlaceRow { id, school, unit, package, year, quantity, start, joined, joined_by, .. } = place;
    Ok(tx.execute(sql, values![id, school, unit, package, year, quantity, start, joined, joined_by]).await? == 1)
}

/// Moves a place on; false where somebody moved it meanwhile.
pub async fn change_place(tx: &mut Tx, before: PlaceState, after: &PlaceRow) -> Result<bool, DbError> {
    let sql = "UPDATE waiting_place SET state = $3, held = $4, expires = $5, draft = $6 WHERE id = $1 AND state = $2";
    let values = values![after.id, word(&before)?, word(&after.state)?, after.held, after.expires, after.draft];
    Ok(tx.execute(sql, values).await? == 1)
}
