//! The district, people and their roles in the database.

use std::collections::{BTreeMap, BTreeSet};

use shared::fiscal::FiscalCalendar;
use shared::id::{NetworkId, PersonId, RoleGrantId, SchoolId};
use shared::identity::{Role, Scope, ScopeKind};
use shared::time::Timestamp;

use crate::db::{DbError, Query, Row, Tx};
use crate::identity::actor::Grant;
use crate::identity::district::District;
use crate::values;

/// Accounts listed at once; a district has some hundreds.
const PEOPLE_LIMIT: u32 = 5_000;
/// More levels than any district has.
const CHAIN_LIMIT: usize = 40;

/// An account as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub email: String,
    pub password: Option<String>,
    pub active: bool,
}

/// A role as stored, proposed or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredGrant {
    pub id: RoleGrantId,
    pub person: PersonId,
    pub grant: Grant,
    pub held: bool,
    pub proposed_by: Option<PersonId>,
}

/// A role to be stored.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    pub id: RoleGrantId,
    pub person: PersonId,
    pub grant: Grant,
    pub held: bool,
    pub proposed_by: Option<PersonId>,
    pub at: Timestamp,
}

pub async fn district<Q: Query>(query: &Q) -> Result<Option<District>, DbError> {
    let row = query.one("SELECT name, zone, first_month, first_day, demo FROM district WHERE id = 1", values![]).await?;
    let read = |row: Row| {
        let calendar = FiscalCalendar { first_month: row.get("first_month")?, first_day: row.get("first_day")? };
        Ok(District { name: row.get("name")?, zone: row.get("zone")?, calendar, demo: row.get("demo")? })
    };
    row.map(read).transpose()
}

pub async fn set_district(tx: &mut Tx, district: &District) -> Result<(), DbError> {
    let sql = "INSERT INTO district (id, name, zone, first_month, first_day, demo) VALUES (1, $1, $2, $3, $4, $5) \
               ON CONFLICT (id) DO UPDATE SET name = $1, zone = $2, first_month = $3, first_day = $4, demo = $5";
    let calendar = district.calendar;
    let values = values![district.name, district.zone, calendar.first_month, calendar.first_day, district.demo];
    tx.execute(sql, values).await.map(|_| ())
}

const PERSON: &str = "SELECT id, name, email, password, active FROM person";

pub(super) fn person_of(row: &Row) -> Result<Person, DbError> {
    let (id, name, email) = (row.get("id")?, row.get("name")?, row.get("email")?);
    Ok(Person { id, name, email, password: row.get("password")?, active: row.get("active")? })
}

pub async fn person<Q: Query>(query: &Q, id: PersonId) -> Result<Option<Person>, DbError> {
    query.one(&format!("{PERSON} WHERE id = $1"), values![id]).await?.as_ref().map(person_of).transpose()
}

pub async fn person_by_email<Q: Query>(query: &Q, email: &str) -> Result<Option<Person>, DbError> {
    query.one(&format!("{PERSON} WHERE email = $1"), values![email]).await?.as_ref().map(person_of).transpose()
}

pub async fn people<Q: Query>(query: &Q) -> Result<Vec<Person>, DbError> {
    let rows = query.all(&format!("{PERSON} ORDER BY name, id LIMIT {PEOPLE_LIMIT}"), values![]).await?;
    rows.iter().map(person_of).collect()
}

/// The names of `ids`; those that do not exist are left out.
pub async fn names<Q: Query>(query: &Q, ids: &[PersonId]) -> Result<BTreeMap<PersonId, String>, DbError> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let marks: Vec<String> = (1..=ids.len()).map(|at| format!("${at}")).collect();
    let sql = format!("SELECT id, name FROM person WHERE id IN ({})", marks.join(", "));
    let values = ids.iter().map(crate::db::ToValue::to_value).collect();
    query.all(&sql, values).await?.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}

/// Everybody above a person. Stops where a chain would be longer than any district's, so that a circle cannot hold it.
pub async fn above<Q: Query>(query: &Q, person: PersonId) -> Result<BTreeSet<PersonId>, DbError> {
    let mut above = BTreeSet::new();
    let mut next = person;
    for _ in 0..CHAIN_LIMIT {
        let row = query.one("SELECT reports_to FROM person WHERE id = $1", values![next]).await?;
        match row.map(|row| row.get::<Option<PersonId>>("reports_to")).transpose()?.flatten() {
            Some(manager) if above.insert(manager) => next = manager,
            Some(_) | None => break,
        }
    }
    Ok(above)
}

/// How many accounts are active.
pub async fn active_count<Q: Query>(query: &Q) -> Result<u32, DbError> {
    let row = query.one("SELECT COUNT(*) AS many FROM person WHERE active", values![]).await?;
    row.map_or(Ok(0), |row| row.get("many"))
}

pub async fn insert_person(tx: &mut Tx, person: &Person, at: Timestamp) -> Result<bool, DbError> {
    let sql = "INSERT INTO person (id, name, email, password, active, created_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    let values = values![person.id, person.name, person.email, person.password, person.active, at];
    Ok(tx.execute(sql, values).await? == 1)
}

pub async fn set_active(tx: &mut Tx, person: PersonId, active: bool) -> Result<u64, DbError> {
    tx.execute("UPDATE person SET active = $2 WHERE id = $1", values![person, active]).await
}

pub async fn set_password(tx: &mut Tx, person: PersonId, hash: &str) -> Result<u64, DbError> {
    tx.execute("UPDATE person SET password = $2 WHERE id = $1", values![person, hash]).await
}

/// The stored words of a scope: its kind and its id.
pub fn scope_words(scope: Scope) -> (&'static str, String) {
    match scope {
        Scope::District => ("district", String::new()),
        Scope::School(id) => ("school", id.to_string()),
        Scope::Unit(id) => ("unit", id.to_string()),
        Scope::Network(id) => ("network", id.to_string()),
        Scope::Provider(id) => ("provider", id.to_string()),
    }
}

/// Reads `role`, `scope_kind` and `scope_id`.
pub fn grant_of(row: &Row) -> Result<Grant, DbError> {
    let wrong = |column: &str, why: String| DbError::Row { column: column.to_owned(), why };
    let role: String = row.get("role")?;
    let role = Role::parse(&role).ok_or_else(|| wrong("role", role))?;
    let id: String = row.get("scope_id")?;
    let unread = |why: shared::id::IdError| wrong("scope_id", format!("{id}: {why}"));
    let scope = match role.scope_kind() {
        ScopeKind::District => Scope::District,
        ScopeKind::School => Scope::School(id.parse().map_err(unread)?),
        ScopeKind::Unit => Scope::Unit(id.parse().map_err(unread)?),
        ScopeKind::Network => Scope::Network(id.parse().map_err(unread)?),
        ScopeKind::Provider => Scope::Provider(id.parse().map_err(unread)?),
    };
    Ok(Grant { role, scope })
}

const GRANT: &str = "SELECT id, person, role, scope_kind, scope_id, state, proposed_by FROM role_grant";

fn stored_grant_of(row: &Row) -> Result<StoredGrant, DbError> {
    let held = row.get::<String>("state")? == "held";
    Ok(StoredGrant { id: row.get("id")?, person: row.get("person")?, grant: grant_of(row)?, held, proposed_by: row.get("proposed_by")? })
}

/// Roles proposed and held, of one person or of all.
pub async fn grants<Q: Query>(query: &Q, person: Option<PersonId>) -> Result<Vec<StoredGrant>, DbError> {
    let sql = format!("{GRANT} WHERE state <> 'ended' AND ($1 = '' OR person = $1) ORDER BY proposed_at, id");
    let wanted = person.map(|id| id.to_string()).unwrap_or_default();
    query.all(&sql, values![wanted]).await?.iter().map(stored_grant_of).collect()
}

pub async fn grant<Q: Query>(query: &Q, id: RoleGrantId) -> Result<Option<StoredGrant>, DbError> {
    let sql = format!("{GRANT} WHERE id = $1 AND state <> 'ended'");
    query.one(&sql, values![id]).await?.as_ref().map(stored_grant_of).transpose()
}

/// Whose role it is or was.
pub async fn grant_owner<Q: Query>(query: &Q, id: RoleGrantId) -> Result<Option<PersonId>, DbError> {
    query.one("SELECT person FROM role_grant WHERE id = $1", values![id]).await?.map(|row| row.get("person")).transpose()
}

pub async fn insert_grant(tx: &mut Tx, new: &NewGrant) -> Result<bool, DbError> {
    let sql = "INSERT INTO role_grant (id, person, role, scope_kind, scope_id, state, proposed_by, proposed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let (kind, id) = scope_words(new.grant.scope);
    let state = if new.held { "held" } else { "proposed" };
    let values = values![new.id, new.person, new.grant.role.name(), kind, id, state, new.proposed_by, new.at];
    Ok(tx.execute(sql, values).await? == 1)
}

/// Makes a proposed role a held one; 0 where it was decided meanwhile.
pub async fn hold_grant(tx: &mut Tx, id: RoleGrantId, confirmed_by: PersonId) -> Result<u64, DbError> {
    let sql = "UPDATE role_grant SET state = 'held', confirmed_by = $2 WHERE id = $1 AND state = 'proposed'";
    tx.execute(sql, values![id, confirmed_by]).await
}

/// Ends a role; 0 where it has ended.
pub async fn end_grant(tx: &mut Tx, id: RoleGrantId, ended_by: PersonId, at: Timestamp) -> Result<u64, DbError> {
    let sql = "UPDATE role_grant SET state = 'ended', ended_by = $2, ended_at = $3 WHERE id = $1 AND state <> 'ended'";
    tx.execute(sql, values![id, ended_by, at]).await
}

/// Active people who hold one of `roles` for the scope, district-wide roles included.
pub async fn holders<Q: Query>(query: &Q, roles: &[Role], scopes: &[Scope]) -> Result<Vec<Person>, DbError> {
    let mut values = Vec::new();
    let mut mark = |value: String| {
        values.push(crate::db::ToValue::to_value(&value));
        format!("${}", values.len())
    };
    let roles: Vec<String> = roles.iter().map(|role| mark(role.name().to_owned())).collect();
    let scopes: Vec<String> = scopes
        .iter()
        .map(|scope| {
            let (kind, id) = scope_words(*scope);
            format!("(g.scope_kind = {} AND g.scope_id = {})", mark(kind.to_owned()), mark(id))
        })
        .collect();
    if roles.is_empty() || scopes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT p.id, p.name, p.email, p.password, p.active FROM person p JOIN role_grant g ON g.person = p.id \
         WHERE g.state = 'held' AND p.active AND g.role IN ({}) AND ({}) ORDER BY p.name, p.id",
        roles.join(", "),
        scopes.join(" OR ")
    );
    query.all(&sql, values).await?.iter().map(person_of).collect()
}

/// Active people who hold this very role for this very place.
pub async fn holders_of<Q: Query>(query: &Q, role: Role, scope: Scope) -> Result<Vec<Person>, DbError> {
    let (kind, id) = scope_words(scope);
    let sql = "SELECT p.id, p.name, p.email, p.password, p.active FROM person p JOIN role_grant g ON g.person = p.id \
         WHERE g.state = 'held' AND p.active AND g.role = $1 AND g.scope_kind = $2 AND g.scope_id = $3 ORDER BY p.name, p.id";
    query.all(sql, values![role.name(), kind, id]).await?.iter().map(person_of).collect()
}

/// Active people who hold a role for whatever scope.
pub async fn everybody_with<Q: Query>(query: &Q, role: Role) -> Result<Vec<Person>, DbError> {
    let sql = "SELECT DISTINCT p.id, p.name, p.email, p.password, p.active FROM person p JOIN role_grant g ON g.person = p.id \
         WHERE g.state = 'held' AND p.active AND g.role = $1 ORDER BY p.name, p.id";
    query.all(sql, values![role.name()]).await?.iter().map(person_of).collect()
}

/// A held role with its person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRow {
    pub role: RoleGrantId,
    pub name: String,
    pub email: String,
    /// False until the invitation is accepted.
    pub accepted: bool,
}

/// Who holds a role for this very place, by name.
pub async fn seats_of<Q: Query>(query: &Q, scope: Scope) -> Result<Vec<SeatRow>, DbError> {
    let (kind, id) = scope_words(scope);
    let sql = "SELECT g.id, p.name, p.email, p.password FROM role_grant g JOIN person p ON p.id = g.person \
         WHERE g.state = 'held' AND p.active AND g.scope_kind = $1 AND g.scope_id = $2 ORDER BY p.name, g.id";
    let rows = query.all(sql, values![kind, id]).await?;
    let read = |row: &Row| {
        let accepted = row.get::<Option<String>>("password")?.is_some();
        Ok(SeatRow { role: row.get("id")?, name: row.get("name")?, email: row.get("email")?, accepted })
    };
    rows.iter().map(read).collect()
}

/// What a role is held for, ended or not.
pub async fn any_grant<Q: Query>(query: &Q, id: RoleGrantId) -> Result<Option<Grant>, DbError> {
    query.one(&format!("{GRANT} WHERE id = $1"), values![id]).await?.as_ref().map(grant_of).transpose()
}

/// The schools, units and networks that roles are held for.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub schools: Vec<(SchoolId, String, Option<NetworkId>)>,
    titles: BTreeMap<String, String>,
}

impl Places {
    /// The name of what has this id; empty where nothing has.
    pub fn title(&self, id: &str) -> String {
        self.titles.get(id).cloned().unwrap_or_default()
    }

    pub fn exists(&self, id: &str) -> bool {
        self.titles.contains_key(id)
    }
}

/// Reads the names of schools, units and networks.
///
/// These tables belong to slices above this one; identity reads the names alone, since a role without its title tells nobody anything.
pub async fn places<Q: Query>(query: &Q) -> Result<Places, DbError> {
    let rows = query.all("SELECT id, name, network FROM school ORDER BY name, id", values![]).await?;
    let schools = rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?, row.get("network")?)));
    let schools = schools.collect::<Result<Vec<(SchoolId, String, Option<NetworkId>)>, DbError>>()?;
    let mut titles: BTreeMap<String, String> = schools.iter().map(|(id, name, _)| (id.to_string(), name.clone())).collect();
    let others = query.all("SELECT id, name FROM unit UNION ALL SELECT id, name FROM network UNION ALL SELECT id, name FROM provider", values![]).await?;
    for row in &others {
        titles.insert(row.get("id")?, row.get("name")?);
    }
    Ok(Places { schools, titles })
}

/// How many notices of a person are unread; the shell shows the number on every page.
pub async fn unread_notices<Q: Query>(query: &Q, person: PersonId) -> Result<u32, DbError> {
    let sql = "SELECT CAST(count(*) AS BIGINT) AS unread FROM notice WHERE person = $1 AND NOT seen";
    query.one(sql, values![person]).await?.map_or(Ok(0), |row| row.get("unread"))
}

/// Locks an account until the transaction ends, so that two proposals of roles that never go together cannot pass each other.
pub async fn lock_person(tx: &mut Tx, id: PersonId) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE person SET active = active WHERE id = $1", values![id]).await? == 1)
}
