//! What the shelf remembers: filters that a person keeps, and what schools look for and at.

use serde::{Deserialize, Serialize};

use super::search;
use super::words;
use crate::error::FieldError;
use crate::id::{PackageId, SavedFilterId, SchoolId, ServiceId};
use crate::text::{TITLE_LIMIT, required};
use crate::words::catalog as texts;

/// The most filters that one person keeps.
pub const FILTERS_LIMIT: usize = 30;
/// The longest address of a filter.
pub const ADDRESS_LIMIT: usize = 1_500;
/// The most searches and the most looks that travel together.
pub const NOTES_LIMIT: usize = 20;
/// What is looked for in more letters than this is not kept.
pub const SEARCH_LIMIT: usize = 60;
/// So many digits in a row are a number of somebody or something, not a thing to look for.
const DIGITS_LIMIT: usize = 4;

words! {
    /// What a school did with a package before it bought, or did not.
    Interest {
        Viewed = "viewed", "Looked at";
        Compared = "compared", "Compared";
    }
}

/// A filter of the shelf under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub name: String,
    /// What stands behind the question mark of the shelf's address.
    pub address: String,
}

/// A filter to keep; one with the same name is replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NewSavedFilter {
    pub name: String,
    pub address: String,
}

/// What a school looked for and at since the last time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ShelfNotes {
    pub school: SchoolId,
    #[serde(default)]
    pub searches: Vec<SearchNote>,
    #[serde(default)]
    pub looks: Vec<LookNote>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SearchNote {
    pub words: String,
    /// How many packages it found.
    pub found: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LookNote {
    pub package: PackageId,
    pub kind: Interest,
}

/// What schools like the caller's bought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AlikeShelf {
    /// `Grades K–5, 380–460 students, similar need`.
    pub likeness: String,
    pub schools: u32,
    /// Services that at least one of them bought, what most bought first.
    pub services: Vec<AlikeService>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AlikeService {
    pub service: ServiceId,
    pub schools: u32,
}

impl NewSavedFilter {
    /// The filter as it is kept.
    ///
    /// # Errors
    /// By field: a name is missing or too long, or the address is none of the shelf's.
    pub fn clean(self) -> Result<Self, Vec<FieldError>> {
        let name = required(&self.name, TITLE_LIMIT).map_err(|error| vec![FieldError::new("name", error.message())])?;
        let address = self.address.trim_start_matches('?').to_owned();
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%=&+".contains(&byte);
        if address.is_empty() || address.len() > ADDRESS_LIMIT || !address.bytes().all(fits) {
            return Err(vec![FieldError::new("address", texts::FILTER_EMPTY)]);
        }
        Ok(Self { name, address })
    }
}

/// What was typed in the form in which it is counted; nothing where it might name somebody or is no thing to look for.
pub fn counted_search(typed: &str) -> Option<String> {
    let words = search::words(typed).join(" ");
    let mut run = 0_usize;
    let longest = words.chars().fold(0, |longest, letter| {
        run = if letter.is_ascii_digit() { run + 1 } else { 0 };
        longest.max(run)
    });
    let fits = !words.is_empty() && words.chars().count() <= SEARCH_LIMIT && longest < DIGITS_LIMIT && !typed.contains('@');
    fits.then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn searches_are_counted_in_one_spelling() {
        assert_eq!(counted_search("  Élèves,  NOVICE "), Some("eleves novice".to_owned()));
        assert_eq!(counted_search("grade 3"), Some("grade 3".to_owned()));
    }

    #[test]
    fn what_may_name_somebody_is_not_counted() {
        for typed in ["", " – ", "jo@school.example", "pupil 20261", "555-1234", &"a ".repeat(40)] {
            assert_eq!(counted_search(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_filter_keeps_an_address_of_the_shelf_only() {
        let clean = |address: &str| NewSavedFilter { name: " Fits ".to_owned(), address: address.to_owned() }.clean();
        assert_eq!(clean("?tier=plus.core&q=math%20days").unwrap().address, "tier=plus.core&q=math%20days");
        assert_eq!(clean("tier=plus").unwrap().name, "Fits");
        for address in ["", "?", "a=<b>", "a=b\nc", "//elsewhere.example/?a"] {
            assert_eq!(clean(address).unwrap_err()[0].field, "address", "{address}");
        }
        let nameless = NewSavedFilter { name: String::new(), address: "tier=plus".to_owned() };
        assert_eq!(nameless.clean().unwrap_err()[0].field, "name");
    }
}
