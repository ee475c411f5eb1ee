//! Audit's routes.

use shared::audit::api::{ExportAudit, ListAuditRecords};

use super::service;
use crate::http::{Routes, mount, mount_csv};

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    mount::<ListAuditRecords, _>(routes, |call| async move { service::list(&call.app, &*call.actor()?, call.query).await });
    mount_csv::<ExportAudit, _>(routes, |call| async move { service::export(&call.app, &*call.actor()?, call.query).await });
}
