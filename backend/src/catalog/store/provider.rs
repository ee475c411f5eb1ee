//! Outside providers, their papers, and what their contracts still allow. The decision is in the write.

use shared::catalog::provider::{ContractView, PaperKind, PaperState, Vetting};
use shared::fiscal::FiscalYear;
use shared::id::{PersonId, ProviderId, UnitId, VettingId};
use shared::money::Cents;
use shared::time::{Date, Timestamp};

use crate::db::{DbError, Query, Row, Tx, word};
use crate::values;

/// More providers than any district brokers.
const PROVIDERS_LIMIT: u32 = 1_000;
/// Papers shown of one provider.
const PAPERS_LIMIT: u32 = 60;

/// A provider with what its checked papers cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderRow {
    pub id: ProviderId,
    pub unit: UnitId,
    pub unit_name: String,
    pub name: String,
    pub contact_email: String,
    pub vetting: Vetting,
}

/// A paper as it was recorded and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRow {
    pub id: VettingId,
    pub provider: ProviderId,
    pub kind: PaperKind,
    pub reference: String,
    pub until: Date,
    pub year: Option<FiscalYear>,
    pub not_to_exceed: Option<Cents>,
    pub state: PaperState,
    pub note: String,
    pub recorded_by: Option<PersonId>,
    pub recorded_by_name: Option<String>,
    pub recorded: Timestamp,
    pub checked_by: Option<PersonId>,
    pub checked_by_name: Option<String>,
    pub checked: Option<Timestamp>,
}

const SELECT: &str = "SELECT p.*, u.name AS unit_name FROM provider p JOIN unit u ON u.id = p.unit";
const PAPER: &str = "SELECT v.*, r.name AS recorder, c.name AS checker FROM provider_paper v LEFT JOIN person r ON r.id = v.recorded_by \
     LEFT JOIN person c ON c.id = v.checked_by";

fn read(row: &Row) -> Result<ProviderRow, DbError> {
    Ok(ProviderRow {
        id: row.get("id")?,
        unit: row.get("unit")?,
        unit_name: row.get("unit_name")?,
        name: row.get("name")?,
        contact_email: row.get("contact_email")?,
        vetting: Vetting {
            contract: row.get("contract_until")?,
            insurance: row.get("insurance_until")?,
            clearance: row.get("clearance_until")?,
        },
    })
}

fn read_paper(row: &Row) -> Result<PaperRow, DbError> {
    Ok(PaperRow {
        id: row.get("id")?,
        provider: row.get("provider")?,
        kind: row.word("kind")?,
        reference: row.get("reference")?,
        until: row.get("until_day")?,
        year: row.get("year")?,
        not_to_exceed: row.get("not_to_exceed")?,
        state: row.word("state")?,
        note: row.get("note")?,
        recorded_by: row.get("recorded_by")?,
        recorded_by_name: row.get("recorder")?,
        recorded: row.get("recorded_at")?,
        checked_by: row.get("checked_by")?,
        checked_by_name: row.get("checker")?,
        checked: row.get("checked_at")?,
    })
}

pub async fn all<Q: Query>(query: &Q) -> Result<Vec<ProviderRow>, DbError> {
    let sql = format!("{SELECT} ORDER BY p.name, p.id LIMIT {PROVIDERS_LIMIT}");
    query.all(&sql, values![]).await?.iter().map(read).collect()
}

pub async fn one<Q: Query>(query: &Q, id: ProviderId) -> Result<Option<ProviderRow>, DbError> {
    query.one(&format!("{SELECT} WHERE p.id = $1"), values![id]).await?.as_ref().map(read).transpose()
}

/// The provider that a unit's services name so.
pub async fn named<Q: Query>(query: &Q, unit: UnitId, name: &str) -> Result<Option<ProviderRow>, DbError> {
    query.one(&format!("{SELECT} WHERE p.unit = $1 AND p.name = $2"), values![unit, name]).await?.as_ref().map(read).transpose()
}

/// False where the unit has one of that name.
pub async fn insert(tx: &mut Tx, row: &ProviderRow, by: Option<PersonId>, at: Timestamp) -> Result<bool, DbError> {
    let sql = "INSERT INTO provider (id, unit, name, contact_email, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, values![row.id, row.unit, row.name, row.contact_email, by, at]).await? == 1)
}

pub async fn papers<Q: Query>(query: &Q, provider: ProviderId) -> Result<Vec<PaperRow>, DbError> {
    let sql = format!("{PAPER} WHERE v.provider = $1 ORDER BY v.id DESC LIMIT {PAPERS_LIMIT}");
    query.all(&sql, values![provider]).await?.iter().map(read_paper).collect()
}

pub async fn paper<Q: Query>(query: &Q, id: VettingId) -> Result<Option<PaperRow>, DbError> {
    query.one(&format!("{PAPER} WHERE v.id = $1"), values![id]).await?.as_ref().map(read_paper).transpose()
}

pub async fn insert_paper(tx: &mut Tx, paper: &PaperRow) -> Result<(), DbError> {
    let sql = "INSERT INTO provider_paper (id, provider, kind, reference, until_day, year, not_to_exceed, state, recorded_by, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'recorded', $8, $9)";
    let kind = word(&paper.kind)?;
    let values = values![
        paper.id,
        paper.provider,
        kind,
        paper.reference,
        paper.until,
        paper.year,
        paper.not_to_exceed,
        paper.recorded_by,
        paper.recorded
    ];
    tx.execute(sql, values).await.map(|_| ())
}

/// Who checked a paper, and how.
pub struct Check<'a> {
    pub state: PaperState,
    pub note: &'a str,
    pub by: Option<PersonId>,
    pub at: Timestamp,
}

/// Decides on a recorded paper; false where somebody did meanwhile. A good one counts from now on.
pub async fn check(tx: &mut Tx, paper: &PaperRow, check: &Check<'_>) -> Result<bool, DbError> {
    let sql = "UPDATE provider_paper SET state = $2, note = $3, checked_by = $4, checked_at = $5 WHERE id = $1 AND state = 'recorded'";
    if tx.execute(sql, values![paper.id, word(&check.state)?, check.note, check.by, check.at]).await? == 0 {
        return Ok(false);
    }
    if check.state == PaperState::Checked {
        let sql = match paper.kind {
            PaperKind::Contract => "UPDATE provider SET contract_until = $2 WHERE id = $1",
            PaperKind::Insurance => "UPDATE provider SET insurance_until = $2 WHERE id = $1",
            PaperKind::Clearance => "UPDATE provider SET clearance_until = $2 WHERE id = $1",
        };
        tx.execute(sql, values![paper.provider, paper.until]).await?;
        if let (Some(year), Some(most)) = (paper.year, paper.not_to_exceed) {
            let sql = "INSERT INTO provider_contract (provider, year, not_to_exceed, drawn) VALUES ($1, $2, $3, 0) \
                 ON CONFLICT (provider, year) DO UPDATE SET not_to_exceed = $3";
            tx.execute(sql, values![paper.provider, year, most]).await?;
        }
    }
    Ok(true)
}

pub async fn contract<Q: Query>(query: &Q, provider: ProviderId, year: FiscalYear) -> Result<Option<ContractView>, DbError> {
    let sql = "SELECT year, not_to_exceed, drawn FROM provider_contract WHERE provider = $1 AND year = $2";
    let row = query.one(sql, values![provider, year]).await?;
    row.map(|row| Ok(ContractView { year: row.get("year")?, not_to_exceed: row.get("not_to_exceed")?, drawn: row.get("drawn")? })).transpose()
}

/// Draws `amount` from the contract if so much is left and every paper covers `day`.
///
/// Invariant: drawn never rises above the contract, however many buyers come at once.
pub async fn draw(tx: &mut Tx, provider: ProviderId, (year, day): (FiscalYear, Date), amount: Cents) -> Result<bool, DbError> {
    let sql = "UPDATE provider_contract SET drawn = drawn + $3 WHERE provider = $1 AND year = $2 AND drawn + $3 <= not_to_exceed \
         AND EXISTS (SELECT 1 FROM provider p WHERE p.id = $1 AND p.contract_until >= $4 AND p.insurance_until >= $4 \
         AND p.clearance_until >= $4)";
    Ok(tx.execute(sql, values![provider, year, amount, day]).await? == 1)
}

/// Gives back what an order no longer needs; false where so much was never drawn, which is a bug of the caller.
pub async fn give_back(tx: &mut Tx, provider: ProviderId, year: FiscalYear, amount: Cents) -> Result<bool, DbError> {
    let sql = "UPDATE provider_contract SET drawn = drawn - $3 WHERE provider = $1 AND year = $2 AND drawn >= $3";
    Ok(tx.execute(sql, values![provider, year, amount]).await? == 1)
}

/// Who added the provider, or recorded or checked one of its papers, since an instant.
pub async fn touched_since<Q: Query>(query: &Q, provider: ProviderId, since: Timestamp) -> Result<Vec<PersonId>, DbError> {
    let sql = "SELECT recorded_by AS person FROM provider_paper WHERE provider = $1 AND recorded_at >= $2 AND recorded_by IS NOT NULL \
         UNION SELECT checked_by FROM provider_paper WHERE provider = $1 AND checked_at >= $2 AND checked_by IS NOT NULL \
         UNION SELECT added_by FROM provider WHERE id = $1 AND added_at >= $2 AND added_by IS NOT NULL";
    query.all(sql, values![provider, since]).await?.iter().map(|row| row.get("person")).collect()
}

/// How many recorded papers somebody else than `person` recorded.
pub async fn to_check<Q: Query>(query: &Q, person: PersonId) -> Result<usize, DbError> {
    let sql = "SELECT COUNT(*) AS many FROM provider_paper WHERE state = 'recorded' AND (recorded_by IS NULL OR recorded_by <> $1)";
    query.one(sql, values![person]).await?.map_or(Ok(0), |row| row.get("many"))
}
