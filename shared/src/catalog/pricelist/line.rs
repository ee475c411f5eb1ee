//! The lines of a list as valid values: what is sold, on which basis, for how much in the district's currency.

use serde::{Deserialize, Serialize};

use super::basis::{Basis, basis_of};
use super::columns::{Column, Layout};
use super::note::{Note, read_note};
use super::range::{Range, range_of};
use super::table::rows;
use super::{DISTRICT_CURRENCY, LINES_LIMIT, Taking, sample_school};
use crate::budget::import::RowProblem;
use crate::catalog::SchoolFacts;
use crate::money::{AMOUNT_LIMIT_CENTS, Cents};
use crate::words::catalog as words;

/// What one of a foreign currency is worth in the district's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Worth {
    /// Three letters, such as GBP.
    pub currency: String,
    /// In millionths: 1.27 is 1,270,000; 1,000,000 takes the numbers as they are.
    pub millionths: i64,
}

impl Worth {
    /// `GBP=1.27`.
    pub fn parse(text: &str) -> Option<Self> {
        let (currency, worth) = text.split_once('=')?;
        let currency = currency.trim().to_uppercase();
        let (whole, fraction) = worth.trim().split_once('.').unwrap_or((worth.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if currency.len() != 3 || whole.is_empty() || whole.len() > 6 || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
            return None;
        }
        let millionths = whole.parse::<i64>().ok()? * 1_000_000 + format!("{fraction:0<6}").parse::<i64>().ok()?;
        (millionths > 0).then_some(Self { currency, millionths })
    }
}

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub line: u32,
    pub publisher: String,
    pub service: String,
    /// As printed; empty where the service has one price.
    pub option: String,
    /// What the option says without its range.
    pub(super) name: String,
    pub(super) range: Option<Range>,
    pub(super) basis: Basis,
    /// In the district's currency; absent where the list names none.
    pub price: Option<Cents>,
    /// The sum as printed, where it is of another currency.
    pub foreign: Option<String>,
    pub(super) note: Note,
}

impl Published {
    /// A quantity and a school that the line speaks of.
    pub fn sample(&self) -> (u32, SchoolFacts) {
        match self.basis {
            Basis::Each(_) => (self.least(), sample_school(1, 1)),
            Basis::PupilBand => (1, sample_school(self.range.map_or(1, |range| range.from.max(1)), 1)),
            Basis::PerPupil => (1, sample_school(self.heads(), 1)),
            Basis::PerPost => (1, sample_school(1, self.heads())),
            Basis::NoCharge | Basis::Flat | Basis::CostPlus(_) | Basis::Quote | Basis::Formula => (1, sample_school(1, 1)),
        }
    }

    /// What the sample costs as published; nothing where the list names no price.
    pub fn expected(&self) -> Option<Cents> {
        match self.basis {
            Basis::NoCharge => Some(Cents::ZERO),
            Basis::Flat | Basis::PupilBand => self.price,
            Basis::Each(_) => self.price?.checked_mul(i64::from(self.least())),
            Basis::PerPupil | Basis::PerPost => self.price?.checked_mul(i64::from(self.heads())),
            Basis::CostPlus(_) | Basis::Quote | Basis::Formula => None,
        }
    }

    /// The fewest that are sold at this price.
    pub(super) fn least(&self) -> u32 {
        self.range.map_or(1, |range| range.from).max(self.note.least.unwrap_or(1)).max(1)
    }

    /// So many heads that the price is above the least charge.
    fn heads(&self) -> u32 {
        let each = self.price.map_or(1, Cents::get).max(1);
        let floor = self.note.floor.map_or(0, Cents::get);
        u32::try_from((floor + each - 1) / each).unwrap_or(1).max(1)
    }
}

/// Reads every line; what cannot be taken becomes a problem. Returns how many lines there were.
pub fn read(text: &str, taking: &Taking, problems: &mut Vec<RowProblem>) -> (u32, Vec<Published>) {
    let mut table = rows(text).into_iter();
    let Some((_, headings)) = table.next() else {
        problems.push(RowProblem::of_file(words::LIST_EMPTY));
        return (0, Vec::new());
    };
    let layout = match Layout::read(&headings) {
        Ok(layout) => layout,
        Err(missing) => {
            problems.extend(missing.into_iter().map(RowProblem::of_file));
            return (0, Vec::new());
        }
    };
    let mut published = Vec::new();
    let mut lines = 0;
    for (line, cells) in table {
        lines += 1;
        if lines as usize > LINES_LIMIT {
            problems.push(RowProblem::of_file(words::list_too_long(LINES_LIMIT)));
            return (lines, Vec::new());
        }
        let mut row = Row { layout: &layout, cells: &cells, line, wrong: Vec::new() };
        if cells.len() != headings.len() {
            row.refuse(Column::Service, words::cells_differ(cells.len(), headings.len()), "");
        } else {
            let one = row.published(taking);
            published.extend(one.filter(|_| row.wrong.is_empty()));
        }
        problems.append(&mut row.wrong);
    }
    if lines == 0 {
        problems.push(RowProblem::of_file(words::LIST_EMPTY));
    }
    (lines, published)
}

/// The foreign currencies of a list, each once.
pub fn currencies(text: &str, problems: &mut Vec<RowProblem>) -> Vec<String> {
    let mut table = rows(text).into_iter();
    let Some(Ok(layout)) = table.next().map(|(_, headings)| Layout::read(&headings)) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for (line, cells) in table {
        let mut row = Row { layout: &layout, cells: &cells, line, wrong: Vec::new() };
        let currency = row.currency();
        problems.append(&mut row.wrong);
        if currency != DISTRICT_CURRENCY && !found.contains(&currency) {
            found.push(currency);
        }
    }
    found
}

struct Row<'a> {
    layout: &'a Layout,
    cells: &'a [String],
    line: u32,
    wrong: Vec<RowProblem>,
}

/// Signs by which a sum says its currency.
const SIGNS: [(&str, &str); 4] = [("£", "GBP"), ("€", "EUR"), ("US$", "USD"), ("$", "USD")];

impl Row<'_> {
    fn cell(&self, column: Column) -> &str {
        self.layout.cell(self.cells, column)
    }

    fn refuse(&mut self, column: Column, message: impl Into<String>, text: &str) {
        self.wrong.push(RowProblem::new(self.line, column.name(), message, text));
    }

    /// The line's currency: its column, else the sign before the sum, else the district's.
    fn currency(&mut self) -> String {
        let named = self.cell(Column::Currency).to_uppercase();
        if !named.is_empty() {
            if named.len() != 3 || !named.bytes().all(|byte| byte.is_ascii_uppercase()) {
                self.refuse(Column::Currency, words::CURRENCY_UNKNOWN, &named);
            }
            return named;
        }
        let price = self.cell(Column::Price);
        let sign = SIGNS.iter().find(|(sign, _)| price.contains(sign));
        sign.map_or(DISTRICT_CURRENCY, |(_, currency)| currency).to_owned()
    }

    fn published(&mut self, taking: &Taking) -> Option<Published> {
        let text = |row: &Self, column| row.cell(column).split_whitespace().collect::<Vec<_>>().join(" ");
        let (publisher, service, option) = (text(self, Column::Publisher), text(self, Column::Service), text(self, Column::Option));
        if service.is_empty() {
            self.refuse(Column::Service, words::SERVICE_BLANK, "");
        }
        let currency = self.currency();
        let worth = if currency == DISTRICT_CURRENCY {
            Some(1_000_000)
        } else {
            taking.worth.iter().find(|known| known.currency == currency).map(|known| known.millionths)
        };
        let Some(worth) = worth else {
            self.refuse(Column::Currency, words::currency_foreign(&currency, DISTRICT_CURRENCY), &currency);
            return None;
        };
        let (sum, words_after) = self.price()?;
        let basis = self.basis(&words_after, sum)?;
        let converted = |sum: Cents| sum.checked_ratio(worth, 1_000_000);
        let price = self.priced(basis, sum)?.and_then(converted);
        let foreign = sum.filter(|_| currency != DISTRICT_CURRENCY).map(|sum| words::in_currency(sum, &currency));
        let ranged = range_of(&option).filter(|_| matches!(basis, Basis::PupilBand | Basis::Each(_)));
        let note = read_note(self.cell(Column::Note), basis, converted);
        let name = ranged.as_ref().map_or(option.clone(), |ranged| ranged.rest.clone());
        let range = ranged.map(|ranged| ranged.range);
        if basis == Basis::PupilBand && range.is_none() {
            self.refuse(Column::Option, words::BAND_WITHOUT_RANGE, &option);
        }
        Some(Published { line: self.line, publisher, service, option, name, range, basis, price, foreign, note })
    }

    /// The sum of the price cell and what stands behind it; outer `None` where it cannot be read.
    fn price(&mut self) -> Option<(Option<Cents>, String)> {
        let raw = self.cell(Column::Price).to_owned();
        let mut plain = raw.clone();
        SIGNS.iter().for_each(|(sign, _)| plain = plain.replace(sign, ""));
        let plain = plain.trim();
        let end = plain.find(|letter: char| !(letter.is_ascii_digit() || letter == ',' || letter == '.')).unwrap_or(plain.len());
        let (digits, after) = plain.split_at(end);
        if digits.is_empty() {
            return Some((None, plain.to_owned()));
        }
        match digits.parse::<Cents>() {
            Ok(sum) if sum.get() <= AMOUNT_LIMIT_CENTS => Some((Some(sum), after.trim().to_owned())),
            Ok(_) | Err(_) => {
                self.refuse(Column::Price, words::PRICE_UNREADABLE, &raw);
                None
            }
        }
    }

    /// The basis cell, else the words behind the sum.
    fn basis(&mut self, after: &str, sum: Option<Cents>) -> Option<Basis> {
        let cell = self.cell(Column::Basis).to_owned();
        let text = if cell.is_empty() { after.to_owned() } else { cell };
        // A currency's letters behind a sum say nothing of the basis.
        let text =
            if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) && sum.is_some() { String::new() } else { text };
        let found = basis_of(&text);
        if found.is_none() {
            let message = if text.is_empty() { words::BASIS_BLANK } else { words::BASIS_UNKNOWN };
            self.refuse(Column::Basis, message, &text);
        }
        found
    }

    /// The sum that a basis needs; outer `None` where it is missing or contradicts the basis.
    fn priced(&mut self, basis: Basis, sum: Option<Cents>) -> Option<Option<Cents>> {
        let raw = self.cell(Column::Price).to_owned();
        match (basis, sum) {
            (Basis::NoCharge, Some(sum)) if !sum.is_zero() => {
                self.refuse(Column::Price, words::FREE_WITH_PRICE, &raw);
                None
            }
            (Basis::NoCharge | Basis::Quote | Basis::Formula, _) => Some(None),
            (Basis::CostPlus(_), sum) => Some(sum.filter(|sum| !sum.is_zero())),
            (_, None) => {
                self.refuse(Column::Price, words::PRICE_BLANK, &raw);
                None
            }
            (_, Some(sum)) if sum.is_zero() => {
                self.refuse(Column::Price, words::PRICE_ZERO, &raw);
                None
            }
            (_, Some(sum)) => Some(Some(sum)),
        }
    }
}
