//! The routes of the calendar.

use shared::calendar::api::{
    AddCalendarDays, ExportCalendar, FreeDays, GetCalendar, GetProtectedDays, ImportCalendar, ProtectDays, RemoveCalendarDays,
};

use super::service;
use crate::http::{Routes, mount, mount_csv};

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    mount::<GetCalendar, _>(routes, |call| async move { service::view(&call.app).await });
    mount_csv::<ExportCalendar, _>(routes, |call| async move { service::export(&call.app).await });
    mount::<AddCalendarDays, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::add(&call.app, ctx, call.body).await
    });
    mount::<RemoveCalendarDays, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::remove(&call.app, ctx, call.path, call.body.version).await
    });
    mount::<ImportCalendar, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::import(&call.app, ctx, call.body).await
    });
    mount::<GetProtectedDays, _>(routes, |call| async move { service::protected(&call.app, &*call.actor()?, call.path).await });
    mount::<ProtectDays, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::protect(&call.app, ctx, call.path, call.body).await
    });
    mount::<FreeDays, _>(routes, |call| async move {
        let ctx = call.command()?;
        service::free(&call.app, ctx, call.path).await
    });
}
