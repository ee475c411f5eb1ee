//! The units' days in the demo district: teams, absences, bookings of what was accepted, a limit on starts, and a line of schools.

use shared::catalog::Tier;
use shared::catalog::starts::{StartLimit, StartPeriod};
use shared::error::ErrorCode;
use shared::orders::booking::DayPart;
use shared::orders::booking::Weekdays;
use shared::orders::booking::api::{
    AddAway, BookDay, CalendarRange, NewAway, NewBooking, NewStartLimit, SetStaff, SetStartLimit, StaffChoice, StaffEdit, ToBook,
};
use shared::orders::waiting::{JoinWaitingList, NewPlace};
use shared::time::{Date, Timestamp};

use super::cast::{Cast, UnitCast};
use super::days::Days;
use super::opening::Offers;
use super::stage::Stage;
use crate::error::AppError;
use crate::identity::Actor;
use crate::orders::service as orders;

/// Days that are booked of one order, a week apart.
const BOOKED_DAYS: i32 = 4;
/// Somebody who is not free on the wished day may be on one of the next.
const TRIED_DAYS: i32 = 4;
/// Of this package one is all there is, and it is sold.
const SOLD_OUT: (&str, Tier) = ("math-intervention", Tier::Plus);
/// Schools that wait for it.
const IN_LINE: usize = 3;
/// Of this one only so many days may start in one month.
const LIMITED: (&str, Tier, u32) = ("math-coaching", Tier::Plus, 40);

/// One evening after the history: the clock moves a minute with each thing done.
struct Evening<'a> {
    stage: &'a Stage,
    now: Timestamp,
}

impl Evening<'_> {
    fn next(&mut self) -> Timestamp {
        self.now = self.now.plus_seconds(60);
        self.now
    }
}

/// Fills the units' calendars and the waiting list.
///
/// # Errors
/// What a person would be told, save that a day which is taken is passed over.
pub async fn fill(stage: &Stage, (cast, offers): (&Cast, &Offers), days: &Days) -> Result<(), AppError> {
    let mut evening = Evening { stage, now: days.at(days.ago(1), 17 * 60)? };
    for unit in cast.units.values() {
        team(&mut evening, unit, days).await?;
        for open in orders::unit_calendar(&stage.app, &unit.head, unit.id, CalendarRange::default()).await?.to_book {
            book(&mut evening, unit, &open).await?;
        }
    }
    if let Some((offer, unit)) = sold(cast, offers, (LIMITED.0, LIMITED.1)) {
        let ctx = stage.command::<SetStartLimit>(&unit.head, evening.next());
        let limit = Some(StartLimit { period: StartPeriod::Month, most: LIMITED.2 });
        orders::set_start_limit(&stage.app, &ctx, offer.package, NewStartLimit { limit }).await?;
    }
    if let Some((offer, _)) = sold(cast, offers, SOLD_OUT) {
        for school in cast.schools.values().take(IN_LINE) {
            let ctx = stage.command::<JoinWaitingList>(&school.principal, evening.next());
            let body = NewPlace { package: offer.package, quantity: 1, start: days.ahead(40) };
            orders::join(&stage.app, &ctx, school.id, body).await?;
        }
    }
    Ok(())
}

fn sold<'a>(cast: &'a Cast, offers: &'a Offers, (service, tier): (&str, Tier)) -> Option<(&'a super::opening::Offer, &'a UnitCast)> {
    let offer = offers.get(&(service.to_owned(), tier))?;
    Some((offer, cast.units.get(&offer.unit)?))
}

/// The unit's people; who is one of two works Mondays to Thursdays. The whole unit is away for a day, one person for two.
async fn team(evening: &mut Evening<'_>, unit: &UnitCast, days: &Days) -> Result<(), AppError> {
    let people: Vec<&Actor> = unit.staff.iter().map(|actor| &**actor).chain([&*unit.head]).collect();
    for (at, actor) in people.iter().enumerate() {
        let weekdays = if at == 0 { Weekdays::ALL } else { Weekdays::ALL.switched(5, false) };
        let ctx = evening.stage.command::<SetStaff>(&unit.head, evening.next());
        let edit = StaffEdit { id: None, name: actor.name.clone(), weekdays, active: true };
        orders::set_staff(&evening.stage.app, &ctx, unit.id, edit).await?;
    }
    let now = orders::unit_calendar(&evening.stage.app, &unit.head, unit.id, CalendarRange::default()).await?;
    let first = now.team.first().map(|staff| staff.id);
    let retreat = NewAway { staff: None, first: days.ahead(19), last: None, title: "Unit retreat".to_owned() };
    let training = NewAway { staff: first, first: days.ahead(12), last: Some(days.ahead(13)), title: "Training".to_owned() };
    for new in [retreat, training] {
        let ctx = evening.stage.command::<AddAway>(&unit.head, evening.next());
        orders::add_away(&evening.stage.app, &ctx, unit.id, new).await?;
    }
    Ok(())
}

/// Some days of an accepted order, a week apart, with whoever is free first.
async fn book(evening: &mut Evening<'_>, unit: &UnitCast, open: &ToBook) -> Result<(), AppError> {
    let seen = orders::bookings(&evening.stage.app, &unit.head, open.order).await?;
    let free = |choice: &&StaffChoice| choice.next_free.is_some();
    let Some(choice) = seen.team.iter().filter(free).min_by_key(|choice| choice.next_free) else { return Ok(()) };
    let Some(first) = choice.next_free else { return Ok(()) };
    let part = if open.number % 3 == 0 { DayPart::Morning } else { DayPart::Whole };
    for week in 0..BOOKED_DAYS {
        for offset in 0..TRIED_DAYS {
            let day: Date = first.plus_days(week * 7 + offset);
            let ctx = evening.stage.command::<BookDay>(&unit.head, evening.next());
            match orders::book(&evening.stage.app, &ctx, open.order, NewBooking { staff: choice.id, day, part }).await {
                Ok(_) => break,
                // A closed or taken day, or all that was ordered is booked.
                Err(error) if error.code() == ErrorCode::BadInput => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
