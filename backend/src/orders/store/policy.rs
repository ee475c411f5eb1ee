//! The dated versions of the approval policy with their rows and steps.

use std::collections::BTreeMap;

use shared::id::{PersonId, PolicyId};
use shared::orders::approval::{ApprovalPolicy, PolicyRow, PolicyStep, ProviderKind};
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, Tx, json};
use crate::values;

/// More versions than a district writes in decades.
const VERSIONS_LIMIT: u32 = 200;
const SELECT: &str = "SELECT p.*, a.name AS proposer, b.name AS confirmer FROM policy p LEFT JOIN person a ON a.id = p.proposed_by \
     LEFT JOIN person b ON b.id = p.confirmed_by";

/// A version with who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyVersion {
    pub policy: ApprovalPolicy,
    pub state: String,
    pub reason: String,
    pub proposed_by: Option<(PersonId, String)>,
    pub proposed_at: Timestamp,
    pub confirmed_by: Option<(PersonId, String)>,
}

/// The policy that holds on `day`; nothing where none was written.
pub async fn policy<Q: Query>(query: &Q, day: Date) -> Result<Option<ApprovalPolicy>, DbError> {
    let sql = format!("{SELECT} WHERE p.state = 'confirmed' AND p.from_day <= $1 ORDER BY p.from_day DESC LIMIT 1");
    let Some(row) = query.one(&sql, values![day]).await? else { return Ok(None) };
    with_rows(query, vec![version(&row)?]).await.map(|mut found| found.pop().map(|version| version.policy))
}

/// One version, unless it was withdrawn.
pub async fn version_of<Q: Query>(query: &Q, id: PolicyId) -> Result<Option<PolicyVersion>, DbError> {
    let row = query.one(&format!("{SELECT} WHERE p.id = $1 AND p.state <> 'withdrawn'"), values![id]).await?;
    let Some(row) = row else { return Ok(None) };
    with_rows(query, vec![version(&row)?]).await.map(|mut found| found.pop())
}

/// Every version that was confirmed or is proposed, the latest day first.
pub async fn versions<Q: Query>(query: &Q) -> Result<Vec<PolicyVersion>, DbError> {
    let sql = format!("{SELECT} WHERE p.state <> 'withdrawn' ORDER BY p.from_day DESC, p.id DESC LIMIT {VERSIONS_LIMIT}");
    let found = query.all(&sql, values![]).await?.iter().map(version).collect::<Result<_, _>>()?;
    with_rows(query, found).await
}

fn version(row: &Row) -> Result<PolicyVersion, DbError> {
    let person = |id: &str, name: &str| -> Result<Option<(PersonId, String)>, DbError> {
        Ok(row.get::<Option<PersonId>>(id)?.zip(row.get::<Option<String>>(name)?))
    };
    Ok(PolicyVersion {
        policy: ApprovalPolicy {
            id: row.get("id")?,
            from: row.get("from_day")?,
            small_order_up_to: row.get("small_order_up_to")?,
            window_days: row.get("window_days")?,
            rows: Vec::new(),
        },
        state: row.get("state")?,
        reason: row.get("reason")?,
        proposed_by: person("proposed_by", "proposer")?,
        proposed_at: row.get("proposed_at")?,
        confirmed_by: person("confirmed_by", "confirmer")?,
    })
}

async fn with_rows<Q: Query>(query: &Q, mut versions: Vec<PolicyVersion>) -> Result<Vec<PolicyVersion>, DbError> {
    for version in &mut versions {
        let mut steps: BTreeMap<u32, Vec<PolicyStep>> = BTreeMap::new();
        let sql = "SELECT row_position, role, days FROM policy_step WHERE policy = $1 ORDER BY row_position, position";
        for row in query.all(sql, values![version.policy.id]).await? {
            steps.entry(row.get("row_position")?).or_default().push(PolicyStep { role: row.word("role")?, days: row.get("days")? });
        }
        let sql = "SELECT position, title, over, up_to, funds, provider, categories FROM policy_row WHERE policy = $1 ORDER BY position";
        for row in query.all(sql, values![version.policy.id]).await? {
            version.policy.rows.push(PolicyRow {
                title: row.get("title")?,
                over: row.get("over")?,
                up_to: row.get("up_to")?,
                funds: row.json("funds")?,
                provider: row.word_or_none("provider")?,
                categories: row.json("categories")?,
                steps: steps.remove(&row.get("position")?).unwrap_or_default(),
            });
        }
    }
    Ok(versions)
}

/// A version to be written, proposed.
pub struct NewPolicy<'a> {
    pub policy: &'a ApprovalPolicy,
    pub reason: &'a str,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// Writes a version with its rows and steps, waiting for a second person.
pub async fn insert_policy(tx: &mut Tx, new: &NewPolicy<'_>) -> Result<(), DbError> {
    let policy = new.policy;
    let sql = "INSERT INTO policy (id, from_day, small_order_up_to, window_days, state, reason, proposed_by, proposed_at) \
         VALUES ($1, $2, $3, $4, 'proposed', $5, $6, $7)";
    tx.execute(sql, values![policy.id, policy.from, policy.small_order_up_to, policy.window_days, new.reason, new.by, new.at]).await?;
    for (position, row) in policy.rows.iter().enumerate() {
        let sql = "INSERT INTO policy_row (policy, position, title, over, up_to, funds, provider, categories) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let (funds, categories) = (json(&row.funds)?, json(&row.categories)?);
        let provider = row.provider.map(ProviderKind::name);
        tx.execute(sql, values![policy.id, position, row.title, row.over, row.up_to, funds, provider, categories]).await?;
        for (at, step) in row.steps.iter().enumerate() {
            let sql = "INSERT INTO policy_step (policy, row_position, position, role, days) VALUES ($1, $2, $3, $4, $5)";
            tx.execute(sql, values![policy.id, position, at, step.role.name(), step.days]).await?;
        }
    }
    Ok(())
}

/// Puts a proposed version into force from its day on; false where it was decided meanwhile or another version begins on that day.
pub async fn confirm_policy(tx: &mut Tx, id: PolicyId, by: Option<PersonId>, at: Timestamp) -> Result<bool, DbError> {
    let sql = "UPDATE policy SET state = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE id = $1 AND state = 'proposed' \
         AND NOT EXISTS (SELECT 1 FROM policy o WHERE o.from_day = policy.from_day AND o.state = 'confirmed')";
    Ok(tx.execute(sql, values![id, by, at]).await? == 1)
}

/// Takes a proposed version back; false where it was decided meanwhile.
pub async fn withdraw_policy(tx: &mut Tx, id: PolicyId) -> Result<bool, DbError> {
    Ok(tx.execute("UPDATE policy SET state = 'withdrawn' WHERE id = $1 AND state = 'proposed'", values![id]).await? == 1)
}
