//! Chiefs: which executive is responsible for which division.

use serde::{Deserialize, Serialize};

use super::api::PersonRef;
use crate::catalog::Division;
use crate::id::PersonId;
use crate::time::Date;

/// Who is responsible for a division today; nobody where all executives are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChiefView {
    pub division: Division,
    pub chief: Option<PersonRef>,
    pub since: Option<Date>,
}

/// The divisions with their chiefs, and who could be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChiefsView {
    pub divisions: Vec<ChiefView>,
    pub executives: Vec<PersonRef>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewChief {
    pub division: Division,
    pub person: PersonId,
}
