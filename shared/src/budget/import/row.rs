//! One row of a file, and the cells of it read into codes, sums, counts and texts; each failure is told with its column.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::columns::{Field, Layout};
use super::{CELL_LIMIT, RowProblem};
use crate::fiscal::FiscalYear;
use crate::money::{Cents, MoneyError};
use crate::text::{self, LINE_LIMIT, TextError};

/// The longest code of any segment.
const CODE_LIMIT: usize = 7;

/// A segment's digits, padded to its width; small, because books have many.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Code([u8; CODE_LIMIT + 1]);

/// Which segment a code is of, and so how wide it is at least and at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segment {
    Site,
    LedgerFund,
    Resource,
    Project,
    Goal,
    Function,
    Object,
}

impl Segment {
    /// Widths: California's SACS at least; sites and ledger funds of other charts may be longer.
    const fn widths(self) -> (usize, usize) {
        match self {
            Self::Site => (3, CODE_LIMIT),
            Self::LedgerFund => (2, 4),
            Self::Project => (1, 1),
            Self::Resource | Self::Goal | Self::Function | Self::Object => (4, 5),
        }
    }
}

/// Why a text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    Blank,
    NotDigits,
    TooLong { digits: usize },
}

impl Code {
    /// Reads digits; lost leading zeros come back, surplus ones go, a spreadsheet's `.0` and leading apostrophe are dropped.
    pub fn parse(segment: Segment, text: &str) -> Result<Self, CodeError> {
        let trimmed = text.trim();
        let trimmed = trimmed.strip_prefix('\'').unwrap_or(trimmed);
        let trimmed = trimmed.strip_suffix(".0").unwrap_or(trimmed);
        if trimmed.is_empty() {
            return Err(CodeError::Blank);
        }
        if !trimmed.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::NotDigits);
        }
        let (least, most) = segment.widths();
        let digits = trimmed.trim_start_matches('0').as_bytes();
        if digits.len() > most {
            return Err(CodeError::TooLong { digits: most });
        }
        let width = digits.len().max(least);
        let mut stored = [0u8; CODE_LIMIT + 1];
        stored[..width - digits.len()].fill(b'0');
        stored[width - digits.len()..width].copy_from_slice(digits);
        Ok(Self(stored))
    }

    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|b| *b == 0).unwrap_or(0);
        std::str::from_utf8(&self.0[..length]).unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut stored = [0u8; CODE_LIMIT + 1];
        if text.len() > CODE_LIMIT || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(serde::de::Error::custom("not a code"));
        }
        stored[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self(stored))
    }
}

/// A row being read: its cells, its place, and where problems go.
pub struct Row<'a> {
    pub layout: &'a Layout,
    /// Line of the file, the heading being line 1.
    pub line: u32,
    pub cells: &'a [&'a str],
    pub problems: &'a mut Vec<RowProblem>,
}

impl Row<'_> {
    /// The cell's text, trimmed; empty where the file lacks the column.
    pub fn cell(&self, field: Field) -> &str {
        self.layout.place(field).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    /// Tells a problem of one cell.
    pub fn refuse(&mut self, field: Field, message: &str) {
        let text = self.cell(field).to_owned();
        self.problems.push(RowProblem::new(self.line, self.layout.heading(field), message, &text));
    }

    /// Whether the row has as many cells as the heading, none of absurd size.
    pub fn has_shape(&mut self) -> bool {
        if self.cells.len() != self.layout.width {
            let message =
                format!("This row has {} cells, the heading has {}. Look for a stray separator.", self.cells.len(), self.layout.width);
            self.problems.push(RowProblem::new(self.line, "", message, ""));
            return false;
        }
        match self.cells.iter().find(|cell| cell.len() > CELL_LIMIT) {
            Some(cell) => {
                let message = format!("A cell holds more than {CELL_LIMIT} characters.");
                self.problems.push(RowProblem::new(self.line, "", message, cell));
                false
            }
            None => true,
        }
    }

    /// A code that must be there. A blank code refuses; it never skips a check.
    pub fn code(&mut self, field: Field, segment: Segment) -> Option<Code> {
        match Code::parse(segment, self.cell(field)) {
            Ok(code) => Some(code),
            Err(error) => {
                let message = match error {
                    CodeError::Blank => "The code is blank. Fill it in; a blank code is never skipped.".to_owned(),
                    CodeError::NotDigits => "This is not a code: digits only.".to_owned(),
                    CodeError::TooLong { digits } => format!("This code is too long: at most {digits} digits."),
                };
                self.refuse(field, &message);
                None
            }
        }
    }

    /// A code of a column that the file may lack; blank is fine there.
    pub fn optional_code(&mut self, field: Field, segment: Segment) -> Option<Code> {
        if self.cell(field).is_empty() { Some(Code::default()) } else { self.code(field, segment) }
    }

    /// A signed sum of money.
    pub fn amount(&mut self, field: Field) -> Option<Cents> {
        let text = self.cell(field);
        let parsed = match text.strip_suffix('-') {
            Some(rest) if !rest.is_empty() => rest.parse::<Cents>().map(|c| Cents::ZERO.saturating_sub(c)),
            _ => match text.strip_prefix("$(").or_else(|| text.strip_prefix("$-")) {
                Some(rest) => rest.trim_end_matches(')').parse::<Cents>().map(|c| Cents::ZERO.saturating_sub(c)),
                None => text.parse::<Cents>(),
            },
        };
        match parsed {
            Ok(sum) => Some(sum),
            Err(error) => {
                self.refuse(
                    field,
                    match error {
                        MoneyError::Empty => "The amount is blank. Write 0 where there is none.",
                        MoneyError::NotANumber => "This is not a number. Write it as 1234.56, 1,234.56 or (123.45).",
                        MoneyError::TooManyDecimals => "This has more than two decimals. Whole cents only.",
                        MoneyError::TooLarge => "This amount is larger than ten billion dollars. Check the column.",
                    },
                );
                None
            }
        }
    }

    /// A fiscal year: `2023` and `2023-24` are both 2023–24. `FY24` says two things and is refused.
    pub fn year(&mut self, field: Field) -> Option<FiscalYear> {
        let year = fiscal_year(self.cell(field));
        if year.is_none() {
            self.refuse(field, "This is not a fiscal year. Write 2023 or 2023-24 for the year that begins in 2023.");
        }
        year
    }

    /// A whole number that is not negative; a spreadsheet's `.0` is dropped.
    pub fn count(&mut self, field: Field) -> Option<u32> {
        let text = self.cell(field).replace(',', "");
        let text = text.strip_suffix(".0").unwrap_or(&text);
        match text.parse::<u32>() {
            Ok(count) if count <= 1_000_000 => Some(count),
            _ => {
                let message =
                    if text.is_empty() { "The count is blank. Write 0 where there is none." } else { "This is not a whole number." };
                self.refuse(field, message);
                None
            }
        }
    }

    /// As [`Row::count`], but blank is fine and means unknown.
    pub fn optional_count(&mut self, field: Field) -> Option<Option<u32>> {
        if self.cell(field).is_empty() { Some(None) } else { self.count(field).map(Some) }
    }

    /// A text of one line; may be empty.
    pub fn text(&mut self, field: Field) -> Option<String> {
        match text::optional(self.cell(field), LINE_LIMIT) {
            Ok(text) => Some(text),
            Err(error) => {
                let message = match error {
                    TextError::TooLong { limit } => format!("This text is longer than {limit} characters."),
                    TextError::Missing | TextError::ControlCharacter => "This holds a character that cannot be shown.".to_owned(),
                };
                self.refuse(field, &message);
                None
            }
        }
    }
}

/// The fiscal year that a text names; `None` where it says none or might say two.
pub fn fiscal_year(text: &str) -> Option<FiscalYear> {
    let text = text.trim();
    let (first, second) = text.split_once(['-', '/', '–']).map_or((text, None), |(a, b)| (a.trim(), Some(b.trim())));
    let first = first.strip_suffix(".0").unwrap_or(first);
    let digits = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
    let start: i16 = if digits(first, 4) { first.parse().ok()? } else { return None };
    let follows = match second {
        None => true,
        Some(end) if digits(end, 4) => end.parse() == Ok(start + 1),
        Some(end) if digits(end, 2) => end.parse() == Ok((start + 1) % 100),
        Some(_) => false,
    };
    (follows && (1990..=2100).contains(&start)).then_some(FiscalYear(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_get_their_width_back() {
        let read = |segment, text| Code::parse(segment, text).map(|c| c.to_string());
        assert_eq!(read(Segment::Resource, "0"), Ok("0000".to_owned()));
        assert_eq!(read(Segment::Site, " 7 "), Ok("007".to_owned()));
        assert_eq!(read(Segment::LedgerFund, "010"), Ok("10".to_owned()));
        assert_eq!(read(Segment::LedgerFund, "110"), Ok("110".to_owned()));
        assert_eq!(read(Segment::Object, "4310.0"), Ok("4310".to_owned()));
        assert_eq!(read(Segment::Function, "'1000"), Ok("1000".to_owned()));
        assert_eq!(read(Segment::Object, ""), Err(CodeError::Blank));
        assert_eq!(read(Segment::Object, "43x0"), Err(CodeError::NotDigits));
        assert_eq!(read(Segment::Object, "431000"), Err(CodeError::TooLong { digits: 5 }));
    }

    #[test]
    fn a_fiscal_year_is_never_guessed() {
        for text in ["2023", "2023-24", "2023/2024", "2023–24", "2023.0"] {
            assert_eq!(fiscal_year(text), Some(FiscalYear(2023)), "{text}");
        }
        for text in ["", "FY24", "23-24", "2023-25", "1899", "20234"] {
            assert_eq!(fiscal_year(text), None, "{text}");
        }
    }
}
