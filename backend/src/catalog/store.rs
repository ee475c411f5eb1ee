//! The catalog's tables: units, menus, services, packages, their published versions, and what is sold.

use shared::catalog::Division;
use shared::catalog::api::{CatalogUnit, PackageContent, PackageDraft, ServiceContent, ServiceDraft, ServiceVersion};
use shared::fiscal::FiscalYear;
use shared::id::{MenuId, PackageId, ServiceId, UnitId};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx, json, word};
use crate::values;

pub mod capacity;
pub mod provider;
pub mod memory;
mod edition;
pub mod guarantee;
pub mod shelf;

pub use edition::*;

/// More units than any district has.
const UNITS_LIMIT: u32 = 2_000;
/// The versions of a service that are shown side by side; older ones stay in the database.
const VERSIONS_LIMIT: u32 = 50;
/// More services than one unit can look after.
pub const SERVICES_LIMIT: u32 = 200;

/// A unit as it is written in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    pub id: UnitId,
    /// The district's own number of the unit.
    pub code: Option<String>,
    pub name: String,
    pub division: Division,
    pub about: String,
    pub contact: String,
    pub contact_email: String,
}

/// A service as its unit writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    pub id: ServiceId,
    pub menu: MenuId,
    pub position: u32,
    pub version: u32,
    pub draft: ServiceDraft,
    /// The words that were last published, to tell what changed since.
    pub published: Option<ServiceDraft>,
    pub published_version: Option<u32>,
    /// The words of what it was copied from, as they were last published.
    pub followed: Option<ServiceDraft>,
}

fn unit_of(row: &Row) -> Result<CatalogUnit, DbError> {
    Ok(CatalogUnit {
        id: row.get("id")?,
        name: row.get("name")?,
        division: row.word("division")?,
        about: row.get("about")?,
        contact: row.get("contact")?,
        contact_email: row.get("contact_email")?,
    })
}

fn draft_in(row: &Row) -> Result<ServiceRow, DbError> {
    let words = |column: &str| match row.get::<Option<String>>(column)? {
        Some(_) => row.json(column).map(Some),
        None => Ok(None),
    };
    Ok(ServiceRow {
        id: row.get("id")?,
        menu: row.get("menu")?,
        position: row.get("position")?,
        version: row.get("version")?,
        draft: row.json("draft")?,
        published: words("published")?,
        published_version: row.get("published_version")?,
        followed: words("followed")?,
    })
}

const UNIT_COLUMNS: &str = "id, name, division, about, contact, contact_email";
const SERVICES: &str = "SELECT s.id, s.menu, s.position, s.version, s.draft, s.published, s.published_version, f.published AS followed \
     FROM service s LEFT JOIN service f ON f.id = s.follows WHERE NOT s.removed";

pub async fn units<Q: Query>(query: &Q) -> Result<Vec<CatalogUnit>, DbError> {
    let sql = format!("SELECT {UNIT_COLUMNS} FROM unit ORDER BY name, id LIMIT {UNITS_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(unit_of).collect()
}

pub async fn unit<Q: Query>(query: &Q, id: UnitId) -> Result<Option<CatalogUnit>, DbError> {
    let sql = format!("SELECT {UNIT_COLUMNS} FROM unit WHERE id = $1");
    query.one(&sql, values![id]).await?.as_ref().map(unit_of).transpose()
}

pub async fn unit_by_code<Q: Query>(query: &Q, code: &str) -> Result<Option<CatalogUnit>, DbError> {
    let sql = format!("SELECT {UNIT_COLUMNS} FROM unit WHERE code = $1");
    query.one(&sql, values![code]).await?.as_ref().map(unit_of).transpose()
}

pub async fn insert_unit(tx: &mut Tx, unit: &UnitRow, now: Timestamp) -> Result<(), DbError> {
    let sql =
        "INSERT INTO unit (id, code, name, division, about, contact, contact_email, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values = values![unit.id, unit.code, unit.name, word(&unit.division)?, unit.about, unit.contact, unit.contact_email, now];
    tx.execute(sql, values).await.map(|_| ())
}

pub async fn update_unit(tx: &mut Tx, unit: &UnitRow, now: Timestamp) -> Result<(), DbError> {
    let sql =
        "UPDATE unit SET code = $2, name = $3, division = $4, about = $5, contact = $6, contact_email = $7, changed_at = $8 WHERE id = $1";
    let values = values![unit.id, unit.code, unit.name, word(&unit.division)?, unit.about, unit.contact, unit.contact_email, now];
    tx.execute(sql, values).await.map(|_| ())
}

/// The menu's services in order, without what was removed.
pub async fn services<Q: Query>(query: &Q, menu: MenuId) -> Result<Vec<ServiceRow>, DbError> {
    let sql = format!("{SERVICES} AND s.menu = $1 ORDER BY s.position LIMIT {SERVICES_LIMIT}");
    query.all(&sql, values![menu]).await?.iter().map(draft_in).collect()
}

/// A service that was not removed.
pub async fn service<Q: Query>(query: &Q, id: ServiceId) -> Result<Option<ServiceRow>, DbError> {
    let sql = format!("{SERVICES} AND s.id = $1");
    query.one(&sql, values![id]).await?.as_ref().map(draft_in).transpose()
}

/// The unit behind a service, removed or not.
pub async fn unit_of_service<Q: Query>(query: &Q, id: ServiceId) -> Result<Option<UnitId>, DbError> {
    let sql = "SELECT m.unit FROM service s JOIN menu m ON m.id = s.menu WHERE s.id = $1";
    query.one(sql, values![id]).await?.map(|row| row.get("unit")).transpose()
}

/// A service as it was last published.
#[derive(Clone, Debug)]
pub struct PublishedRow {
    pub id: ServiceId,
    pub draft: ServiceDraft,
    /// False where the unit took it off its menu.
    pub on_shelf: bool,
}

/// What a unit published for a year, in the order of its menu.
pub async fn published_services<Q: Query>(query: &Q, unit: UnitId, year: FiscalYear) -> Result<Vec<PublishedRow>, DbError> {
    let sql = format!(
        "SELECT s.id, s.published, s.published_version, s.removed FROM service s JOIN menu m ON m.id = s.menu \
         WHERE m.unit = $1 AND m.year = $2 AND s.published IS NOT NULL ORDER BY s.position LIMIT {SERVICES_LIMIT}"
    );
    let read = |row: &Row| {
        let shown: Option<u32> = row.get("published_version")?;
        let on_shelf = shown.is_some() && !row.get::<bool>("removed")?;
        Ok(PublishedRow { id: row.get("id")?, draft: row.json("published")?, on_shelf })
    };
    query.all(&sql, values![unit, year]).await?.iter().map(read).collect()
}

pub async fn next_position<Q: Query>(query: &Q, menu: MenuId) -> Result<u32, DbError> {
    let row = query.one("SELECT COALESCE(MAX(position), 0) + 1 AS next FROM service WHERE menu = $1", values![menu]).await?;
    row.map_or(Ok(1), |row| row.get("next"))
}

pub async fn insert_service(tx: &mut Tx, service: &ServiceRow) -> Result<(), DbError> {
    let sql = "INSERT INTO service (id, menu, position, version, draft, published, published_version, removed) \
               VALUES ($1, $2, $3, $4, $5, NULL, NULL, FALSE)";
    let values = values![service.id, service.menu, service.position, service.version, json(&service.draft)?];
    tx.execute(sql, values).await.map(|_| ())
}

/// Stores new words if the service still is at `seen`; false where somebody was quicker.
pub async fn update_draft(tx: &mut Tx, id: ServiceId, seen: u32, draft: &ServiceDraft) -> Result<bool, DbError> {
    let sql = "UPDATE service SET draft = $3, version = version + 1 WHERE id = $1 AND version = $2 AND NOT removed";
    Ok(tx.execute(sql, values![id, seen, json(draft)?]).await? == 1)
}

/// Takes the service off the menu and the shelf if it still is at `seen`.
pub async fn remove_service(tx: &mut Tx, id: ServiceId, seen: u32) -> Result<bool, DbError> {
    let sql =
        "UPDATE service SET removed = TRUE, published_version = NULL, version = version + 1 WHERE id = $1 AND version = $2 AND NOT removed";
    if tx.execute(sql, values![id, seen]).await? == 0 {
        return Ok(false);
    }
    tx.execute("UPDATE package SET on_sale = FALSE WHERE service = $1", values![id]).await?;
    Ok(true)
}

/// A tier that has just been written; on sale once published.
pub async fn insert_package(tx: &mut Tx, id: PackageId, service: ServiceId) -> Result<(), DbError> {
    let sql = "INSERT INTO package (id, service, position, version, on_sale) VALUES ($1, $2, 0, NULL, FALSE)";
    tx.execute(sql, values![id, service]).await.map(|_| ())
}

pub async fn packages_of<Q: Query>(query: &Q, service: ServiceId) -> Result<Vec<PackageId>, DbError> {
    let rows = query.all("SELECT id FROM package WHERE service = $1 ORDER BY id", values![service]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// One publication of one service.
pub struct Publication<'a> {
    pub service: ServiceId,
    pub version: u32,
    pub content: &'a ServiceContent,
    pub draft: &'a ServiceDraft,
    pub at: Timestamp,
}

/// Puts the words of a service on the shelf; its packages follow by [`publish_package`].
pub async fn publish_service(tx: &mut Tx, publication: &Publication<'_>) -> Result<(), DbError> {
    let Publication { service, version, content, draft, at } = publication;
    let sql = "INSERT INTO service_version (service, version, content, published_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, values![service, version, json(content)?, at]).await?;
    let sql = "UPDATE service SET published_version = $2, published = $3 WHERE id = $1";
    tx.execute(sql, values![service, version, json(draft)?]).await?;
    tx.execute("UPDATE package SET on_sale = FALSE WHERE service = $1", values![service]).await.map(|_| ())
}

/// One tier of a publication.
pub struct TierPublication<'a> {
    pub package: PackageId,
    pub position: u32,
    pub content: &'a PackageContent,
    pub year: FiscalYear,
}

pub async fn publish_package(tx: &mut Tx, publication: &Publication<'_>, tier: &TierPublication<'_>) -> Result<(), DbError> {
    let sql = "INSERT INTO package_version (package, version, service_version, content, published_at) \
               SELECT id, COALESCE(version, 0) + 1, $2, $3, $4 FROM package WHERE id = $1";
    tx.execute(sql, values![tier.package, publication.version, json(tier.content)?, publication.at]).await?;
    let sql = "UPDATE package SET version = COALESCE(version, 0) + 1, position = $2, on_sale = TRUE WHERE id = $1";
    tx.execute(sql, values![tier.package, tier.position]).await?;
    capacity::set(tx, tier.package, tier.year, tier.content.capacity).await
}

/// Every published version of a service with its tiers as published with it, the latest first.
pub async fn versions<Q: Query>(query: &Q, service: ServiceId) -> Result<Vec<ServiceVersion>, DbError> {
    let sql = format!(
        "SELECT version, content, published_at FROM service_version WHERE service = $1 ORDER BY version DESC LIMIT {VERSIONS_LIMIT}"
    );
    let mut versions = Vec::new();
    for row in query.all(&sql, values![service]).await? {
        let version: u32 = row.get("version")?;
        let sql = "SELECT v.package, v.content FROM package_version v JOIN package p ON p.id = v.package \
                   WHERE p.service = $1 AND v.service_version = $2 ORDER BY p.position, p.id";
        let tier = |row: &Row| Ok(PackageDraft { id: Some(row.get("package")?), content: row.json("content")?, cost: None });
        let packages = query.all(sql, values![service, version]).await?.iter().map(tier).collect::<Result<_, DbError>>()?;
        versions.push(ServiceVersion {
            version,
            published: row.get("published_at")?,
            draft: ServiceDraft { content: row.json("content")?, packages },
        });
    }
    Ok(versions)
}
