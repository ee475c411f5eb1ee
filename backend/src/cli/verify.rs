//! `chalkline verify`: looks at every law of the ledger and of the audit trail, and names what breaks one.

use super::arguments::Arguments;
use super::{Failure, configure, open};
use crate::error::AppError;
use crate::{audit, ledger};

/// Fails where anything is wrong, so that scripts notice.
pub async fn run(mut arguments: Arguments) -> Result<(), Failure> {
    let config = configure(&mut arguments)?;
    arguments.finish()?;
    let app = open(config).await?;
    let reader = app.db.reader();
    let ledger = ledger::audit(&reader).await.map_err(AppError::from)?;
    let trail = audit::verify(&reader).await.map_err(AppError::from)?;
    app.db.clone().close().await.map_err(AppError::from)?;
    let broken: Vec<String> = ledger
        .iter()
        .map(|difference| format!("ledger: {}: not so at {}", difference.law, difference.place))
        .chain(trail.iter().map(|flaw| format!("audit trail: {}: not so at {}", flaw.law, flaw.place)))
        .collect();
    if broken.is_empty() {
        println!("The ledger balances and the audit trail is whole.");
        return Ok(());
    }
    Err(Failure(broken.join("\n")))
}
