//! The built site: from inside the program, or from a folder; compressed forms negotiated, hashed names kept for ever.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};

use super::error::refuse;
use super::head::{request_id, takes};
use crate::error::AppError;
use crate::reply::sha256_hex;

/// The site that was built before this program, if any.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../frontend/dist"]
#[allow_missing = true]
struct Inside;

const INDEX: &str = "index.html";
/// A name with a digest in it never changes its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Other files (fonts, the mark) are asked about once a day.
const A_DAY: &str = "public, max-age=86400";
const ASK: &str = "no-cache";
/// Deepest folder read of a site.
const DEPTH_LIMIT: usize = 6;

struct File {
    bytes: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    tag: String,
    media_type: &'static str,
    caching: &'static str,
}

/// All files of the site, in memory.
#[derive(Default)]
pub struct Assets {
    files: BTreeMap<String, File>,
}

impl Assets {
    /// Reads the site from `folder`, or from inside the program.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn load(folder: Option<&Path>) -> io::Result<Self> {
        let mut raw: BTreeMap<String, Bytes> = BTreeMap::new();
        match folder {
            Some(folder) => read_folder(folder, "", DEPTH_LIMIT, &mut raw)?,
            None => raw.extend(Inside::iter().filter_map(|name| Some((name.to_string(), bytes_of(Inside::get(&name)?.data))))),
        }
        let plain = raw.iter().filter(|(name, _)| !name.ends_with(".br") && !name.ends_with(".gz"));
        let files = plain.map(|(name, bytes)| {
            let file = File {
                bytes: bytes.clone(),
                brotli: raw.get(&format!("{name}.br")).cloned(),
                gzip: raw.get(&format!("{name}.gz")).cloned(),
                tag: sha256_hex(&[bytes]).chars().take(32).collect(),
                media_type: media_type(name),
                caching: caching(name),
            };
            (name.clone(), file)
        });
        Ok(Self { files: files.collect() })
    }

    pub fn is_empty(&self) -> bool {
        !self.files.contains_key(INDEX)
    }

    /// `sha256-…` of each inline script of the page, for the content security policy.
    pub fn script_hashes(&self) -> Vec<String> {
        let page = self.files.get(INDEX).map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
        inline_scripts(&page).into_iter().map(|script| format!("sha256-{}", STANDARD.encode(Sha256::digest(script.as_bytes())))).collect()
    }

    /// The file of this path, or the page itself where the path is one of the site's own addresses.
    fn find(&self, path: &str) -> Option<&File> {
        let name = path.trim_start_matches('/');
        let is_address = !name.rsplit('/').next().unwrap_or_default().contains('.');
        self.files.get(name).or_else(|| if is_address { self.files.get(INDEX) } else { None })
    }
}

fn bytes_of(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    }
}

fn read_folder(folder: &Path, prefix: &str, depth: usize, into: &mut BTreeMap<String, Bytes>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() && depth > 0 {
            read_folder(&entry.path(), &format!("{name}/"), depth - 1, into)?;
        } else if kind.is_file() {
            into.insert(name, Bytes::from(fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// The texts between `<script …>` without `src` and `</script>`.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for piece in page.split("<script").skip(1) {
        let Some((head, rest)) = piece.split_once('>') else { continue };
        let Some((script, _)) = rest.split_once("</script>") else { continue };
        if !head.contains("src=") && !script.trim().is_empty() {
            found.push(script);
        }
    }
    found
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "json" | "webmanifest" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn caching(name: &str) -> &'static str {
    let is_digest = |part: &str| part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let is_hashed = name.split(['-', '_', '.']).skip(1).any(is_digest);
    match name {
        INDEX => ASK,
        _ if is_hashed => FOR_EVER,
        _ => A_DAY,
    }
}

/// Everything that is not a route: a file, the page, or nothing.
pub async fn serve(request: HttpRequest, assets: web::Data<Assets>) -> HttpResponse {
    let path = request.path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let of_program = path == "/api" || path.starts_with("/api/");
    let found = if reads && !of_program { assets.find(path) } else { None };
    match found {
        Some(file) => send(&request, file),
        None => refuse(&AppError::not_found(), request_id(&request)),
    }
}

fn send(request: &HttpRequest, file: &File) -> HttpResponse {
    let text = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let accept = text(header::ACCEPT_ENCODING);
    let (coding, bytes) = match (&file.brotli, &file.gzip) {
        (Some(brotli), _) if takes(accept, "br") => (Some("br"), brotli),
        (_, Some(gzip)) if takes(accept, "gzip") => (Some("gzip"), gzip),
        (Some(_) | None, _) => (None, &file.bytes),
    };
    let tag = coding.map_or(format!("\"{}\"", file.tag), |coding| format!("\"{}-{coding}\"", file.tag));
    let known = text(header::IF_NONE_MATCH).split(',').any(|one| one.trim() == tag);
    let mut response = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    response.insert_header((header::CACHE_CONTROL, file.caching)).insert_header((header::VARY, "accept-encoding"));
    response.insert_header((header::ETAG, tag));
    if known {
        return response.finish();
    }
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, coding));
    }
    response.insert_header((header::CONTENT_TYPE, file.media_type)).body(bytes.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_found_whole() {
        let page = "<script src=\"a.js\"></script><script type=\"module\">\nimport x;\n</script><script></script>";
        assert_eq!(inline_scripts(page), ["\nimport x;\n"]);
    }

    #[test]
    fn hashed_names_are_kept_for_ever() {
        assert_eq!(caching("chalkline-site-1f2e3d4c5b6a7988_bg.wasm"), FOR_EVER);
        assert_eq!(caching("fonts/public-sans-latin.woff2"), A_DAY);
        assert_eq!(caching("index.html"), ASK);
    }
}
