//! One account looked at closely: its roles, ending them, proposing another, closing it.

use shared::identity::Role;
use shared::identity::api::{Activity, PersonRef, PersonView, ProposeRole, RevokeRole, RoleProposal, RoleView, SetPersonActive};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use yew::prelude::*;

use super::reports_to::Manager;
use super::people::state_chip;
use super::role_form::{RoleChoice, RoleFields};
use crate::api::Call;
use crate::form::use_sender;
use crate::session::use_session;
use crate::ui::{Button, ButtonKind, Chip, Facts, IconName, Notice, Tone, use_toasts};

#[derive(Properties, PartialEq)]
pub struct PersonDialogProps {
    pub person: PersonView,
    /// Everybody with an open account, to report to.
    pub people: Vec<PersonRef>,
    pub onchanged: Callback<PersonView>,
}

/// What stands inside the dialog.
#[component]
pub fn PersonDialog(props: &PersonDialogProps) -> Html {
    let session = use_session();
    let person = &props.person;
    let manages = session.may(Permission::ManageAccounts);
    let facts = vec![(words::EMAIL.into(), html! { &person.email }), (words::STATE.into(), state_chip(person))];
    html! {
        <>
            <Facts {facts} />
            <h3>{ words::ROLES }</h3>
            if person.roles.is_empty() { <p class="small muted">{ words::NO_ROLES }</p> }
            <ul class="work-list">
                { for person.roles.iter().map(|role| html! {
                    <RoleItem key={role.id.to_string()} role={role.clone()} {manages} onchanged={props.onchanged.clone()} />
                }) }
            </ul>
            <Manager person={person.clone()} people={props.people.clone()} onchanged={props.onchanged.clone()} />
            if manages {
                if person.active { <AddRole person={person.clone()} onchanged={props.onchanged.clone()} /> }
                <CloseAccount person={person.clone()} onchanged={props.onchanged.clone()} />
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct RoleItemProps {
    role: RoleView,
    manages: bool,
    onchanged: Callback<PersonView>,
}

#[component]
fn RoleItem(props: &RoleItemProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<RevokeRole>(Callback::from(move |person| {
        toasts.say(words::REVOKED);
        onchanged.emit(person);
    }));
    let role = &props.role;
    let onclick = {
        let (sender, id) = (sender.clone(), role.id);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id)))
    };
    html! {
        <li>
            <div>
                <span class="grow">{ words::role_for(role.role.title(), &role.scope_title) }</span>
                if !role.confirmed { <Chip tone={Tone::Warn} icon={IconName::Hourglass}>{ words::WAITS_FOR_SECOND }</Chip> }
                if props.manages {
                    <Button compact=true kind={ButtonKind::Quiet} busy={sender.busy()}
                        label={words::end_role(role.role.title(), &role.scope_title)} {onclick}>{ words::REVOKE }</Button>
                }
                if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            </div>
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct PersonProps {
    person: PersonView,
    onchanged: Callback<PersonView>,
}

#[component]
fn AddRole(props: &PersonProps) -> Html {
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<ProposeRole>(Callback::from(move |person| {
        toasts.say(words::ROLE_PROPOSED);
        onchanged.emit(person);
    }));
    let choice = use_state(RoleChoice::default);
    let held: Vec<Role> = props.person.roles.iter().map(|role| role.role).collect();
    let proposal: Option<RoleProposal> = choice.proposal();
    let onsubmit = {
        let (sender, id) = (sender.clone(), props.person.id);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(proposal) = proposal {
                sender.send(Call::to(id).body(proposal));
            }
        })
    };
    let onchange = {
        let choice = choice.clone();
        Callback::from(move |next| choice.set(next))
    };
    html! {
        <form class="form" {onsubmit} aria-label={words::ADD_ROLE}>
            <h3>{ words::ADD_ROLE }</h3>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            <RoleFields choice={(*choice).clone()} {held} {onchange} />
            <div class="actions">
                <Button submit=true busy={sender.busy()} refusal={proposal.is_none().then_some(words::CHOOSE_ROLE)}>
                    { words::PROPOSE }
                </Button>
            </div>
        </form>
    }
}

#[component]
fn CloseAccount(props: &PersonProps) -> Html {
    let toasts = use_toasts();
    let active = props.person.active;
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<SetPersonActive>(Callback::from(move |person: PersonView| {
        toasts.say(if person.active { words::ACCOUNT_OPENED } else { words::ACCOUNT_CLOSED });
        onchanged.emit(person);
    }));
    let onclick = {
        let (sender, id) = (sender.clone(), props.person.id);
        Callback::from(move |_: MouseEvent| sender.send(Call::to(id).body(Activity { active: !active })))
    };
    let (kind, label) = if active { (ButtonKind::Danger, words::CLOSE_ACCOUNT) } else { (ButtonKind::Normal, words::REOPEN_ACCOUNT) };
    html! {
        <>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            <div><Button {kind} busy={sender.busy()} {onclick}>{ label }</Button></div>
        </>
    }
}
