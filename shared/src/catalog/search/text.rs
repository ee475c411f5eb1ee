//! Words that people type against words that units wrote: case, accents and typos forgiven.

use std::collections::HashMap;
use std::ops::Range;

/// More words of a query than this are not looked at.
const WORDS_LIMIT: usize = 8;
/// Letters of a word beyond this are not looked at.
const LETTERS_LIMIT: usize = 28;

/// How a typed word matched; times the weight of the field it is the score.
const EXACT: u32 = 8;
const BEGINNING: u32 = 5;
const MISTYPED: u32 = 2;

/// The letters from `À` to `ſ` without their accents, in order; a dot where a letter is its own base.
/// A table of Unicode's for all scripts would cost the browser 45 KB.
const BASES: &[u8; 192] = b"AAAAAA.CEEEEIIII.NOOOOO.OUUUUY..aaaaaa.ceeeeiiii.nooooo.ouuuuy.yAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGg\
    GgGgHhHhIiIiIiIiIi..JjKk.LlLlLl..LlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz.";

/// `text` in lower case without accents.
pub fn fold(text: &str) -> String {
    let is_mark = |letter: &char| ('\u{300}'..='\u{36f}').contains(letter);
    text.chars().filter(|letter| !is_mark(letter)).map(base).flat_map(char::to_lowercase).collect()
}

fn base(letter: char) -> char {
    let place = u32::from(letter).checked_sub(u32::from('À')).and_then(|place| usize::try_from(place).ok());
    match place.and_then(|place| BASES.get(place)).copied() {
        Some(b'.') | None => letter,
        Some(base) => char::from(base),
    }
}

/// The folded words of `text`: runs of letters and digits.
pub fn words(text: &str) -> Vec<String> {
    let cut = |word: &str| word.chars().take(LETTERS_LIMIT).collect::<String>();
    fold(text).split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(cut).collect()
}

/// A word of the catalog, its letters and where it stands.
#[derive(Clone, Debug)]
struct Entry {
    letters: Vec<char>,
    /// One bit for each letter a–z and one for the rest, to dismiss most words without comparing.
    mask: u32,
    places: Vec<Place>,
}

/// Packages that a word belongs to, and what its field weighs.
#[derive(Clone, Debug)]
struct Place {
    packages: Range<usize>,
    weight: u32,
}

/// Every word of the catalog.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    numbers: HashMap<String, usize>,
    entries: Vec<Entry>,
}

impl Lexicon {
    /// Takes in the words of a field that belongs to `packages`.
    pub fn add(&mut self, text: &str, packages: &Range<usize>, weight: u32) {
        for word in words(text) {
            let letters: Vec<char> = word.chars().collect();
            let number = *self.numbers.entry(word).or_insert(self.entries.len());
            if number == self.entries.len() {
                self.entries.push(Entry { mask: mask(&letters), letters, places: Vec::new() });
            }
            self.entries[number].places.push(Place { packages: packages.clone(), weight });
        }
    }

    /// The score of each package for `query`; zero where a word of the query is not in it. `None` for a query without words.
    pub fn scores(&self, query: &str, packages: usize) -> Option<Vec<u32>> {
        let typed = words(query);
        let mut total: Option<Vec<u32>> = None;
        let mut of_word = vec![0u32; packages];
        for word in typed.iter().take(WORDS_LIMIT) {
            of_word.fill(0);
            self.score_word(word, &mut of_word);
            match &mut total {
                None => total = Some(of_word.clone()),
                Some(total) => {
                    total.iter_mut().zip(&of_word).for_each(|(sum, score)| *sum = if *score == 0 || *sum == 0 { 0 } else { *sum + score })
                }
            }
        }
        total
    }

    fn score_word(&self, word: &str, scores: &mut [u32]) {
        let typed: Vec<char> = word.chars().collect();
        let (typed_mask, typos) = (mask(&typed), allowed_typos(typed.len()));
        for entry in &self.entries {
            // Each typo can explain one letter that the word lacks.
            if (typed_mask & !entry.mask).count_ones() > u32::from(typos) {
                continue;
            }
            let kind = match_kind(&typed, &entry.letters, typos);
            if kind == 0 {
                continue;
            }
            for place in &entry.places {
                for score in &mut scores[place.packages.clone()] {
                    *score = (*score).max(kind * place.weight);
                }
            }
        }
    }
}

/// One slip in words of 4 to 7 letters, two in longer ones.
fn allowed_typos(letters: usize) -> u8 {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

fn mask(letters: &[char]) -> u32 {
    letters.iter().fold(0, |mask, letter| match letter {
        'a'..='z' => mask | 1 << (u32::from(*letter) - u32::from('a')),
        _ => mask | 1 << 26,
    })
}

fn match_kind(typed: &[char], word: &[char], typos: u8) -> u32 {
    if word.starts_with(typed) {
        return if word.len() == typed.len() { EXACT } else { BEGINNING };
    }
    if typos > 0 && begins_within(typed, word, typos) { MISTYPED } else { 0 }
}

/// Whether `typed` is at most `typos` slips (a wrong, missing, extra or swapped letter) from a beginning of `word`.
fn begins_within(typed: &[char], word: &[char], typos: u8) -> bool {
    let columns = word.len().min(typed.len() + usize::from(typos));
    if columns + usize::from(typos) < typed.len() {
        return false;
    }
    // Rows of the distance table: the one before the last, the last, this one. Distances beyond `typos` do not matter.
    let mut rows = [[0u8; LETTERS_LIMIT + 4]; 3];
    for (column, cell) in rows[1].iter_mut().enumerate().take(columns + 1) {
        *cell = u8::try_from(column).unwrap_or(u8::MAX);
    }
    for (row, letter) in typed.iter().enumerate() {
        let [before, last, this] = &mut rows;
        this[0] = u8::try_from(row + 1).unwrap_or(u8::MAX);
        let mut least = this[0];
        for column in 0..columns {
            let other = word[column];
            let mut cell = (last[column] + u8::from(*letter != other)).min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && *letter == word[column - 1] && typed[row - 1] == other {
                cell = cell.min(before[column - 1] + 1);
            }
            this[column + 1] = cell;
            least = least.min(cell);
        }
        if least > typos {
            return false;
        }
        rows.rotate_left(1);
    }
    rows[1][..=columns].iter().any(|distance| *distance <= typos)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[track_caller]
    fn check(typed: &str, word: &str, expected: u32) {
        assert_eq!(match_kind(&letters(typed), &letters(word), allowed_typos(typed.len())), expected, "{typed} ~ {word}");
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        assert_eq!(words("Élèves, K–5 “Niño”"), ["eleves", "k", "5", "nino"]);
    }

    #[test]
    fn typos_are_forgiven_by_length() {
        check("math", "math", EXACT);
        check("math", "mathematics", BEGINNING);
        check("mtah", "mathematics", MISTYPED);
        check("coachng", "coaching", MISTYPED);
        check("mathemtaicz", "mathematics", MISTYPED);
        check("caoching", "coaching", MISTYPED);
        check("mat", "cat", 0);
        check("bath", "lathe", MISTYPED);
        check("reading", "heating", 0);
        check("mathamatix", "mathematics", MISTYPED);
        check("xathxmatxcs", "mathematics", 0);
    }

    #[test]
    fn every_word_typed_must_be_there() {
        let mut lexicon = Lexicon::default();
        lexicon.add("Elementary mathematics coaching", &(0..2), 8);
        lexicon.add("Reading coaching", &(2..3), 8);
        lexicon.add("mathematics", &(2..3), 2);
        assert_eq!(lexicon.scores("coach", 4), Some(vec![40, 40, 40, 0]));
        assert_eq!(lexicon.scores("coaching math", 4), Some(vec![104, 104, 74, 0]));
        assert_eq!(lexicon.scores("coaching élementary", 4), Some(vec![128, 128, 0, 0]));
        assert_eq!(lexicon.scores(" – ", 4), None);
    }

    /// The textbook's distance with swaps, to any beginning of the word.
    fn naive(typed: &[char], word: &[char]) -> usize {
        let distance = |a: &[char], b: &[char]| {
            let mut table = vec![vec![0usize; b.len() + 1]; a.len() + 1];
            for i in 0..=a.len() {
                for j in 0..=b.len() {
                    table[i][j] = match (i, j) {
                        (0, j) => j,
                        (i, 0) => i,
                        (i, j) => {
                            let swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                            let plain =
                                (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1])).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                            if swap { plain.min(table[i - 2][j - 2] + 1) } else { plain }
                        }
                    };
                }
            }
            table[a.len()][b.len()]
        };
        (0..=word.len()).map(|end| distance(typed, &word[..end])).min().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn the_bounded_distance_agrees_with_the_textbook(typed in "[abc]{1,12}", word in "[abc]{1,14}", typos in 1u8..3) {
            let (typed, word) = (letters(&typed), letters(&word));
            prop_assert_eq!(begins_within(&typed, &word, typos), naive(&typed, &word) <= usize::from(typos));
        }
    }
}
