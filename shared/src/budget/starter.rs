//! Families of funds and the rules an imported fund starts with, both shipped as data.

use std::sync::LazyLock;

use super::objects::data_lines;
use super::{FundFamily, FundKind, FundRule};
use crate::catalog::Category;

const FAMILIES: &str = include_str!("../../data/fund-families.txt");
const RULES: &str = include_str!("../../data/starter-rules.txt");

/// What a district's list says of a resource.
#[derive(Clone, Copy, Debug)]
pub struct FundWords<'a> {
    pub code: &'a str,
    pub title: &'a str,
    pub category: &'a str,
    pub subcategory: &'a str,
    pub kind: FundKind,
}

enum Test {
    Code(u32, u32),
    Category(String),
    Subcategory(String),
    Title(String),
    Kind(FundKind),
}

/// A starter rule and what its money is meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    pub rule: FundRule,
    pub intent: String,
}

enum StarterFor {
    Family(FundFamily),
    Code(u32),
}

static FAMILY_TESTS: LazyLock<Vec<(FundFamily, Vec<Test>)>> = LazyLock::new(|| data_lines(FAMILIES).filter_map(family_line).collect());
static STARTERS: LazyLock<Vec<(StarterFor, Starter)>> = LazyLock::new(|| blocks().filter_map(|b| starter_block(&b)).collect());

fn family_line(line: &str) -> Option<(FundFamily, Vec<Test>)> {
    let (family, tests) = line.split_once('|')?;
    let tests = tests.split(';').map(|t| test(t.trim())).collect::<Option<Vec<_>>>()?;
    Some((FundFamily::parse(family.trim())?, tests))
}

fn test(text: &str) -> Option<Test> {
    let (name, words) = text.split_once(' ')?;
    let words = words.trim();
    match name {
        "code" => words.split_once('-').and_then(|(from, to)| Some(Test::Code(from.parse().ok()?, to.parse().ok()?))),
        "category" => Some(Test::Category(words.to_owned())),
        "sub" => Some(Test::Subcategory(words.to_owned())),
        "title" => Some(Test::Title(words.to_owned())),
        "kind" => FundKind::parse(words).map(Test::Kind),
        _ => None,
    }
}

fn blocks() -> impl Iterator<Item = String> {
    let text: Vec<&str> = RULES.lines().filter(|line| !line.starts_with('#')).collect();
    let joined = text.join("\n");
    joined.split("\n\n").map(str::trim).filter(|b| !b.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

fn starter_block(block: &str) -> Option<(StarterFor, Starter)> {
    let value = |key: &str| block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':').map(str::trim));
    let words = |key: &str| value(key).map(|v| v.split_whitespace().collect::<Vec<_>>()).unwrap_or_default();
    let name = value("for")?;
    let target = match name.parse::<u32>() {
        Ok(code) => StarterFor::Code(code),
        Err(_) => StarterFor::Family(FundFamily::parse(name)?),
    };
    let rule = FundRule {
        categories: words("categories").into_iter().map(Category::parse).collect::<Option<Vec<_>>>()?,
        objects: words("objects").into_iter().map(str::to_owned).collect(),
        last_day: None,
        needs_goal: value("goal") == Some("yes"),
        needs_council_review: value("council") == Some("yes"),
        quote: value("quote")?.to_owned(),
        source: value("source")?.to_owned(),
    };
    Some((target, Starter { rule, intent: value("intent")?.to_owned() }))
}

/// The family a fund belongs to. Total: what nothing fits is other local money.
pub fn family(fund: FundWords<'_>) -> FundFamily {
    let lower = |text: &str| text.to_lowercase();
    let (title, category, sub) = (lower(fund.title), lower(fund.category), lower(fund.subcategory));
    let number = fund.code.parse::<u32>().ok();
    let holds = |test: &Test| match test {
        Test::Code(from, to) => number.is_some_and(|n| (*from..=*to).contains(&n)),
        Test::Category(word) => category.contains(word.as_str()),
        Test::Subcategory(word) => sub.contains(word.as_str()),
        Test::Title(word) => title.contains(word.as_str()),
        Test::Kind(kind) => fund.kind == *kind,
    };
    FAMILY_TESTS.iter().find(|(_, tests)| tests.iter().all(holds)).map_or(FundFamily::OtherLocal, |(family, _)| *family)
}

/// The rule a fund starts with; `None` sends it to the budget office's queue.
pub fn starter(code: &str, family: FundFamily) -> Option<&'static Starter> {
    let number = code.parse::<u32>().ok();
    let by_code = STARTERS.iter().find(|(target, _)| matches!(target, StarterFor::Code(c) if Some(*c) == number));
    let by_family = || STARTERS.iter().find(|(target, _)| matches!(target, StarterFor::Family(f) if *f == family));
    by_code.or_else(by_family).map(|(_, starter)| starter)
}

/// What a fund's money is for: the starter rule's sentence, or the family's.
pub fn intent(code: &str, family: FundFamily) -> String {
    starter(code, family)
        .map_or_else(|| format!("{}: the grant or law behind it says what it is for.", family.title()), |s| s.intent.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, title: &str, category: &str, kind: FundKind) -> FundFamily {
        family(FundWords { code, title, category, subcategory: "", kind })
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        assert_eq!(FAMILY_TESTS.len(), data_lines(FAMILIES).count());
        assert_eq!(STARTERS.len(), data_lines(RULES).filter(|l| l.starts_with("for:")).count());
    }

    #[test]
    fn funds_find_their_family_by_code_or_by_words() {
        use FundFamily::*;
        use FundKind::{Restricted, Unrestricted};
        assert_eq!(of("0000", "General Purpose", "General (Base)", Unrestricted), Base);
        assert_eq!(of("0003", "Concentration Support", "Supplemental & Concentration", Unrestricted), Supplemental);
        assert_eq!(of("3010", "ESSA: Title I, Part A", "Federal", Restricted), TitleOne);
        assert_eq!(of("4124", "ESSA: Title IV, Part B", "Federal", Restricted), ExpandedLearning);
        assert_eq!(of("9655", "Measure Y Series 2021A", "Bonds", Restricted), Facilities);
        assert_eq!(of("9332", "Measure G1 - Parcel Tax", "Parcel Taxes", Restricted), ParcelTax);
        assert_eq!(of("9022", "Marcus Foster", "Philanthropy / Grants", Restricted), Grant);
        assert_eq!(of("7435", "Learning Recovery", "State", Restricted), OtherState);
    }

    #[test]
    fn a_fund_without_a_starter_waits_for_the_budget_office() {
        assert!(starter("9022", FundFamily::Grant).is_none());
        assert!(starter("3010", FundFamily::TitleOne).is_some_and(|s| s.rule.needs_goal && s.rule.needs_council_review));
        assert!(starter("1100", FundFamily::OtherState).is_some());
    }
}
