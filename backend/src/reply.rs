//! Replies that are not plain JSON objects: documents kept as bytes, and streamed CSV files. Use cases make them, `http` sends them.

use std::fmt;
use std::io::Write as _;
use std::sync::OnceLock;

use futures_util::stream::BoxStream;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::error::AppError;

/// Brotli's effort for documents made at run time: near the best size in a few milliseconds.
const BROTLI_QUALITY: u32 = 5;
const BROTLI_WINDOW: u32 = 22;
const BROTLI_BUFFER: usize = 16 * 1024;

/// A reply made once and sent many times: its bytes, its strong entity tag, and its Brotli form made on first use.
pub struct Document {
    pub bytes: Vec<u8>,
    /// Without quotes.
    pub tag: String,
    brotli: OnceLock<Vec<u8>>,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document {} of {} bytes", self.tag, self.bytes.len())
    }
}

impl Document {
    /// The JSON of `value`.
    ///
    /// # Errors
    /// Internal where it has no JSON.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, AppError> {
        Ok(Self::from_bytes(serde_json::to_vec(value).map_err(|e| AppError::internal(format!("document: {e}")))?))
    }

    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let tag = sha256_hex(&[&bytes]).chars().take(32).collect();
        Self { bytes, tag, brotli: OnceLock::new() }
    }

    /// The bytes in Brotli.
    pub fn brotli(&self) -> &[u8] {
        self.brotli.get_or_init(|| {
            let mut packed = brotli::CompressorWriter::new(Vec::new(), BROTLI_BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
            // Writing into memory does not fail; an empty form would only mean that the plain bytes are sent.
            match packed.write_all(&self.bytes) {
                Ok(()) => packed.into_inner(),
                Err(_) => Vec::new(),
            }
        })
    }
}

/// A CSV file as a stream of chunks.
pub struct Csv {
    /// Without path; ends in `.csv`.
    pub name: String,
    pub chunks: BoxStream<'static, Result<Vec<u8>, AppError>>,
}

/// An iCalendar file.
pub struct CalendarFile {
    /// Without path; ends in `.ics`.
    pub name: String,
    pub text: String,
}

/// SHA-256 over the parts one after the other, in hexadecimal.
pub fn sha256_hex(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    parts.iter().for_each(|part| digest.update(part));
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
