//! Importing a district: read and check a file aside, stage its rows in chunks, publish them in one short transaction.

mod books;
mod check;
mod file;
mod known;
mod publish;
mod small;
mod start;
#[cfg(test)]
mod tests;

use std::pin::Pin;

use shared::budget::import::rows::UnitRow;
use shared::fiscal::FiscalYear;
use shared::id::{PersonId, RequestId};
use shared::time::Timestamp;

use crate::db::{AuditRecord, Command, Tx};
use crate::error::AppError;
use crate::identity::{CommandContext, Fact};

pub use publish::{discard, publish};
pub use start::{NewFile, get, list, problems, start};

/// Who imports: a signed-in person, or the command line.
#[derive(Clone, Debug)]
pub struct Importer {
    pub command: Command,
    pub request_id: RequestId,
    pub by: Option<PersonId>,
}

impl Importer {
    pub fn of(command: &CommandContext) -> Self {
        Self { command: command.key(), request_id: command.request_id, by: Some(command.actor.person) }
    }

    fn now(&self) -> Timestamp {
        self.command.at
    }

    fn record(&self, fact: Fact) -> AuditRecord {
        let Fact { object, object_title, school, summary, reason } = fact;
        let (command_id, request_id) = (self.command.id, self.request_id);
        AuditRecord {
            actor: self.by,
            action: self.command.name,
            object,
            others: Vec::new(),
            object_title,
            school,
            summary,
            reason,
            command_id,
            request_id,
            at: self.now(),
        }
    }
}

/// What bringing units in came to.
pub type UnitsTaken<'a> = Pin<Box<dyn Future<Output = Result<(), AppError>> + Send + 'a>>;

/// Writes units; the catalog does it, and stands above the budget, so the wiring passes it in.
pub type TakeUnits = for<'a> fn(&'a mut Tx, &'a [UnitRow], FiscalYear, Timestamp) -> UnitsTaken<'a>;
