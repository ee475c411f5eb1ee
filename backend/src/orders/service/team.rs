//! A unit's calendar: its team, the days away, who is where; and how many may start in one part of the year.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::calendar::{DaySpan, SchoolCalendar, file};
use shared::error::ErrorCode;
use shared::id::{AwayId, OrderId, PackageId, SchoolId, StaffId, UnitId};
use shared::identity::Scope;
use shared::identity::api::{SchoolRef, UnitRef};
use shared::identity::policy::Permission;
use shared::orders::OrderState;
use shared::orders::booking::api::{
    AwayView, BookingView, CalendarRange, NewAway, NewStartLimit, PackageCapacity, StaffEdit, ToBook, UnitCalendar, UnitCapacity,
};
use shared::orders::booking::{Away, DayPart, Staff, Weekdays};
use shared::text::{TITLE_LIMIT, required};
use shared::time::Date;
use shared::words::orders::booking as words;

use super::booking::{conflict, left, seen};
use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::service as calendar;
use crate::catalog::service::{self as catalog, Capacity};
use crate::db::{Query, Tx};
use crate::error::AppError;
use crate::identity::{Actor, CommandContext, Fact, Target, service as identity};
use crate::orders::store::{self, AwayRow, BookingRow, Whose};

/// The unit's team, absences and bookings in a range of days.
///
/// # Errors
/// `NotFound` outside the caller's unit.
pub async fn unit_calendar(app: &App, actor: &Actor, unit: UnitId, range: CalendarRange) -> Result<UnitCalendar, AppError> {
    actor.demand(Permission::LogDelivery, &Target::Unit(unit))?;
    let reader = app.db.reader();
    let time = calendar::time(&reader).await?;
    let today = time.district.day_of(app.now())?;
    let (first, last) = range.ends(today);
    let team = store::team(&reader, unit).await?;
    let away = store::away(&reader, unit, first.min(today)).await?;
    let spans: Vec<Away> = away.iter().map(|row| row.away.clone()).collect();
    let protected = calendar::days_of_schools(&reader, first, last).await?;
    let calendars = Calendars::new(time.days.clone(), protected);
    let rows = store::bookings_of_unit(&reader, unit, (first, last)).await?;
    let shown = |row: BookingRow| {
        let found = conflict(&row, &calendars.of(row.school), (&team, &spans)).filter(|_| row.day >= today);
        seen(row, found)
    };
    let bookings: Vec<BookingView> = rows.into_iter().map(shown).collect();
    Ok(UnitCalendar {
        unit: unit_ref(&reader, unit).await?,
        to_book: to_book(&reader, unit).await?,
        may_keep: actor.may(Permission::AnswerOrder, &Target::Unit(unit)),
        away: away.into_iter().map(|row| AwayView { id: row.id, away: row.away }).collect(),
        days: spans_in(&time.days, first, last),
        today,
        first,
        last,
        team,
        bookings,
    })
}

/// The district's days, and with them each school's own.
struct Calendars {
    district: SchoolCalendar,
    own: BTreeMap<SchoolId, Vec<DaySpan>>,
}

impl Calendars {
    fn new(district: SchoolCalendar, protected: Vec<(SchoolId, DaySpan)>) -> Self {
        let mut own: BTreeMap<SchoolId, Vec<DaySpan>> = BTreeMap::new();
        for (school, span) in protected {
            own.entry(school).or_default().push(span);
        }
        Self { district, own }
    }

    fn of(&self, school: SchoolId) -> SchoolCalendar {
        self.district.clone().with_own(self.own.get(&school).cloned().unwrap_or_default())
    }
}

fn spans_in(calendar: &SchoolCalendar, first: Date, last: Date) -> Vec<DaySpan> {
    calendar.spans().iter().filter(|span| span.first <= last && span.last >= first).cloned().collect()
}

async fn unit_ref<Q: Query>(query: &Q, unit: UnitId) -> Result<UnitRef, AppError> {
    let found = catalog::unit_contact(query, unit).await?;
    Ok(UnitRef { id: unit, name: found.name })
}

/// Accepted orders of which something is still to be booked, the earliest start first.
async fn to_book<Q: Query>(query: &Q, unit: UnitId) -> Result<Vec<ToBook>, AppError> {
    let whose = Whose::Of(vec![Scope::Unit(unit)]);
    let mut orders = store::in_states(query, &whose, &[OrderState::Accepted, OrderState::InDelivery]).await?;
    orders.sort_by_key(|order| (order.start, order.number));
    let mut booked: BTreeMap<OrderId, Vec<DayPart>> = BTreeMap::new();
    for (order, part) in store::parts_of_unit(query, unit).await? {
        booked.entry(order).or_default().push(part);
    }
    let open = orders.into_iter().map(|order| {
        let left = left(&order, booked.remove(&order.id).unwrap_or_default().into_iter());
        let school = SchoolRef { id: order.school, name: order.school_name };
        ToBook { order: order.id, number: order.number, title: order.title, school, left }
    });
    Ok(open.filter(|order| order.left.left > 0).collect())
}

/// What a command on a unit's calendar carries.
type Errand<B> = (CommandContext, UnitId, B);

/// Adds somebody to the team, or changes name and working days.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field.
pub async fn set_staff(app: &Arc<App>, ctx: &CommandContext, unit: UnitId, edit: StaffEdit) -> Result<UnitCalendar, AppError> {
    ctx.actor.demand(Permission::AnswerOrder, &Target::Unit(unit))?;
    let name = required(&edit.name, TITLE_LIMIT).map_err(|error| AppError::field("name", error.message()))?;
    if edit.weekdays.0 > Weekdays::ALL.0 {
        return Err(AppError::field("weekdays", words::WEEKDAYS_WRONG));
    }
    if edit.active && edit.weekdays.0 == 0 {
        return Err(AppError::field("weekdays", words::NO_WEEKDAY));
    }
    let id: StaffId = edit.id.unwrap_or_else(|| app.id(ctx.now));
    let staff = Staff { id, name, weekdays: edit.weekdays, active: edit.active };
    let errand = (ctx.clone(), unit, (staff, edit.id.is_none()));
    app.db.command(&ctx.key(), id, errand, write_staff).await?;
    unit_calendar(app, &ctx.actor, unit, CalendarRange::default()).await
}

async fn write_staff(mut tx: Tx, (ctx, unit, (staff, new)): Errand<(Staff, bool)>) -> Result<(), AppError> {
    store::take_calendar(&mut tx, unit).await?;
    let team = store::team(&tx, unit).await?;
    if !new && team.iter().all(|known| known.id != staff.id) {
        return Err(AppError::not_found());
    }
    if team.iter().any(|known| known.id != staff.id && known.active && known.name == staff.name) {
        return Err(AppError::field("name", words::NAME_TAKEN));
    }
    if !store::put_staff(&mut tx, unit, &staff).await? {
        return Err(AppError::not_found());
    }
    let summary = match (new, staff.active) {
        (_, false) => words::staff_left(&staff.name),
        (true, true) => words::staff_added(&staff.name),
        (false, true) => words::staff_changed(&staff.name),
    };
    let fact = Fact { object: staff.id.to_string(), object_title: staff.name, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// Enters days on which the unit, or one person, cannot be booked.
///
/// # Errors
/// `NotFound` outside the caller's unit; `BadInput` by field, also where somebody is booked on them.
pub async fn add_away(app: &Arc<App>, ctx: &CommandContext, unit: UnitId, new: NewAway) -> Result<UnitCalendar, AppError> {
    ctx.actor.demand(Permission::AnswerOrder, &Target::Unit(unit))?;
    let title = required(&new.title, TITLE_LIMIT).map_err(|error| AppError::field("title", error.message()))?;
    let away = Away { staff: new.staff, first: new.first, last: new.last.unwrap_or(new.first), title };
    // The same rules as a row of the district's calendar.
    let span = DaySpan { kind: shared::calendar::DayKind::Protected, first: away.first, last: away.last, title: away.title.clone() };
    file::check(span).map_err(|message| AppError::field("last", message))?;
    let id: AwayId = app.id(ctx.now);
    app.db.command(&ctx.key(), id, (ctx.clone(), unit, AwayRow { id, unit, away }), write_away).await?;
    unit_calendar(app, &ctx.actor, unit, CalendarRange::default()).await
}

async fn write_away(mut tx: Tx, (ctx, unit, row): Errand<AwayRow>) -> Result<(), AppError> {
    store::take_calendar(&mut tx, unit).await?;
    let today = identity::district(&tx).await?.day_of(ctx.now)?;
    if row.away.last < today {
        return Err(AppError::field("first", words::PAST_AWAY));
    }
    let who = name_of(&tx, unit, row.away.staff).await?;
    let in_the_way: Vec<Date> = store::taken(&tx, unit, today)
        .await?
        .into_iter()
        .filter(|taken| row.away.holds(taken.staff, taken.day))
        .map(|taken| taken.day)
        .collect();
    if let Some(first) = in_the_way.first() {
        return Err(AppError::field("first", words::has_bookings(in_the_way.len(), *first)));
    }
    store::insert_away(&mut tx, &row).await?;
    let Away { first, last, title, .. } = &row.away;
    let summary = words::away_added(&who, *first, *last, title);
    let fact = Fact { object: row.id.to_string(), object_title: title.clone(), summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

async fn name_of(tx: &Tx, unit: UnitId, staff: Option<StaffId>) -> Result<String, AppError> {
    let Some(staff) = staff else { return Ok(words::WHOLE_UNIT.to_owned()) };
    let known = store::team(tx, unit).await?.into_iter().find(|known| known.id == staff);
    known.map(|known| known.name).ok_or_else(|| AppError::field("staff", words::STAFF_UNKNOWN))
}

/// Takes days away out again.
///
/// # Errors
/// `NotFound` outside the caller's unit; `Stale` where somebody was first.
pub async fn remove_away(app: &Arc<App>, ctx: &CommandContext, id: AwayId) -> Result<UnitCalendar, AppError> {
    let Some(row) = store::away_row(&app.db.reader(), id).await? else {
        // Sent a second time: what it did took the row away.
        let unit = app.db.answered(&ctx.key()).await?.and_then(|text| text.parse::<UnitId>().ok()).ok_or_else(AppError::not_found)?;
        return unit_calendar(app, &ctx.actor, unit, CalendarRange::default()).await;
    };
    ctx.actor.demand(Permission::AnswerOrder, &Target::Unit(row.unit))?;
    let unit = row.unit;
    app.db.command(&ctx.key(), unit, (ctx.clone(), unit, row), write_back).await?;
    unit_calendar(app, &ctx.actor, unit, CalendarRange::default()).await
}

async fn write_back(mut tx: Tx, (ctx, unit, row): Errand<AwayRow>) -> Result<(), AppError> {
    store::take_calendar(&mut tx, unit).await?;
    let who = name_of(&tx, unit, row.away.staff).await?;
    if !store::delete_away(&mut tx, row.id).await? {
        return Err(ErrorCode::Stale.into());
    }
    let summary = words::away_removed(&who, row.away.first, row.away.last);
    let fact = Fact { object: row.id.to_string(), object_title: row.away.title, summary, ..Fact::default() };
    Ok(tx.commit(ctx.record(fact), Vec::new()).await?)
}

/// What each of the unit's packages has sold, has left and makes wait.
///
/// # Errors
/// `NotFound` outside the caller's unit.
pub async fn unit_capacity(app: &App, actor: &Actor, unit: UnitId) -> Result<UnitCapacity, AppError> {
    actor.demand(Permission::LogDelivery, &Target::Unit(unit))?;
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let year = district.year_of(app.now())?;
    let packages = catalog::capacity_of_unit(&reader, unit, year).await?;
    let shown = |Capacity { kept, months }: Capacity| {
        let year_left = kept.capacity.map(|capacity| capacity.saturating_sub(kept.sold));
        let (_, parts) = shared::catalog::starts::left(year_left, kept.limit, &months, (year, district.calendar));
        let tier = kept.content.tier.title();
        PackageCapacity {
            package: kept.package,
            title: kept.title,
            tier_name: if kept.content.name.is_empty() { tier.to_owned() } else { kept.content.name },
            capacity: kept.capacity,
            sold: kept.sold,
            waiting: months.iter().map(|month| month.waiting).sum(),
            limit: kept.limit,
            parts,
        }
    };
    let may_limit = actor.may(Permission::EditMenu, &Target::Unit(unit));
    Ok(UnitCapacity { unit: unit_ref(&reader, unit).await?, year, packages: packages.into_iter().map(shown).collect(), may_limit })
}

/// Says how many may start in one term or month.
///
/// # Errors
/// As the catalog's own.
pub async fn set_start_limit(
    app: &Arc<App>,
    ctx: &CommandContext,
    package: PackageId,
    body: NewStartLimit,
) -> Result<UnitCapacity, AppError> {
    let unit = catalog::set_start_limit(app, ctx, package, body.limit).await?;
    unit_capacity(app, &ctx.actor, unit).await
}

/// The days on which a school is visited.
///
/// # Errors
/// `NotFound` outside the caller's scope.
pub async fn school_bookings(app: &App, actor: &Actor, school: SchoolId, range: CalendarRange) -> Result<Vec<BookingView>, AppError> {
    let reader = app.db.reader();
    let known = budget::school_facts(&reader, school).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(known.id, known.network))?;
    let time = calendar::school_time(&reader, school).await?;
    let rows = store::bookings_of_school(&reader, school, range.ends(time.district.day_of(app.now())?)).await?;
    let shown = |row: BookingRow| {
        let found = time.days.block(row.day).map(|block| words::day_is(row.day, &block.words()));
        seen(row, found)
    };
    Ok(rows.into_iter().map(shown).collect())
}
