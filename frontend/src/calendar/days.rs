//! The district's days as a list; who keeps the calendar takes days off, and can undo it.

use shared::calendar::api::{AddCalendarDays, CalendarDay, CalendarVersion, CalendarView, NewCalendarDays, RemoveCalendarDays};
use shared::identity::policy::Permission;
use shared::words::calendar as calendar_words;
use shared::words::calendar::pages as words;
use yew::prelude::*;

use super::month::{Look, slip};
use crate::api::Call;
use crate::form::use_sender;
use crate::session::use_session;
use crate::ui::{Button, Card, Choice, Column, IconName, Notice, Row, SearchBox, Segments, Table, Tone, use_toasts};

/// The value in the address that shows past days too.
const ALL: &str = "all";

#[derive(Properties, PartialEq)]
pub struct DaysCardProps {
    pub view: CalendarView,
    /// `all`, or from today where nothing is said.
    pub show: Option<String>,
    pub onshow: Callback<Option<String>>,
    pub onchanged: Callback<CalendarView>,
}

/// Every row of the calendar by its first day.
#[component]
pub fn DaysCard(props: &DaysCardProps) -> Html {
    let wanted = use_state(String::new);
    let toasts = use_toasts();
    let last = use_mut_ref(|| None::<CalendarDay>);
    let adder = use_sender::<AddCalendarDays>(props.onchanged.clone());
    let remover = {
        let (last, onchanged, adder) = (last.clone(), props.onchanged.clone(), adder.clone());
        use_sender::<RemoveCalendarDays>(Callback::from(move |view: CalendarView| {
            if let Some(day) = last.borrow_mut().take() {
                let (adder, version, span) = (adder.clone(), view.version, day.span);
                toasts.say_with_undo(
                    words::TAKEN_OFF,
                    Callback::from(move |()| {
                        let span = span.clone();
                        let (first, last) = (span.first, Some(span.last));
                        adder.send(Call::to(()).body(NewCalendarDays { version, kind: span.kind, first, last, title: span.title }));
                    }),
                );
            }
            onchanged.emit(view);
        }))
    };
    let onremove = {
        let (remover, version) = (remover.clone(), props.view.version);
        Callback::from(move |day: CalendarDay| {
            let id = day.id;
            last.replace(Some(day));
            remover.send(Call::to(id).body(CalendarVersion { version }));
        })
    };
    let onremove = use_session().may(Permission::KeepCalendar).then_some(onremove);
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |text| wanted.set(text))
    };
    let onwhich = props.onshow.reform(|value: AttrValue| (value == ALL).then(|| ALL.to_owned()));
    let all = props.show.as_deref() == Some(ALL);
    let choices = vec![Choice::new("", words::FROM_TODAY), Choice::new(ALL, words::ALL)];
    let failure = remover.failure().or(adder.failure()).map(|failure| failure.message().to_owned());
    html! {
        <Card title={words::DAYS} flush=true>
            <div class="card-tools stack no-print">
                if let Some(message) = failure { <Notice tone={Tone::Bad}>{ message }</Notice> }
                <SearchBox id="find-day" full=true label={words::FIND} value={(*wanted).clone()} {oninput} />
                <Segments name="show" label={words::WHICH} value={if all { ALL } else { "" }} {choices} onchange={onwhich} />
            </div>
            { table(&props.view, (&wanted, all), onremove.as_ref()) }
        </Card>
    }
}

fn table(view: &CalendarView, (wanted, all): (&str, bool), onremove: Option<&Callback<CalendarDay>>) -> Html {
    let wanted = wanted.trim().to_lowercase();
    let fits = |day: &&CalendarDay| (all || day.span.last >= view.today) && day.span.title.to_lowercase().contains(&wanted);
    let mut columns =
        vec![Column::text("when", words::WHEN), Column::text("what", words::WHAT), Column::amount("weekdays", words::WEEKDAYS_COUNT)];
    if onremove.is_some() {
        columns.push(Column::text("act", words::ACT));
    }
    let rows = view.days.iter().filter(fits).map(|day| row(day, onremove)).collect::<Vec<_>>();
    html! { <Table caption={words::DAYS} {columns} {rows} empty={words::NO_DAYS} /> }
}

fn row(day: &CalendarDay, onremove: Option<&Callback<CalendarDay>>) -> Row {
    let span = &day.span;
    let mut cells = vec![
        html! { <span class="num">{ calendar_words::dates(span.first, span.last) }</span> },
        html! { <span class="row-tight">{ slip(Look::District(span.kind), &span.title) }<span class="tiny muted">{ span.kind.title() }</span></span> },
        html! { day.weekdays },
    ];
    if let Some(onremove) = onremove {
        let taken = day.clone();
        let onclick = onremove.reform(move |_: MouseEvent| taken.clone());
        let label = AttrValue::from(words::take_off(&span.title));
        cells.push(html! { <Button compact=true icon={IconName::Trash2} {onclick} {label}>{ words::TAKE_OFF }</Button> });
    }
    Row::new(day.id.to_string(), cells)
}
