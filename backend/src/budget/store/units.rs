//! Units as the catalog has them, read to tell what an import would change; only the catalog writes them.

use shared::catalog::Division;

use crate::db::{DbError, Query};

/// Code, name and division of every unit that has a code.
pub async fn units(q: &impl Query) -> Result<Vec<(String, (String, Division))>, DbError> {
    let rows = q.all("SELECT code, name, division FROM unit WHERE code IS NOT NULL ORDER BY code", vec![]).await?;
    rows.iter().map(|row| Ok((row.get("code")?, (row.get("name")?, row.word("division")?)))).collect()
}
