//! Leases: which replica does a recurring job.

use std::time::Duration;

use shared::time::Timestamp;

use super::Tools;
use crate::db::{Db, DbError, Technical};
use crate::values;

/// This replica's leases.
pub struct Leases {
    db: Db,
    /// Chance makes it this run's own: a replica that was started again does not inherit.
    holder: String,
}

impl Leases {
    pub fn new(tools: &Tools) -> Self {
        Self { db: tools.db.clone(), holder: format!("{:032x}", tools.ids.chance()) }
    }

    /// Takes or renews the lease `name` for `term`; false where another replica holds it.
    ///
    /// Invariant: one conditional write decides, so that two never hold it at once.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn hold(&self, name: &str, now: Timestamp, term: Duration) -> Result<bool, DbError> {
        let until = Timestamp::from_micros(now.micros().saturating_add(i64::try_from(term.as_micros()).unwrap_or(i64::MAX)));
        let input = (name.to_owned(), self.holder.clone(), now, until);
        let taken = self.db.technical(input, |mut tx, (name, holder, now, until)| async move {
            let sql = "INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, \
                       until = excluded.until WHERE lease.holder = excluded.holder OR lease.until <= $4";
            let taken = tx.execute(sql, values![name, holder, until, now]).await?;
            tx.commit_technical(Technical::Lease).await?;
            Ok::<u64, DbError>(taken)
        });
        Ok(taken.await? == 1)
    }

    /// Lets another replica have the lease at once.
    ///
    /// # Errors
    /// Only those of the database.
    pub async fn give_up(&self, name: &str) -> Result<(), DbError> {
        let input = (name.to_owned(), self.holder.clone());
        self.db
            .technical(input, |mut tx, (name, holder)| async move {
                tx.execute("DELETE FROM lease WHERE name = $1 AND holder = $2", values![name, holder]).await?;
                tx.commit_technical(Technical::Lease).await
            })
            .await
    }
}
