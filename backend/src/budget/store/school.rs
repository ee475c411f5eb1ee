//! Schools, their networks, and the sites of the chart.

use shared::budget::import::rows::SiteRow;
use shared::catalog::{GradeSpan, SchoolFacts};
use shared::id::{NetworkId, SchoolId};

use super::insert_many;
use crate::db::{DbError, Query, Row, Tx};
use crate::values;

/// Most schools of one district that a list answers with.
const SCHOOLS_LIMIT: u32 = 5_000;
const COLUMNS: &str = "s.id, s.code, s.name, s.span, s.network, n.name AS network_name, s.enrollment, s.low_income_bp, \
                       s.english_learners_bp, s.posts, s.facts_source FROM school s LEFT JOIN network n ON n.id = s.network";

/// A school with the counts that prices and comparisons use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    pub id: SchoolId,
    pub code: String,
    pub name: String,
    pub span: GradeSpan,
    pub network: Option<NetworkId>,
    pub network_name: Option<String>,
    pub facts: SchoolFacts,
    pub facts_source: String,
}

fn read(row: Row) -> Result<School, DbError> {
    Ok(School {
        id: row.get("id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        span: row.word("span")?,
        network: row.get("network")?,
        network_name: row.get("network_name")?,
        facts: SchoolFacts {
            enrollment: row.get("enrollment")?,
            low_income: row.get("low_income_bp")?,
            english_learners: row.get("english_learners_bp")?,
            posts: row.get("posts")?,
        },
        facts_source: row.get("facts_source")?,
    })
}

pub async fn school(q: &impl Query, id: SchoolId) -> Result<Option<School>, DbError> {
    q.one(&format!("SELECT {COLUMNS} WHERE s.id = $1"), values![id]).await?.map(read).transpose()
}

/// All schools by name.
pub async fn schools(q: &impl Query) -> Result<Vec<School>, DbError> {
    let rows = q.all(&format!("SELECT {COLUMNS} ORDER BY s.name, s.id LIMIT {SCHOOLS_LIMIT}"), vec![]).await?;
    rows.into_iter().map(read).collect()
}

/// Writes a school whole; an existing one of that id is replaced.
pub async fn put_school(tx: &mut Tx, school: &School) -> Result<(), DbError> {
    put_schools(tx, std::slice::from_ref(school)).await
}

pub async fn put_schools(tx: &mut Tx, schools: &[School]) -> Result<(), DbError> {
    let row = |s: &School| {
        let f = s.facts;
        values![s.id, s.code, s.name, s.span.name(), s.network, f.enrollment, f.low_income, f.english_learners, f.posts, s.facts_source]
    };
    let tail = "ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, span = excluded.span, network = excluded.network, \
                enrollment = excluded.enrollment, low_income_bp = excluded.low_income_bp, \
                english_learners_bp = excluded.english_learners_bp, posts = excluded.posts, facts_source = excluded.facts_source";
    let head = "INSERT INTO school (id, code, name, span, network, enrollment, low_income_bp, english_learners_bp, posts, facts_source)";
    insert_many(tx, head, tail, schools.iter().map(row).collect()).await.map(|_| ())
}

/// All networks by name.
pub async fn networks(q: &impl Query) -> Result<Vec<(NetworkId, String)>, DbError> {
    let rows = q.all("SELECT id, name FROM network ORDER BY name", vec![]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}

pub async fn put_network(tx: &mut Tx, id: NetworkId, name: &str) -> Result<(), DbError> {
    let sql = "INSERT INTO network (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name";
    tx.execute(sql, values![id, name]).await.map(|_| ())
}

/// The site codes that are schools.
pub async fn sites(q: &impl Query) -> Result<Vec<SiteRow>, DbError> {
    let rows = q.all("SELECT code, title, kind, category, is_school FROM site ORDER BY code", vec![]).await?;
    rows.into_iter().map(read_site).collect()
}

fn read_site(row: Row) -> Result<SiteRow, DbError> {
    Ok(SiteRow {
        code: super::line::code(&row, "code")?,
        title: row.get("title")?,
        kind: row.get("kind")?,
        category: row.get("category")?,
        is_school: row.get("is_school")?,
    })
}

pub async fn put_sites(tx: &mut Tx, sites: &[SiteRow]) -> Result<(), DbError> {
    let row = |s: &SiteRow| values![s.code.as_str(), s.title, s.kind, s.category, s.is_school];
    let tail = "ON CONFLICT (code) DO UPDATE SET title = excluded.title, kind = excluded.kind, category = excluded.category, is_school = excluded.is_school";
    insert_many(tx, "INSERT INTO site (code, title, kind, category, is_school)", tail, sites.iter().map(row).collect()).await.map(|_| ())
}
