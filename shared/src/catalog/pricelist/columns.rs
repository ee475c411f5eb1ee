//! The columns of a price list, and the headings they go by in the wild.

/// One column's meaning, whatever the list calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Publisher,
    Service,
    Option,
    Basis,
    Price,
    Note,
    Currency,
}

impl Column {
    const ALL: [Self; 7] = [Self::Service, Self::Price, Self::Publisher, Self::Option, Self::Basis, Self::Note, Self::Currency];

    /// How reports call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::Service => "service",
            Self::Option => "option",
            Self::Basis => "price basis",
            Self::Price => "price",
            Self::Note => "note",
            Self::Currency => "currency",
        }
    }

    /// Headings it is known by, in small letters without anything between; earlier ones win.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Publisher => {
                &["publisher", "provider", "unit", "department", "organisation", "organization", "supplier", "vendor", "team", "office"]
            }
            Self::Service => {
                &["service", "servicename", "product", "productname", "programme", "program", "offer", "title", "item", "name"]
            }
            Self::Option => &["option", "package", "tier", "level", "variant", "servicelevel", "type", "detail", "description"],
            Self::Basis => &[
                "pricebasis",
                "basis",
                "unitofmeasure",
                "uom",
                "per",
                "pricingbasis",
                "chargebasis",
                "ratetype",
                "chargedper",
                "pricingunit",
                "pricemodel",
            ],
            Self::Price => &["price", "cost", "amount", "rate", "fee", "charge", "unitprice", "listprice"],
            Self::Note => &["note", "notes", "comment", "comments", "remark", "remarks", "conditions", "terms"],
            Self::Currency => &["currency", "ccy", "currencycode"],
        }
    }

    const fn required(self) -> bool {
        matches!(self, Self::Service | Self::Price)
    }
}

/// Which column of the file means what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout(Vec<(Column, usize)>);

impl Layout {
    /// Reads the headings.
    ///
    /// # Errors
    /// Each required column that is missing, in words.
    pub fn read(headings: &[String]) -> Result<Self, Vec<String>> {
        let plain: Vec<String> = headings.iter().map(|heading| normal(heading)).collect();
        let mut found: Vec<(Column, usize)> = Vec::new();
        for column in Column::ALL {
            let free = |at: &usize| found.iter().all(|(_, taken)| taken != at);
            let at = column.aliases().iter().filter_map(|alias| plain.iter().position(|heading| heading == alias)).find(free);
            found.extend(at.map(|at| (column, at)));
        }
        let missing = Column::ALL.into_iter().filter(|column| column.required() && found.iter().all(|(known, _)| known != column));
        let missing: Vec<String> =
            missing.map(|column| crate::words::catalog::column_missing(column.name(), &column.aliases()[..3].join(", "))).collect();
        if missing.is_empty() { Ok(Self(found)) } else { Err(missing) }
    }

    /// The cell of a column, trimmed; empty where the list has no such column.
    pub fn cell<'a>(&self, cells: &'a [String], column: Column) -> &'a str {
        let at = self.0.iter().find(|(known, _)| *known == column).map(|(_, at)| *at);
        at.and_then(|at| cells.get(at)).map(|cell| cell.trim()).unwrap_or_default()
    }
}

fn normal(heading: &str) -> String {
    heading.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
