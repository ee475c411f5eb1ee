//! The unit's days: who is where, what is free, what has to be booked; the team, days away, capacity, the waiting list.

mod away;
mod capacity;
mod grid;
mod team;

use serde::{Deserialize, Serialize};
use shared::calendar::month::{Month, week_of};
use shared::contract::{Empty as NoQuery, Endpoint as _, PathParams as _};
use shared::identity::api::UnitRef;
use shared::orders::booking::api::{BookingView, CalendarRange, ExportUnitCalendar, GetUnitCalendar, ToBook, UnitCalendar};
use shared::orders::waiting::GetUnitWaiting;
use shared::time::Date;
use shared::words::orders as order_words;
use shared::words::orders::booking as words;
use shared::words::orders::waiting as waiting_words;
use yew::prelude::*;
use yew_router::prelude::*;

use self::away::AwayCard;
use self::capacity::CapacityCard;
use self::grid::{Span, grid};
use self::team::TeamCard;
use super::bookings::conflict;
use super::waiting::unit_lines;
use crate::address::use_query;
use crate::clock::use_clock;
use crate::load::use_load;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{
    Button, Card, Chip, Choice, Crumb, Day, Download, Empty, IconName, Notice, PageHead, PrintButton, Segments, SkeletonShape, Tone,
};

/// What the address says: from which day, a week or a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct DaysQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    show: Option<String>,
}

/// The page at `/unit/calendar`.
#[component]
pub fn UnitDaysPage() -> Html {
    let session = use_session();
    match session.unit().cloned() {
        Some(unit) => html! { <Days unit={(unit.id.to_string(), unit.name.clone())} key={unit.id.to_string()} /> },
        None => html! {
            <>
                <PageHead title={words::CALENDAR_TITLE} />
                <Empty title={order_words::NO_UNIT} text={order_words::NO_UNIT_TEXT} icon={IconName::Building2} />
            </>
        },
    }
}

#[derive(Properties, PartialEq)]
struct DaysProps {
    /// Identifier and name.
    unit: (String, String),
}

#[component]
fn Days(props: &DaysProps) -> Html {
    let (query, change) = use_query::<DaysQuery>();
    let today = use_clock().today;
    let session = use_session();
    let Some(unit) = session.unit().cloned() else { return Html::default() };
    let span = Span::parse(query.show.as_deref());
    html! { <DaysOf {unit} name={props.unit.1.clone()} {span} first={query.first} {today} {change} /> }
}

#[derive(Properties, PartialEq)]
struct DaysOfProps {
    unit: UnitRef,
    name: String,
    span: Span,
    first: Option<Date>,
    today: Option<Date>,
    change: Callback<DaysQuery>,
}

/// The days shown: the week, or the month with whole weeks.
fn range(span: Span, first: Option<Date>) -> CalendarRange {
    let Some(first) = first else { return CalendarRange::default() };
    match span {
        Span::Week => CalendarRange { first: Some(week_of(first)[0]), last: Some(week_of(first)[6]) },
        Span::Month => {
            let month = Month::of(first);
            CalendarRange { first: Some(month.first()), last: Some(month.last()) }
        }
    }
}

#[component]
fn DaysOf(props: &DaysOfProps) -> Html {
    let anchor = props.first.or(props.today);
    let calendar = use_load::<GetUnitCalendar>(props.unit.id, range(props.span, anchor));
    let waiting = use_load::<GetUnitWaiting>(props.unit.id, NoQuery {});
    let file = ExportUnitCalendar::META.fill(&props.unit.id.segments());
    let crumbs = vec![Crumb::to(words::TO_BOARD, Route::Unit), Crumb::here(words::CALENDAR_TITLE)];
    let tools = html! { <><Download href={file} label={words::ICS} /><PrintButton /></> };
    // What a command answers with shows the present weeks; the range on screen is read again.
    let onchanged = calendar.reload.clone();
    html! {
        <>
            <PageHead title={words::CALENDAR_TITLE} lead={html! { words::CALENDAR_LEAD }} {crumbs} {tools} />
            <div class="stack-wide">
                { calendar.draw(SkeletonShape::Page, |view| html! {
                    <>
                        <GridCard view={(**view).clone()} span={props.span} change={props.change.clone()} />
                        <div class="halves">
                            { to_book(view) }
                            { moves(view) }
                        </div>
                        <div class="halves">
                            <TeamCard view={(**view).clone()} onchanged={onchanged.clone()} />
                            <AwayCard view={(**view).clone()} onchanged={onchanged.clone()} />
                        </div>
                    </>
                }) }
                <Card title={waiting_words::TITLE} subtitle={waiting_words::LEAD} flush=true>
                    { waiting.draw(SkeletonShape::Lines, |list| unit_lines(list)) }
                </Card>
                <CapacityCard unit={props.unit.id} />
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct GridCardProps {
    view: UnitCalendar,
    span: Span,
    change: Callback<DaysQuery>,
}

/// The team's days, with the way to earlier and later ones.
#[component]
fn GridCard(props: &GridCardProps) -> Html {
    let (view, span) = (&props.view, props.span);
    let show = (span == Span::Month).then(|| span.name().to_owned());
    let go = |first: Option<Date>| {
        let query = DaysQuery { first, show: show.clone() };
        props.change.reform(move |_: MouseEvent| query.clone())
    };
    let (earlier, later) = match span {
        Span::Week => (view.first.plus_days(-7), view.first.plus_days(7)),
        Span::Month => (Month::of(view.first).previous().first(), Month::of(view.first).next().first()),
    };
    let onshow = {
        let first = view.first;
        props.change.reform(move |value: AttrValue| DaysQuery {
            first: Some(first),
            show: (value == Span::Month.name()).then(|| Span::Month.name().to_owned()),
        })
    };
    let choices = vec![Choice::new(Span::Week.name(), words::WEEK), Choice::new(Span::Month.name(), words::MONTH)];
    html! {
        <Card title={AttrValue::from(shared::words::calendar::dates(view.first, view.last))} flush=true>
            <div class="card-tools row wrap between no-print">
                <div class="row-tight">
                    <Button compact=true icon={IconName::ChevronLeft} label={AttrValue::from(words::PREVIOUS)} onclick={go(Some(earlier))} />
                    <Button compact=true onclick={go(None)}>{ words::TODAY }</Button>
                    <Button compact=true icon={IconName::ChevronRight} label={AttrValue::from(words::NEXT)} onclick={go(Some(later))} />
                </div>
                <Segments name="show" label={words::SHOW} value={span.name()} {choices} onchange={onshow} />
            </div>
            if view.team.is_empty() {
                <Empty title={words::TEAM_EMPTY} text={words::TEAM_EMPTY_TEXT} icon={IconName::Users} />
            } else {
                { grid(view, span) }
            }
        </Card>
    }
}

fn to_book(view: &UnitCalendar) -> Html {
    html! {
        <Card title={words::TO_BOOK} flush=true>
            if view.to_book.is_empty() { <p class="small muted desk-empty">{ words::TO_BOOK_EMPTY }</p> }
            <ul class="work-list">{ for view.to_book.iter().map(open_order) }</ul>
        </Card>
    }
}

fn open_order(open: &ToBook) -> Html {
    let to = Route::Order { id: open.order.to_string() };
    html! {
        <li><Link<Route> {to}>
            <span class="grow stack-tight"><b>{ &open.school.name }</b><span class="muted">{ order_words::order_head(open.number, &open.title) }</span></span>
            <Chip>{ words::left_to_book(open.left) }</Chip>
        </Link<Route>></li>
    }
}

/// Bookings in whose way something came; nothing where all stands.
fn moves(view: &UnitCalendar) -> Html {
    let wrong: Vec<&BookingView> = view.bookings.iter().filter(|booking| booking.conflict.is_some()).collect();
    if wrong.is_empty() {
        return html! { <Notice tone={Tone::Good}>{ words::NO_CONFLICTS }</Notice> };
    }
    html! {
        <Card title={words::CONFLICTS} flush=true>
            <ul class="work-list">
                { for wrong.into_iter().map(|booking| {
                    let to = Route::Order { id: booking.order.to_string() };
                    html! {
                        <li><Link<Route> {to}>
                            <span class="grow stack-tight">
                                <span><b><Day date={booking.day} /></b>{ " · " }{ &booking.staff_name }</span>
                                <span class="muted">{ words::booking_words(&booking.school.name, &booking.title, booking.part.title()) }</span>
                                { conflict(booking) }
                            </span>
                        </Link<Route>></li>
                    }
                }) }
            </ul>
        </Card>
    }
}
