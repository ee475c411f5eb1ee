//! Whom a person reports to: shown, proposed, and confirmed by a second person.

use shared::identity::api::{ConfirmManager, ManagerProposal, PersonRef, PersonView, ProposeManager};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::use_sender;
use crate::session::use_session;
use crate::ui::{Button, Choice, Notice, Select, Tone, use_toasts};

#[derive(Properties, PartialEq)]
pub struct ManagerProps {
    pub person: PersonView,
    /// Everybody with an open account.
    pub people: Vec<PersonRef>,
    pub onchanged: Callback<PersonView>,
}

#[component]
pub fn Manager(props: &ManagerProps) -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let person = &props.person;
    let chosen = use_state(|| person.reports_to.as_ref().map(|manager| manager.id.to_string()).unwrap_or_default());
    let onproposed = {
        let onchanged = props.onchanged.clone();
        Callback::from(move |person| {
            toasts.say(words::MANAGER_WAITS);
            onchanged.emit(person);
        })
    };
    let propose = use_sender::<ProposeManager>(onproposed);
    let confirm = use_sender::<ConfirmManager>(props.onchanged.clone());
    let me = session.view().map(|view| view.person.id);
    let onsubmit = {
        let (propose, chosen, id) = (propose.clone(), chosen.clone(), person.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            propose.send(Call::to(id).body(ManagerProposal { manager: chosen.parse().ok() }));
        })
    };
    let onchange = {
        let chosen = chosen.clone();
        Callback::from(move |id: String| chosen.set(id))
    };
    let others = props.people.iter().filter(|other| other.id != person.id);
    let choices: Vec<Choice> = std::iter::once(Choice::new("", words::NO_MANAGER))
        .chain(others.map(|other| Choice::new(other.id.to_string(), other.name.clone())))
        .collect();
    let onconfirm = person.manager_proposed.as_ref().map(|proposal| {
        let (confirm, id) = (confirm.clone(), proposal.id);
        Callback::from(move |_: MouseEvent| confirm.send(Call::to(id)))
    });
    html! {
        <div class="stack">
            <h3>{ words::REPORTS_TO }</h3>
            <p>{ person.reports_to.as_ref().map_or_else(|| words::NO_MANAGER.to_owned(), |manager| manager.name.clone()) }</p>
            { for [propose.failure(), confirm.failure()].into_iter().flatten().map(|failure| html! { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }) }
            if let Some(proposal) = &person.manager_proposed {
                <Notice tone={Tone::Warn}>
                    <span>{ words::manager_waits(proposal.manager.as_ref().map(|manager| manager.name.as_str()), &proposal.proposed_by.name) }</span>
                    if let Some(onclick) = onconfirm.filter(|_| session.may(Permission::ConfirmRoles) && me != Some(proposal.proposed_by.id) && me != Some(person.id)) {
                        <Button compact=true busy={confirm.busy()} {onclick}>{ words::CONFIRM }</Button>
                    }
                </Notice>
            }
            if session.may(Permission::ManageAccounts) && me != Some(person.id) {
                <form class="form" {onsubmit} aria-label={words::REPORTS_TO}>
                    <Select name="manager" label={words::REPORTS_TO} value={(*chosen).clone()} {choices} {onchange} />
                    <div class="actions"><Button submit=true busy={propose.busy()}>{ words::PROPOSE }</Button></div>
                </form>
            }
        </div>
    }
}
