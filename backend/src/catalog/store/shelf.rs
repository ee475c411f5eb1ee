//! What the shelf shows: the published words, what is left, and what buyers made of it.

use std::collections::BTreeMap;

use shared::catalog::api::{Buyers, Catalog, CatalogPackage, CatalogService, TierCount};
use shared::catalog::edition::SaleDays;
use shared::catalog::starts::StartLimit;
use shared::fiscal::FiscalYear;
use shared::id::{PackageId, SchoolId, ServiceId};
use shared::time::Date;

use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// More services than a district's shelf holds.
const SHELF_LIMIT: u32 = 5_000;
const PACKAGES_LIMIT: u32 = 20_000;
/// The editions of a year that are on sale on a day.
const ON_SHELF: &str =
    "m.state = 'published' AND m.year = $1 AND (m.sale_from IS NULL OR m.sale_from <= $2) AND (m.sale_until IS NULL OR m.sale_until >= $2)";
/// The states in which a purchase counts as bought.
pub(super) const BOUGHT: &str = "('approved', 'accepted', 'in_delivery', 'delivered', 'closed')";

/// A package in one of its published versions, with the words of its service as published with it.
#[derive(Clone, Debug)]
pub struct Edition {
    pub service: CatalogService,
    pub package: CatalogPackage,
    /// Whether this package can be bought within the edition's days of sale.
    pub on_sale: bool,
    pub sale: SaleDays,
    /// The version that is on the shelf now, or was last.
    pub current_version: u32,
    pub limit: Option<StartLimit>,
}

/// A number that differs whenever the catalog does.
pub async fn revision<Q: Query>(query: &Q) -> Result<String, DbError> {
    let sql = "SELECT revision, (SELECT COALESCE(CAST(SUM(moves) AS BIGINT), 0) FROM package_capacity) AS moves FROM catalog_revision WHERE id = 1";
    let row = query.one(sql, values![]).await?.ok_or_else(|| DbError::Failed("the catalog has no revision".to_owned()))?;
    Ok(format!("{}-{}", row.get::<i64>("revision")?, row.get::<i64>("moves")?))
}

/// Tells every replica that its copy is old.
pub async fn bump(tx: &mut Tx) -> Result<(), DbError> {
    tx.execute("UPDATE catalog_revision SET revision = revision + 1 WHERE id = 1", values![]).await.map(|_| ())
}

fn package_in(row: &Row) -> Result<CatalogPackage, DbError> {
    let capacity: Option<u32> = row.get("capacity")?;
    let sold = row.get::<Option<u32>>("sold")?.unwrap_or(0);
    Ok(CatalogPackage {
        id: row.get("package")?,
        version: row.get("version")?,
        content: row.json("content")?,
        left: capacity.map(|capacity| capacity.saturating_sub(sold)),
        parts: Vec::new(),
    })
}

/// Everything on the shelf of `year`, of editions that are on sale `today`.
pub async fn catalog<Q: Query>(query: &Q, year: FiscalYear, today: Date) -> Result<Catalog, DbError> {
    let sql = format!(
        "SELECT p.service, p.id AS package, p.version, v.content, c.capacity, c.sold FROM package p \
         JOIN package_version v ON v.package = p.id AND v.version = p.version \
         JOIN service s ON s.id = p.service JOIN menu m ON m.id = s.menu \
         LEFT JOIN package_capacity c ON c.package = p.id AND c.year = m.year \
         WHERE p.on_sale AND {ON_SHELF} ORDER BY p.service, p.position LIMIT {PACKAGES_LIMIT}"
    );
    let mut packages: BTreeMap<ServiceId, Vec<CatalogPackage>> = BTreeMap::new();
    for row in query.all(&sql, values![year, today]).await? {
        packages.entry(row.get("service")?).or_default().push(package_in(&row)?);
    }
    let mut buyers = buyers(query).await?;
    let sql = format!(
        "SELECT s.id, m.unit, m.year, v.content FROM service s JOIN menu m ON m.id = s.menu \
         JOIN service_version v ON v.service = s.id AND v.version = s.published_version \
         WHERE {ON_SHELF} ORDER BY m.unit, s.position LIMIT {SHELF_LIMIT}"
    );
    let mut services = Vec::new();
    for row in query.all(&sql, values![year, today]).await? {
        let id: ServiceId = row.get("id")?;
        services.push(CatalogService {
            id,
            unit: row.get("unit")?,
            menu_year: row.get("year")?,
            content: row.json("content")?,
            packages: packages.remove(&id).unwrap_or_default(),
            buyers: buyers.remove(&id).unwrap_or_default(),
        });
    }
    Ok(Catalog { units: super::units(query).await?, services, days: Vec::new() })
}

/// What buyers made of each service.
pub async fn buyers<Q: Query>(query: &Q) -> Result<BTreeMap<ServiceId, Buyers>, DbError> {
    let sql = format!(
        "SELECT service, COUNT(DISTINCT school) AS schools, COUNT(stars) AS ratings, COALESCE(CAST(SUM(stars) AS BIGINT), 0) AS stars \
         FROM (SELECT DISTINCT order_id, service, school, stars FROM purchase_line WHERE state IN {BOUGHT}) AS bought GROUP BY service"
    );
    let rows = query.all(&sql, values![]).await?;
    let of = |row: &Row| {
        let buyers = Buyers { schools: row.get("schools")?, ratings: row.get("ratings")?, stars: row.get("stars")? };
        Ok((row.get("service")?, buyers))
    };
    rows.iter().map(of).collect()
}

/// A package in `version`, or in its current one.
pub async fn edition<Q: Query>(query: &Q, id: PackageId, version: Option<u32>) -> Result<Option<Edition>, DbError> {
    let sql = "SELECT p.id AS package, v.version, v.content, p.version AS current_version, p.service, w.content AS service_content, \
               m.unit, m.year, m.state, m.sale_from, m.sale_until, p.on_sale, c.capacity, c.sold, c.period, c.most FROM package p \
               JOIN package_version v ON v.package = p.id AND v.version = COALESCE($2, p.version) \
               JOIN service_version w ON w.service = p.service AND w.version = v.service_version \
               JOIN service s ON s.id = p.service JOIN menu m ON m.id = s.menu \
               LEFT JOIN package_capacity c ON c.package = p.id AND c.year = m.year WHERE p.id = $1";
    let Some(row) = query.one(sql, values![id, version]).await? else { return Ok(None) };
    let package = package_in(&row)?;
    let service = CatalogService {
        id: row.get("service")?,
        unit: row.get("unit")?,
        menu_year: row.get("year")?,
        content: row.json("service_content")?,
        packages: vec![package.clone()],
        buyers: Buyers::default(),
    };
    let published = row.word::<shared::catalog::MenuState>("state")? == shared::catalog::MenuState::Published;
    let sale = SaleDays { from: row.get("sale_from")?, until: row.get("sale_until")? };
    let (on_sale, current_version) = (published && row.get::<bool>("on_sale")?, row.get("current_version")?);
    Ok(Some(Edition { service, package, sale, on_sale, current_version, limit: super::capacity::limit_in(&row)? }))
}

/// Which of the schools bought the service, by tier and by school, and what they answered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bought {
    pub schools: u32,
    pub by_tier: Vec<TierCount>,
    pub helped: u32,
    pub answered: u32,
}

/// What `schools` bought of a service this year and before.
pub async fn bought<Q: Query>(query: &Q, service: ServiceId, schools: &[SchoolId]) -> Result<Bought, DbError> {
    let sql = format!("SELECT DISTINCT order_id, school, tier, helped FROM purchase_line WHERE service = $1 AND state IN {BOUGHT}");
    let (mut buyers, mut tiers) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    let mut bought = Bought::default();
    for row in query.all(&sql, values![service]).await? {
        let school: SchoolId = row.get("school")?;
        if !schools.contains(&school) {
            continue;
        }
        buyers.insert(school);
        tiers.insert((row.word::<shared::catalog::Tier>("tier")?, school));
        if let Some(answer) = row.get::<Option<String>>("helped")? {
            bought.answered += 1;
            bought.helped += u32::from(answer == "yes");
        }
    }
    for tier in shared::catalog::Tier::ALL {
        let count = tiers.iter().filter(|(of, _)| of == tier).count();
        if count > 0 {
            bought.by_tier.push(TierCount { tier: *tier, schools: u32::try_from(count).unwrap_or(u32::MAX) });
        }
    }
    bought.schools = u32::try_from(buyers.len()).unwrap_or(u32::MAX);
    Ok(bought)
}
