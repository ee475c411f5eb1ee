//! The routes of scorecards.

use shared::scorecards::api::{DecideService, ExportSellerView, GetSellerView, NameUnsoldOwner, ReplyToReview};

use super::service;
use crate::http::{Routes, mount, mount_csv};

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    mount::<GetSellerView, _>(routes, |call| async move { service::seller_view(&call.app, &*call.actor()?, call.path).await });
    mount_csv::<ExportSellerView, _>(routes, |call| async move {
        service::export(&call.app, &*call.actor()?, call.path, call.query.table).await
    });
    mount::<DecideService, _>(routes, |call| async move { service::decide(&call.app, &call.command()?, call.path, call.body).await });
    mount::<ReplyToReview, _>(routes, |call| async move { service::reply(&call.app, &call.command()?, call.path, call.body).await });
    mount::<NameUnsoldOwner, _>(routes, |call| async move { service::name_owner(&call.app, &call.command()?, call.path, call.body).await });
}
