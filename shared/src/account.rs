//! Account codes by configured segments. California's SACS is the default table.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One part of an account code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    Fund,
    Resource,
    ProjectYear,
    Goal,
    Function,
    Object,
    Site,
}

/// Which segments a code has, in order, and how many digits each takes.
///
/// Real exports have three-digit funds and lost leading zeros, so widths are configuration and reading pads on the left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentTable(pub Vec<(Segment, u8)>);

impl SegmentTable {
    /// Fund 2, resource 4, project year 1, goal 4, function 4, object 4, site 3. Source: California School Accounting Manual.
    pub fn sacs() -> Self {
        use Segment::*;
        Self(vec![(Fund, 2), (Resource, 4), (ProjectYear, 1), (Goal, 4), (Function, 4), (Object, 4), (Site, 3)])
    }

    fn width(&self, segment: Segment) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == segment).map(|(_, width)| usize::from(*width))
    }
}

/// Why a text is no account code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountError {
    /// A segment is blank. A blank code refuses; it never skips a check.
    Blank(Segment),
    NotDigits(Segment),
    TooLong(Segment),
    WrongSegmentCount,
}

/// The digits of one segment, padded to its width.
pub fn segment(table: &SegmentTable, which: Segment, text: &str) -> Result<String, AccountError> {
    let trimmed = text.trim();
    let width = table.width(which).ok_or(AccountError::WrongSegmentCount)?;
    match trimmed {
        "" => Err(AccountError::Blank(which)),
        t if !t.bytes().all(|b| b.is_ascii_digit()) => Err(AccountError::NotDigits(which)),
        t if t.len() > width => Err(AccountError::TooLong(which)),
        t => Ok(format!("{t:0>width$}")),
    }
}

/// A whole account code, each segment padded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
pub struct AccountCode(String);

impl AccountCode {
    /// Reads `01-3010-0-1110-2140-5710-212` by `table`.
    pub fn parse(table: &SegmentTable, text: &str) -> Result<Self, AccountError> {
        let parts: Vec<&str> = text.split('-').collect();
        if parts.len() != table.0.len() {
            return Err(AccountError::WrongSegmentCount);
        }
        let padded = table.0.iter().zip(parts).map(|((which, _), part)| segment(table, *which, part));
        Ok(Self(padded.collect::<Result<Vec<_>, _>>()?.join("-")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_leading_zeros_come_back() {
        let table = SegmentTable::sacs();
        assert_eq!(
            AccountCode::parse(&table, "1-3010-0-1110-2140-5710-7").map(|c| c.to_string()),
            Ok("01-3010-0-1110-2140-5710-007".to_owned())
        );
    }

    #[test]
    fn a_blank_or_foreign_segment_is_refused() {
        let table = SegmentTable::sacs();
        assert_eq!(AccountCode::parse(&table, "01--0-1110-2140-5710-212"), Err(AccountError::Blank(Segment::Resource)));
        assert_eq!(AccountCode::parse(&table, "01-30X0-0-1110-2140-5710-212"), Err(AccountError::NotDigits(Segment::Resource)));
        assert_eq!(AccountCode::parse(&table, "001-3010-0-1110-2140-5710-212"), Err(AccountError::TooLong(Segment::Fund)));
        assert_eq!(AccountCode::parse(&table, "01-3010"), Err(AccountError::WrongSegmentCount));
    }
}
