//! A file's text as rows of cells: any common separator, quotes, lines of either end.

use crate::budget::import::encoding;

/// Every row that is not blank, with the line on which it begins.
pub fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
    let delimiter = char::from(encoding::delimiter(text));
    let mut table = Table { rows: Vec::new(), row: Vec::new(), cell: String::new(), began: 1 };
    let (mut quoted, mut line) = (false, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                table.cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if table.cell.is_empty() => quoted = true,
            '\n' if !quoted => {
                line += 1;
                table.end_row(line);
            }
            '\r' if !quoted => {}
            _ if letter == delimiter && !quoted => table.end_cell(),
            _ => {
                line += u32::from(letter == '\n');
                table.cell.push(letter);
            }
        }
    }
    table.end_row(line);
    table.rows
}

struct Table {
    rows: Vec<(u32, Vec<String>)>,
    row: Vec<String>,
    cell: String,
    began: u32,
}

impl Table {
    fn end_cell(&mut self) {
        self.row.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self, next: u32) {
        self.end_cell();
        let row = std::mem::take(&mut self.row);
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            self.rows.push((self.began, row));
        }
        self.began = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_separators_and_blank_lines_are_understood() {
        let found = rows("service;price\r\n\"HR; all\";\"1\"\"2\"\r\n\r\n\"two\nlines\";3");
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], (2, vec!["HR; all".to_owned(), "1\"2".to_owned()]));
        assert_eq!(found[2], (4, vec!["two\nlines".to_owned(), "3".to_owned()]));
        assert_eq!(rows(""), []);
    }
}
