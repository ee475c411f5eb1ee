//! What travels before the first page stands: the starter, the program, the styles and the font, as the server sends them.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The most that may travel before the door or the shelf stands, in Brotli. Pages that few people need come later, in parts.
const LARGEST_FIRST_LOAD_BYTES: u64 = 330 * 1024;

/// The shipped site that `cargo xtask test` has built.
fn site() -> Option<PathBuf> {
    let site = env::var_os("CHALKLINE_SITE").map(PathBuf::from).filter(|site| site.join("index.html").is_file());
    if site.is_none() {
        eprintln!("SKIPPED: the size of the first load needs the built site that CHALKLINE_SITE names; run `cargo xtask test`");
    }
    site
}

/// Files that the page names: in attributes and in Trunk's starter.
fn named(page: &str) -> BTreeSet<&str> {
    let quoted = page.split(['"', '\'']).map(|text| text.trim_start_matches(['.', '/']));
    quoted.filter(|text| [".js", ".wasm", ".css", ".woff2", ".svg"].iter().any(|kind| text.ends_with(kind))).collect()
}

/// The module that loads the parts: the program's script imports it.
fn parts_loader(site: &Path) -> String {
    let folders = fs::read_dir(site).expect("the site").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let parts = folders.filter(|name| name.starts_with("parts-")).collect::<Vec<_>>();
    assert_eq!(parts.len(), 1, "the parts of one build: {parts:?}");
    format!("{}/load.js", parts[0])
}

/// Bytes of a file as sent: its Brotli form where there is one.
fn sent_bytes(file: &Path) -> u64 {
    let mut brotli = file.as_os_str().to_owned();
    brotli.push(".br");
    let about = fs::metadata(&brotli).or_else(|_| fs::metadata(file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    about.len()
}

#[test]
fn the_first_load_is_small() {
    let Some(site) = site() else { return };
    let page = fs::read_to_string(site.join("index.html")).expect("the site's page");
    let loader = parts_loader(&site);
    let sizes: Vec<(&str, u64)> =
        named(&page).into_iter().chain(["index.html", &loader]).map(|name| (name, sent_bytes(&site.join(name)))).collect();
    assert!(sizes.iter().any(|(name, _)| name.ends_with(".wasm")), "the page names no program: {sizes:?}");
    let total: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    println!("first load: {total} bytes in Brotli\n{sizes:#?}");
    assert!(total <= LARGEST_FIRST_LOAD_BYTES, "{total} bytes, at most {LARGEST_FIRST_LOAD_BYTES}: {sizes:#?}");
}

#[test]
fn large_files_travel_compressed() {
    let Some(site) = site() else { return };
    let page = fs::read_to_string(site.join("index.html")).expect("the site's page");
    for name in named(&page).into_iter().filter(|name| !name.ends_with(".woff2")) {
        let bytes = fs::metadata(site.join(name)).map_or(0, |about| about.len());
        let forms = ["br", "gz"].map(|form| site.join(format!("{name}.{form}")).is_file());
        assert!(bytes < 1024 || forms == [true, true], "{name} has {bytes} bytes and no compressed forms");
    }
}
