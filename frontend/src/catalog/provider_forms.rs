//! Adding a provider, recording a paper, and checking what somebody else recorded.

use std::rc::Rc;

use shared::catalog::api::{AddProvider, CheckPaper, NewPaper, NewProvider, PaperCheck, ProviderView, RecordPaper};
use shared::catalog::provider::PaperKind;
use shared::error::FieldError;
use shared::id::{UnitId, VettingId};
use shared::money::Cents;
use shared::words::catalog as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{Form, use_form, use_sender};
use crate::ui::{Button, ButtonKind, Choice, Dialog, ErrorSummary, Notice, Select, TextField, TextKind, Tone, use_toasts};

const PROVIDER_LABELS: &[(&str, &str)] = &[("name", words::PROVIDER_NAME), ("contact_email", words::PROVIDER_MAIL)];

#[derive(Properties, PartialEq)]
pub struct AddProviderProps {
    pub unit: UnitId,
    pub onclose: Callback<()>,
    pub onchanged: Callback<Vec<ProviderView>>,
}

#[component]
pub fn AddProviderDialog(props: &AddProviderProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<AddProvider>(Callback::from(move |views| {
        toasts.say(words::PROVIDER_ADDED);
        onchanged.emit(views);
    }));
    let form = use_form(&[("name", ""), ("contact_email", "")]).labelled(PROVIDER_LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, unit) = (form.clone(), sender.clone(), props.unit);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (name, contact_email) = (form.text("name").to_string(), form.text("contact_email").to_string());
            sender.send(Call::to(()).body(NewProvider { unit, name, contact_email }));
        })
    };
    html! {
        <Dialog open=true title={words::ADD_PROVIDER} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <TextField name="name" label={words::PROVIDER_NAME} hint={words::PROVIDER_NAME_HINT} value={form.text("name")}
                    oninput={form.typing("name")} error={form.error("name")} />
                <TextField name="contact_email" label={words::PROVIDER_MAIL} kind={TextKind::Email} optional=true value={form.text("contact_email")}
                    oninput={form.typing("contact_email")} error={form.error("contact_email")} />
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::ADD_PROVIDER }</Button></div>
            </form>
        </Dialog>
    }
}

const PAPER_LABELS: &[(&str, &str)] =
    &[("kind", words::PAPER), ("reference", words::REFERENCE), ("until", words::UNTIL), ("not_to_exceed", words::NOT_TO_EXCEED)];

#[derive(Properties, PartialEq)]
pub struct RecordPaperProps {
    pub provider: Rc<ProviderView>,
    pub onclose: Callback<()>,
    pub onchanged: Callback<Vec<ProviderView>>,
}

#[component]
pub fn RecordPaperDialog(props: &RecordPaperProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<RecordPaper>(Callback::from(move |views| {
        toasts.say(words::PAPER_RECORDED);
        onchanged.emit(views);
    }));
    let form = use_form(&[("kind", PaperKind::Insurance.name()), ("reference", ""), ("until", ""), ("not_to_exceed", "")])
        .labelled(PAPER_LABELS)
        .showing(sender.failure());
    let onsubmit = {
        let (form, sender, id) = (form.clone(), sender.clone(), props.provider.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match paper(&form) {
                Ok(paper) => sender.send(Call::to(id).body(paper)),
                Err(faults) => form.refuse(faults),
            }
        })
    };
    let kinds: Vec<Choice> = PaperKind::ALL.iter().map(|kind| Choice::new(kind.name(), kind.title())).collect();
    let contract = form.text("kind").as_str() == PaperKind::Contract.name();
    html! {
        <Dialog open=true title={props.provider.name.clone()} onclose={props.onclose.clone()}>
            <form class="form" {onsubmit} novalidate=true>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <Select name="kind" label={words::PAPER} value={form.text("kind")} choices={kinds} onchange={form.typing("kind")} />
                <TextField name="reference" label={words::REFERENCE} hint={words::REFERENCE_HINT} value={form.text("reference")}
                    oninput={form.typing("reference")} error={form.error("reference")} />
                <TextField name="until" label={words::UNTIL} kind={TextKind::Date} value={form.text("until")} oninput={form.typing("until")}
                    error={form.error("until")} />
                if contract {
                    <TextField name="not_to_exceed" label={words::NOT_TO_EXCEED} kind={TextKind::Money} value={form.text("not_to_exceed")}
                        oninput={form.typing("not_to_exceed")} error={form.error("not_to_exceed")} />
                }
                <div class="actions"><Button submit=true kind={ButtonKind::Primary} busy={sender.busy()}>{ words::RECORD_PAPER }</Button></div>
            </form>
        </Dialog>
    }
}

fn paper(form: &Form) -> Result<NewPaper, Vec<FieldError>> {
    let kind = PaperKind::parse(&form.text("kind")).unwrap_or(PaperKind::Insurance);
    let mut faults = Vec::new();
    let until = form.text("until").parse().map_err(|error: shared::time::DateError| faults.push(FieldError::new("until", error.to_string()))).ok();
    let amount = form.text("not_to_exceed");
    let not_to_exceed: Option<Cents> = if kind == PaperKind::Contract { amount.trim().parse().ok() } else { None };
    if kind == PaperKind::Contract && not_to_exceed.is_none() {
        faults.push(FieldError::new("not_to_exceed", words::AMOUNT_FOR_CONTRACT));
    }
    match until {
        Some(until) if faults.is_empty() => Ok(NewPaper { kind, reference: form.text("reference").to_string(), until, not_to_exceed }),
        _ => Err(faults),
    }
}

#[derive(Properties, PartialEq)]
pub struct CheckPaperProps {
    pub paper: VettingId,
    pub onchanged: Callback<Vec<ProviderView>>,
}

/// Good as it is, or refused with a reason.
#[component]
pub fn CheckPaperForm(props: &CheckPaperProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<CheckPaper>(Callback::from(move |views| {
        toasts.say(words::CHECK_DONE);
        onchanged.emit(views);
    }));
    let form = use_form(&[("note", "")]).showing(sender.failure());
    let send = |good: bool| {
        let (form, sender, paper) = (form.clone(), sender.clone(), props.paper);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(paper).body(PaperCheck { good, note: form.text("note").to_string() })))
    };
    html! {
        <div class="form">
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            <TextField name={format!("note-{}", props.paper)} label={words::CHECK_NOTE} optional=true value={form.text("note")}
                oninput={form.typing("note")} error={form.error("note")} />
            <div class="row-tight">
                <Button compact=true kind={ButtonKind::Primary} busy={sender.busy()} onclick={send(true)}>{ words::CHECK_GOOD }</Button>
                <Button compact=true busy={sender.busy()} onclick={send(false)}>{ words::CHECK_BAD }</Button>
            </div>
        </div>
    }
}
