//! Filters that people keep, and the counts of what schools look for and at.

use std::collections::BTreeMap;

use shared::catalog::api::SavedFilter;
use shared::catalog::interest::{AlikeService, Interest};
use shared::id::{PackageId, PersonId, SavedFilterId, SchoolId, ServiceId};
use shared::time::{Date, Timestamp};

use super::shelf::BOUGHT;
use crate::db::{DbError, Query, Tx, placeholders, word};
use crate::values;

/// Listed at most; [`shared::catalog::interest::FILTERS_LIMIT`] holds before.
const FILTERS_LIMIT: u32 = 100;
/// Searches that found nothing, listed at most.
const SEARCHES_LIMIT: u32 = 50;
/// Services that one kind of school bought.
const ALIKE_LIMIT: u32 = 500;

/// A person's filters, by name.
pub async fn filters<Q: Query>(query: &Q, person: PersonId) -> Result<Vec<SavedFilter>, DbError> {
    let sql = format!("SELECT id, name, address FROM saved_filter WHERE person = $1 ORDER BY name, id LIMIT {FILTERS_LIMIT}");
    let rows = query.all(&sql, values![person]).await?;
    rows.iter().map(|row| Ok(SavedFilter { id: row.get("id")?, name: row.get("name")?, address: row.get("address")? })).collect()
}

/// Keeps a filter, or replaces the one of the same name.
pub async fn put_filter(tx: &mut Tx, person: PersonId, filter: &SavedFilter, now: Timestamp) -> Result<(), DbError> {
    let sql = "INSERT INTO saved_filter (id, person, name, address, saved_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (person, name) DO UPDATE SET address = $4, saved_at = $5";
    tx.execute(sql, values![filter.id, person, filter.name, filter.address, now]).await.map(|_| ())
}

/// Forgets a filter; false where the person has none like it.
pub async fn delete_filter(tx: &mut Tx, person: PersonId, filter: SavedFilterId) -> Result<bool, DbError> {
    Ok(tx.execute("DELETE FROM saved_filter WHERE id = $1 AND person = $2", values![filter, person]).await? == 1)
}

/// Counts a search.
pub async fn count_search(tx: &mut Tx, day: Date, words: &str, found: u32) -> Result<(), DbError> {
    let sql = "INSERT INTO shelf_search (day, words, times, found) VALUES ($1, $2, 1, $3) \
               ON CONFLICT (day, words) DO UPDATE SET times = shelf_search.times + 1, found = $3";
    tx.execute(sql, values![day, words, found]).await.map(|_| ())
}

/// Forgets searches from before a day.
pub async fn forget_searches(tx: &mut Tx, before: Date) -> Result<(), DbError> {
    tx.execute("DELETE FROM shelf_search WHERE day < $1", values![before]).await.map(|_| ())
}

/// Counts a look at a package; nothing where there is no such package on the shelf.
pub async fn count_look(tx: &mut Tx, day: Date, school: SchoolId, (package, kind): (PackageId, Interest)) -> Result<(), DbError> {
    let sql = "INSERT INTO shelf_interest (day, school, package, service, kind, times) SELECT $1, $2, id, service, $4, 1 FROM package \
               WHERE id = $3 AND on_sale ON CONFLICT (day, school, package, kind) DO UPDATE SET times = shelf_interest.times + 1";
    tx.execute(sql, values![day, school, package, word(&kind)?]).await.map(|_| ())
}

/// A search that found nothing, with how often it was typed and when last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptySearch {
    pub words: String,
    pub times: u32,
    pub last: Date,
}

/// Searches since a day whose last try found nothing, what was typed most often first; at least `least` times.
pub async fn empty_searches<Q: Query>(query: &Q, since: Date, least: u32) -> Result<Vec<EmptySearch>, DbError> {
    let sql = format!(
        "SELECT s.words, CAST(SUM(s.times) AS BIGINT) AS times, MAX(s.day) AS last_day FROM shelf_search s WHERE s.day >= $1 \
         AND NOT EXISTS (SELECT 1 FROM shelf_search f WHERE f.words = s.words AND f.day >= $1 AND f.found > 0 AND f.day >= s.day) \
         AND s.found = 0 GROUP BY s.words HAVING SUM(s.times) >= $2 ORDER BY 2 DESC, 3 DESC, 1 LIMIT {SEARCHES_LIMIT}"
    );
    let rows = query.all(&sql, values![since, least]).await?;
    rows.iter().map(|row| Ok(EmptySearch { words: row.get("words")?, times: row.get("times")?, last: row.get("last_day")? })).collect()
}

/// Looks at one package by one school on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub day: Date,
    pub school: SchoolId,
    pub package: PackageId,
    pub kind: Interest,
    pub times: u32,
}

/// Looks at these services from one day to another, both included.
pub async fn looks<Q: Query>(query: &Q, services: &[ServiceId], (from, to): (Date, Date)) -> Result<Vec<Look>, DbError> {
    let mut found = Vec::new();
    for chunk in services.chunks(100) {
        let sql = format!(
            "SELECT day, school, package, kind, times FROM shelf_interest WHERE day >= $1 AND day <= $2 AND service IN ({}) \
             ORDER BY day, school, package, kind",
            placeholders(3, chunk.len())
        );
        let mut values = values![from, to];
        values.extend(chunk.iter().flat_map(|service| values![*service]));
        for row in query.all(&sql, values).await? {
            let (day, school, package) = (row.get("day")?, row.get("school")?, row.get("package")?);
            found.push(Look { day, school, package, kind: row.word("kind")?, times: row.get("times")? });
        }
    }
    Ok(found)
}

/// How many of `schools` bought each service, this year and before; what most bought first.
pub async fn bought_by<Q: Query>(query: &Q, schools: &[SchoolId]) -> Result<Vec<AlikeService>, DbError> {
    let mut counts: BTreeMap<ServiceId, u32> = BTreeMap::new();
    for chunk in schools.chunks(100) {
        let sql = format!(
            "SELECT service, COUNT(DISTINCT school) AS schools FROM purchase_line WHERE state IN {BOUGHT} AND school IN ({}) \
             GROUP BY service ORDER BY 2 DESC, 1 LIMIT {ALIKE_LIMIT}",
            placeholders(1, chunk.len())
        );
        let values = chunk.iter().flat_map(|school| values![*school]).collect();
        for row in query.all(&sql, values).await? {
            *counts.entry(row.get("service")?).or_default() += row.get::<u32>("schools")?;
        }
    }
    let mut services: Vec<AlikeService> = counts.into_iter().map(|(service, schools)| AlikeService { service, schools }).collect();
    services.sort_by_key(|one| (std::cmp::Reverse(one.schools), one.service));
    Ok(services)
}
