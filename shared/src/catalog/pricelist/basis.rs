//! What a price is for, as lists write it: flat, per day, by band of pupils, per post, a quote, the actual cost.

use crate::catalog::UnitOfMeasure;
use crate::money::{BasisPoints, Cents};

/// What a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    NoCharge,
    /// One price for the school.
    Flat,
    /// So much for each one that is ordered.
    Each(UnitOfMeasure),
    /// One price for schools of so many students.
    PupilBand,
    PerPupil,
    PerPost,
    /// The actual cost, and a share on top.
    CostPlus(BasisPoints),
    /// Asked for; the list names no price.
    Quote,
    /// Shared out by a formula that the list does not give: asked for, and a person looks at it.
    Formula,
}

/// Units of measure by the words that name one of them.
const EACH: [(&str, UnitOfMeasure); 27] = [
    ("weekly day per school year", UnitOfMeasure::WeeklyDay),
    ("weekly day", UnitOfMeasure::WeeklyDay),
    ("student day", UnitOfMeasure::StudentDay),
    ("pupil day", UnitOfMeasure::StudentDay),
    ("half day", UnitOfMeasure::HalfDay),
    ("half-day", UnitOfMeasure::HalfDay),
    ("coaching day", UnitOfMeasure::CoachingDay),
    ("day", UnitOfMeasure::Day),
    ("hour", UnitOfMeasure::Hour),
    ("hr", UnitOfMeasure::Hour),
    ("session", UnitOfMeasure::Session),
    ("workshop", UnitOfMeasure::Session),
    ("meeting", UnitOfMeasure::Session),
    ("event", UnitOfMeasure::Event),
    ("visit", UnitOfMeasure::Visit),
    ("participant", UnitOfMeasure::Seat),
    ("delegate", UnitOfMeasure::Seat),
    ("attendee", UnitOfMeasure::Seat),
    ("place", UnitOfMeasure::Seat),
    ("seat", UnitOfMeasure::Seat),
    ("person", UnitOfMeasure::Seat),
    ("month", UnitOfMeasure::Month),
    ("item", UnitOfMeasure::Item),
    ("unit", UnitOfMeasure::Item),
    ("licence", UnitOfMeasure::Item),
    ("license", UnitOfMeasure::Item),
    ("copy", UnitOfMeasure::Item),
];
const FLAT: [&str; 13] = [
    "flat",
    "flat per year",
    "flat fee",
    "fixed",
    "fixed price",
    "per year",
    "per annum",
    "annual",
    "annually",
    "per school",
    "per school per year",
    "subscription",
    "package",
];
const BANDS: [&str; 8] =
    ["band by pupils", "band", "banded", "pupil band", "by enrollment", "by pupils", "enrollment band", "band by enrollment"];
const PUPILS: [&str; 7] = ["per pupil", "per student", "per learner", "per child", "per head of pupils", "per enrolled student", "per adm"];
const POSTS: [&str; 8] = [
    "per occupied post",
    "per post",
    "per fte",
    "per head of staff",
    "per employee",
    "per member of staff",
    "per staff member",
    "per teacher",
];
const FREE: [&str; 6] = ["no charge", "free", "free of charge", "included", "core", "nil"];
const QUOTE: [&str; 9] =
    ["quote", "on request", "quote on request", "poa", "price on application", "by arrangement", "tbc", "customized", "customised"];

/// What a basis cell says; `None` for words that are not known.
pub fn basis_of(text: &str) -> Option<Basis> {
    let plain = text.trim().to_lowercase().replace('/', " per ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let is = |known: &[&str]| known.contains(&plain.as_str());
    if is(&FREE) {
        return Some(Basis::NoCharge);
    }
    if is(&QUOTE) {
        return Some(Basis::Quote);
    }
    if is(&FLAT) {
        return Some(Basis::Flat);
    }
    if is(&BANDS) {
        return Some(Basis::PupilBand);
    }
    if is(&PUPILS) {
        return Some(Basis::PerPupil);
    }
    if is(&POSTS) {
        return Some(Basis::PerPost);
    }
    cost_plus(&plain).or_else(|| formula(&plain)).or_else(|| each(&plain))
}

fn each(plain: &str) -> Option<Basis> {
    if matches!(plain, "each" | "per item") {
        return Some(Basis::Each(UnitOfMeasure::Item));
    }
    let named = match plain {
        "hourly" => "hour",
        "daily" => "day",
        "monthly" => "month",
        _ => plain.strip_prefix("per ").or_else(|| plain.strip_prefix("by the ")).or_else(|| plain.strip_prefix("each "))?,
    };
    EACH.iter().find(|(word, _)| *word == named).map(|(_, measure)| Basis::Each(*measure))
}

/// `actual cost`, `cost plus 5%`, `actual cost + 7.5 %`.
fn cost_plus(plain: &str) -> Option<Basis> {
    let rest = plain.strip_prefix("actual ").unwrap_or(plain);
    let rest = rest.strip_prefix("costs").or_else(|| rest.strip_prefix("cost")).or_else(|| rest.strip_prefix("at cost"))?.trim();
    if rest.is_empty() {
        return Some(Basis::CostPlus(BasisPoints(0)));
    }
    let share = rest.strip_prefix("plus").or_else(|| rest.strip_prefix('+'))?;
    percentage(share).map(Basis::CostPlus)
}

/// A share of something, or shared out by something: no price without knowing more.
fn formula(plain: &str) -> Option<Basis> {
    let shared = plain.starts_with("shared by") || plain.starts_with("by formula") || plain == "formula" || plain.starts_with("pro rata");
    let share_of = plain.contains('%') || plain.starts_with("percent");
    (shared || share_of).then_some(Basis::Formula)
}

/// `5%`, ` 7.5 percent`, in hundredths of a percent.
pub fn percentage(text: &str) -> Option<BasisPoints> {
    let number = text.trim().trim_end_matches("percent").trim_end_matches('%').trim();
    let points = number.parse::<Cents>().ok()?.get();
    (number.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) && (0..=10_000).contains(&points)).then_some(BasisPoints(points))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_read_as_lists_write_them() {
        let known = [
            ("flat", Basis::Flat),
            ("Flat per year", Basis::Flat),
            ("per day", Basis::Each(UnitOfMeasure::Day)),
            ("per half day", Basis::Each(UnitOfMeasure::HalfDay)),
            ("hourly", Basis::Each(UnitOfMeasure::Hour)),
            ("/hr", Basis::Each(UnitOfMeasure::Hour)),
            ("each", Basis::Each(UnitOfMeasure::Item)),
            ("per weekly day per school year", Basis::Each(UnitOfMeasure::WeeklyDay)),
            ("per student day", Basis::Each(UnitOfMeasure::StudentDay)),
            ("per student", Basis::PerPupil),
            ("per occupied post", Basis::PerPost),
            ("per head of staff", Basis::PerPost),
            ("per person", Basis::Each(UnitOfMeasure::Seat)),
            ("band by pupils", Basis::PupilBand),
            ("no charge", Basis::NoCharge),
            ("quote", Basis::Quote),
            ("POA", Basis::Quote),
            ("actual cost", Basis::CostPlus(BasisPoints(0))),
            ("actual cost plus 5%", Basis::CostPlus(BasisPoints(500))),
            ("Cost + 7.5 %", Basis::CostPlus(BasisPoints(750))),
            ("shared by ADM", Basis::Formula),
            ("2% of budget", Basis::Formula),
        ];
        for (text, basis) in known {
            assert_eq!(basis_of(text), Some(basis), "{text}");
        }
        for text in ["", "per blue moon", "cost plus love", "whatever"] {
            assert_eq!(basis_of(text), None, "{text}");
        }
    }
}
