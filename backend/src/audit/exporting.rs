//! The sealed trail as a file: a head, then an entry a line, read in chunks.

use std::io::Write;

use shared::audit::export::{FORMAT, Head};

use super::{sealed, witness};
use crate::app::App;
use crate::error::AppError;

/// Entries read at once; bounds the memory.
const CHUNK: u32 = 1_000;

/// Writes all that is sealed, and how many entries that are.
///
/// # Errors
/// Those of the database and of writing.
pub async fn export(app: &App, mut out: impl Write) -> Result<u64, AppError> {
    let reader = app.db.reader();
    let (size, origin) = (sealed::edge(&reader).await?.size(), witness::signer(app).await?.name().to_owned());
    let head = Head { format: FORMAT.to_owned(), origin, size };
    line(&mut out, &head)?;
    let mut next = 0;
    while next < size {
        let entries = sealed::entries(&reader, next, CHUNK).await?;
        let within = entries.iter().take_while(|entry| entry.index < size);
        let mut written = 0;
        for entry in within {
            line(&mut out, entry)?;
            written += 1;
        }
        if written == 0 {
            return Err(AppError::internal(format!("the sealed trail ends at entry {next} of {size}")));
        }
        next += written;
    }
    out.flush().map_err(AppError::internal)?;
    Ok(size)
}

fn line(out: &mut impl Write, what: &impl serde::Serialize) -> Result<(), AppError> {
    serde_json::to_writer(&mut *out, what).map_err(AppError::internal)?;
    out.write_all(b"\n").map_err(AppError::internal)
}
