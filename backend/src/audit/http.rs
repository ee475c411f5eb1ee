//! Audit's routes.

use shared::audit::api::{ExportAudit, GetTrail, GetTrailProof, ListAuditRecords};

use super::{proof, service};
use crate::http::{Routes, mount, mount_csv};

/// Mounts the slice.
pub fn configure(routes: &mut Routes) {
    mount::<ListAuditRecords, _>(routes, |call| async move { service::list(&call.app, &*call.actor()?, call.query).await });
    mount::<GetTrail, _>(routes, |call| async move { proof::trail(&call.app, &*call.actor()?).await });
    mount::<GetTrailProof, _>(routes, |call| async move { proof::of_record(&call.app, &*call.actor()?, call.path).await });
    mount_csv::<ExportAudit, _>(routes, |call| async move { service::export(&call.app, &*call.actor()?, call.query).await });
}
