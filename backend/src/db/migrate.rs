//! The migrations: one portable text for both databases, and a text of each dialect for triggers.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend};
use sea_orm_migration::{MigrationName, MigrationTrait, MigratorTrait, SchemaManager, async_trait::async_trait};

use super::error::DbError;

/// One step. Never edited after it was released; corrections are new steps.
struct Step {
    name: &'static str,
    portable: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! step {
    ($name:literal) => {
        Step { name: $name, portable: include_str!(concat!("../../migrations/", $name, ".sql")), sqlite: "", postgres: "" }
    };
    ($name:literal with triggers) => {
        Step {
            name: $name,
            portable: include_str!(concat!("../../migrations/", $name, ".sql")),
            sqlite: include_str!(concat!("../../migrations/", $name, ".sqlite.sql")),
            postgres: include_str!(concat!("../../migrations/", $name, ".postgres.sql")),
        }
    };
}

const STEPS: &[Step] = &[
    step!("0001_machinery"),
    step!("0002_ledger" with triggers),
    step!("0003_identity"),
    step!("0004_budget"),
    step!("0005_catalog"),
    step!("0006_orders"),
    step!("0007_audit" with triggers),
    step!("0008_menus"),
    step!("0009_calendar"),
    step!("0010_event_kinds"),
    step!("0011_shelf"),
    step!("0012_suggestions"),
    step!("0013_approvals"),
    step!("0014_absence"),
    step!("0015_questions"),
    step!("0016_capacity"),
    step!("0017_providers"),
    step!("0018_trail" with triggers),
    step!("0019_reviews"),
    step!("0020_climbing"),
    step!("0021_editions"),
    step!("0022_delegations"),
    step!("0023_entries"),
    step!("0024_rescue"),
    step!("0025_acting"),
    step!("0026_renewals"),
    step!("0027_changes"),
    step!("0028_choices"),
    step!("0029_outside"),
];

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Step {
    #[expect(elided_lifetimes_in_paths, reason = "the trait is declared so, and async_trait wants the same signature")]
    async fn up(&self, manager: &SchemaManager) -> Result<(), sea_orm::DbErr> {
        let connection = manager.get_connection();
        let dialect = if manager.get_database_backend() == DbBackend::Sqlite { self.sqlite } else { self.postgres };
        for sql in [self.portable, dialect] {
            if !sql.trim().is_empty() {
                connection.execute_unprepared(sql).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

struct Steps;

impl MigratorTrait for Steps {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        STEPS.iter().map(|step| Box::new(Step { ..*step }) as Box<dyn MigrationTrait>).collect()
    }
}

/// Applies what is missing, each step in a transaction of its own.
pub(super) async fn apply(connection: &DatabaseConnection) -> Result<(), DbError> {
    Ok(Steps::up(connection, None).await?)
}
