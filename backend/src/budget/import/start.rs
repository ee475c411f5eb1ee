//! Taking a file: one audited command stores what came and from whom; checking goes on in the background.

use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use shared::budget::api::ImportView;
use shared::budget::import::{ImportKind, ImportState, RowProblem};
use shared::error::ErrorCode;
use shared::id::ImportId;
use shared::page::Page;
use shared::text::{self, LINE_LIMIT};
use shared::time::Timestamp;
use shared::words::budget as words;

use super::{Importer, check};
use crate::app::App;
use crate::budget::store::import::{self, Import, NewImport};
use crate::error::AppError;
use crate::identity::Fact;

/// After so long without a sign of life, checking counts as interrupted.
const SILENCE_SECONDS: i64 = 120;

/// A file as it came.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub kind: ImportKind,
    pub name: String,
    pub bytes: Arc<Vec<u8>>,
}

/// Stores that a file came, and begins to check it. Answers with the import, whose state says how far it is.
///
/// # Errors
/// Bad input where the file has no name; those of the database.
pub async fn start(app: &Arc<App>, importer: &Importer, file: NewFile) -> Result<ImportId, AppError> {
    let name = file.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = text::required(name, LINE_LIMIT).map_err(|e| AppError::field("file_name", e.message()))?;
    let digest: String = Sha256::digest(file.bytes.as_slice()).iter().map(|byte| format!("{byte:02x}")).collect();
    let id: ImportId = app.id(importer.now());
    let new = NewImport { id, kind: file.kind, file_name: name, digest, by: importer.by, at: importer.now() };
    let input = (importer.clone(), new.clone(), file.bytes.len());
    let done = app
        .db
        .command(&importer.command, id, input, |mut tx, (importer, new, bytes)| async move {
            import::insert(&mut tx, &new).await?;
            let fact = Fact {
                object: new.id.to_string(),
                object_title: words::import_title(new.kind.title(), &new.file_name),
                school: None,
                summary: words::import_taken(bytes, &new.digest),
                reason: String::new(),
            };
            Ok::<(), AppError>(tx.commit(importer.record(fact), Vec::new()).await?)
        })
        .await?;
    if done == id {
        let app = Arc::clone(app);
        let work = check::Work { id, kind: new.kind, file_name: new.file_name, bytes: file.bytes };
        app.runtime.clone().spawn(async move { check::run(&app, work).await });
    }
    Ok(done)
}

/// An import whose checking fell silent reads as refused: the server that did it is gone, and the file with it.
pub(super) fn seen(stored: Import, now: Timestamp) -> ImportView {
    let mut view = stored.view;
    if view.state == ImportState::Checking && now.seconds_since(stored.touched) > SILENCE_SECONDS {
        view.state = ImportState::Refused;
        view.remarks.push(words::IMPORT_INTERRUPTED.to_owned());
    }
    view
}

/// State, progress and report of an import.
///
/// # Errors
/// Not found; those of the database.
pub async fn get(app: &App, id: ImportId) -> Result<ImportView, AppError> {
    let stored = import::import(&app.db.reader(), id).await?.ok_or(AppError::not_found())?;
    Ok(seen(stored, app.now()))
}

/// The newest imports.
///
/// # Errors
/// Those of the database.
pub async fn list(app: &App) -> Result<Vec<ImportView>, AppError> {
    let now = app.now();
    Ok(import::imports(&app.db.reader()).await?.into_iter().map(|stored| seen(stored, now)).collect())
}

/// The refused rows of an import, a page at a time.
///
/// # Errors
/// Unreadable where the cursor is not ours; not found; those of the database.
pub async fn problems(app: &App, id: ImportId, after: Option<String>) -> Result<Page<RowProblem>, AppError> {
    let after = after.map(|cursor| cursor.parse::<i64>()).transpose().map_err(|_| AppError::refused(ErrorCode::Unreadable))?;
    get(app, id).await?;
    Ok(import::problems(&app.db.reader(), id, after).await?)
}
