//! Ranges as lists write them: `51-150`, `up to 50 pupils`, `10+ days`, `over 300 pupils`.

/// From how many to how many, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub from: u32,
    pub to: Option<u32>,
}

/// What a text says besides its range, and the range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranged {
    pub rest: String,
    pub range: Range,
}

/// Words that only name what is counted.
const COUNTED: [&str; 16] = [
    "pupils",
    "pupil",
    "students",
    "student",
    "learners",
    "children",
    "on",
    "roll",
    "days",
    "day",
    "hours",
    "hour",
    "sessions",
    "participants",
    "staff",
    "posts",
];

/// The range at the end of a text; `None` where there is none.
pub fn range_of(text: &str) -> Option<Ranged> {
    let plain = text.replace(['–', '—', '‑'], "-").replace(',', " ,");
    let mut words: Vec<&str> = plain.split_whitespace().collect();
    while words.last().is_some_and(|word| COUNTED.contains(&word.to_lowercase().as_str())) {
        words.pop();
    }
    let last = words.pop()?;
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let ends = |tail: &[&str]| lower.len() >= tail.len() && lower[lower.len() - tail.len()..].iter().zip(tail).all(|(a, b)| a == b);
    let (range, used) = if let Some((from, to)) = last.split_once('-') {
        (Range { from: number(from)?, to: Some(number(to)?) }, 0)
    } else if let Some(from) = last.strip_suffix('+') {
        (Range { from: number(from)?, to: None }, 0)
    } else if ends(&["up", "to"]) {
        (Range { from: 0, to: Some(number(last)?) }, 2)
    } else if ends(&["fewer", "than"]) || ends(&["less", "than"]) {
        (Range { from: 0, to: Some(number(last)?.checked_sub(1)?) }, 2)
    } else if ends(&["more", "than"]) {
        (Range { from: number(last)?.checked_add(1)?, to: None }, 2)
    } else if ends(&["under"]) || ends(&["below"]) {
        (Range { from: 0, to: Some(number(last)?.checked_sub(1)?) }, 1)
    } else if ends(&["over"]) || ends(&["above"]) {
        (Range { from: number(last)?.checked_add(1)?, to: None }, 1)
    } else if matches!(last.to_lowercase().as_str(), "more" | "over" | "above") && ends(&["or"]) || ends(&["and"]) {
        let from = words.len().checked_sub(2).and_then(|at| words.get(at)).and_then(|word| number(word))?;
        (Range { from, to: None }, 2)
    } else {
        return None;
    };
    let well = range.to.is_none_or(|to| to >= range.from);
    words.truncate(words.len() - used);
    let rest = words.join(" ").replace(" ,", ",");
    let rest = rest.trim_end_matches([',', ':', '-', ' ']).to_owned();
    well.then_some(Ranged { rest, range })
}

fn number(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(|letter| *letter != ',').collect();
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads(text: &str, rest: &str, from: u32, to: Option<u32>) {
        assert_eq!(range_of(text), Some(Ranged { rest: rest.to_owned(), range: Range { from, to } }), "{text}");
    }

    #[test]
    fn ranges_are_read_as_lists_write_them() {
        reads("Primary up to 50 pupils", "Primary", 0, Some(50));
        reads("Primary 51-150", "Primary", 51, Some(150));
        reads("1–9 days", "", 1, Some(9));
        reads("10+ days", "", 10, None);
        reads("Training, primary/nursery/special 1-100 pupils", "Training, primary/nursery/special", 1, Some(100));
        reads("Training, 101+", "Training", 101, None);
        reads("Governors association under 300 pupils", "Governors association", 0, Some(299));
        reads("Governors association over 300 pupils", "Governors association", 301, None);
        reads("Secondary, 600 or more pupils", "Secondary", 600, None);
    }

    #[test]
    fn what_is_no_range_is_none() {
        for text in ["", "Secondary", "2-day", "Level 1", "LA clerking, 6 meetings", "9-1 days", "HR"] {
            assert_eq!(range_of(text), None, "{text}");
        }
    }
}
