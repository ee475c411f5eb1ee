//! The catalog's routes; the shelf's document is printed once and kept until the catalog changes.

use std::sync::{Arc, Mutex, PoisonError};

use shared::catalog::api::*;

use super::service;
use crate::app::App;
use crate::error::AppError;
use crate::http::{Document, Routes, mount, mount_document};

/// The last printed catalog with the revision it is a print of.
#[derive(Default)]
pub struct ShelfCopy(Mutex<Option<(String, Arc<Document>)>>);

impl ShelfCopy {
    fn of(&self, revision: &str) -> Option<Arc<Document>> {
        let copy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        copy.as_ref().filter(|(known, _)| known == revision).map(|(_, document)| Arc::clone(document))
    }

    fn keep(&self, revision: String, document: &Arc<Document>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((revision, Arc::clone(document)));
    }
}

fn providers(routes: &mut Routes) {
    mount::<ListProviders, _>(routes, |call| async move { service::providers(&call.app, &*call.actor()?).await });
    mount::<AddProvider, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::add_provider(&call.app, ctx, call.body).await
    });
    mount::<InviteProviderPerson, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::invite_provider_person(&call.app, ctx, call.path, call.body).await
    });
    mount::<EndProviderPerson, _>(routes, |call| async move { service::end_provider_person(&call.app, call.command()?, call.path).await });
    mount::<RecordPaper, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::record_paper(&call.app, ctx, call.path, call.body).await
    });
    mount::<CheckPaper, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::check_paper(&call.app, ctx, call.path, call.body).await
    });
}

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    providers(routes);
    mount_document::<GetCatalog, _>(routes, |call| async move { shelf(&call.app).await });
    mount::<GetSimilarSchools, _>(routes, |call| async move { service::similar_schools(&call.app, call.path, call.query.school).await });
    mount::<GetAlikeShelf, _>(routes, |call| async move { service::alike_shelf(&call.app, &*call.actor()?, call.path).await });
    mount::<ListSavedFilters, _>(routes, |call| async move { service::filters(&call.app, &*call.actor()?).await });
    mount::<SaveFilter, _>(routes, |call| async move { service::save_filter(&call.app, &*call.actor()?, call.body).await });
    mount::<ForgetFilter, _>(routes, |call| async move { service::forget_filter(&call.app, &*call.actor()?, call.path).await });
    mount::<NoteInterest, _>(routes, |call| async move { service::note(&call.app, &*call.actor()?, call.body).await });
    mount::<GetMenu, _>(routes, |call| async move { service::menu(&call.app, &*call.actor()?, call.path, call.query.menu).await });
    mount::<ListServiceVersions, _>(routes, |call| async move { service::versions(&call.app, &*call.actor()?, call.path).await });
    mount::<ListReviews, _>(routes, |call| async move { service::reviews(&call.app, &*call.actor()?).await });
    mount::<GetReview, _>(routes, |call| async move { service::review(&call.app, &*call.actor()?, call.path).await });
    writing(routes);
    reviewing(routes);
}

/// What a unit's head writes.
fn writing(routes: &mut Routes) {
    mount::<CreateService, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::create_service(&call.app, ctx, (call.path, call.query.menu), call.body).await
    });
    mount::<EditService, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::edit_service(&call.app, ctx, call.path, call.body).await
    });
    mount::<TakePriceList, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::take_list(&call.app, ctx, call.path, (call.query, call.upload)).await
    });
    mount::<RemoveService, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::remove_service(&call.app, ctx, call.path, call.body.version).await
    });
    mount::<EditUnit, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::edit_unit(&call.app, ctx, call.path, call.body).await
    });
    mount::<SetSaleDays, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::set_sale_days(&call.app, ctx, call.path, (call.body.version, call.body.days)).await
    });
    mount::<ChangePrices, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::change_prices(&call.app, ctx, call.path, call.body).await
    });
    mount::<StartNextYear, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::start_next_year(&call.app, ctx, call.path, call.body.version).await
    });
}

/// An edition's way to the shelf and off it.
fn reviewing(routes: &mut Routes) {
    mount::<AskReview, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::ask_review(&call.app, ctx, call.path, call.body.version).await
    });
    mount::<TakeMenuBack, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::take_back(&call.app, ctx, call.path, call.body.version).await
    });
    mount::<PublishMenu, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::publish_menu(&call.app, ctx, call.path, call.body.version).await
    });
    mount::<SendMenuBack, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::send_back(&call.app, ctx, call.path, (call.body.version, call.body.comment)).await
    });
    mount::<CloseMenu, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::close_menu(&call.app, ctx, call.path, call.body.version).await
    });
}

async fn shelf(app: &App) -> Result<Arc<Document>, AppError> {
    // The revision is read before the content, so that a copy is never older than its revision says.
    let revision = service::revision(app).await?;
    if let Some(document) = app.shelf.of(&revision) {
        return Ok(document);
    }
    let catalog = service::catalog(app).await?;
    let document = Arc::new(Document::of(&catalog)?);
    app.shelf.keep(revision, &document);
    Ok(document)
}
