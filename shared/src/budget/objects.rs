//! Which objects of the books are the school's to decide over: a mapping shipped as data.

use std::sync::LazyLock;

const MAPPING: &str = include_str!("../../data/discretionary-objects.txt");

struct Entry {
    from: u32,
    to: u32,
    discretionary: bool,
    /// `None` fits every title.
    word: Option<String>,
    why: String,
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| data_lines(MAPPING).filter_map(entry).collect());

/// Lines that are neither blank nor a comment.
pub(super) fn data_lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entry(line: &str) -> Option<Entry> {
    let parts: Vec<&str> = line.split('|').map(str::trim).collect();
    let [range, answer, word, why] = parts.as_slice() else { return None };
    let (from, to) = range.split_once('-')?;
    let discretionary = match *answer {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    let word = (*word != "*").then(|| word.to_lowercase());
    Some(Entry { from: from.parse().ok()?, to: to.parse().ok()?, discretionary, word, why: (*why).to_owned() })
}

fn find(code: &str, title: &str) -> Option<&'static Entry> {
    let number: u32 = code.parse().ok()?;
    let title = title.to_lowercase();
    let fits = |e: &&Entry| (e.from..=e.to).contains(&number) && e.word.as_ref().is_none_or(|word| title.contains(word.as_str()));
    ENTRIES.iter().find(fits)
}

/// Whether a school decides over what is charged to the object. An object outside the mapping is not the school's.
pub fn discretionary(code: &str, title: &str) -> bool {
    find(code, title).is_some_and(|entry| entry.discretionary)
}

/// Why the mapping answers as it does, in a sentence.
pub fn why(code: &str, title: &str) -> &'static str {
    find(code, title).map_or("This object is not in the mapping.", |entry| entry.why.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_mapping_is_read() {
        assert_eq!(ENTRIES.len(), data_lines(MAPPING).count());
        assert!(ENTRIES.iter().all(|e| e.from <= e.to && e.why.ends_with('.')));
    }

    #[test]
    fn schools_decide_over_materials_and_contracts_only() {
        for (code, title) in [("4310", "Supplies"), ("5825", "Consultants"), ("5220", "Conference"), ("6410", "Equipment"), ("5610", "")] {
            assert!(discretionary(code, title), "{code}");
        }
        for (code, title) in
            [("1105", ""), ("3101", ""), ("5520", "Gas"), ("5710", ""), ("5844", "Legal Settlements"), ("6271", ""), ("7310", "")]
        {
            assert!(!discretionary(code, title), "{code}");
        }
        assert!(!discretionary("", "") && !discretionary("x", ""));
    }
}
