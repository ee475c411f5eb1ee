//! Cells of exported CSV files that no spreadsheet will run as a formula.

/// Letters that make a spreadsheet read a cell as a formula (OWASP, CSV injection), with their full-width twins.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// `text` as it may stand in an exported cell; an apostrophe keeps a would-be formula a text. Plain numbers stay numbers.
pub fn safe_cell(text: &str) -> String {
    let looks_like_formula = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).starts_with(FORMULA_STARTS);
    if looks_like_formula && !is_number(text) { format!("'{text}") } else { text.to_owned() }
}

/// A sign, digits, and one point at most: what an amount or a count prints as.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let well_formed = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && digits.matches('.').count() <= 1;
    well_formed && digits.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(safe_cell(text), expected);
    }

    #[test]
    fn a_formula_becomes_a_text() {
        check("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")");
        check("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check(" =1", "' =1");
        check("-2+3", "'-2+3");
        check("\u{ff1d}1", "'\u{ff1d}1");
    }

    #[test]
    fn words_and_amounts_stay_as_they_are() {
        for text in ["Lincoln Elementary", "", "-12.50", "1042", "a=b", "-"] {
            let expected = if text == "-" { "'-" } else { text };
            check(text, expected);
        }
    }
}
