//! The rows of each kind of file as valid values. Whether a code exists in the district is for the server to know.

use serde::{Deserialize, Serialize};

use super::columns::Field;
use super::row::{Code, Row, Segment};
use crate::budget::FundKind;
use crate::catalog::{Division, GradeSpan};
use crate::fiscal::FiscalYear;
use crate::money::{BasisPoints, Cents};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteRow {
    pub code: Code,
    pub title: String,
    pub kind: String,
    pub category: String,
    pub is_school: bool,
}

/// A ledger fund, an object or a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRow {
    pub code: Code,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceRow {
    pub code: Code,
    pub title: String,
    pub kind: FundKind,
    pub category: String,
    pub subcategory: String,
}

/// One account of the books in one year, signed as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BooksRow {
    pub line: u32,
    pub year: FiscalYear,
    pub site: Code,
    pub ledger_fund: Code,
    pub resource: Code,
    /// Empty where the file has no such column.
    pub project: Code,
    pub goal: Code,
    pub function: Code,
    pub object: Code,
    pub budget: Cents,
    pub actual: Cents,
    /// The file's own balance disagrees with budget minus actual.
    pub balance_differs: bool,
}

/// What makes a row of the books one account.
pub type BooksKey = (FiscalYear, Code, Code, Code, (Code, Code, Code, Code));

impl BooksRow {
    pub fn key(&self) -> BooksKey {
        (self.year, self.site, self.ledger_fund, self.resource, (self.project, self.goal, self.function, self.object))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    pub code: Code,
    pub name: String,
    pub category: String,
    pub division: Division,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentRow {
    pub site: Option<Code>,
    pub name: String,
    pub enrollment: u32,
    pub low_income: Option<BasisPoints>,
    pub english_learners: Option<BasisPoints>,
    pub posts: Option<u32>,
    /// The file's own words for the year.
    pub year: String,
    pub charter: bool,
    pub span: Option<GradeSpan>,
}

pub fn site(row: &mut Row<'_>) -> Option<SiteRow> {
    let code = row.code(Field::Code, Segment::Site);
    let (title, kind, category) = (row.text(Field::Title), row.text(Field::Kind), row.text(Field::Category));
    if row.cell(Field::Kind).is_empty() {
        row.refuse(Field::Kind, "The type is blank. Write Schools for a school, else what it is.");
        return None;
    }
    let (code, kind) = (code?, kind?);
    let is_school = matches!(kind.to_lowercase().as_str(), "school" | "schools" | "school site" | "school sites");
    Some(SiteRow { code, title: named(title?, "Site", code), kind, category: category?, is_school })
}

pub fn code(row: &mut Row<'_>, segment: Segment) -> Option<CodeRow> {
    let (code, title, short) = (row.code(Field::Code, segment), row.text(Field::Title), row.text(Field::ShortTitle));
    let (code, title, short) = (code?, title?, short?);
    let title = if title.is_empty() { short } else { title };
    Some(CodeRow { code, title: named(title, "Code", code) })
}

pub fn resource(row: &mut Row<'_>) -> Option<ResourceRow> {
    let code = row.code(Field::Code, Segment::Resource);
    let (title, category, subcategory) = (row.text(Field::Title), row.text(Field::Category), row.text(Field::Subcategory));
    let kind = match row.cell(Field::Kind).to_lowercase().as_str() {
        "restricted" | "r" | "yes" | "y" => Some(FundKind::Restricted),
        "unrestricted" | "u" | "no" | "n" => Some(FundKind::Unrestricted),
        // SACS: 0000-1999 unrestricted, all others restricted.
        "" => code.map(|c| if c.as_str() < "2000" { FundKind::Unrestricted } else { FundKind::Restricted }),
        _ => {
            row.refuse(Field::Kind, "Write Restricted or Unrestricted.");
            None
        }
    };
    let code = code?;
    Some(ResourceRow { code, title: named(title?, "Resource", code), kind: kind?, category: category?, subcategory: subcategory? })
}

pub fn books(row: &mut Row<'_>) -> Option<BooksRow> {
    let year = row.year(Field::Year);
    let (site, ledger_fund) = (row.code(Field::Site, Segment::Site), row.code(Field::LedgerFund, Segment::LedgerFund));
    let resource = row.code(Field::Resource, Segment::Resource);
    let (project, goal) = (row.optional_code(Field::Project, Segment::Project), row.optional_code(Field::Goal, Segment::Goal));
    let (function, object) = (row.code(Field::Function, Segment::Function), row.code(Field::Object, Segment::Object));
    let (budget, actual) = (row.amount(Field::Budget), row.amount(Field::Actual));
    let balance = row.cell(Field::Balance).parse::<Cents>().ok();
    let (budget, actual) = (budget?, actual?);
    Some(BooksRow {
        line: row.line,
        year: year?,
        site: site?,
        ledger_fund: ledger_fund?,
        resource: resource?,
        project: project?,
        goal: goal?,
        function: function?,
        object: object?,
        budget,
        actual,
        balance_differs: balance.is_some() && balance != budget.checked_sub(actual),
    })
}

pub fn unit(row: &mut Row<'_>) -> Option<UnitRow> {
    let (code, name, category) = (row.code(Field::Code, Segment::Site), row.text(Field::Title), row.text(Field::Category));
    if row.cell(Field::Title).is_empty() {
        row.refuse(Field::Title, "The unit has no name.");
        return None;
    }
    let category = category?;
    Some(UnitRow { code: code?, name: name?, division: division(&category), category })
}

/// Which division a unit's category belongs to: instruction where its words speak of learning or students, else operations.
pub fn division(category: &str) -> Division {
    const INSTRUCTION: [&str; 8] =
        ["instruction", "special education", "student", "learning", "academic", "curriculum", "teaching", "school improvement"];
    let lower = category.to_lowercase();
    if INSTRUCTION.iter().any(|word| lower.contains(word)) { Division::Instruction } else { Division::Operations }
}

pub fn enrollment(row: &mut Row<'_>) -> Option<EnrollmentRow> {
    let (name, year) = (row.text(Field::Title), row.text(Field::Year));
    if row.cell(Field::Title).is_empty() {
        row.refuse(Field::Title, "The school has no name.");
        return None;
    }
    let site = match row.cell(Field::Site) {
        "" => Some(None),
        _ => row.code(Field::Site, Segment::Site).map(Some),
    };
    let enrollment = row.count(Field::Enrollment);
    let (low, learners, posts) =
        (row.optional_count(Field::LowIncome), row.optional_count(Field::EnglishLearners), row.optional_count(Field::Posts));
    let charter = matches!(row.cell(Field::Charter).to_lowercase().as_str(), "1" | "1.0" | "y" | "yes" | "true" | "charter");
    let span = span(row.cell(Field::LowGrade), row.cell(Field::HighGrade));
    let written_share = share_of_text(row.cell(Field::LowIncomeShare));
    let enrollment = enrollment?;
    let low_income = share(row, Field::LowIncome, low?, enrollment)?.or(written_share);
    let english_learners = share(row, Field::EnglishLearners, learners?, enrollment)?;
    Some(EnrollmentRow { site: site?, name: name?, enrollment, low_income, english_learners, posts: posts?, year: year?, charter, span })
}

/// The part of `whole` in basis points; outer `None` where the part is larger than the whole.
fn share(row: &mut Row<'_>, field: Field, part: Option<u32>, whole: u32) -> Option<Option<BasisPoints>> {
    match part {
        None => Some(None),
        Some(part) if part > whole => {
            row.refuse(field, "This is more than the enrollment.");
            None
        }
        Some(_) if whole == 0 => Some(None),
        Some(part) => Some(Some(BasisPoints((i64::from(part) * 10_000 + i64::from(whole) / 2) / i64::from(whole)))),
    }
}

/// `65.6%`, `0.6559` or `65.6` in basis points; `None` where it is none of these.
fn share_of_text(text: &str) -> Option<BasisPoints> {
    let number = text.trim().trim_end_matches('%').trim();
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let all_digits = !number.is_empty() && whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    let padded: String = fraction.chars().chain("0000".chars()).take(4).collect();
    let scaled =
        if all_digits { whole.parse::<i64>().unwrap_or(0).checked_mul(10_000)? + padded.parse::<i64>().ok()? } else { return None };
    // A share written up to 1 is a fraction; anything above is a percentage.
    let points = if text.contains('%') || scaled > 10_000 { scaled / 100 } else { scaled };
    (points <= 10_000).then_some(BasisPoints(points))
}

/// The span of the lowest and highest grade; `None` where they don't say.
pub fn span(low: &str, high: &str) -> Option<GradeSpan> {
    let (low, high) = (grade(low)?, grade(high)?);
    Some(match (low, high) {
        (_, ..=0) => GradeSpan::EarlyChildhood,
        (..=4, ..=6) => GradeSpan::Elementary,
        (..=5, ..=8) => GradeSpan::KEight,
        (6.., ..=9) => GradeSpan::Middle,
        (9.., _) => GradeSpan::High,
        (6..=8, _) => GradeSpan::SixTwelve,
        _ => GradeSpan::All,
    })
}

/// Preschool 0, kindergarten 0 as a beginning counts with the grades: `P` is -1, `K` and `TK` 1.
fn grade(text: &str) -> Option<i8> {
    let text = text.trim().trim_end_matches(".0").to_lowercase();
    match text.as_str() {
        "p" | "pk" | "ps" | "prek" | "infant" => Some(-1),
        "k" | "tk" | "kg" | "kn" => Some(1),
        "adult" => Some(12),
        digits => digits.parse().ok().filter(|g| (1..=12).contains(g)),
    }
}

fn named(title: String, what: &str, code: Code) -> String {
    if title.is_empty() { format!("{what} {code}") } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::import::columns::Layout;
    use crate::budget::import::{ImportKind, RowProblem};

    fn read<T>(kind: ImportKind, heads: &[&str], cells: &[&str], how: fn(&mut Row<'_>) -> Option<T>) -> (Option<T>, Vec<RowProblem>) {
        let layout = Layout::read(kind, heads).unwrap();
        let mut problems = Vec::new();
        let value = how(&mut Row { layout: &layout, line: 7, cells, problems: &mut problems });
        (value, problems)
    }

    const BOOKS: [&str; 8] = ["fy", "site", "fund", "resource", "function", "object", "budget", "ytd_actual"];

    #[test]
    fn a_row_of_the_books_keeps_its_signs() {
        let (row, problems) = read(ImportKind::Books, &BOOKS, &["2023-24", "101", "10", "0", "1000", "4310", "(1,234.50)", "$-5"], books);
        let row = row.unwrap();
        assert!(problems.is_empty());
        assert_eq!((row.budget.get(), row.actual.get()), (-123_450, -500));
        assert_eq!((row.year, row.resource.as_str(), row.ledger_fund.as_str()), (FiscalYear(2023), "0000", "10"));
    }

    #[test]
    fn each_bad_cell_is_told_with_its_column() {
        let (row, problems) = read(ImportKind::Books, &BOOKS, &["FY24", "", "1x", "3010", "1000", "4310", "12.345", "ten"], books);
        assert!(row.is_none());
        let columns: Vec<&str> = problems.iter().map(|p| p.column.as_str()).collect();
        assert_eq!(columns, ["fy", "site", "fund", "budget", "ytd_actual"]);
        assert!(problems.iter().all(|p| p.line == 7 && p.message.ends_with('.')));
    }

    #[test]
    fn shares_come_from_counts_or_from_written_percentages() {
        let heads = ["School Name", "Enrollment (K-12)", "FRPM Count (K-12)", "Low Grade", "High Grade"];
        let (row, _) = read(ImportKind::Enrollment, &heads, &["Allendale", "393.0", "325.0", "K", "5"], enrollment);
        let row = row.unwrap();
        assert_eq!((row.enrollment, row.low_income, row.span), (393, Some(BasisPoints(8_270)), Some(GradeSpan::Elementary)));
        assert_eq!(share_of_text("65.6%"), Some(BasisPoints(6_560)));
        assert_eq!(share_of_text("0.827"), Some(BasisPoints(8_270)));
        assert_eq!(share_of_text("101%"), None);
        let (row, problems) = read(ImportKind::Enrollment, &heads, &["Allendale", "10", "11", "K", "5"], enrollment);
        assert!(row.is_none() && problems[0].column == "FRPM Count (K-12)");
    }

    #[test]
    fn spans_follow_the_grades() {
        assert_eq!(span("P", "8"), Some(GradeSpan::KEight));
        assert_eq!(span("6", "8"), Some(GradeSpan::Middle));
        assert_eq!(span("6", "12"), Some(GradeSpan::SixTwelve));
        assert_eq!(span("9", "12"), Some(GradeSpan::High));
        assert_eq!(span("K", "12"), Some(GradeSpan::All));
        assert_eq!(span("", "12"), None);
    }

    #[test]
    fn units_fall_into_divisions_by_their_category() {
        assert_eq!(division("Instructional Programs"), Division::Instruction);
        assert_eq!(division("Student Services"), Division::Instruction);
        assert_eq!(division("Facilities"), Division::Operations);
    }
}
