//! The board's record, and who answers for what is not sold.

use std::collections::BTreeMap;

use shared::fiscal::FiscalYear;
use shared::id::{PackageId, PersonId, ReviewId, ServiceId, UnitId};
use shared::identity::api::PersonRef;
use shared::scorecards::seller::ServiceReview;
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, ToValue as _, Tx, placeholders, word};
use crate::values;

/// Decisions about one unit that are listed.
const REVIEWS_LIMIT: u32 = 500;

const REVIEWS: &str = "SELECT r.id, r.service, r.unit, r.title, r.year, r.revision, r.decision, r.figures, r.evidence, r.reason, r.decided_by, \
     d.name AS decider, r.decided, r.reply, r.replied_by, p.name AS replier, r.replied FROM service_review r \
     JOIN person d ON d.id = r.decided_by LEFT JOIN person p ON p.id = r.replied_by";

fn read(row: &Row) -> Result<(UnitId, ServiceReview), DbError> {
    let replied_by: Option<PersonId> = row.get("replied_by")?;
    let replier: Option<String> = row.get("replier")?;
    let review = ServiceReview {
        id: row.get("id")?,
        service: row.get("service")?,
        title: row.get("title")?,
        year: row.get("year")?,
        revision: row.get("revision")?,
        decision: row.word("decision")?,
        figures: row.get("figures")?,
        evidence: row.get("evidence")?,
        reason: row.get("reason")?,
        by: PersonRef { id: row.get("decided_by")?, name: row.get("decider")? },
        at: row.get("decided")?,
        reply: row.get("reply")?,
        replied_by: replied_by.zip(replier).map(|(id, name)| PersonRef { id, name }),
        replied: row.get("replied")?,
        may_reply: false,
    };
    Ok((row.get("unit")?, review))
}

/// The board's decisions about a unit's services, the latest first.
pub async fn reviews<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<ServiceReview>, DbError> {
    let sql = format!("{REVIEWS} WHERE r.unit = $1 ORDER BY r.year DESC, r.id DESC LIMIT {REVIEWS_LIMIT}");
    let rows = query.all(&sql, values![unit]).await?;
    rows.iter().map(|row| read(row).map(|(_, review)| review)).collect()
}

/// One decision with its unit.
pub async fn review<Q: Query>(query: &Q, id: ReviewId) -> Result<Option<(UnitId, ServiceReview)>, DbError> {
    query.one(&format!("{REVIEWS} WHERE r.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// How often the board has decided about a service in a year.
pub async fn revisions<Q: Query>(query: &Q, service: ServiceId, year: FiscalYear) -> Result<u32, DbError> {
    let sql = "SELECT COALESCE(MAX(revision), 0) AS last_revision FROM service_review WHERE service = $1 AND year = $2";
    query.one(sql, values![service, year]).await?.map_or(Ok(0), |row| row.get("last_revision"))
}

/// Writes a decision; false where somebody else decided at the same moment.
pub async fn insert_review(tx: &mut Tx, unit: UnitId, review: &ServiceReview) -> Result<bool, DbError> {
    let r = review;
    let sql = "INSERT INTO service_review (id, service, unit, year, revision, title, decision, figures, evidence, reason, decided_by, decided) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (service, year, revision) DO NOTHING";
    let values =
        values![r.id, r.service, unit, r.year, r.revision, r.title, word(&r.decision)?, r.figures, r.evidence, r.reason, r.by.id, r.at];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Puts the unit's answer beside a decision; false where it has one.
pub async fn put_reply(tx: &mut Tx, id: ReviewId, (by, at, text): (PersonId, Timestamp, &str)) -> Result<bool, DbError> {
    let sql = "UPDATE service_review SET reply = $2, replied_by = $3, replied = $4 WHERE id = $1 AND replied_by IS NULL";
    Ok(tx.execute(sql, values![id, text, by, at]).await? == 1)
}

/// Who was named for what of these packages is not sold.
pub async fn owners<Q: Query>(query: &Q, packages: &[PackageId]) -> Result<BTreeMap<PackageId, PersonRef>, DbError> {
    let mut found = BTreeMap::new();
    for chunk in packages.chunks(200) {
        let sql = format!(
            "SELECT o.package, o.owner, p.name FROM unsold_owner o JOIN person p ON p.id = o.owner WHERE o.package IN ({})",
            placeholders(1, chunk.len())
        );
        for row in query.all(&sql, chunk.iter().map(|package| package.to_value()).collect()).await? {
            found.insert(row.get("package")?, PersonRef { id: row.get("owner")?, name: row.get("name")? });
        }
    }
    Ok(found)
}

/// Names who answers for what of a package is not sold.
pub async fn put_owner(tx: &mut Tx, package: PackageId, (owner, by, at): (PersonId, PersonId, Timestamp)) -> Result<(), DbError> {
    let sql = "INSERT INTO unsold_owner (package, owner, named_by, named) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (package) DO UPDATE SET owner = $2, named_by = $3, named = $4";
    tx.execute(sql, values![package, owner, by, at]).await.map(|_| ())
}
