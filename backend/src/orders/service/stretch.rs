//! What is bought by the month, the week or the year: laid out in school days before the first of it is counted, and logged in stretches.

use shared::orders::{DeliveryState, OrderState};
use shared::orders::api::NewDelivery;
use shared::orders::pace::{Drawn, DeliveryPace, PaceView, pace, points};
use shared::orders::period::{days, is_stretch, periods};
use shared::text;
use shared::time::Date;
use shared::words::orders as words;

use crate::calendar::service::WorkingTime;
use crate::error::AppError;
use crate::orders::store::{DeliveryRow, OrderRow};

/// Counts an order's units in school days, where it is a stretch of time and nothing of it was counted yet.
pub fn lay_out(order: &mut OrderRow, time: &WorkingTime) {
    if order.logged_units == 0 && order.periods.is_empty() {
        lay_out_anew(order, time);
    }
}

/// The same for an order whose quantity or start changed, whatever was logged. Its units are those of its quantity.
pub fn lay_out_anew(order: &mut OrderRow, time: &WorkingTime) {
    if !is_stretch(order.measure) || !is_in_work(order.state) {
        return;
    }
    let Some(end) = time.district.calendar.last_day(order.year) else { return };
    let found = periods(order.measure, order.units, order.start, end, &time.days);
    if !found.is_empty() {
        (order.units, order.periods) = (days(&found), found);
    }
}

const fn is_in_work(state: OrderState) -> bool {
    matches!(state, OrderState::Accepted | OrderState::InDelivery)
}

/// An entry as it will be kept.
pub struct Checked {
    pub first: Option<Date>,
    pub quantity: u32,
    pub note: String,
}

/// Refuses what cannot have been delivered. `others` are the order's other entries; `order` is laid out already.
///
/// # Errors
/// `BadInput` by field.
pub fn check(
    order: &OrderRow,
    body: &NewDelivery,
    (others, left): (&[DeliveryRow], u32),
    (time, today): (&WorkingTime, Date),
) -> Result<Checked, AppError> {
    let note = text::optional(&body.note, text::PARAGRAPH_LIMIT).map_err(|error| AppError::field("note", error.message()))?;
    if body.day < order.start {
        return Err(AppError::field("day", words::not_before(order.start)));
    }
    if body.day > today {
        return Err(AppError::field("day", words::NOT_IN_FUTURE));
    }
    let (first, quantity) = if order.periods.is_empty() { (None, body.quantity) } else { stretch(order, body, others, time)? };
    if quantity == 0 || quantity > left {
        return Err(AppError::field("quantity", words::units_left(left)));
    }
    Ok(Checked { first, quantity, note })
}

fn stretch(order: &OrderRow, body: &NewDelivery, others: &[DeliveryRow], time: &WorkingTime) -> Result<(Option<Date>, u32), AppError> {
    let first = body.first.unwrap_or_else(|| next_day(order, others)).max(order.start);
    if first > body.day {
        return Err(AppError::field("first", words::FROM_AFTER_UNTIL));
    }
    let standing = others.iter().filter(|entry| entry.state != DeliveryState::Reversed);
    let overlapping = standing.filter_map(|entry| Some((entry.first?, entry.day))).find(|(from, until)| *from <= body.day && first <= *until);
    if let Some((from, until)) = overlapping {
        return Err(AppError::field("first", words::logged_before(from, until)));
    }
    match time.days.school_days(first, body.day) {
        0 => Err(AppError::field("day", words::NO_SCHOOL_DAY_IN_IT)),
        quantity => Ok((Some(first), quantity)),
    }
}

/// The day after the last that is logged; the start where nothing is.
pub fn next_day(order: &OrderRow, entries: &[DeliveryRow]) -> Date {
    let own = entries.iter().filter(|entry| entry.order == order.id && entry.state != DeliveryState::Reversed);
    own.map(|entry| entry.day).max().map_or(order.start, |day| day.plus_days(1)).max(order.start)
}

/// What the pace of an order is counted from: nothing before it is accepted, and nothing once it ended otherwise.
fn drawn(order: &OrderRow, time: &WorkingTime) -> Option<Drawn> {
    if !matches!(order.state, OrderState::Accepted | OrderState::InDelivery | OrderState::Delivered | OrderState::Closed) {
        return None;
    }
    let end = order.periods.last().map(|period| period.last).or_else(|| time.district.calendar.last_day(order.year))?;
    Some(Drawn { ordered: order.units, delivered: order.logged_units, start: order.start, end: end.max(order.start) })
}

/// How an order stands against its plan on `today`.
pub fn pace_of(order: &OrderRow, time: &WorkingTime, today: Date) -> Option<DeliveryPace> {
    let mut order = order.clone();
    lay_out(&mut order, time);
    drawn(&order, time).map(|drawn| pace(&drawn, today, &time.days))
}

/// The pace with its picture.
pub fn pace_view(order: &OrderRow, entries: &[DeliveryRow], time: &WorkingTime, today: Date) -> Option<PaceView> {
    let drawn = drawn(order, time)?;
    let standing = entries.iter().filter(|entry| entry.state != DeliveryState::Reversed);
    let by_day: Vec<(Date, u32)> = standing.map(|entry| (entry.day, entry.quantity)).collect();
    let points = points(&by_day, &drawn, &time.days);
    Some(PaceView { pace: pace(&drawn, today, &time.days), start: drawn.start, end: drawn.end, points })
}
