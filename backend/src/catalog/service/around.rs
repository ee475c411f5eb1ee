//! What stands around a service being written: its unit, and the district's schools and day. The checklist asks for it.

use shared::catalog::api::CatalogUnit;
use shared::catalog::checklist::Around;
use shared::catalog::{Division, SchoolFacts};
use shared::time::{Date, Timestamp};

use crate::budget::service as budget;
use crate::db::Query;
use crate::error::AppError;
use crate::identity::service as identity;

/// As [`Around`], held.
pub struct Surroundings {
    division: Division,
    contact: String,
    schools: Vec<SchoolFacts>,
    pub day: Date,
}

impl Surroundings {
    pub fn around(&self) -> Around<'_> {
        Around { division: self.division, contact: &self.contact, schools: &self.schools, day: self.day }
    }
}

/// Looks around.
///
/// # Errors
/// Those of the database.
pub async fn surroundings<Q: Query>(query: &Q, unit: &CatalogUnit, now: Timestamp) -> Result<Surroundings, AppError> {
    let day = identity::district(query).await?.day_of(now)?;
    let schools = budget::list_schools(query).await?.into_iter().map(|school| school.facts).collect();
    Ok(Surroundings { division: unit.division, contact: unit.contact.clone(), schools, day })
}
