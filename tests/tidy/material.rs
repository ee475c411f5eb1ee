//! The material beside the repository: used by tests where it is there, never part of the repository.

use std::collections::HashMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::sources::{Finding, none, root, tracked};

/// Smaller files are equal by chance: an empty one, a licence line.
const SMALLEST_COPY_BYTES: u64 = 200;

/// The folder of the material, or a loud word that a test is skipped for want of it.
pub fn folder(wanted: &str) -> Option<PathBuf> {
    let beside = root().parent().map(|folder| folder.join("shared"));
    let folder = env::var_os("CHALKLINE_SHARED").map(PathBuf::from).or(beside).filter(|folder| folder.join("advisory-db").is_dir());
    if folder.is_none() {
        eprintln!("SKIPPED: {wanted} needs the folder that CHALKLINE_SHARED names, or ../shared");
    }
    folder
}

/// Files of the repository that are copies of files of the material.
fn copies(material: &Path, names: &[String], root: &Path) -> Vec<Finding> {
    let mut by_size: HashMap<u64, Vec<PathBuf>> = HashMap::new();
    collect(material, &mut by_size);
    let same = |name: &&String| {
        let path = root.join(name);
        let size = fs::metadata(&path).map_or(0, |entry| entry.len());
        let content = || fs::read(&path).unwrap_or_default();
        by_size.get(&size).is_some_and(|files| files.iter().any(|file| fs::read(file).unwrap_or_default() == content()))
    };
    let copied = names.iter().filter(same);
    copied.map(|name| Finding { path: name.clone(), line: 1, what: "a copy of a file that lives outside the repository".into() }).collect()
}

fn collect(folder: &Path, by_size: &mut HashMap<u64, Vec<PathBuf>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.metadata() {
            Ok(about) if about.is_dir() => collect(&path, by_size),
            Ok(about) if about.len() >= SMALLEST_COPY_BYTES => by_size.entry(about.len()).or_default().push(path),
            _ => {}
        }
    }
}

#[test]
fn no_file_of_the_material_is_copied_in() {
    if let Some(material) = folder("the search for copied files") {
        none(copies(&material, &tracked(), &root()));
    }
}

#[test]
fn a_copied_file_is_seen() {
    let place = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(place.path().join("material/deep")).expect("a folder");
    fs::write(place.path().join("material/deep/a.csv"), "x".repeat(300)).expect("a file");
    fs::write(place.path().join("copy.csv"), "x".repeat(300)).expect("a file");
    fs::write(place.path().join("other.csv"), "y".repeat(300)).expect("a file");
    let seen = copies(&place.path().join("material"), &["copy.csv".into(), "other.csv".into()], place.path());
    assert_eq!(seen.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["copy.csv"]);
}
