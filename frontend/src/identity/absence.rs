//! When I am away and who acts meanwhile; for whom I stand in.

use shared::contract::Empty;
use shared::error::FieldError;
use shared::id::AbsenceId;
use shared::identity::absence::{AbsenceView, AbsencesView, NewAbsence};
use shared::identity::api::{EndAbsence, GetAbsences, SetAbsence};
use shared::words::identity as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Choice, ErrorSummary, Notice, Select, SkeletonShape, TextField, TextKind, Tone, use_toasts,
};

/// The card on one's own account.
#[component]
pub fn AbsenceCard() -> Html {
    let absences = use_load::<GetAbsences>((), Empty {});
    let onchanged = absences.put();
    html! {
        <Card title={words::AWAY_TITLE} subtitle={words::AWAY_NOTE}>
            { absences.draw(SkeletonShape::Lines, |view| html! { <Absences view={(**view).clone()} {onchanged} /> }) }
        </Card>
    }
}

#[derive(Properties, PartialEq)]
struct AbsencesProps {
    view: AbsencesView,
    onchanged: Callback<AbsencesView>,
}

#[component]
fn Absences(props: &AbsencesProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let ender = use_sender::<EndAbsence>(Callback::from(move |view| {
        toasts.say(words::AWAY_ENDED);
        onchanged.emit(view);
    }));
    let onend = {
        let ender = ender.clone();
        Callback::from(move |id: AbsenceId| ender.send(Call::to(id).body(Empty {})))
    };
    let view = &props.view;
    html! {
        <div class="stack">
            if let Some(failure) = ender.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            if view.own.is_empty() { <p class="small muted">{ words::AWAY_NONE }</p> }
            <ul class="stack small">{ for view.own.iter().map(|absence| own(absence, ender.busy(), &onend)) }</ul>
            if !view.for_others.is_empty() {
                <h3>{ words::STANDS_IN_TITLE }</h3>
                <ul class="stack small">{ for view.for_others.iter().map(for_other) }</ul>
            }
            if view.candidates.is_empty() {
                <p class="small muted">{ words::NO_CANDIDATES }</p>
            } else {
                <NewAbsenceForm view={view.clone()} onchanged={props.onchanged.clone()} />
            }
        </div>
    }
}

fn span(absence: &AbsenceView) -> Html {
    html! {
        <span class="row-tight">
            <b class="num">{ words::away_span(absence.first, absence.last) }</b>
            if absence.now { <Chip tone={Tone::Warn}>{ words::AWAY_NOW }</Chip> }
        </span>
    }
}

fn own(absence: &AbsenceView, busy: bool, onend: &Callback<AbsenceId>) -> Html {
    let id = absence.id;
    html! {
        <li class="row wrap between">
            <span class="stack-tight">{ span(absence) }<span>{ words::deputy_for(&absence.deputy.name) }</span></span>
            <Button compact=true {busy} onclick={onend.reform(move |_: MouseEvent| id)}>{ words::END_AWAY }</Button>
        </li>
    }
}

fn for_other(absence: &AbsenceView) -> Html {
    html! {
        <li class="stack-tight">
            <span>{ &absence.person.name }{ ": " }{ span(absence) }</span>
            if !absence.note.is_empty() { <q class="muted">{ &absence.note }</q> }
        </li>
    }
}

const LABELS: &[(&str, &str)] =
    &[("first", words::AWAY_FIRST), ("last", words::AWAY_LAST), ("deputy", words::DEPUTY), ("note", words::DEPUTY_NOTE)];

#[component]
fn NewAbsenceForm(props: &AbsencesProps) -> Html {
    let toasts = use_toasts();
    let today = props.view.today.to_string();
    let form = use_form(&[("first", &today), ("last", ""), ("deputy", ""), ("note", "")]);
    let sender = {
        let (form, onchanged) = (form.clone(), props.onchanged.clone());
        use_sender::<SetAbsence>(Callback::from(move |view| {
            form.reset(&[("first", &today), ("last", ""), ("deputy", ""), ("note", "")]);
            toasts.say(words::AWAY_SET);
            onchanged.emit(view);
        }))
    };
    let form = form.showing(sender.failure()).labelled(LABELS);
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let missing = |field: &str, message: &str| form.refuse(vec![FieldError::new(field, message)]);
            match (form.text("first").parse(), form.text("last").parse(), form.text("deputy").parse()) {
                (Ok(first), Ok(last), Ok(deputy)) => {
                    form.refuse(Vec::new());
                    sender.send(Call::to(()).body(NewAbsence { deputy, first, last, note: form.text("note").to_string() }));
                }
                (Err(_), _, _) => missing("first", words::DAY_MISSING),
                (_, Err(_), _) => missing("last", words::DAY_MISSING),
                (_, _, Err(_)) => missing("deputy", words::CHOOSE_DEPUTY),
            }
        })
    };
    let people =
        props.view.candidates.iter().map(|one| Choice::new(one.person.id.to_string(), words::candidate(&one.person.name, &one.role)));
    let choices: Vec<Choice> = std::iter::once(Choice::new("", words::CHOOSE_DEPUTY)).chain(people).collect();
    let text = |name: &'static str, label: &'static str, kind: TextKind, optional: bool| {
        html! { <TextField {name} {label} {kind} {optional} value={form.text(name)} oninput={form.typing(name)} error={form.error(name)} /> }
    };
    html! {
        <form class="form" {onsubmit} novalidate=true aria-label={words::SET_AWAY}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <div class="fields-2">
                { text("first", words::AWAY_FIRST, TextKind::Date, false) }
                { text("last", words::AWAY_LAST, TextKind::Date, false) }
            </div>
            <Select name="deputy" label={words::DEPUTY} value={form.text("deputy")} {choices} onchange={form.typing("deputy")} error={form.error("deputy")} />
            { text("note", words::DEPUTY_NOTE, TextKind::Text, true) }
            <div class="actions"><Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::SET_AWAY }</Button></div>
        </form>
    }
}
