//! Who may sign in for an outside provider: listed, invited by mail, and no longer let in.

use shared::catalog::api::{EndProviderPerson, InviteProviderPerson, NewProviderPerson, ProviderView};
use shared::id::ProviderId;
use shared::words::catalog as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::ui::{Button, ButtonKind, Chip, Disclosure, ErrorSummary, Notice, TextField, TextKind, Tone, use_toasts};

#[derive(Properties, PartialEq)]
pub struct ProviderPeopleProps {
    pub view: ProviderView,
    pub onchanged: Callback<Vec<ProviderView>>,
}

#[component]
pub fn ProviderPeople(props: &ProviderPeopleProps) -> Html {
    let toasts = use_toasts();
    let view = &props.view;
    let onchanged = props.onchanged.clone();
    let ender = use_sender::<EndProviderPerson>(Callback::from(move |views| {
        toasts.say(words::PROVIDER_PERSON_ENDED);
        onchanged.emit(views);
    }));
    let people = view.people.iter().map(|person| {
        let onclick = {
            let (ender, role) = (ender.clone(), person.role);
            Callback::from(move |_: MouseEvent| ender.send(Call::to(role)))
        };
        html! {
            <li key={person.role.to_string()}>
                <div>
                    <span class="grow stack-tight"><b>{ &person.name }</b><span class="tiny muted">{ &person.email }</span></span>
                    if !person.accepted { <Chip tone={Tone::Warn}>{ words::NOT_ACCEPTED_YET }</Chip> }
                    if view.may_record {
                        <Button compact=true kind={ButtonKind::Quiet} busy={ender.busy()} label={words::end_access(&person.name)} {onclick}>{ words::END_ACCESS }</Button>
                    }
                </div>
            </li>
        }
    });
    html! {
        <div class="stack">
            <h3>{ words::PROVIDER_PEOPLE }</h3>
            if let Some(failure) = ender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            if view.people.is_empty() { <p class="small muted">{ words::NO_PROVIDER_PEOPLE }</p> }
            <ul class="work-list">{ for people }</ul>
            if view.may_record {
                <Disclosure label={words::INVITE_PROVIDER_PERSON}><InviteForm provider={view.id} onchanged={props.onchanged.clone()} /></Disclosure>
            }
        </div>
    }
}

const LABELS: &[(&str, &str)] = &[("name", words::PROVIDER_PERSON_NAME), ("email", words::PROVIDER_PERSON_MAIL)];

#[derive(Properties, PartialEq)]
struct InviteFormProps {
    provider: ProviderId,
    onchanged: Callback<Vec<ProviderView>>,
}

#[component]
fn InviteForm(props: &InviteFormProps) -> Html {
    let toasts = use_toasts();
    let form = use_form(&[("name", ""), ("email", "")]);
    let sender = {
        let (form, onchanged) = (form.clone(), props.onchanged.clone());
        use_sender::<InviteProviderPerson>(Callback::from(move |views| {
            form.reset(&[("name", ""), ("email", "")]);
            toasts.say(words::PROVIDER_PERSON_INVITED);
            onchanged.emit(views);
        }))
    };
    let form = form.labelled(LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender, provider) = (form.clone(), sender.clone(), props.provider);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (name, email) = (form.text("name").to_string(), form.text("email").to_string());
            sender.send(Call::to(provider).body(NewProviderPerson { name, email }));
        })
    };
    html! {
        <form class="form no-print" {onsubmit} novalidate=true aria-label={words::INVITE_PROVIDER_PERSON}>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <p class="small muted">{ words::INVITE_PROVIDER_NOTE }</p>
            <TextField name="name" label={words::PROVIDER_PERSON_NAME} value={form.text("name")} oninput={form.typing("name")} error={form.error("name")} />
            <TextField name="email" label={words::PROVIDER_PERSON_MAIL} kind={TextKind::Email} value={form.text("email")} oninput={form.typing("email")}
                error={form.error("email")} />
            <div class="actions"><Button submit=true busy={sender.busy()}>{ words::INVITE_PROVIDER_PERSON }</Button></div>
        </form>
    }
}
