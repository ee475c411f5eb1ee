//! Letting somebody stand in: who, from when to when, and for buying up to how much.

use std::rc::Rc;

use shared::error::FieldError;
use shared::identity::Role;
use shared::money::Cents;
use shared::orders::api::{DecisionsView, Delegate, NewDelegation};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, Choice, ErrorSummary, Select, TextField, TextKind, use_toasts};

const LABELS: &[(&str, &str)] =
    &[("taker", words::WHO_STANDS_IN), ("first", words::FROM_DAY), ("last", words::LAST_DAY), ("cap", words::CAP)];

#[derive(Properties, PartialEq)]
pub struct StandInProps {
    pub view: Rc<DecisionsView>,
    pub onchanged: Callback<DecisionsView>,
}

#[component]
pub fn StandInForm(props: &StandInProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<Delegate>(Callback::from(move |view| {
        toasts.say(words::STOOD_IN);
        onchanged.emit(view);
    }));
    let today = props.view.today.to_string();
    let form = use_form(&[("taker", "0"), ("first", &today), ("last", &today), ("cap", "")]).labelled(LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, view) = (form.clone(), sender.clone(), props.view.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match asked(&form, &view) {
                Ok(body) => sender.send(Call::to(()).body(body)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let title = |(at, one): (usize, &shared::orders::delegation::DelegationCandidate)| {
        let school = one.school.as_ref().map(|school| school.name.as_str());
        Choice::new(at.to_string(), words::candidate(&one.person.name, one.role, school))
    };
    let choices: Vec<Choice> = props.view.candidates.iter().enumerate().map(title).collect();
    let chosen = form.text("taker").parse::<usize>().ok().and_then(|at| props.view.candidates.get(at));
    let buying = chosen.is_some_and(|one| one.role == Role::Principal);
    html! {
        <form class="form no-print" {onsubmit} novalidate=true aria-label={words::LET_STAND_IN}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <Select name="taker" label={words::WHO_STANDS_IN} value={form.text("taker")} {choices} onchange={form.typing("taker")} error={form.error("taker")} />
            <div class="fields-2">
                <TextField name="first" label={words::FROM_DAY} kind={TextKind::Date} value={form.text("first")} oninput={form.typing("first")}
                    error={form.error("first")} />
                <TextField name="last" label={words::LAST_DAY} kind={TextKind::Date} value={form.text("last")} oninput={form.typing("last")}
                    error={form.error("last")} />
            </div>
            if buying {
                <TextField name="cap" label={words::CAP} hint={words::CAP_HINT} kind={TextKind::Money} value={form.text("cap")}
                    oninput={form.typing("cap")} error={form.error("cap")} />
            }
            <div class="actions"><Button submit=true busy={sender.busy()}>{ words::LET_STAND_IN }</Button></div>
        </form>
    }
}

fn asked(form: &Form, view: &DecisionsView) -> Result<NewDelegation, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut day = |name: &'static str| form.text(name).parse().map_err(|_| faults.push(FieldError::new(name, words::DELEGATE_DATES))).ok();
    let (first, last) = (day("first"), day("last"));
    let chosen = form.text("taker").parse::<usize>().ok().and_then(|at| view.candidates.get(at));
    let buying = chosen.is_some_and(|one| one.role == Role::Principal);
    let cap: Option<Cents> = if buying { form.text("cap").trim().parse().ok() } else { None };
    if buying && cap.is_none() {
        faults.push(FieldError::new("cap", words::DELEGATE_CAP));
    }
    match (chosen, first, last) {
        (Some(one), Some(first), Some(last)) if faults.is_empty() => Ok(NewDelegation {
            taker: one.person.id,
            role: one.role,
            school: one.school.as_ref().map(|school| school.id),
            first,
            last,
            cap,
        }),
        _ => Err(faults),
    }
}
