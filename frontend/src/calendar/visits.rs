//! Who comes to the school in the month shown, with the way to the orders and into the reader's own calendar.

use std::rc::Rc;

use shared::contract::{Endpoint as _, PathParams as _};
use shared::id::SchoolId;
use shared::orders::booking::api::{BookingView, ExportSchoolCalendar};
use shared::words::orders::booking as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;
use crate::ui::{Card, Chip, Day, Download, Tone};

#[derive(Properties, PartialEq)]
pub struct VisitsCardProps {
    pub school: SchoolId,
    pub visits: Rc<Vec<BookingView>>,
}

/// The visits by day.
#[component]
pub fn VisitsCard(props: &VisitsCardProps) -> Html {
    let file = ExportSchoolCalendar::META.fill(&props.school.segments());
    let actions = html! { <Download href={file} label={words::ICS} /> };
    html! {
        <Card title={words::VISITS} {actions} flush=true>
            if props.visits.is_empty() { <p class="small muted desk-empty">{ words::VISITS_EMPTY }</p> }
            <ul class="work-list">{ for props.visits.iter().map(one) }</ul>
        </Card>
    }
}

fn one(visit: &BookingView) -> Html {
    let to = Route::Order { id: visit.order.to_string() };
    html! {
        <li key={visit.id.to_string()}><Link<Route> {to}>
            <span class="grow stack-tight">
                <span><b><Day date={visit.day} /></b>{ " · " }{ visit.part.title() }</span>
                <span class="muted">{ words::event_for_school(&visit.title, &visit.staff_name) }{ " · " }{ &visit.unit.name }</span>
                if let Some(why) = &visit.conflict {
                    <span class="row-tight"><Chip tone={Tone::Bad}>{ words::CONFLICT }</Chip><span class="tiny">{ why }</span></span>
                }
            </span>
        </Link<Route>></li>
    }
}
