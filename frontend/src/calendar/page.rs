//! The calendar: a month, the list of days, and what the reader may do to them.

use serde::{Deserialize, Serialize};
use shared::calendar::DayKind;
use shared::calendar::api::{CalendarView, ExportCalendar, GetCalendar, GetProtectedDays, ProtectedDaysView};
use shared::calendar::month::Month;
use shared::contract::{Empty, Endpoint as _};
use shared::identity::policy::Permission;
use shared::orders::booking::api::{CalendarRange, GetSchoolBookings};
use shared::words::calendar::pages as words;
use shared::words::orders as order_words;
use shared::words::orders::booking as booking_words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::add::AddDialog;
use super::days::DaysCard;
use super::import::ImportDialog;
use super::month::{Look, Mark, MonthCard, slip};
use super::own::OwnDaysCard;
use super::visits::VisitsCard;
use crate::address::use_query;
use crate::load::{use_load, use_load_if};
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Card, Download, IconName, PageHead, PrintButton, SkeletonShape};

/// What the address says: the month, and which days the list shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CalendarQuery {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
}

/// The page at `/calendar`.
#[component]
pub fn CalendarPage() -> Html {
    let session = use_session();
    let calendar = use_load::<GetCalendar>((), Empty {});
    let school = session.school().filter(|_| session.may(Permission::ViewSchoolBudget)).map(|school| (school.id, Empty {}));
    let own = use_load_if::<GetProtectedDays>(school);
    let tools = html! { <><Download href={ExportCalendar::META.path} label={words::EXPORT} /><PrintButton /></> };
    let own_view = own.data().map(|view| (**view).clone());
    html! {
        <>
            <PageHead title={words::TITLE} lead={html! { words::LEAD }} {tools} />
            <p class="small"><Link<Route> to={Route::Dates}>{ order_words::YEARLY_DATES }</Link<Route>></p>
            { calendar.draw(SkeletonShape::Page, |view| html! {
                <Content view={(**view).clone()} own={own_view.clone()} onchanged={calendar.put()}>
                    if school.is_some() {
                        { own.draw(SkeletonShape::Lines, |view| html! { <OwnDaysCard view={(**view).clone()} onchanged={own.put()} /> }) }
                    }
                </Content>
            }) }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct ContentProps {
    view: CalendarView,
    own: Option<ProtectedDaysView>,
    onchanged: Callback<CalendarView>,
    /// The school's own days, where the reader has a school.
    children: Html,
}

#[component]
fn Content(props: &ContentProps) -> Html {
    let (query, change) = use_query::<CalendarQuery>();
    let view = &props.view;
    let month = query.month.as_deref().and_then(|text| text.parse().ok()).unwrap_or_else(|| Month::of(view.today));
    let onmonth = {
        let query = query.clone();
        change.reform(move |month: Month| CalendarQuery { month: Some(month.to_string()), ..query.clone() })
    };
    let school = props.own.as_ref().map(|own| own.school.id);
    let range = CalendarRange { first: Some(month.first()), last: Some(month.last()) };
    let visits = use_load_if::<GetSchoolBookings>(school.map(|school| (school, range)));
    let district = view.days.iter().map(|day| Mark::of(&day.span, Look::District(day.span.kind)));
    let own = props.own.iter().flat_map(|own| &own.days).map(|day| Mark::of(&day.span, Look::Own));
    let booked = visits.data().into_iter().flat_map(|visits| visits.iter()).map(|booking| Mark {
        first: booking.day,
        last: booking.day,
        name: booking_words::event_for_school(&booking.title, &booking.staff_name),
        look: Look::Visit,
    });
    let marks: Vec<Mark> = district.chain(own).chain(booked).collect();
    let onshow = change.reform(move |show: Option<String>| CalendarQuery { show, ..query.clone() });
    let (query, _) = use_query::<CalendarQuery>();
    html! {
        <div class="two">
            <div class="stack-wide">
                <MonthCard {month} today={view.today} {marks} {onmonth} />
                if let Some(school) = school {
                    { visits.draw(SkeletonShape::Lines, |visits| html! { <VisitsCard {school} visits={visits.clone()} /> }) }
                }
                <DaysCard view={view.clone()} show={query.show} {onshow} onchanged={props.onchanged.clone()} />
            </div>
            <div class="stack-wide">
                { props.children.clone() }
                <KeepCard view={view.clone()} onchanged={props.onchanged.clone()} />
                <Meanings has_school={props.own.is_some()} />
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct KeepCardProps {
    view: CalendarView,
    onchanged: Callback<CalendarView>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Add,
    Import,
}

/// For those who keep the calendar: single days, a whole file.
#[component]
fn KeepCard(props: &KeepCardProps) -> Html {
    let open = use_state(|| Open::Nothing);
    if !use_session().may(Permission::KeepCalendar) {
        return Html::default();
    }
    let set = |to: Open| {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(to))
    };
    let onclose = {
        let open = open.clone();
        Callback::from(move |()| open.set(Open::Nothing))
    };
    let onchanged = {
        let (onchanged, onclose) = (props.onchanged.clone(), onclose.clone());
        Callback::from(move |view| {
            onclose.emit(());
            onchanged.emit(view);
        })
    };
    let version = props.view.version;
    html! {
        <Card title={words::KEEP} class="no-print">
            <p class="small muted">{ words::KEEP_TEXT }</p>
            <div class="row-tight">
                <Button kind={ButtonKind::Primary} icon={IconName::Plus} onclick={set(Open::Add)}>{ words::ADD }</Button>
                <Button icon={IconName::Upload} onclick={set(Open::Import)}>{ words::IMPORT }</Button>
            </div>
            if *open == Open::Add { <AddDialog {version} onchanged={onchanged.clone()} onclose={onclose.clone()} /> }
            if *open == Open::Import { <ImportDialog {version} {onchanged} {onclose} /> }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct MeaningsProps {
    has_school: bool,
}

/// What each kind of day does, with the mark that stands for it.
#[component]
fn Meanings(props: &MeaningsProps) -> Html {
    let one = |look: Look, text: &'static str| {
        html! { <li class="stack-tight">{ slip(look, look.words()) }<span class="muted">{ text }</span></li> }
    };
    html! {
        <Card title={words::MEANING}>
            <ul class="meanings">
                { for DayKind::ALL.iter().map(|kind| one(Look::District(*kind), words::meaning(*kind))) }
                if props.has_school { { one(Look::Own, words::OWN_TEXT) }{ one(Look::Visit, words::VISIT_TEXT) } }
            </ul>
        </Card>
    }
}
