//! Acting principals: who acts for whom, what waits for a second person, and proposing an appointment.

use shared::contract::Empty;
use shared::error::FieldError;
use shared::id::ActingId;
use shared::identity::acting::{ActingView, ActingsView, NewActing};
use shared::identity::api::{ConfirmActing, EndActing, ListActing, ProposeActing};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, ErrorSummary, IconName, Notice, Select, SkeletonShape, TextArea, TextField, TextKind, Tone, use_toasts,
};

/// The card on the page of people.
#[component]
pub fn ActingCard() -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let actings = use_load::<ListActing>((), Empty {});
    let put = actings.put();
    let then = |text: &'static str| {
        let (toasts, put) = (toasts.clone(), put.clone());
        Callback::from(move |view: ActingsView| {
            toasts.say(text);
            put.emit(view);
        })
    };
    let confirm = use_sender::<ConfirmActing>(then(words::ACTING_CONFIRMED));
    let end = use_sender::<EndActing>(then(words::ACTING_ENDED));
    let onproposed = then(words::ACTING_WAITS);
    let may = session.may(Permission::AppointActing);
    let me = session.view().map(|view| view.person.id);
    let onconfirm = {
        let confirm = confirm.clone();
        Callback::from(move |id: ActingId| confirm.send(Call::to(id)))
    };
    let onend = {
        let end = end.clone();
        Callback::from(move |id: ActingId| end.send(Call::to(id)))
    };
    let busy = confirm.busy() || end.busy();
    let item = |row: &ActingView| {
        let id = row.id;
        let own = [row.proposed_by.id, row.person.id, row.deputy.id].iter().any(|one| Some(*one) == me);
        let confirms = (may && row.confirmed_by.is_none() && !own).then(|| onconfirm.reform(move |_: MouseEvent| id));
        let ends = may.then(|| onend.reform(move |_: MouseEvent| id));
        appointment(row, confirms, ends, busy)
    };
    html! {
        <Card title={words::ACTING_TITLE} subtitle={words::ACTING_NOTE}>
            { for [confirm.failure(), end.failure()].into_iter().flatten().map(|failure| html! { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }) }
            { actings.draw(SkeletonShape::Lines, |view| html! {
                <div class="stack">
                    if view.appointments.is_empty() { <p class="small muted">{ words::ACTING_NONE }</p> }
                    <ul class="work-list">{ for view.appointments.iter().map(item) }</ul>
                    if may { <AppointForm view={(**view).clone()} onproposed={onproposed.clone()} /> }
                </div>
            }) }
        </Card>
    }
}

fn appointment(row: &ActingView, confirms: Option<Callback<MouseEvent>>, ends: Option<Callback<MouseEvent>>, busy: bool) -> Html {
    let what = words::acts_at(&row.deputy.name, &row.person.name, &row.school.name);
    let label = |action: &str| format!("{action}: {what}");
    html! {
        <li key={row.id.to_string()}>
            <div>
                <span class="grow stack-tight">
                    <b>{ &what }</b>
                    <span class="small num">{ words::away_span(row.first, row.last) }</span>
                    <q class="small muted">{ &row.reason }</q>
                    <span class="tiny muted">{ words::proposed_by(&row.proposed_by.name) }</span>
                </span>
                if row.confirmed_by.is_none() { <Chip tone={Tone::Warn} icon={IconName::Hourglass}>{ words::WAITS_FOR_SECOND }</Chip> }
                if row.now { <Chip tone={Tone::Good}>{ words::AWAY_NOW }</Chip> }
                if let Some(onclick) = confirms {
                    <Button compact=true icon={IconName::Check} {busy} label={label(words::CONFIRM)} {onclick}>{ words::CONFIRM }</Button>
                }
                if let Some(onclick) = ends {
                    <Button compact=true kind={ButtonKind::Quiet} {busy} label={label(words::REVOKE)} {onclick}>{ words::REVOKE }</Button>
                }
            </div>
        </li>
    }
}

const LABELS: &[(&str, &str)] = &[
    ("person", words::ACTING_SEAT),
    ("deputy", words::ACTING_DEPUTY),
    ("first", words::ACTING_FIRST),
    ("last", words::ACTING_LAST),
    ("reason", words::ACTING_REASON),
];

#[derive(Properties, PartialEq)]
struct AppointProps {
    view: ActingsView,
    onproposed: Callback<ActingsView>,
}

#[component]
fn AppointForm(props: &AppointProps) -> Html {
    let view = &props.view;
    let today = view.today.to_string();
    let form = use_form(&[("person", ""), ("deputy", ""), ("first", &today), ("last", ""), ("reason", "")]);
    let sender = {
        let (form, onproposed) = (form.clone(), props.onproposed.clone());
        use_sender::<ProposeActing>(Callback::from(move |view| {
            form.reset(&[("person", ""), ("deputy", ""), ("first", &today), ("last", ""), ("reason", "")]);
            onproposed.emit(view);
        }))
    };
    let form = form.labelled(LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, view) = (form.clone(), sender.clone(), view.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match asked(&form, &view) {
                Ok(body) => sender.send(Call::to(()).body(body)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let seats = view.seats.iter().enumerate().map(|(at, seat)| Choice::new(at.to_string(), words::candidate(&seat.person.name, &seat.school.name)));
    let seats: Vec<Choice> = std::iter::once(Choice::new("", words::CHOOSE_SEAT)).chain(seats).collect();
    let people = view.candidates.iter().map(|one| Choice::new(one.id.to_string(), one.name.clone()));
    let people: Vec<Choice> = std::iter::once(Choice::new("", words::CHOOSE_WHO_ACTS)).chain(people).collect();
    let day = |name: &'static str, label: &'static str| {
        html! { <TextField {name} {label} kind={TextKind::Date} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::APPOINT}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                <Select name="person" label={words::ACTING_SEAT} value={form.text("person")} choices={seats} onchange={form.typing("person")} error={form.error("person")} />
                <Select name="deputy" label={words::ACTING_DEPUTY} value={form.text("deputy")} choices={people} onchange={form.typing("deputy")} error={form.error("deputy")} />
                { day("first", words::ACTING_FIRST) }
                { day("last", words::ACTING_LAST) }
            </div>
            <TextArea name="reason" label={words::ACTING_REASON} value={form.text("reason")} oninput={form.typing("reason")} error={form.error("reason")} />
            <div class="actions"><Button submit=true busy={sender.busy()}>{ words::APPOINT }</Button></div>
        </form>
    }
}

fn asked(form: &Form, view: &ActingsView) -> Result<NewActing, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut fault = |name: &'static str, message: &'static str| faults.push(FieldError::new(name, message));
    let seat = form.text("person").parse::<usize>().ok().and_then(|at| view.seats.get(at));
    let (deputy, first, last) = (form.text("deputy").parse(), form.text("first").parse(), form.text("last").parse());
    if seat.is_none() {
        fault("person", words::CHOOSE_SEAT);
    }
    if deputy.is_err() {
        fault("deputy", words::CHOOSE_WHO_ACTS);
    }
    for (name, wrong) in [("first", first.is_err()), ("last", last.is_err())] {
        if wrong {
            fault(name, words::DAY_MISSING);
        }
    }
    match (seat, deputy, first, last) {
        (Some(seat), Ok(deputy), Ok(first), Ok(last)) => {
            let reason = form.text("reason").to_string();
            Ok(NewActing { school: seat.school.id, person: seat.person.id, deputy, first, last, reason })
        }
        _ => Err(faults),
    }
}
