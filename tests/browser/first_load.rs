//! What travels before the first page stands: the starter, the program, the styles and the font, as the server sends them.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The most that may travel before the door stands, in Brotli: the program, its script, the styles and the font.
const LARGEST_DOOR_BYTES: u64 = 300_000;
/// The most that may travel before somebody who comes straight to the shelf sees it; it may only shrink. Raised twice: by 2,000
/// bytes for saved filters, groupings and published answers, and by 3,000 for what is contracted out and the pages of renewals, choices and
/// providers, whose addresses the frame knows. It stands at 363,996, and the linker's order moves that by some hundred.
const LARGEST_SHELF_BYTES: u64 = 365_000;

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

/// What the door needs: all that the page names, and the module that loads parts.
fn door(site: &Path) -> Vec<String> {
    let page = fs::read_to_string(site.join("index.html")).expect("the site's page");
    named(&page).into_iter().map(str::to_owned).chain(["index.html".to_owned(), parts_loader(site)]).collect()
}

/// The files of a part: its own, and the chunks that it shares with other parts, as the loader lists them.
fn part(site: &Path, name: &str) -> Vec<String> {
    let loader = parts_loader(site);
    let folder = loader.trim_end_matches("load.js");
    let text = fs::read_to_string(site.join(&loader)).expect("the loader");
    let own = text.split(&format!("__wasm_split_load_{name} ")).nth(1).unwrap_or_else(|| panic!("the loader has no part {name}"));
    let list = own.split_once(", [").and_then(|(_, rest)| rest.split_once(']')).map_or("", |(list, _)| list);
    let chunks = list.split(", ").filter_map(|chunk| chunk.strip_prefix("__")).map(|chunk| format!("{folder}{chunk}.wasm"));
    chunks.chain([format!("{folder}split_{name}.wasm")]).collect()
}

fn sum(site: &Path, what: &str, files: &[String]) -> u64 {
    let sizes: Vec<(&String, u64)> = files.iter().map(|name| (name, sent_bytes(&site.join(name)))).collect();
    let total = sizes.iter().map(|(_, bytes)| bytes).sum();
    println!("{what}: {total} bytes in Brotli\n{sizes:#?}");
    total
}

#[test]
fn the_first_load_is_small() {
    let Some(site) = site() else { return };
    let files = door(&site);
    assert!(files.iter().any(|name| name.ends_with(".wasm")), "the page names no program: {files:?}");
    let total = sum(&site, "the door", &files);
    assert!(total <= LARGEST_DOOR_BYTES, "{total} bytes, at most {LARGEST_DOOR_BYTES}");
}

#[test]
fn the_way_straight_to_the_shelf_only_shrinks() {
    let Some(site) = site() else { return };
    let shelf = part(&site, "shelf");
    assert!(shelf.len() > 1, "the shelf shares chunks with other parts: {shelf:?}");
    let total = sum(&site, "the shelf", &[door(&site), shelf].concat());
    assert!(total <= LARGEST_SHELF_BYTES, "{total} bytes, at most {LARGEST_SHELF_BYTES}");
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
