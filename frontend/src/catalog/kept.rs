//! What is being written and not saved yet, kept on this device: a closed window loses nothing.

use std::collections::BTreeMap;

use gloo::storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};

use super::draft::Texts;

/// Unsaved words of one service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The saved version that they were written on; nothing for a new service.
    pub version: u32,
    texts: BTreeMap<String, String>,
}

impl Kept {
    pub fn of(version: u32, texts: &Texts) -> Self {
        Self { version, texts: texts.all().clone() }
    }

    pub fn texts(&self) -> Texts {
        Texts::of(self.texts.clone())
    }
}

fn key(place: &str) -> String {
    format!("chalkline.writing.{place}")
}

/// What was kept of a service, if anything.
pub fn read(place: &str) -> Option<Kept> {
    LocalStorage::get(key(place)).ok()
}

pub fn keep(place: &str, kept: &Kept) {
    // A full or forbidden store keeps nothing; saving still works.
    let _ = LocalStorage::set(key(place), kept);
}

pub fn forget(place: &str) {
    LocalStorage::delete(key(place));
}
