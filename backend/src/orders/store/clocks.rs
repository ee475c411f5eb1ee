//! The dated rows of the district's own clocks, all of them, and new ones for days to come.

use shared::orders::climb::{ClimbStep, Duty};
use shared::orders::clocks::{NewClimbing, NewSilence};
use shared::orders::silence::SilencePolicy;
use shared::time::Date;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// A row for silence with its day and where it comes from.
pub type SilenceOf = (Date, SilencePolicy, String);
/// A way up with its day and where it comes from.
pub type ClimbingOf = (Date, Vec<ClimbStep>, String);

/// All rows for silence, the newest first.
pub async fn silence_rows<Q: Query>(query: &Q) -> Result<Vec<SilenceOf>, DbError> {
    let read = |row: &Row| {
        let policy = SilencePolicy { days: row.get("days")?, notice_days: row.get("notice_days")? };
        Ok((row.get("from_day")?, policy, row.get("source")?))
    };
    query.all("SELECT from_day, days, notice_days, source FROM silence_policy ORDER BY from_day DESC", values![]).await?.iter().map(read).collect()
}

/// All ways up of one duty, the newest first.
pub async fn climbing_rows<Q: Query>(query: &Q, duty: Duty) -> Result<Vec<ClimbingOf>, DbError> {
    let sql = "SELECT from_day, level, after_days, to_whom, source FROM climb_step WHERE duty = $1 ORDER BY from_day DESC, level";
    let mut found: Vec<ClimbingOf> = Vec::new();
    for row in query.all(sql, values![duty.name()]).await? {
        let from: Date = row.get("from_day")?;
        let step = ClimbStep { level: row.get("level")?, after_days: row.get("after_days")?, to: row.word("to_whom")? };
        match found.last_mut() {
            Some((day, steps, _)) if *day == from => steps.push(step),
            Some(_) | None => found.push((from, vec![step], row.get("source")?)),
        }
    }
    Ok(found)
}

/// Sets the row of a day to come; one that was set for the same day before gives way.
pub async fn set_silence(tx: &mut Tx, new: &NewSilence) -> Result<(), DbError> {
    let sql = "INSERT INTO silence_policy (from_day, days, notice_days, source) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (from_day) DO UPDATE SET days = excluded.days, notice_days = excluded.notice_days, source = excluded.source";
    tx.execute(sql, values![new.from, new.days, new.notice_days, new.reason]).await.map(|_| ())
}

/// Sets the way up of a day to come; one that was set for the same day before gives way.
pub async fn set_climbing(tx: &mut Tx, new: &NewClimbing) -> Result<(), DbError> {
    tx.execute("DELETE FROM climb_step WHERE duty = $1 AND from_day = $2", values![new.duty.name(), new.from]).await?;
    let sql = "INSERT INTO climb_step (duty, from_day, level, after_days, to_whom, source) VALUES ($1, $2, $3, $4, $5, $6)";
    for step in &new.steps {
        tx.execute(sql, values![new.duty.name(), new.from, step.level, step.after_days, step.to.name(), new.reason]).await?;
    }
    Ok(())
}
