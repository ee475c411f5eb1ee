//! Published price lists, as units and providers print them, made into drafts of services with tiers; no field is invented.
//!
//! A list's lines are grouped by who publishes and which service; lines that are bands of one price become one tier. What a list
//! does not say (why a school would want it, what must be in place) stays empty, and the checklist asks a person for it.

mod basis;
mod columns;
mod group;
mod guess;
mod line;
mod note;
mod range;
mod table;

use serde::{Deserialize, Serialize};

use super::api::ServiceDraft;
use super::price::{PriceError, price_of};
use super::{PriceModel, SchoolFacts};
use crate::budget::import::RowProblem;
use crate::budget::import::encoding;
use crate::catalog::choice::Choices;
use crate::catalog::price::Buying;
use crate::money::Cents;
use crate::time::Date;

pub use line::{Published, Worth};

/// The currency that the district counts in.
pub const DISTRICT_CURRENCY: &str = "USD";
/// Most lines that one list may have.
pub const LINES_LIMIT: usize = 2_000;
/// Most bytes that one list may have.
pub const BYTES_LIMIT: usize = 1_000_000;

/// How a list is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Taking {
    /// What one of a foreign currency is worth in the district's; 1 takes the numbers as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worth: Vec<Worth>,
}

/// What goes along with a list that is uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ListQuery {
    #[serde(default)]
    pub file_name: String,
    /// `GBP=1.27,EUR=1.08`; empty where the list is in the district's currency.
    #[serde(default)]
    pub worth: String,
}

impl ListQuery {
    /// How the list is to be taken; nothing where a worth cannot be read.
    pub fn taking(&self) -> Option<Taking> {
        let said = self.worth.split(',').filter(|text| !text.trim().is_empty());
        said.map(Worth::parse).collect::<Option<Vec<_>>>().map(|worth| Taking { worth })
    }
}

/// A list as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PriceList {
    pub publishers: Vec<Publisher>,
    /// Lines that cannot be taken, each with its column and what to do.
    pub problems: Vec<RowProblem>,
    pub lines: u32,
}

/// Who prints prices, with the services in the order of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    pub name: String,
    pub services: Vec<ListedService>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedService {
    pub draft: ServiceDraft,
    pub lines: Vec<Placed>,
    /// What needs a person, beyond what the checklist asks for anyway.
    pub remarks: Vec<String>,
}

/// A line and the tier that it became or is a band of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub published: Published,
    pub package: usize,
}

/// Reads a whole list. Never fails: what is wrong stands in the problems.
pub fn read(bytes: &[u8], taking: &Taking) -> PriceList {
    let text = match encoding::text(bytes) {
        _ if bytes.len() > BYTES_LIMIT => return refused(&crate::words::catalog::list_too_large(BYTES_LIMIT)),
        Ok(text) => text,
        Err(message) => return refused(&message),
    };
    let mut problems = Vec::new();
    let (lines, published) = line::read(text, taking, &mut problems);
    let publishers = group::group(published, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    PriceList { publishers, problems, lines }
}

fn refused(message: &str) -> PriceList {
    PriceList { problems: vec![RowProblem::of_file(message)], ..PriceList::default() }
}

/// The foreign currencies that a list names, so that a person can say what they are worth.
pub fn foreign_currencies(bytes: &[u8]) -> Vec<String> {
    let mut problems = Vec::new();
    let Ok(text) = encoding::text(bytes) else { return Vec::new() };
    line::currencies(text, &mut problems)
}

/// What a tier costs a school that the line speaks of: the same number of the same thing.
///
/// # Errors
/// Those of pricing; a quote or an unknown cost where that is what was published.
pub fn priced_again(placed: &Placed, service: &ListedService, day: Date) -> Result<Cents, PriceError> {
    let Some(package) = service.draft.packages.get(placed.package) else { return Err(PriceError::QuantityMissing) };
    let (quantity, facts) = placed.published.sample();
    let buying = Buying { facts: &facts, day, quote: None };
    price_of(&package.content, quantity, &Choices::default(), &buying).map(|priced| priced.total)
}

/// Whether a placed line still costs what was published, as far as it names a price.
pub fn holds(placed: &Placed, service: &ListedService, day: Date) -> bool {
    match (priced_again(placed, service, day), placed.published.expected()) {
        (Ok(found), Some(expected)) => found == expected,
        (Err(PriceError::QuoteNeeded | PriceError::CostUnknown { .. }), None) => true,
        (Ok(_) | Err(_), Some(_) | None) => false,
    }
}

/// A school for which no fact is missing: the sample that lines are priced for.
const fn sample_school(enrollment: u32, posts: u32) -> SchoolFacts {
    SchoolFacts { enrollment, low_income: crate::money::BasisPoints(0), english_learners: crate::money::BasisPoints(0), posts }
}

/// Whether a model is one that a person must price later.
pub const fn waits_for_price(model: &PriceModel) -> bool {
    matches!(model, PriceModel::Quote | PriceModel::CostPlus { cost: None, .. })
}

#[cfg(test)]
mod tests;
