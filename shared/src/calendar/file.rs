//! A calendar as a CSV file: `kind,first,last,title`, checked as a whole, each wrong row named by its line.

use std::collections::BTreeSet;

use super::{DayKind, DaySpan, SPAN_LIMIT_DAYS};
use crate::error::FieldError;
use crate::export::safe_cell;
use crate::fiscal::{FiscalCalendar, FiscalYear};
use crate::text::{TITLE_LIMIT, required};
use crate::time::Date;

/// The most rows that one file may have.
pub const ROWS_LIMIT: usize = 400;
/// The longest file that is read, in bytes.
pub const BYTES_LIMIT: usize = 100_000;
/// What the first line says, in any order.
pub const COLUMNS: [&str; 4] = ["kind", "first", "last", "title"];

/// The rows of a file, in the file's order. `last` may be empty: the row is one day then. Dates are written 2026-11-26 or 11/26/2026.
///
/// # Errors
/// Every row that cannot be taken, as `line 3`.
pub fn read(text: &str) -> Result<Vec<DaySpan>, Vec<FieldError>> {
    let wrong = |line: usize, message: &str| FieldError::new("csv", format!("Line {line}: {message}"));
    if text.len() > BYTES_LIMIT {
        return Err(vec![FieldError::new("csv", "The file is larger than a calendar can be. Send one year at a time.")]);
    }
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let Some((_, head)) = lines.next() else {
        return Err(vec![FieldError::new("csv", "The file is empty. Its first line is: kind,first,last,title")]);
    };
    let names: Vec<String> = cells(head).iter().map(|name| name.trim().to_lowercase()).collect();
    let place = |column: &str| names.iter().position(|name| name == column);
    let missing: Vec<&str> = COLUMNS.into_iter().filter(|column| place(column).is_none()).collect();
    if !missing.is_empty() {
        return Err(vec![wrong(
            1,
            &format!("these columns are missing: {}. The first line is: kind,first,last,title", missing.join(", ")),
        )]);
    }
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (at, line) in lines {
        let cells = cells(line);
        let cell = |column: &str| place(column).and_then(|at| cells.get(at)).map(|text| text.trim()).unwrap_or_default();
        match row([cell("kind"), cell("first"), cell("last"), cell("title")]) {
            Ok(span) => rows.push(span),
            Err(message) => faults.push(wrong(at + 1, &message)),
        }
    }
    if rows.len() > ROWS_LIMIT {
        faults.push(FieldError::new("csv", format!("Please keep this to {ROWS_LIMIT} rows.")));
    }
    if rows.is_empty() && faults.is_empty() {
        faults.push(FieldError::new("csv", "The file has a first line and no days."));
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

fn row([kind, first, last, title]: [&str; 4]) -> Result<DaySpan, String> {
    let kind =
        DayKind::parse(&kind.to_lowercase()).ok_or_else(|| format!("“{kind}” is no kind of day. Write holiday, break or protected."))?;
    let first = date(first).ok_or_else(|| format!("“{first}” is no date. Write it as 2026-11-26."))?;
    let last =
        if last.is_empty() { Some(first) } else { date(last) }.ok_or_else(|| format!("“{last}” is no date. Write it as 2026-11-26."))?;
    let title = required(title, TITLE_LIMIT).map_err(|error| format!("title: {}", error.message()))?;
    check(DaySpan { kind, first, last, title })
}

/// The span, where its ends make sense.
///
/// # Errors
/// What to correct, in words.
pub fn check(span: DaySpan) -> Result<DaySpan, String> {
    match span.last.days_since(span.first) {
        ..0 => Err("The last day comes before the first.".to_owned()),
        days if days >= SPAN_LIMIT_DAYS => Err("One row covers at most a year.".to_owned()),
        _ => Ok(span),
    }
}

/// The fiscal years that the rows begin in: a file replaces what stands of these.
pub fn years(rows: &[DaySpan], calendar: FiscalCalendar) -> BTreeSet<FiscalYear> {
    rows.iter().map(|row| calendar.year_of(row.first)).collect()
}

/// `2026-11-26` or `11/26/2026`.
fn date(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    whole.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()).flatten()
}

/// The rows as a file that [`read`] takes in again.
pub fn write(rows: &[DaySpan]) -> String {
    let line = |row: &DaySpan| {
        let last = if row.last == row.first { String::new() } else { row.last.to_string() };
        let title = safe_cell(&row.title).replace('"', "\"\"");
        format!("{},{},{last},\"{title}\"\r\n", row.kind.name(), row.first)
    };
    std::iter::once(format!("{}\r\n", COLUMNS.join(","))).chain(rows.iter().map(line)).collect()
}

/// The cells of one line; quotes keep commas, doubled quotes are one.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cell.push('"');
                letters.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_district_s_dates_are_read_in_both_spellings() {
        let rows =
            read("Title,Kind,First,Last\r\n\"Thanksgiving, all week\",break,11/23/2026,11/27/2026\r\n\r\nNew Year,Holiday,2027-01-01,\r\n");
        let rows = rows.expect("a calendar");
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].title.as_str(), rows[0].kind), ("Thanksgiving, all week", DayKind::Break));
        assert_eq!(rows[1].first, rows[1].last);
        assert_eq!(years(&rows, FiscalCalendar::default()), BTreeSet::from([FiscalYear(2026)]));
    }

    #[test]
    fn what_was_written_is_read_again() {
        let text =
            "kind,first,last,title\nbreak,2026-11-23,2026-11-27,\"Thanksgiving, \"\"all\"\" week\"\nprotected,2027-04-26,,State tests\n";
        let rows = read(text).expect("a calendar");
        assert_eq!(read(&write(&rows)), Ok(rows));
    }

    #[test]
    fn every_wrong_row_is_named_and_nothing_is_taken() {
        let text =
            "kind,first,last,title\nfeast,2026-11-26,,A\nholiday,26.11.2026,,B\nholiday,2026-11-26,2026-11-25,C\nholiday,2026-11-26,,\n";
        let lines: Vec<String> = read(text).expect_err("faults").into_iter().map(|fault| fault.message).collect();
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().zip(2..).all(|(message, line)| message.starts_with(&format!("Line {line}: "))), "{lines:?}");
        assert!(read("").is_err() && read("kind,first\n").is_err() && read("kind,first,last,title\n").is_err());
    }
}
