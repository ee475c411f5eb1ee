//! A file's bytes as rows: CSV with any common separator, or a JSON list of flat objects.

use shared::budget::import::columns::Layout;
use shared::budget::import::row::{Row, Segment};
use shared::budget::import::rows::{self, BooksRow, CodeRow, EnrollmentRow, ResourceRow, SiteRow, UnitRow};
use shared::budget::import::{FILE_LIMIT_BYTES, ImportKind, PROBLEMS_LIMIT, ROWS_LIMIT, RowProblem, encoding};
use shared::words::budget as words;

/// Valid rows of one kind, each with its line.
#[derive(Debug)]
pub(super) enum Rows {
    Sites(Vec<(u32, SiteRow)>),
    LedgerFunds(Vec<(u32, CodeRow)>),
    Resources(Vec<(u32, ResourceRow)>),
    Objects(Vec<(u32, CodeRow)>),
    Functions(Vec<(u32, CodeRow)>),
    Books(Vec<BooksRow>),
    Units(Vec<(u32, UnitRow)>),
    Enrollment(Vec<(u32, EnrollmentRow)>),
}

/// Problems by row; the first ones are kept word for word, all are counted.
#[derive(Debug, Default)]
pub(super) struct Problems {
    pub kept: Vec<RowProblem>,
    pub rows: u32,
    last_line: u32,
}

impl Problems {
    pub fn add(&mut self, problem: RowProblem) {
        if problem.line != self.last_line || self.rows == 0 {
            (self.last_line, self.rows) = (problem.line, self.rows + 1);
        }
        if self.kept.len() < PROBLEMS_LIMIT {
            self.kept.push(problem);
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }
}

/// What a file says, as far as it can be told without the district.
#[derive(Debug)]
pub(super) struct Reading {
    pub rows: Rows,
    pub rows_read: u32,
    pub problems: Problems,
}

/// Reads a whole file. Never fails: what is wrong stands in the problems.
pub(super) fn read(kind: ImportKind, bytes: &[u8]) -> Reading {
    let mut problems = Problems::default();
    let text = if bytes.len() > FILE_LIMIT_BYTES { Err(words::too_many_bytes(FILE_LIMIT_BYTES)) } else { encoding::text(bytes) };
    let read = text.and_then(|text| {
        let json = text.trim_start().starts_with('[');
        if json { read_json(kind, text, &mut problems) } else { read_csv(kind, text, &mut problems) }
    });
    let (rows, rows_read) = read.unwrap_or_else(|message| {
        problems.add(RowProblem::of_file(message));
        (Rows::empty(kind), 0)
    });
    if rows_read == 0 && problems.is_empty() {
        problems.add(RowProblem::of_file(words::FILE_EMPTY));
    }
    Reading { rows, rows_read, problems }
}

fn layout(kind: ImportKind, headings: &[&str], problems: &mut Problems) -> Option<Layout> {
    match Layout::read(kind, headings) {
        Ok(layout) => Some(layout),
        Err(missing) => {
            missing.into_iter().for_each(|message| problems.add(RowProblem::of_file(message)));
            None
        }
    }
}

fn read_csv(kind: ImportKind, text: &str, problems: &mut Problems) -> Result<(Rows, u32), String> {
    let mut reader = csv::ReaderBuilder::new().delimiter(encoding::delimiter(text)).flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|e| e.to_string())?.clone();
    let headings: Vec<&str> = headings.iter().collect();
    let mut rows = Rows::empty(kind);
    let Some(layout) = layout(kind, &headings, problems) else { return Ok((rows, 0)) };
    let mut record = csv::StringRecord::new();
    let mut count = 0u32;
    while reader.read_record(&mut record).map_err(|e| e.to_string())? {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        count += 1;
        if count as usize > ROWS_LIMIT {
            return Err(words::too_many_rows(ROWS_LIMIT));
        }
        let line = record.position().map_or(count + 1, |at| line_of(text, at));
        let cells: Vec<&str> = record.iter().collect();
        rows.take(&layout, line, &cells, problems);
    }
    Ok((rows, count))
}

/// The line on which a record begins; the reader's own count stands before blank lines and half of a line's end.
fn line_of(text: &str, at: &csv::Position) -> u32 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let skipped = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n')).filter(|b| **b == b'\n').count();
    u32::try_from(at.line()).unwrap_or(u32::MAX).saturating_add(u32::try_from(skipped).unwrap_or(0))
}

/// A list of flat objects; their names are the headings, and the place in the list counts as the line.
fn read_json(kind: ImportKind, text: &str, problems: &mut Problems) -> Result<(Rows, u32), String> {
    let list: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(text).map_err(|e| format!("This is no list of objects: {e}."))?;
    if list.len() > ROWS_LIMIT {
        return Err(words::too_many_rows(ROWS_LIMIT));
    }
    let mut headings: Vec<&str> = Vec::new();
    for name in list.iter().flat_map(|object| object.keys()) {
        if !headings.contains(&name.as_str()) {
            headings.push(name);
        }
    }
    let mut rows = Rows::empty(kind);
    let Some(layout) = layout(kind, &headings, problems) else { return Ok((rows, 0)) };
    for (at, object) in list.iter().enumerate() {
        let cells: Vec<String> = headings.iter().map(|name| object.get(*name).map_or_else(String::new, flat)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        rows.take(&layout, u32::try_from(at + 2).unwrap_or(u32::MAX), &cells, problems);
    }
    Ok((rows, u32::try_from(list.len()).unwrap_or(u32::MAX)))
}

/// Numbers in the digits they are written with; lists and objects inside a row say nothing to us.
fn flat(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.to_string(),
        serde_json::Value::Bool(answer) => answer.to_string(),
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => String::new(),
    }
}

impl Rows {
    pub fn empty(kind: ImportKind) -> Self {
        match kind {
            ImportKind::Sites => Self::Sites(Vec::new()),
            ImportKind::LedgerFunds => Self::LedgerFunds(Vec::new()),
            ImportKind::Resources => Self::Resources(Vec::new()),
            ImportKind::Objects => Self::Objects(Vec::new()),
            ImportKind::Functions => Self::Functions(Vec::new()),
            ImportKind::Books => Self::Books(Vec::new()),
            ImportKind::Units => Self::Units(Vec::new()),
            ImportKind::Enrollment => Self::Enrollment(Vec::new()),
        }
    }

    fn take(&mut self, layout: &Layout, line: u32, cells: &[&str], problems: &mut Problems) {
        let mut found = Vec::new();
        let mut row = Row { layout, line, cells, problems: &mut found };
        if row.has_shape() {
            match self {
                Self::Sites(rows) => rows.extend(rows::site(&mut row).map(|r| (line, r))),
                Self::LedgerFunds(rows) => rows.extend(rows::code(&mut row, Segment::LedgerFund).map(|r| (line, r))),
                Self::Resources(rows) => rows.extend(rows::resource(&mut row).map(|r| (line, r))),
                Self::Objects(rows) => rows.extend(rows::code(&mut row, Segment::Object).map(|r| (line, r))),
                Self::Functions(rows) => rows.extend(rows::code(&mut row, Segment::Function).map(|r| (line, r))),
                Self::Books(rows) => rows.extend(rows::books(&mut row)),
                Self::Units(rows) => rows.extend(rows::unit(&mut row).map(|r| (line, r))),
                Self::Enrollment(rows) => rows.extend(rows::enrollment(&mut row).map(|r| (line, r))),
            }
        }
        found.into_iter().for_each(|problem| problems.add(problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(kind: ImportKind, text: &str) -> Vec<(u32, String)> {
        read(kind, text.as_bytes()).problems.kept.into_iter().map(|p| (p.line, p.message)).collect()
    }

    #[test]
    fn separators_and_quotes_are_understood() {
        let reading =
            read(ImportKind::Functions, "\u{feff}Function Code;Description\r\n1000;\"Instruction; all\"\r\n\r\n2100;Admin\r\n".as_bytes());
        assert!(reading.problems.is_empty(), "{:?}", reading.problems);
        let Rows::Functions(rows) = reading.rows else { panic!() };
        assert_eq!(rows[0].1.title, "Instruction; all");
        assert_eq!(rows[1].0, 4);
    }

    #[test]
    fn a_list_of_objects_reads_like_a_table() {
        let text =
            r#"[{"code": 908, "name": "Student Body", "category": "Student Services", "roles": [1]}, {"code": 940, "name": "Board"}]"#;
        let reading = read(ImportKind::Units, text.as_bytes());
        assert!(reading.problems.is_empty());
        let Rows::Units(rows) = reading.rows else { panic!() };
        assert_eq!((rows.len(), rows[0].1.code.as_str()), (2, "908"));
    }

    #[test]
    fn what_is_wrong_is_told_by_line() {
        assert_eq!(problems(ImportKind::Functions, "code,description\n").len(), 1);
        let short = problems(ImportKind::Functions, "code,description\n1000,a\n2000\n,b\n");
        assert_eq!(short.iter().map(|p| p.0).collect::<Vec<_>>(), [3, 4]);
        assert!(problems(ImportKind::Functions, "a,b\n1,2\n")[0].1.contains("is missing"));
    }
}
