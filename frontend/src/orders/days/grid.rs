//! The team against the days: bookings, absences, closed days, and what is left of each person's time.

use shared::calendar::{Block, SchoolCalendar};
use shared::orders::booking::api::{BookingView, UnitCalendar};
use shared::orders::booking::{DayPart, Staff};
use shared::time::Date;
use shared::words::calendar::pages as calendar_words;
use shared::words::orders::booking as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;

/// How much is shown at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Week,
    Month,
}

impl Span {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    pub fn parse(text: Option<&str>) -> Self {
        if text == Some(Self::Month.name()) { Self::Month } else { Self::Week }
    }
}

/// Halves of somebody's days: what could be booked at all, and what still can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    pub all: u32,
    pub free: u32,
}

/// What is left of `staff`'s time on `days`.
pub fn left_of(staff: &Staff, days: &[Date], view: &UnitCalendar, calendar: &SchoolCalendar) -> Left {
    let mut left = Left::default();
    for day in days {
        let works = staff.active && staff.weekdays.holds(*day) && calendar.block(*day).is_none();
        if !works || view.away.iter().any(|row| row.away.holds(staff.id, *day)) {
            continue;
        }
        let booked: usize = of(view, staff, *day).map(|booking| booking.part.halves().len()).sum();
        left.all += 2;
        left.free += 2_u32.saturating_sub(u32::try_from(booked).unwrap_or(2));
    }
    left
}

fn of<'a>(view: &'a UnitCalendar, staff: &Staff, day: Date) -> impl Iterator<Item = &'a BookingView> {
    let id = staff.id;
    view.bookings.iter().filter(move |booking| booking.staff == id && booking.day == day)
}

/// The table: a row for each person, a column for each weekday.
pub fn grid(view: &UnitCalendar, span: Span) -> Html {
    let calendar = SchoolCalendar::new(view.days.clone());
    let days: Vec<Date> =
        (0..=view.last.days_since(view.first)).map(|offset| view.first.plus_days(offset)).filter(|day| !day.is_weekend()).collect();
    let shown = view.team.iter().filter(|staff| staff.active || view.bookings.iter().any(|booking| booking.staff == staff.id));
    html! {
        <div class="table-wrap" role="group" tabindex="0" aria-label={words::GRID}>
            <table class={classes!("days-grid", (span == Span::Month).then_some("narrow-days"))}>
                <caption class="visually-hidden">{ words::GRID }</caption>
                <thead><tr>
                    <th scope="col">{ words::PERSON }</th>
                    { for days.iter().map(|day| day_head(*day, view.today, &calendar)) }
                    <th scope="col" class="end">{ words::FREE }</th>
                </tr></thead>
                <tbody>{ for shown.map(|staff| person(view, (staff, span), &days, &calendar)) }</tbody>
            </table>
        </div>
    }
}

fn day_head(day: Date, today: Date, calendar: &SchoolCalendar) -> Html {
    let (short, long) = calendar_words::WEEKDAYS.get(usize::from(day.weekday())).copied().unwrap_or_default();
    let closed = calendar.block(day).map(|block| block.words());
    html! {
        <th scope="col" class={classes!(closed.is_some().then_some("closed"))} aria-current={(day == today).then_some("date")} title={closed.clone()}>
            <abbr title={long}>{ short }</abbr>
            <time class="num" datetime={day.to_string()}>{ day.day() }</time>
            if let Some(closed) = closed { <span class="visually-hidden">{ closed }</span> }
        </th>
    }
}

fn person(view: &UnitCalendar, (staff, span): (&Staff, Span), days: &[Date], calendar: &SchoolCalendar) -> Html {
    let Left { all, free } = left_of(staff, days, view, calendar);
    html! {
        <tr key={staff.id.to_string()}>
            <th scope="row">{ &staff.name }</th>
            { for days.iter().map(|day| cell(view, (staff, span), *day, calendar)) }
            <td class="end num"><span class="nowrap">{ words::free_halves(free, all) }</span></td>
        </tr>
    }
}

fn cell(view: &UnitCalendar, (staff, span): (&Staff, Span), day: Date, calendar: &SchoolCalendar) -> Html {
    let bookings: Vec<&BookingView> = of(view, staff, day).collect();
    let away = view.away.iter().find(|row| row.away.holds(staff.id, day)).map(|row| row.away.title.clone());
    let closed = calendar.block(day);
    let class =
        classes!(closed.is_some().then_some("closed"), away.is_some().then_some("away"), (!staff.weekdays.holds(day)).then_some("off"));
    html! {
        <td {class}>
            { for bookings.iter().map(|booking| slip(booking, span)) }
            if bookings.is_empty() { { note(away.as_deref(), closed.as_ref(), span) } }
        </td>
    }
}

/// A booking as a link to its order.
fn slip(booking: &BookingView, span: Span) -> Html {
    let to = Route::Order { id: booking.order.to_string() };
    let full = words::booking_words(&booking.school.name, &booking.title, booking.part.title());
    let classes = classes!("slip", booking.part.name(), booking.conflict.is_some().then_some("wrong"));
    let short = match (span, booking.part) {
        (Span::Week, _) => booking.school.name.clone(),
        (Span::Month, DayPart::Whole) => words::SHORT_WHOLE.to_owned(),
        (Span::Month, DayPart::Morning) => words::SHORT_MORNING.to_owned(),
        (Span::Month, DayPart::Afternoon) => words::SHORT_AFTERNOON.to_owned(),
    };
    html! {
        <Link<Route> {to} {classes}>
            <span aria-hidden="true">{ short }</span>
            if span == Span::Week && booking.part != DayPart::Whole { <span class="tiny" aria-hidden="true">{ booking.part.title() }</span> }
            <span class="visually-hidden">{ full }</span>
        </Link<Route>>
    }
}

fn note(away: Option<&str>, closed: Option<&Block>, span: Span) -> Html {
    let text = match (away, closed) {
        (Some(away), _) => away.to_owned(),
        (None, Some(closed)) => closed.words(),
        (None, None) => return Html::default(),
    };
    match span {
        Span::Week => html! { <span class="tiny muted">{ text }</span> },
        Span::Month => {
            html! { <span class="muted" title={text.clone()}><span aria-hidden="true">{ "–" }</span><span class="visually-hidden">{ text }</span></span> }
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::calendar::{DayKind, DaySpan};
    use shared::id::{AwayId, BookingId, Id as _, OrderId, SchoolId, StaffId, UnitId};
    use shared::identity::api::{SchoolRef, UnitRef};
    use shared::orders::booking::api::AwayView;
    use shared::orders::booking::{Away, Weekdays};

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn what_is_free_leaves_out_closed_days_absences_and_bookings() {
        let staff = Staff { id: StaffId::from_bits(1), name: "Maria".to_owned(), weekdays: Weekdays(15), active: true };
        let unit = UnitRef { id: UnitId::from_bits(1), name: String::new() };
        let booking = BookingView {
            id: BookingId::from_bits(1),
            order: OrderId::from_bits(1),
            number: 1001,
            title: String::new(),
            school: SchoolRef { id: SchoolId::from_bits(1), name: String::new() },
            unit: unit.clone(),
            staff: staff.id,
            staff_name: String::new(),
            day: day("2026-11-30"),
            part: DayPart::Morning,
            conflict: None,
        };
        let holiday = DaySpan { kind: DayKind::Holiday, first: day("2026-12-01"), last: day("2026-12-01"), title: String::new() };
        let away = Away { staff: None, first: day("2026-12-02"), last: day("2026-12-02"), title: String::new() };
        let view = UnitCalendar {
            unit,
            today: day("2026-11-30"),
            first: day("2026-11-29"),
            last: day("2026-12-05"),
            team: vec![staff.clone()],
            away: vec![AwayView { id: AwayId::from_bits(1), away }],
            days: vec![holiday],
            bookings: vec![booking],
            to_book: Vec::new(),
            may_keep: true,
        };
        let days: Vec<Date> = (0..7).map(|offset| view.first.plus_days(offset)).collect();
        let calendar = SchoolCalendar::new(view.days.clone());
        // Monday half booked, Tuesday closed, Wednesday away, Thursday free, Friday off.
        assert_eq!(left_of(&staff, &days, &view, &calendar), Left { all: 4, free: 3 });
        assert_eq!(left_of(&Staff { active: false, ..staff }, &days, &view, &calendar), Left::default());
    }
}
