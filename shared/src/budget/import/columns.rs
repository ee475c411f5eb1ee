//! The columns of each kind of file, and the headings they go by in the wild.

use super::ImportKind;

/// One column's meaning, whatever the file calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Code,
    Title,
    ShortTitle,
    Kind,
    Category,
    Subcategory,
    Year,
    Site,
    LedgerFund,
    Resource,
    Project,
    Goal,
    Function,
    Object,
    Budget,
    Actual,
    Balance,
    Enrollment,
    LowIncome,
    LowIncomeShare,
    EnglishLearners,
    Posts,
    Charter,
    LowGrade,
    HighGrade,
}

/// A column of a kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub field: Field,
    /// How we call it in reports.
    pub name: &'static str,
    pub required: bool,
    /// Headings it is known by, as [`normal`] writes them; earlier ones win.
    pub aliases: &'static [&'static str],
}

const fn must(field: Field, name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column { field, name, required: true, aliases }
}

const fn may(field: Field, name: &'static str, aliases: &'static [&'static str]) -> Column {
    Column { field, name, required: false, aliases }
}

const SITE: &[&str] = &[
    "sitecode",
    "site",
    "siteid",
    "sitenumber",
    "siteno",
    "locationcode",
    "location",
    "loc",
    "schoolcode",
    "schoolid",
    "costcentercode",
    "code",
];
const TITLES: &[&str] =
    &["description", "title", "name", "longdescription", "codedescription", "label", "shortdescription", "short", "shorttitle"];
const FUND: &[&str] = &["fundcode", "fund", "fundnumber", "fundno", "ledgerfund", "fundid", "code"];
const RESOURCE: &[&str] = &["resourcecode", "resource", "resourceno", "resourcenumber", "rs", "resc", "sacsresource", "resourceid", "code"];
const OBJECT: &[&str] = &["objectcode", "object", "obj", "objectno", "objectnumber", "objcode", "objectid", "code"];
const FUNCTION: &[&str] = &["functioncode", "function", "func", "fn", "functionno", "functionnumber", "functionid", "code"];

const SITES: &[Column] = &[
    must(Field::Code, "site code", SITE),
    must(
        Field::Title,
        "site name",
        &["description", "sitename", "schoolname", "name", "title", "sitedescription", "locationname", "schooltitle"],
    ),
    must(Field::Kind, "type", &["type", "sitetype", "kind", "locationtype", "orgtype"]),
    may(Field::Category, "category", &["category", "schooltype", "level", "schoollevel", "gradespan", "subtype"]),
];
const LEDGER_FUNDS: &[Column] = &[must(Field::Code, "fund code", FUND), must(Field::Title, "fund name", TITLES)];
const RESOURCES: &[Column] = &[
    must(Field::Code, "resource code", RESOURCE),
    must(
        Field::Title,
        "resource name",
        &["description", "resourcename", "resourcedescription", "name", "title", "longdescription", "label"],
    ),
    may(Field::Kind, "type", &["type", "restriction", "restricted", "restrictedunrestricted", "resourcetype"]),
    may(Field::Category, "category", &["category", "resourcecategory", "group"]),
    may(Field::Subcategory, "subcategory", &["subcategory", "subgroup", "resourcesubcategory"]),
];
const OBJECTS: &[Column] = &[
    must(Field::Code, "object code", OBJECT),
    must(Field::Title, "object name", &["description", "objectname", "objectdescription", "name", "title", "longdescription", "short"]),
    may(Field::ShortTitle, "short name", &["short", "shortdescription", "shortname", "shorttitle", "abbreviation"]),
];
const FUNCTIONS: &[Column] = &[
    must(Field::Code, "function code", FUNCTION),
    must(
        Field::Title,
        "function name",
        &["description", "functionname", "functiondescription", "name", "title", "longdescription", "short"],
    ),
];
const BOOKS: &[Column] = &[
    must(Field::Year, "fiscal year", &["year", "fiscalyear", "fy", "schoolyear", "budgetyear", "fiscalyr"]),
    must(Field::Site, "site code", SITE),
    must(Field::LedgerFund, "fund code", FUND),
    must(Field::Resource, "resource code", RESOURCE),
    may(Field::Project, "project year", &["projectyear", "py", "projyear", "yr"]),
    may(Field::Goal, "goal code", &["goalcode", "goal", "gl", "goalno"]),
    must(Field::Function, "function code", FUNCTION),
    must(Field::Object, "object code", OBJECT),
    must(
        Field::Budget,
        "budget",
        &["budget", "revisedbudget", "workingbudget", "currentbudget", "adjustedbudget", "budgetamount", "amendedbudget"],
    ),
    must(
        Field::Actual,
        "actual to date",
        &[
            "ytdactual",
            "ytdactuals",
            "actual",
            "actuals",
            "actualytd",
            "actualtodate",
            "ytdexpended",
            "expended",
            "ytdexpense",
            "expenditures",
            "spent",
        ],
    ),
    may(Field::Balance, "balance", &["balance", "remaining", "budgetbalance", "availablebalance"]),
];
const UNITS: &[Column] = &[
    must(Field::Code, "unit code", &["code", "unitcode", "programcode", "sitecode", "site", "departmentcode", "department", "costcenter"]),
    must(Field::Title, "unit name", &["name", "unitname", "programname", "description", "title", "departmentname", "department"]),
    may(Field::Category, "category", &["category", "division", "group", "area"]),
    may(Field::Year, "year", &["year", "fiscalyear", "fy", "schoolyear"]),
];
const ENROLLMENT: &[Column] = &[
    may(Field::Site, "site code", &["sitecode", "site", "siteid", "locationcode", "districtschoolcode", "localschoolcode"]),
    must(Field::Title, "school name", &["schoolname", "school", "name", "sitename", "schooltitle"]),
    must(
        Field::Enrollment,
        "enrollment",
        &["enrollmentk12", "enrollment", "enrolment", "totalenrollment", "cumulativeenrollment", "students", "studentcount", "enrolled"],
    ),
    may(
        Field::LowIncome,
        "low-income count",
        &[
            "frpmcountk12",
            "frpmcount",
            "frpm",
            "freeandreducedcount",
            "lowincomecount",
            "lowincome",
            "unduplicatedfrpmeligiblecount",
            "socioeconomicallydisadvantaged",
        ],
    ),
    may(
        Field::LowIncomeShare,
        "low-income share",
        &["percenteligiblefrpmk12", "percenteligiblefrpm", "frpmpercent", "percentfrpm", "lowincomeshare", "percentlowincome"],
    ),
    may(
        Field::EnglishLearners,
        "English learners",
        &["englishlearners", "elcount", "el", "ell", "englishlearnercount", "englishlearnerel"],
    ),
    may(Field::Posts, "teaching posts", &["posts", "teachers", "teachingposts", "teacherfte", "fte"]),
    may(Field::Year, "year", &["academicyear", "year", "schoolyear", "fiscalyear"]),
    may(Field::Charter, "charter", &["charterschoolyn", "charter", "charteryn", "charterschool", "ischarter"]),
    may(Field::LowGrade, "low grade", &["lowgrade", "gradelow", "gslo", "fromgrade", "gradesfrom"]),
    may(Field::HighGrade, "high grade", &["highgrade", "gradehigh", "gshi", "tograde", "gradesto"]),
];

/// The columns a file of `kind` has, in the order a report names them.
pub const fn columns(kind: ImportKind) -> &'static [Column] {
    match kind {
        ImportKind::Sites => SITES,
        ImportKind::LedgerFunds => LEDGER_FUNDS,
        ImportKind::Resources => RESOURCES,
        ImportKind::Objects => OBJECTS,
        ImportKind::Functions => FUNCTIONS,
        ImportKind::Books => BOOKS,
        ImportKind::Units => UNITS,
        ImportKind::Enrollment => ENROLLMENT,
    }
}

/// A heading in lower case, letters and digits only: `Site Code`, `site_code` and `SITE-CODE` are one.
pub fn normal(heading: &str) -> String {
    heading.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Where each column stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    pub kind: ImportKind,
    /// Place of the cell and the file's own heading, by field.
    places: Vec<(Field, usize, String)>,
    /// Cells of each row.
    pub width: usize,
}

impl Layout {
    /// Reads the headings; every required column that is missing is told, with the headings it may have.
    pub fn read(kind: ImportKind, headings: &[&str]) -> Result<Self, Vec<String>> {
        let known: Vec<String> = headings.iter().map(|h| normal(h)).collect();
        let mut places: Vec<(Field, usize, String)> = Vec::new();
        let mut missing = Vec::new();
        for column in columns(kind) {
            let free = |at: &usize| !places.iter().any(|(_, taken, _)| taken == at);
            let place = column.aliases.iter().find_map(|alias| known.iter().position(|h| h == alias).filter(free));
            match place {
                Some(at) => places.push((column.field, at, headings[at].trim().to_owned())),
                None if column.required => missing.push(missing_column(column, headings)),
                None => {}
            }
        }
        let repeated = known.iter().enumerate().find(|(at, h)| !h.is_empty() && known[..*at].contains(h));
        if let Some((at, _)) = repeated.filter(|(at, h)| places.iter().any(|(_, p, _)| p == at || known[*p] == **h)) {
            missing.push(format!("The column “{}” stands twice; keep one.", headings[at].trim()));
        }
        if missing.is_empty() { Ok(Self { kind, places, width: headings.len() }) } else { Err(missing) }
    }

    /// The place of a column's cell; `None` where the file lacks it.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.places.iter().find(|(known, _, _)| *known == field).map(|(_, at, _)| *at)
    }

    /// The file's own heading of a column, or our name of it.
    pub fn heading(&self, field: Field) -> &str {
        let ours = || columns(self.kind).iter().find(|c| c.field == field).map_or("", |c| c.name);
        self.places.iter().find(|(known, _, _)| *known == field).map_or_else(ours, |(_, _, heading)| heading.as_str())
    }
}

fn missing_column(column: &Column, headings: &[&str]) -> String {
    let known: Vec<&str> = column.aliases.iter().copied().take(4).collect();
    let found: Vec<&str> = headings.iter().map(|h| h.trim()).filter(|h| !h.is_empty()).take(12).collect();
    format!(
        "The column “{}” is missing. It may be headed {}. This file has: {}.",
        column.name,
        known.join(", "),
        if found.is_empty() { "no headings".to_owned() } else { found.join(", ") }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_found_in_any_order_and_spelling() {
        let layout = Layout::read(
            ImportKind::Books,
            &["FY", "Object", "Site Code", "Resource Code", "FUNCTION", "Fund", "YTD Actual", "Revised Budget", "Remarks"],
        )
        .unwrap();
        assert_eq!(layout.place(Field::Site), Some(2));
        assert_eq!(layout.place(Field::Budget), Some(7));
        assert_eq!(layout.place(Field::Goal), None);
        assert_eq!(layout.heading(Field::Actual), "YTD Actual");
        assert_eq!(layout.heading(Field::Goal), "goal code");
    }

    #[test]
    fn a_missing_or_repeated_column_is_told() {
        let missing = Layout::read(ImportKind::Sites, &["Site Code", "Site Name"]).unwrap_err();
        assert!(missing[0].contains("“type” is missing") && missing[0].contains("Site Name"), "{missing:?}");
        let twice = Layout::read(ImportKind::LedgerFunds, &["code", "description", "Code"]).unwrap_err();
        assert_eq!(twice, ["The column “Code” stands twice; keep one."]);
    }

    #[test]
    fn aliases_are_written_as_headings_are_compared() {
        for kind in ImportKind::ALL {
            for alias in columns(*kind).iter().flat_map(|c| c.aliases) {
                assert_eq!(normal(alias), **alias);
            }
        }
    }
}
