//! Finding a school by the name another source has for it: exact first, then without idle words, then by unique part.

use std::collections::BTreeSet;

use crate::catalog::GradeSpan;

/// How sure a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The names agree, abbreviations written out.
    Same,
    /// They agree without words such as *Elementary* or *School*.
    WithoutIdleWords,
    /// One name is a unique part of the other; worth a look.
    Part,
}

/// A school as it is called here or there.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    pub name: &'a str,
    pub span: Option<GradeSpan>,
}

/// Words that names carry or drop without meaning another school.
const IDLE: [&str; 12] = ["elementary", "middle", "high", "school", "schools", "the", "of", "at", "k5", "tk5", "k3", "k8"];
/// Words that name many schools; what agrees without them is worth a look.
const COMMON: [&str; 4] = ["academy", "community", "continuation", "program"];
const WRITTEN_OUT: [(&str, &str); 10] = [
    ("elem", "elementary"),
    ("el", "elementary"),
    ("hi", "high"),
    ("hs", "high"),
    ("ms", "middle"),
    ("sch", "school"),
    ("ac", "academy"),
    ("acad", "academy"),
    ("tech", "technical"),
    ("prep", "preparatory"),
];

fn words(name: &str) -> Vec<String> {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '\'' | '’' | '.'))
        .map(|c| {
            if c.is_alphanumeric() {
                c
            } else if c == '-' {
                '\u{1}'
            } else {
                ' '
            }
        })
        .collect();
    // `K-5` is one word, other hyphens separate.
    let plain = plain.to_lowercase().replace("k\u{1}", "k").replace('\u{1}', " ");
    let written = |word: &str| WRITTEN_OUT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| *long).to_owned();
    plain.split_whitespace().map(written).collect()
}

fn key(words: &[String], sureness: Sureness) -> String {
    let kept = |w: &&String| match sureness {
        Sureness::Same => w.as_str() != "school",
        Sureness::WithoutIdleWords => !IDLE.contains(&w.as_str()),
        Sureness::Part => !IDLE.contains(&w.as_str()) && !COMMON.contains(&w.as_str()),
    };
    words.iter().filter(kept).cloned().collect::<Vec<_>>().join(" ")
}

/// For each of `there`, the index in `here` it is, or `None`.
///
/// Invariant: no school of `here` is matched twice, and of two that fit equally well neither is taken.
pub fn matches(there: &[Named<'_>], here: &[Named<'_>]) -> Vec<Option<(usize, Sureness)>> {
    let words_there: Vec<Vec<String>> = there.iter().map(|n| words(n.name)).collect();
    let words_here: Vec<Vec<String>> = here.iter().map(|n| words(n.name)).collect();
    let mut found: Vec<Option<(usize, Sureness)>> = vec![None; there.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for sureness in [Sureness::Same, Sureness::WithoutIdleWords, Sureness::Part] {
        let fits = |t: usize, h: usize| {
            let (a, b) = (key(&words_there[t], sureness), key(&words_here[h], sureness));
            (!a.is_empty() && a == b) || (sureness == Sureness::Part && (is_part(&a, &b) || is_part(&b, &a)))
        };
        let mut round = Vec::new();
        for t in (0..there.len()).filter(|t| found[*t].is_none()) {
            let all: Vec<usize> = (0..here.len()).filter(|h| !taken.contains(h) && fits(t, *h)).collect();
            let same_span = |h: &usize| there[t].span.is_some() && there[t].span == here[*h].span;
            let of_span: Vec<usize> = all.iter().copied().filter(same_span).collect();
            match (all.as_slice(), of_span.as_slice()) {
                ([one], _) | (_, [one]) => round.push((t, *one)),
                _ => {}
            }
        }
        for (t, h) in &round {
            if round.iter().filter(|(_, other)| other == h).count() == 1 {
                found[*t] = Some((*h, sureness));
                taken.insert(*h);
            }
        }
    }
    found
}

/// Whether all words of `part` stand in `whole`; one word alone proves nothing.
fn is_part(part: &str, whole: &str) -> bool {
    let whole: BTreeSet<&str> = whole.split(' ').collect();
    let part: BTreeSet<&str> = part.split(' ').collect();
    part.len() >= 2 && part.is_subset(&whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(there: &str, here: &[&str]) -> Option<(usize, Sureness)> {
        let here: Vec<Named<'_>> = here.iter().map(|name| Named { name, span: None }).collect();
        matches(&[Named { name: there, span: None }], &here)[0]
    }

    #[test]
    fn names_agree_over_case_and_abbreviations() {
        assert_eq!(one("Oakland Technical High", &["OAKLAND TECH HIGH SCHOOL"]), Some((0, Sureness::Same)));
        assert_eq!(one("Fred T. Korematsu Discovery Academy", &["FRED T KOREMATSU DISCOVERY AC"]), Some((0, Sureness::Same)));
        assert_eq!(one("Allendale Elementary", &["BELLA VISTA", "ALLENDALE"]), Some((1, Sureness::WithoutIdleWords)));
        assert_eq!(one("Carl B. Munck Elementary", &["CARL MUNCK"]), Some((0, Sureness::Part)));
        assert_eq!(one("Rise Community", &["RISE"]), Some((0, Sureness::Part)));
        assert_eq!(one("ACORN Woodland Elementary", &["ACORN WOODLAND K-5"]), Some((0, Sureness::WithoutIdleWords)));
    }

    #[test]
    fn what_fits_two_schools_fits_none() {
        assert_eq!(one("Lincoln", &["Lincoln Elementary", "Lincoln Middle"]), None);
        assert_eq!(one("Rise Community", &["SUNRISE"]), None);
        let here = [Named { name: "McClymonds High School", span: None }, Named { name: "MCCLYMONDS", span: None }];
        assert_eq!(matches(&[Named { name: "McClymonds High", span: None }], &here)[0], Some((0, Sureness::Same)));
    }

    #[test]
    fn grades_decide_between_two_of_one_name() {
        let here = [
            Named { name: "Community Day (High School)", span: Some(GradeSpan::High) },
            Named { name: "Community Day (Middle School)", span: Some(GradeSpan::Middle) },
        ];
        assert_eq!(matches(&[Named { name: "Community Day", span: Some(GradeSpan::High) }], &here)[0].map(|m| m.0), Some(0));
    }
}
