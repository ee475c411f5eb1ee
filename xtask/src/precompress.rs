//! Writes `.br` and `.gz` beside each file of the shipped site, so that the server only chooses between them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::process::{Outcome, on};

/// Below this size a compressed file saves no packet.
const SMALLEST_BYTES: u64 = 1024;
/// Kinds of files that are compressed by themselves.
const ALREADY_SMALL: [&str; 8] = ["br", "gz", "woff2", "png", "jpg", "webp", "avif", "ico"];
const BROTLI_QUALITY: i32 = 11;
const BROTLI_WINDOW_BITS: i32 = 22;

/// Compresses all files of a folder and those below it.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn folder(folder: &Path) -> Outcome {
    for entry in fs::read_dir(folder).map_err(on(folder))? {
        let entry = entry.map_err(on(folder))?;
        let path = entry.path();
        let about = entry.metadata().map_err(on(&path))?;
        let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
        if about.is_dir() {
            self::folder(&path)?;
        } else if about.len() >= SMALLEST_BYTES && !ALREADY_SMALL.contains(&kind) {
            both(&path).map_err(on(&path))?;
        }
    }
    Ok(())
}

fn both(path: &Path) -> io::Result<()> {
    let content = fs::read(path)?;
    let best = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, lgwin: BROTLI_WINDOW_BITS, ..Default::default() };
    brotli::BrotliCompress(&mut content.as_slice(), &mut File::create(beside(path, "br"))?, &best)?;
    let mut gzip = flate2::write::GzEncoder::new(File::create(beside(path, "gz"))?, flate2::Compression::best());
    gzip.write_all(&content)?;
    gzip.finish().map(drop)
}

fn beside(path: &Path, kind: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(kind);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::env;

    use super::*;

    #[test]
    fn a_large_text_gets_both_forms_and_a_small_one_none() {
        let folder = env::temp_dir().join(format!("chalkline-precompress-{}", std::process::id()));
        fs::create_dir_all(folder.join("deep")).expect("a folder");
        fs::write(folder.join("deep/large.css"), "a { color: red }\n".repeat(200)).expect("a file");
        fs::write(folder.join("small.css"), "a {}").expect("a file");
        super::folder(&folder).expect("compressed");

        let unpacked = |kind: &str| {
            let packed = File::open(folder.join("deep").join(format!("large.css.{kind}"))).expect("its compressed form");
            let mut text = String::new();
            let read = match kind {
                "br" => io::Read::read_to_string(&mut brotli::Decompressor::new(packed, 4096), &mut text),
                _ => io::Read::read_to_string(&mut flate2::read::GzDecoder::new(packed), &mut text),
            };
            read.expect("its content");
            text
        };
        assert_eq!(unpacked("br").lines().count(), 200);
        assert_eq!(unpacked("gz"), unpacked("br"));
        assert!(!folder.join("small.css.br").exists());
        fs::remove_dir_all(folder).expect("removed");
    }
}
