//! How often somebody may do something.

use shared::time::Timestamp;

use crate::db::Tx;
use crate::error::AppError;
use crate::identity::rules::Allowance;
use crate::identity::store::sessions;

/// Takes one try from the allowance of `key`; false where it is used up. The caller commits.
///
/// # Errors
/// Those of the database.
pub async fn take_try(tx: &mut Tx, key: &str, allowance: Allowance, now: Timestamp) -> Result<bool, AppError> {
    Ok(sessions::take_try(tx, key, allowance, now).await?)
}
