//! Both sides' bookings as iCalendar files.

use jiff::civil::Time;
use shared::id::{SchoolId, UnitId};
use shared::identity::policy::Permission;
use shared::orders::booking::DayPart;
use shared::words::orders::booking as words;

use crate::app::App;
use crate::budget::service as budget;
use crate::calendar::ical::{self, Event, Head, When};
use crate::catalog::service as catalog;
use crate::error::AppError;
use crate::identity::{Actor, Target, service as identity};
use crate::orders::store::{self, BookingRow};
use crate::reply::CalendarFile;

/// So far a file reaches back, and ahead.
const BACK_DAYS: i32 = 90;
const AHEAD_DAYS: i32 = 460;
/// When halves of a day begin and end, on the district's clocks.
const MORNING: (Time, Time) = (Time::constant(8, 0, 0, 0), Time::constant(12, 0, 0, 0));
const AFTERNOON: (Time, Time) = (Time::constant(12, 30, 0, 0), Time::constant(16, 0, 0, 0));

/// For whom a file is.
#[derive(Clone, Copy)]
enum Side {
    Unit(UnitId),
    School(SchoolId),
}

/// The unit's bookings.
///
/// # Errors
/// `NotFound` outside the caller's unit.
pub async fn unit_file(app: &App, actor: &Actor, unit: UnitId) -> Result<CalendarFile, AppError> {
    actor.demand(Permission::LogDelivery, &Target::Unit(unit))?;
    let name = catalog::unit_contact(&app.db.reader(), unit).await?.name;
    file(app, Side::Unit(unit), &name).await
}

/// The school's bookings.
///
/// # Errors
/// `NotFound` outside the caller's scope.
pub async fn school_file(app: &App, actor: &Actor, school: SchoolId) -> Result<CalendarFile, AppError> {
    let known = budget::school_facts(&app.db.reader(), school).await?;
    actor.demand(Permission::ViewSchoolBudget, &Target::School(known.id, known.network))?;
    file(app, Side::School(school), &known.name).await
}

async fn file(app: &App, side: Side, name: &str) -> Result<CalendarFile, AppError> {
    let reader = app.db.reader();
    let district = identity::district(&reader).await?;
    let today = district.day_of(app.now())?;
    let range = (today.plus_days(-BACK_DAYS), today.plus_days(AHEAD_DAYS));
    let rows = match side {
        Side::Unit(unit) => store::bookings_of_unit(&reader, unit, range).await?,
        Side::School(school) => store::bookings_of_school(&reader, school, range).await?,
    };
    let host = host(&app.config.link_base());
    let events: Vec<Event> = rows.iter().map(|row| event(side, row, &host)).collect();
    let title = words::calendar_name(name);
    let text = ical::file(Head { product: words::PRODUCT_ID, name: &title, zone: &district.zone }, &events)?;
    Ok(CalendarFile { name: "bookings.ics".to_owned(), text })
}

fn event(side: Side, row: &BookingRow, host: &str) -> Event {
    let (summary, location) = match side {
        Side::Unit(_) => (words::event_for_unit(&row.school_name, &row.staff_name), row.school_name.clone()),
        Side::School(_) => (words::event_for_school(&row.title, &row.staff_name), row.school_name.clone()),
    };
    let when = match row.part {
        DayPart::Whole => When::WholeDay(row.day),
        DayPart::Morning => When::Between(row.day, MORNING.0, MORNING.1),
        DayPart::Afternoon => When::Between(row.day, AFTERNOON.0, AFTERNOON.1),
    };
    let detail = words::event_detail(row.number, &row.title, &row.unit_name);
    Event { uid: format!("{}@{host}", row.id), changed: row.booked, when, summary, location, detail }
}

/// The host in an address, for identifiers that no other program gives.
fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host: String = rest.chars().take_while(|letter| *letter != '/' && *letter != ':').collect();
    if host.is_empty() { words::FALLBACK_HOST.to_owned() } else { host }
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn identifiers_carry_the_host_of_the_installation() {
        assert_eq!(host("https://chalkline.district.example/app"), "chalkline.district.example");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1");
    }
}
