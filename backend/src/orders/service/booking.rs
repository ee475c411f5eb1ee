//! Booking somebody of the unit on a day of an order, and taking it back.

use std::sync::Arc;

use shared::calendar::SchoolCalendar;
use shared::error::ErrorCode;
use shared::fiscal::FiscalYear;
use shared::id::{BookingId, OrderId};
use shared::identity::api::{SchoolRef, UnitRef};
use shared::orders::OrderState;
use shared::orders::booking::api::{BookingView, NewBooking, OrderBookings, StaffChoice};
use shared::orders::booking::{Agenda, Away, Bookable, DayPart, Hindrance, Staff, Taken, bookable};
use shared::time::{Date, Timestamp};
use shared::words::orders::booking as words;

use super::notices::Told;
use super::step::{Errand, Step};
use super::view;
use crate::app::App;
use crate::calendar::service::{self as calendar, WorkingTime};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, District};
use crate::orders::rules::{Bench, Standing};
use crate::orders::store::{self, BookingRow, EventKind, NewBookingRow, OrderRow};

/// All that decides whether somebody of a unit can come to a school.
pub(super) struct Days {
    pub time: WorkingTime,
    pub team: Vec<Staff>,
    pub away: Vec<Away>,
    pub taken: Vec<Taken>,
    pub today: Date,
}

impl Days {
    /// What stands in the database; inside a transaction that has taken the unit's calendar it stays so.
    async fn read<Q: Query>(query: &Q, order: &OrderRow, now: Timestamp) -> Result<Self, AppError> {
        let time = calendar::school_time(query, order.school).await?;
        let today = time.district.day_of(now)?;
        Ok(Self {
            team: store::team(query, order.unit).await?,
            away: store::away(query, order.unit, today).await?.into_iter().map(|row| row.away).collect(),
            taken: store::taken(query, order.unit, today).await?,
            today,
            time,
        })
    }

    fn agenda(&self, year: FiscalYear) -> Agenda<'_> {
        let year = ends(&self.time.district, year, self.today);
        Agenda { calendar: &self.time.days, away: &self.away, taken: &self.taken, today: self.today, year }
    }
}

/// A fiscal year's first and last day.
fn ends(district: &District, year: FiscalYear, today: Date) -> (Date, Date) {
    let calendar = district.calendar;
    (calendar.first_day(year).unwrap_or(today), calendar.last_day(year).unwrap_or(today))
}

/// What came in the way of a booking since it was made: days of the calendars, absences.
pub(super) fn conflict(row: &BookingRow, calendar: &SchoolCalendar, (team, away): (&[Staff], &[Away])) -> Option<String> {
    let staff = team.iter().find(|staff| staff.id == row.staff)?;
    let agenda = Agenda { calendar, away, taken: &[], today: row.day, year: (row.day, row.day) };
    // Who left, or works on other weekdays now, is for the unit to settle and no wrong day.
    match agenda.hindrance(&Staff { active: true, ..staff.clone() }, row.day, row.part)? {
        Hindrance::NotAtWork | Hindrance::Gone | Hindrance::Past | Hindrance::OtherYear | Hindrance::Booked(_) => None,
        found @ (Hindrance::Calendar(_) | Hindrance::UnitAway(_) | Hindrance::StaffAway(_)) => Some(found.words(&staff.name, row.day)),
    }
}

pub(super) fn seen(row: BookingRow, conflict: Option<String>) -> BookingView {
    BookingView {
        id: row.id,
        order: row.order,
        number: row.number,
        title: row.title,
        school: SchoolRef { id: row.school, name: row.school_name },
        unit: UnitRef { id: row.unit, name: row.unit_name },
        staff: row.staff,
        staff_name: row.staff_name,
        day: row.day,
        part: row.part,
        conflict,
    }
}

/// What is left to book of an order.
pub(super) fn left(order: &OrderRow, booked: impl Iterator<Item = DayPart>) -> Bookable {
    bookable(order.measure, order.units, booked)
}

const fn is_open(state: OrderState) -> bool {
    matches!(state, OrderState::Accepted | OrderState::InDelivery)
}

/// The days that are booked for an order, and who could come when.
///
/// # Errors
/// `NotFound` alike for what is not there and for what the caller may not see.
pub async fn bookings(app: &App, actor: &Actor, id: OrderId) -> Result<OrderBookings, AppError> {
    let reader = app.db.reader();
    let order = view::seen(app, &reader, actor, id).await?;
    let rows = store::bookings_of_order(&reader, id).await?;
    let days = Days::read(&reader, &order, app.now()).await?;
    let may_book = Standing::of(actor, &order, &Bench::default()).delivers && is_open(order.state);
    let agenda = days.agenda(order.year);
    let choice = |staff: &Staff| StaffChoice {
        id: staff.id,
        name: staff.name.clone(),
        next_free: agenda.next_free(staff, order.start, DayPart::Whole),
    };
    let team = if may_book { days.team.iter().filter(|staff| staff.active).map(choice).collect() } else { Vec::new() };
    let left = left(&order, rows.iter().map(|row| row.part));
    let shown = |row: BookingRow| {
        let found = conflict(&row, &days.time.days, (&days.team, &days.away)).filter(|_| row.day >= days.today);
        seen(row, found)
    };
    Ok(OrderBookings { left, may_book, team, bookings: rows.into_iter().map(shown).collect() })
}

/// Books somebody of the unit on a day.
///
/// # Errors
/// `NotAllowed`, `NotInThisState`, `BadInput` by field with the next free day in words.
pub async fn book(app: &Arc<App>, ctx: &CommandContext, order: OrderId, body: NewBooking) -> Result<OrderBookings, AppError> {
    let id: BookingId = app.id(ctx.now);
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order, body: (id, body) };
    app.db.command(&ctx.key(), id, errand, write_booking).await?;
    bookings(app, &ctx.actor, order).await
}

async fn write_booking(mut tx: Tx, errand: Errand<(BookingId, NewBooking)>) -> Result<(), AppError> {
    let (id, body) = errand.body;
    // The order first, then the unit's calendar: whoever ends the order meanwhile comes before or after all of this.
    store::hold(&mut tx, errand.order).await?;
    let mut step = Step::open(tx, &errand).await?;
    if !step.standing.delivers {
        return Err(ErrorCode::NotAllowed.into());
    }
    let order = step.before.clone();
    if !is_open(order.state) {
        return Err(AppError::saying(ErrorCode::NotInThisState, words::NOT_BOOKABLE_NOW));
    }
    store::take_calendar(&mut step.tx, order.unit).await?;
    let days = Days::read(&step.tx, &order, step.ctx.now).await?;
    let staff = days.team.iter().find(|staff| staff.id == body.staff).ok_or_else(|| AppError::field("staff", words::STAFF_UNKNOWN))?;
    if let Some(found) = days.agenda(order.year).hindrance(staff, body.day, body.part) {
        return Err(refused(&days, &order, (staff, body), &found));
    }
    let booked = store::bookings_of_order(&step.tx, order.id).await?;
    let left = left(&order, booked.iter().map(|row| row.part));
    if !left.takes(body.part) {
        return Err(AppError::field("part", words::too_many(left)));
    }
    let (unit, school, by, at) = (order.unit, order.school, Some(step.ctx.actor.person), step.ctx.now);
    let new = NewBookingRow { id, order: order.id, unit, school, staff: staff.id, day: body.day, part: body.part, by, at };
    if !store::insert_booking(&mut step.tx, &new).await? {
        return Err(refused(&days, &order, (staff, body), &Hindrance::Booked(body.part)));
    }
    let text = words::booked(&staff.name, body.day, body.part.title());
    step.event(EventKind::Booked, text.clone(), "");
    step.tell(Told::buyer(&order, words::tell_booked(order.number, &staff.name, body.day)));
    step.append().await?;
    step.commit(text, "").await
}

/// Why not, and what instead.
fn refused(days: &Days, order: &OrderRow, (staff, body): (&Staff, NewBooking), found: &Hindrance) -> AppError {
    let next = days.agenda(order.year).next_free(staff, body.day.max(days.today), body.part);
    AppError::field("day", format!("{} {}", found.words(&staff.name, body.day), words::next_free(&staff.name, next)))
}

/// Takes a booking back.
///
/// # Errors
/// `NotFound` outside the caller's unit; `NotAllowed`, `Stale`.
pub async fn cancel_booking(app: &Arc<App>, ctx: &CommandContext, id: BookingId) -> Result<OrderBookings, AppError> {
    let Some(row) = store::booking(&app.db.reader(), id).await? else {
        // Sent a second time: what it did took the row away.
        let order = app.db.answered(&ctx.key()).await?.and_then(|text| text.parse::<OrderId>().ok()).ok_or_else(AppError::not_found)?;
        return bookings(app, &ctx.actor, order).await;
    };
    let errand = Errand { app: Arc::clone(app), ctx: ctx.clone(), order: row.order, body: row.clone() };
    app.db.command(&ctx.key(), row.order, errand, write_cancelling).await?;
    bookings(app, &ctx.actor, row.order).await
}

async fn write_cancelling(mut tx: Tx, errand: Errand<BookingRow>) -> Result<(), AppError> {
    store::hold(&mut tx, errand.order).await?;
    let mut step = Step::open(tx, &errand).await?;
    if !step.standing.delivers {
        return Err(ErrorCode::NotAllowed.into());
    }
    store::take_calendar(&mut step.tx, step.before.unit).await?;
    let row = &errand.body;
    if !store::delete_booking(&mut step.tx, row.id).await? {
        return Err(ErrorCode::Stale.into());
    }
    let order = step.before.clone();
    let text = words::unbooked(&row.staff_name, row.day);
    step.event(EventKind::Unbooked, text.clone(), "");
    step.tell(Told::buyer(&order, words::tell_unbooked(order.number, &row.staff_name, row.day)));
    step.append().await?;
    step.commit(text, "").await
}
