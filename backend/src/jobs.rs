//! What recurs: the one list of the slices' jobs. Each is a plain use case of `(app, now)`, which tests call with their own clock.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use shared::time::Timestamp;

use crate::app::App;
use crate::audit::trail;
use crate::error::AppError;
use crate::orders::service as orders;
use crate::worker::Job;

/// What becomes free is offered soon: whoever waits has waited long enough.
const HALF_MINUTE: Duration = Duration::from_secs(30);
const QUARTER_HOUR: Duration = Duration::from_secs(15 * 60);

/// Every job, with how often one of the replicas does it.
pub fn all(app: &Arc<App>) -> Vec<Job> {
    vec![
        job(app, "offer_freed", HALF_MINUTE, |app, now| async move { orders::offer_freed(&app, now).await }),
        job(app, "seal_trail", trail::SEAL_PERIOD, |app, _| async move { Ok(trail::seal(&app.db).await.map(|_| ())?) }),
        job(app, "witness_trail", trail::WITNESS_PERIOD, |app, now| async move { trail::witness(&app, now).await }),
        job(app, "climb_overdue", QUARTER_HOUR, |app, now| async move { orders::climb_overdue(&app, now).await }),
        job(app, "confirm_by_policy", QUARTER_HOUR, |app, now| async move { orders::confirm_by_policy(&app, now).await }),
        job(app, "alert_at_half_year", QUARTER_HOUR, |app, now| async move { orders::alert_at_half_year(&app, now).await }),
        job(app, "attend_renewals", QUARTER_HOUR, |app, now| async move { orders::attend_renewals(&app, now).await }),
        job(app, "attend_choices", QUARTER_HOUR, |app, now| async move { orders::attend_choices(&app, now).await }),
    ]
}

fn job<F, Fut>(app: &Arc<App>, name: &'static str, period: Duration, work: F) -> Job
where
    F: Fn(Arc<App>, Timestamp) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), AppError>> + Send + 'static,
{
    let app = Arc::clone(app);
    Job::new(name, period, move |now| work(Arc::clone(&app), now))
}
