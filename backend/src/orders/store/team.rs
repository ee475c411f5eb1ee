//! A unit's team and the days on which it, or somebody of it, is away.

use shared::id::{AwayId, UnitId};
use shared::orders::booking::{Away, Staff, Weekdays};
use shared::time::Date;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// More people than one unit has.
const TEAM_LIMIT: u32 = 500;
const AWAY_LIMIT: u32 = 5_000;

/// Days away with their identity and unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwayRow {
    pub id: AwayId,
    pub unit: UnitId,
    pub away: Away,
}

/// Takes the unit's turn: whatever changes its calendar does so one after the other.
pub async fn take_calendar(tx: &mut Tx, unit: UnitId) -> Result<(), DbError> {
    tx.execute("INSERT INTO unit_calendar (unit, revision) VALUES ($1, 0) ON CONFLICT (unit) DO NOTHING", values![unit]).await?;
    tx.execute("UPDATE unit_calendar SET revision = revision + 1 WHERE unit = $1", values![unit]).await.map(|_| ())
}

/// The unit's team by name, those who left last.
pub async fn team<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<Staff>, DbError> {
    let sql = format!("SELECT id, name, weekdays, active FROM unit_staff WHERE unit = $1 ORDER BY name, id LIMIT {TEAM_LIMIT}");
    let read = |row: &Row| {
        let weekdays: u32 = row.get("weekdays")?;
        let weekdays = Weekdays(u8::try_from(weekdays).map_err(|_| DbError::Failed(format!("{weekdays} are no weekdays")))?);
        Ok(Staff { id: row.get("id")?, name: row.get("name")?, weekdays, active: row.get("active")? })
    };
    query.all(&sql, values![unit]).await?.iter().map(read).collect()
}

/// Writes somebody new, or changes somebody of this unit; false where there is no such person.
pub async fn put_staff(tx: &mut Tx, unit: UnitId, staff: &Staff) -> Result<bool, DbError> {
    let sql = "INSERT INTO unit_staff (id, unit, name, weekdays, active) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (id) DO UPDATE SET name = $3, weekdays = $4, active = $5 WHERE unit_staff.unit = $2";
    let weekdays = u32::from(staff.weekdays.0);
    Ok(tx.execute(sql, values![staff.id, unit, staff.name, weekdays, staff.active]).await? == 1)
}

/// Days away that end on `since` or later.
pub async fn away<Q: Query>(query: &Q, unit: UnitId, since: Date) -> Result<Vec<AwayRow>, DbError> {
    let sql = format!(
        "SELECT id, unit, staff, first_day, last_day, title FROM unit_day WHERE unit = $1 AND last_day >= $2 ORDER BY first_day, id LIMIT {AWAY_LIMIT}"
    );
    query.all(&sql, values![unit, since]).await?.iter().map(read_away).collect()
}

fn read_away(row: &Row) -> Result<AwayRow, DbError> {
    let away = Away { staff: row.get("staff")?, first: row.get("first_day")?, last: row.get("last_day")?, title: row.get("title")? };
    Ok(AwayRow { id: row.get("id")?, unit: row.get("unit")?, away })
}

/// One row of days away.
pub async fn away_row<Q: Query>(query: &Q, id: AwayId) -> Result<Option<AwayRow>, DbError> {
    let sql = "SELECT id, unit, staff, first_day, last_day, title FROM unit_day WHERE id = $1";
    query.one(sql, values![id]).await?.as_ref().map(read_away).transpose()
}

/// Writes days away.
pub async fn insert_away(tx: &mut Tx, row: &AwayRow) -> Result<(), DbError> {
    let sql = "INSERT INTO unit_day (id, unit, staff, first_day, last_day, title) VALUES ($1, $2, $3, $4, $5, $6)";
    let Away { staff, first, last, title } = &row.away;
    tx.execute(sql, values![row.id, row.unit, staff, first, last, title]).await.map(|_| ())
}

/// Takes days away out; false where somebody was first.
pub async fn delete_away(tx: &mut Tx, id: AwayId) -> Result<bool, DbError> {
    Ok(tx.execute("DELETE FROM unit_day WHERE id = $1", values![id]).await? == 1)
}
