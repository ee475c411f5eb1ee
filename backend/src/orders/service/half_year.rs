//! The half-year alert: a job that tells school and unit of each order behind its plan, with what can be done about it.

use std::sync::Arc;

use shared::orders::OrderState;
use shared::orders::dates::YearlyKind;
use shared::orders::pace::{DeliveryPace, DeliveryVerdict};
use shared::time::Timestamp;
use shared::words::orders as words;

use super::dates::dates_of;
use super::notices::Told;
use super::step::{Errand, Step};
use super::stretch::pace_of;
use crate::app::App;
use crate::calendar::service as calendar;
use crate::db::Tx;
use crate::error::AppError;
use crate::identity::CommandContext;
use crate::orders::store::{self, EventKind};

/// The name under which the policy does it, as the audit record shows it.
const TELL: &str = "TellBehindPlan";
/// Whoever starts the program later than this after the day finds an old story, not an alert.
const ALERT_DAYS: i32 = 30;

/// Tells of each order that is behind its plan at half of the year, once. A job: runs as often as one likes.
///
/// # Errors
/// Those of the database. What one order refuses stands in the log and holds up no other.
pub async fn alert_at_half_year(app: &Arc<App>, now: Timestamp) -> Result<(), AppError> {
    let reader = app.db.reader();
    let time = calendar::time(&reader).await?;
    let today = time.district.day_of(now)?;
    let year = time.district.calendar.year_of(today);
    let Some(half) = dates_of(&reader, year).await?.day(YearlyKind::HalfYear) else { return Ok(()) };
    if today < half || today.days_since(half) > ALERT_DAYS {
        return Ok(());
    }
    for order in store::of_year(&reader, year, &[OrderState::Accepted, OrderState::InDelivery]).await? {
        let time = calendar::school_time(&reader, order.school).await?;
        let Some(pace) = pace_of(&order, &time, today).filter(|pace| pace.verdict == DeliveryVerdict::Behind) else { continue };
        let ctx = CommandContext::of_policy(TELL, &format!("{}/{year}", order.id), now);
        if app.db.answered(&ctx.key()).await?.is_some() {
            continue;
        }
        let (id, word) = (order.id, order.unit_word());
        let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: id, body: (pace, word) };
        if let Err(error) = app.db.command(&ctx.key(), id, errand, write).await {
            tracing::warn!(%error, order = %id, "an order behind its plan could not be told of; the next run tries again");
        }
    }
    Ok(())
}

async fn write(tx: Tx, errand: Errand<(DeliveryPace, &'static str)>) -> Result<(), AppError> {
    let mut step = Step::open(tx, &errand).await?;
    let (pace, word) = errand.body;
    let order = step.before.clone();
    let text = words::behind_at_half_year(pace.delivered, pace.planned, &words::counted(pace.ordered, word));
    step.event(EventKind::Behind, text.clone(), words::RESCUE_OPTIONS);
    step.tell(Told::buyer(&order, words::tell_behind_school(order.number, pace.delivered, pace.planned)));
    step.tell(Told::unit(&order, words::tell_behind_unit(order.number, &order.school_name, pace.delivered, pace.planned)));
    store::hold(&mut step.tx, order.id).await?;
    step.append().await?;
    step.commit(text, "").await
}
