//! Proofs for readers: how far the trail is sealed, and what leads from one record to a signed root.

use shared::audit::api::{CheckpointView, Inclusion, TrailProof, TrailView};
use shared::audit::tree::inclusion_runs;
use shared::id::AuditRecordId;
use shared::identity::policy::Permission;

use super::sealed;
use crate::app::App;
use crate::error::AppError;
use crate::identity::{Actor, Target};

/// The trail as a whole.
///
/// # Errors
/// [`AppError::not_found`] for those who may not see the trail.
pub async fn trail(app: &App, actor: &Actor) -> Result<TrailView, AppError> {
    actor.demand(Permission::ViewAudit, &Target::District)?;
    let reader = app.db.reader();
    let edge = sealed::edge(&reader).await?;
    let newest = sealed::newest_note(&reader).await?;
    Ok(TrailView {
        sealed: edge.size(),
        waiting: sealed::count_waiting(&reader).await?,
        root: edge.root().to_string(),
        checkpoint: newest.map(|kept| CheckpointView { size: kept.size, at: kept.at, note: kept.note }),
        public_key: sealed::public_key(&reader).await?,
    })
}

/// What proves that a record is in the tree, under the newest checkpoint where that holds it.
///
/// # Errors
/// [`AppError::not_found`] alike for those who may not see the trail and for a record that is not there.
pub async fn of_record(app: &App, actor: &Actor, record: AuditRecordId) -> Result<TrailProof, AppError> {
    actor.demand(Permission::ViewAudit, &Target::District)?;
    let reader = app.db.reader();
    let (canonical, place) = sealed::place(&reader, record).await?.ok_or_else(AppError::not_found)?;
    let Some(place) = place else { return Ok(TrailProof { canonical, inclusion: None }) };
    let vouched = sealed::newest_note(&reader).await?.filter(|kept| kept.size > place);
    let signed = vouched.is_some();
    let (size, root) = match vouched {
        Some(kept) => (kept.size, kept.root),
        None => {
            let edge = sealed::edge(&reader).await?;
            (edge.size(), edge.root())
        }
    };
    let steps = sealed::proof(&reader, &inclusion_runs(place, size)).await?.iter().map(ToString::to_string).collect();
    Ok(TrailProof { canonical, inclusion: Some(Inclusion { place, size, root: root.to_string(), steps, signed }) })
}
