//! What a person sets for this device: colours, density, the school they act for. Kept in the browser, never sent.

use gloo::storage::{LocalStorage, Storage as _};
use gloo::utils::document;

/// Colours: as the device says, or always one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// How close the rows of tables stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    #[default]
    Comfortable,
    Compact,
}

const THEME: &str = "chalkline.theme";
const DENSITY: &str = "chalkline.density";
const SCHOOL: &str = "chalkline.school";

impl Theme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }

    pub fn stored() -> Self {
        Self::parse(&read(THEME))
    }

    /// Keeps it and shows it at once.
    pub fn choose(self) {
        let _ = LocalStorage::set(THEME, self.name());
        self.apply();
    }

    pub fn apply(self) {
        mark("data-theme", (self != Self::Auto).then_some(self.name()));
    }
}

impl Density {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    pub fn parse(name: &str) -> Self {
        if name == "compact" { Self::Compact } else { Self::Comfortable }
    }

    pub fn stored() -> Self {
        Self::parse(&read(DENSITY))
    }

    pub fn choose(self) {
        let _ = LocalStorage::set(DENSITY, self.name());
        self.apply();
    }

    pub fn apply(self) {
        mark("data-density", (self == Self::Compact).then_some(self.name()));
    }
}

/// The id of the school last acted for; empty when none was chosen.
pub fn stored_school() -> String {
    read(SCHOOL)
}

pub fn store_school(id: &str) {
    let _ = LocalStorage::set(SCHOOL, id);
}

fn read(key: &str) -> String {
    LocalStorage::get::<String>(key).unwrap_or_default()
}

fn mark(attribute: &str, value: Option<&str>) {
    if let Some(root) = document().document_element() {
        let _ = match value {
            Some(value) => root.set_attribute(attribute, value),
            None => root.remove_attribute(attribute),
        };
    }
}
