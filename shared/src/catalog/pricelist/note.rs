//! What stands beside a price in words. What is said plainly becomes a floor, a band, a term; everything else is kept as words.

use super::basis::{Basis, percentage};
use crate::catalog::UnitOfMeasure;
use crate::catalog::choice::{EarlyPrice, Reduction, TermPrice, YEARS_LIMIT};
use crate::money::{BasisPoints, Cents};
use crate::time::Date;

/// A note, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    pub floor: Option<Cents>,
    pub cap: Option<Cents>,
    /// The fewest that are sold.
    pub least: Option<u32>,
    /// From so many on, a share less.
    pub volume: Vec<(u32, BasisPoints)>,
    pub terms: Vec<TermPrice>,
    pub early: Option<EarlyPrice>,
    /// What the school gets, where the note begins with a count.
    pub counted: Option<(u32, UnitOfMeasure, String)>,
    /// Clauses in their own words, for the tier's list.
    pub kept: Vec<String>,
}

/// Words that say nothing of their own in a clause about a price.
const FILLERS: [&str; 24] = [
    "a",
    "an",
    "the",
    "of",
    "is",
    "for",
    "per",
    "school",
    "schools",
    "charge",
    "charges",
    "fee",
    "price",
    "order",
    "orders",
    "orders of",
    "on",
    "at",
    "off",
    "less",
    "discount",
    "reduction",
    "all",
    "applies",
];

/// Takes a note apart, clause by clause.
pub fn read_note(text: &str, basis: Basis, converted: impl Fn(Cents) -> Option<Cents>) -> Note {
    let mut note = Note::default();
    for clause in text.split(';').map(str::trim).filter(|clause| !clause.is_empty()) {
        let plain = clause.to_lowercase();
        let words: Vec<&str> =
            plain.split_whitespace().map(|word| word.trim_matches(|c: char| matches!(c, ',' | '.' | '(' | ')' | ':'))).collect();
        let taken =
            limit(&mut note, &words, basis, &converted) || share(&mut note, &words, basis) || count(&mut note, clause, &words, basis);
        if !taken {
            note.kept.push(clause.to_owned());
        }
    }
    note
}

/// The words of a clause without those that say nothing, and without `also`.
fn telling<'a>(words: &[&'a str], also: &[&str]) -> Vec<&'a str> {
    words.iter().copied().filter(|word| !FILLERS.contains(word) && !also.contains(word)).collect()
}

/// `minimum charge 306 per school`, `2 hour minimum`, `capped at 5,000`.
fn limit(note: &mut Note, words: &[&str], basis: Basis, converted: &impl Fn(Cents) -> Option<Cents>) -> bool {
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let (lower, upper) = (has(&["minimum", "min"]), has(&["maximum", "max", "cap", "capped"]));
    let rest = telling(words, &["minimum", "min", "maximum", "max", "cap", "capped"]);
    match (lower, upper, rest.as_slice()) {
        (true, false, [count, unit]) => {
            let same = matches!(basis, Basis::Each(measure) if is_measure(unit, measure));
            note.least = count.parse().ok().filter(|count| same && *count > 0).or(note.least);
            same && note.least.is_some()
        }
        (true, false, [sum]) | (false, true, [sum]) if matches!(basis, Basis::PerPost | Basis::PerPupil) => {
            let sum = sum.trim_start_matches(['£', '$', '€']).parse::<Cents>().ok().and_then(converted).filter(|sum| sum.get() > 0);
            if lower {
                note.floor = sum.or(note.floor)
            } else {
                note.cap = sum.or(note.cap)
            }
            sum.is_some()
        }
        _ => false,
    }
}

/// `10% off over 40 days`, `5% less for a 3 year term`, `5% off until 2027-05-15`.
fn share(note: &mut Note, words: &[&str], basis: Basis) -> bool {
    let Some(at) = words.iter().position(|word| word.ends_with('%')) else { return false };
    let less = words.iter().any(|word| ["off", "less", "discount", "reduction"].contains(word));
    let Some(share) = percentage(words[at]).filter(|share| less && share.0 > 0) else { return false };
    let mut others = words.to_vec();
    others.remove(at);
    let rest = telling(&others, &["term", "contract", "agreement", "commitment", "if", "ordered", "booked"]);
    let unit = |word: &str| matches!(basis, Basis::Each(measure) if is_measure(word, measure));
    match rest.as_slice() {
        ["over" | "above", count, named] if unit(named) => {
            volume(note, count.parse().ok().and_then(|count: u32| count.checked_add(1)), share)
        }
        ["more", "than", count, named] if unit(named) => {
            volume(note, count.parse().ok().and_then(|count: u32| count.checked_add(1)), share)
        }
        [count, "or", "more", named] | [count, named, "or", "more"] if unit(named) => volume(note, count.parse().ok(), share),
        [count, named] if unit(named) && count.ends_with('+') => volume(note, count.trim_end_matches('+').parse().ok(), share),
        [years, "year" | "years"] => term(note, years, share),
        [years] if years.ends_with("-year") => term(note, years.trim_end_matches("-year"), share),
        ["until" | "by", day] => {
            let until: Option<Date> = day.parse().ok();
            note.early = until.map(|until| EarlyPrice { until, less: Reduction::Share { share } }).or(note.early);
            until.is_some()
        }
        _ => false,
    }
}

fn volume(note: &mut Note, from: Option<u32>, share: BasisPoints) -> bool {
    note.volume.extend(from.map(|from| (from, share)));
    from.is_some()
}

fn term(note: &mut Note, years: &str, share: BasisPoints) -> bool {
    let years =
        years.parse().ok().filter(|years| (2..=YEARS_LIMIT).contains(years) && note.terms.iter().all(|known| known.years != *years));
    note.terms.extend(years.map(|years| TermPrice { years, less: share }));
    years.is_some()
}

/// `3 visits up to 3 h`: what one price for the school brings.
fn count(note: &mut Note, clause: &str, words: &[&str], basis: Basis) -> bool {
    let [count, named, ..] = words else { return false };
    let measure = [UnitOfMeasure::Visit, UnitOfMeasure::Session, UnitOfMeasure::Day, UnitOfMeasure::Hour, UnitOfMeasure::Month];
    let found = measure.into_iter().find(|measure| is_measure(named, *measure));
    let found = count.parse::<u32>().ok().filter(|count| *count > 0 && basis == Basis::Flat && note.counted.is_none()).zip(found);
    note.counted = found.map(|(count, measure)| (count, measure, clause.to_owned())).or_else(|| note.counted.take());
    found.is_some()
}

/// Whether a word names one or several of a measure.
fn is_measure(word: &str, measure: UnitOfMeasure) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    one == measure.title() || (one == "meeting" && measure == UnitOfMeasure::Session)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Basis = Basis::Each(UnitOfMeasure::Day);

    fn note(text: &str, basis: Basis) -> Note {
        read_note(text, basis, Some)
    }

    #[test]
    fn what_is_said_plainly_becomes_a_price() {
        let posts = note("minimum charge 306 per school; maintained only", Basis::PerPost);
        assert_eq!((posts.floor, posts.kept), (Some(Cents::new(30_600)), vec!["maintained only".to_owned()]));
        assert_eq!(note("capped at $5,000", Basis::PerPupil).cap, Some(Cents::new(500_000)));
        assert_eq!(note("2 hour minimum", Basis::Each(UnitOfMeasure::Hour)).least, Some(2));
        assert_eq!(note("10% off over 40 days", DAY).volume, [(41, BasisPoints(1_000))]);
        assert_eq!(note("7.5 % less", DAY).kept, ["7.5 % less"]);
        assert_eq!(note("5% discount for 10 or more days", DAY).volume, [(10, BasisPoints(500))]);
        assert_eq!(note("5% less for a 3 year term", Basis::Flat).terms, [TermPrice { years: 3, less: BasisPoints(500) }]);
        assert_eq!(
            note("5% off if ordered by 2027-05-15", Basis::Flat).early.map(|early| early.until.to_string()),
            Some("2027-05-15".to_owned())
        );
        assert_eq!(
            note("3 visits up to 3 h", Basis::Flat).counted.map(|(count, measure, _)| (count, measure)),
            Some((3, UnitOfMeasure::Visit))
        );
    }

    #[test]
    fn what_has_conditions_stays_in_its_own_words() {
        for (text, basis) in [
            ("10% off for partnerships over 40 days", DAY),
            ("7.5% reduction for special schools and nurseries", Basis::PerPost),
            ("minimum charge 306 per school", Basis::Flat),
            ("2 hour minimum", DAY),
            ("5% less for a 9 year term", Basis::Flat),
            ("includes toolkit", Basis::Flat),
        ] {
            let found = note(text, basis);
            assert_eq!(found, Note { kept: vec![text.to_owned()], ..Note::default() }, "{text}");
        }
    }
}
