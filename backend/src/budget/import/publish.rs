//! Publishing a checked import in one short transaction, and throwing one away.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::budget::api::ImportView;
use shared::budget::import::{ImportKind, ImportState};
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::ImportId;
use shared::words::budget as words;

use super::{Importer, TakeUnits, books, small, start};
use crate::app::App;
use crate::budget::store::books::{self as stored, Place};
use crate::budget::store::fund::CodeTable;
use crate::budget::store::import;
use crate::db::{Technical, Tx};
use crate::error::AppError;
use crate::identity::Fact;
use crate::identity::service as identity;

/// Rows of a discarded import deleted by one transaction.
const CLEANING_ROWS: u32 = 5_000;

struct Publication {
    importer: Importer,
    view: ImportView,
    /// Signed sums by school and fund of the staged books; staged rows never change.
    places: BTreeMap<FiscalYear, Vec<Place>>,
    /// The open year, for the menus of new units.
    year: FiscalYear,
    take_units: TakeUnits,
}

/// Publishes a checked import at once: all of it, or nothing.
///
/// # Errors
/// Import not ready; not found; those of the ledger and the database.
pub async fn publish(app: &Arc<App>, importer: &Importer, id: ImportId, take_units: TakeUnits) -> Result<ImportView, AppError> {
    let view = start::get(app, id).await?;
    let reader = app.db.reader();
    let mut places = BTreeMap::new();
    if view.kind == ImportKind::Books {
        for year in stored::years(&reader, id).await? {
            places.insert(year, stored::places(&reader, id, year).await?);
        }
    }
    let year = identity::district(&reader).await?.year_of(importer.now())?;
    let publication = Arc::new(Publication { importer: importer.clone(), view, places, year, take_units });
    let done = app.db.command(&importer.command, id, publication, |tx, publication| async move { write(tx, &publication).await }).await?;
    start::get(app, done).await
}

async fn write(mut tx: Tx, publication: &Publication) -> Result<(), AppError> {
    let Publication { importer, view, .. } = publication;
    let now = importer.now();
    let stands = import::import(&tx, view.id).await?.ok_or(AppError::not_found())?;
    if stands.view.state != ImportState::Ready {
        return Err(AppError::refused(ErrorCode::ImportNotReady));
    }
    // The books may have moved since they were checked: the report says what was done, not what was expected.
    let mut summary = stands.view.summary;
    let mut plans = Vec::new();
    for (year, places) in &publication.places {
        plans.push(books::plan(&tx, *year, places.clone()).await?);
    }
    if let Some(first) = plans.first().map(|plan| plan.sentences()) {
        let planned = plans.len() * first.len();
        summary.truncate(summary.len().saturating_sub(planned));
        summary.extend(plans.iter().flat_map(books::YearPlan::sentences));
    }
    if !import::finish(&mut tx, view.id, ImportState::Published, &summary, now).await? {
        return Err(AppError::refused(ErrorCode::ImportNotReady));
    }
    write_small(&mut tx, publication).await?;
    for plan in plans {
        books::publish(&mut tx, view.id, plan, now).await?;
    }
    let fact = Fact {
        object: view.id.to_string(),
        object_title: words::import_title(view.kind.title(), &view.file_name),
        school: None,
        summary: summary.join(" "),
        reason: format!("SHA-256 {}", view.digest),
    };
    Ok(tx.commit(importer.record(fact), Vec::new()).await?)
}

async fn write_small(tx: &mut Tx, publication: &Publication) -> Result<(), AppError> {
    let (id, now) = (publication.view.id, publication.importer.now());
    match publication.view.kind {
        ImportKind::Sites => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_sites(tx, &rows, now).await
        }
        ImportKind::LedgerFunds => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_codes(tx, CodeTable::LedgerFund, &rows).await
        }
        ImportKind::Objects => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_codes(tx, CodeTable::Object, &rows).await
        }
        ImportKind::Functions => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_codes(tx, CodeTable::Function, &rows).await
        }
        ImportKind::Resources => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_resources(tx, &rows, now).await
        }
        ImportKind::Units => {
            let rows: Vec<shared::budget::import::rows::UnitRow> = import::staged(&*tx, id).await?;
            (publication.take_units)(tx, &rows, publication.year, now).await
        }
        ImportKind::Enrollment => {
            let rows = import::staged(&*tx, id).await?;
            small::publish_enrollment(tx, &rows).await
        }
        ImportKind::Books => Ok(()),
    }
}

/// Throws away an import that is ready or refused; its staged rows are deleted afterwards, a few at a time.
///
/// # Errors
/// Import not ready where it is being checked or is published; not found; those of the database.
pub async fn discard(app: &Arc<App>, importer: &Importer, id: ImportId) -> Result<ImportView, AppError> {
    let view = start::get(app, id).await?;
    let input = Arc::new((importer.clone(), view));
    let done = app
        .db
        .command(&importer.command, id, input, |mut tx, input| async move {
            let (importer, view) = &*input;
            let done = match view.state {
                ImportState::Ready => {
                    let summary = view.summary.clone();
                    import::finish(&mut tx, view.id, ImportState::Discarded, &summary, importer.now()).await?
                }
                ImportState::Refused => import::discard_refused(&mut tx, view.id).await?,
                ImportState::Checking | ImportState::Publishing | ImportState::Published | ImportState::Discarded => false,
            };
            if !done {
                return Err(AppError::refused(ErrorCode::NotInThisState));
            }
            let fact = Fact {
                object: view.id.to_string(),
                object_title: words::import_title(view.kind.title(), &view.file_name),
                school: None,
                summary: words::IMPORT_DISCARDED.to_owned(),
                reason: String::new(),
            };
            Ok::<(), AppError>(tx.commit(importer.record(fact), Vec::new()).await?)
        })
        .await?;
    let (app_then, cleaning) = (Arc::clone(app), done);
    app.runtime.spawn(async move {
        if let Err(error) = clean(&app_then, cleaning).await {
            tracing::warn!(import = %cleaning, %error, "rows of a discarded import are still there");
        }
    });
    start::get(app, done).await
}

async fn clean(app: &App, id: ImportId) -> Result<(), AppError> {
    let last = stored::last_line(&app.db.reader(), id).await?;
    let mut until = 0;
    while until < last {
        until += CLEANING_ROWS;
        app.db
            .technical((id, until), |mut tx, (id, until)| async move {
                stored::forget(&mut tx, id, until).await?;
                Ok::<(), AppError>(tx.commit_technical(Technical::Staging).await?)
            })
            .await?;
    }
    Ok(())
}
