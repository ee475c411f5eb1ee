//! Accounts and the roles they hold: find, invite, look closer; what waits for a second person comes first.

use std::rc::Rc;

use shared::contract::Empty;
use shared::identity::api::{ConfirmRole, ListPeople, PersonRef, PersonView, RoleView};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use yew::prelude::*;

use super::acting::ActingCard;
use super::chiefs::ChiefsCard;
use super::person::PersonDialog;
use super::role_form::InviteDialog;
use crate::api::Call;
use crate::form::use_sender;
use crate::load::use_load;
use crate::session::use_session;
use crate::ui::{
    Button, ButtonKind, Card, Chip, Column, Dialog, Empty as Nothing, IconName, Notice, PageHead, Row, SearchBox, SkeletonShape, Table,
    Tone, use_toasts,
};

/// What is open above the list.
#[derive(Clone, PartialEq)]
enum Open {
    Nothing,
    Invitation,
    Person(Rc<PersonView>),
}

/// For the system administrator; others with the right read it.
#[component]
pub fn PeoplePage() -> Html {
    let session = use_session();
    let people = use_load::<ListPeople>((), Empty {});
    let wanted = use_state(String::new);
    let open = use_state(|| Open::Nothing);
    let to = |target: Open| {
        let open = open.clone();
        Callback::from(move |()| open.set(target.clone()))
    };
    let onchanged = {
        let reload = people.reload.clone();
        let open = open.clone();
        Callback::from(move |person: PersonView| {
            if matches!(*open, Open::Person(_)) {
                open.set(Open::Person(Rc::new(person)));
            } else {
                open.set(Open::Nothing);
            }
            reload.emit(());
        })
    };
    let tools = if session.may(Permission::ManageAccounts) {
        let onclick = to(Open::Invitation).reform(|_: MouseEvent| ());
        html! { <Button kind={ButtonKind::Primary} icon={IconName::Plus} {onclick}>{ words::INVITE }</Button> }
    } else {
        Html::default()
    };
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |text| wanted.set(text))
    };
    let onopen = {
        let open = open.clone();
        Callback::from(move |person: PersonView| open.set(Open::Person(Rc::new(person))))
    };
    let close = to(Open::Nothing);
    let active = people.data().map(|all| all.iter().filter(|person| person.active).map(|p| PersonRef { id: p.id, name: p.name.clone() }).collect());
    let colleagues: Vec<PersonRef> = active.unwrap_or_default();
    html! {
        <>
            <PageHead title={words::PEOPLE_TITLE} lead={html! { words::PEOPLE_LEAD }} {tools} />
            <div class="stack-wide">
                { people.draw(SkeletonShape::Page, |all| html! {
                    <>
                        <WaitingRoles people={(**all).clone()} onchanged={onchanged.clone()} />
                        <SearchBox id="find-person" full=true label={words::FIND_PERSON} value={(*wanted).clone()} oninput={oninput.clone()} />
                        <PeopleTable people={(**all).clone()} wanted={(*wanted).clone()} onopen={onopen.clone()} />
                        <ActingCard />
                        <ChiefsCard />
                    </>
                }) }
            </div>
            if *open == Open::Invitation { <InviteDialog onclose={close.clone()} oninvited={onchanged.clone()} /> }
            if let Open::Person(person) = &*open {
                <Dialog open=true broad=true title={person.name.clone()} onclose={close.clone()}>
                    <PersonDialog person={(**person).clone()} people={colleagues.clone()} onchanged={onchanged.clone()} />
                </Dialog>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PeopleTableProps {
    people: Vec<PersonView>,
    wanted: String,
    onopen: Callback<PersonView>,
}

#[component]
fn PeopleTable(props: &PeopleTableProps) -> Html {
    let columns = vec![
        Column::text("name", words::NAME),
        Column::text("email", words::EMAIL),
        Column::text("roles", words::ROLES),
        Column::text("state", words::STATE),
    ];
    let wanted = props.wanted.to_lowercase();
    let found: Vec<&PersonView> = props.people.iter().filter(|person| matches(person, &wanted)).collect();
    let rows = found.iter().map(|person| person_row(person, &props.onopen)).collect::<Vec<_>>();
    let tools = html! { <span class="small muted num">{ words::people_shown(found.len(), props.people.len()) }</span> };
    if rows.is_empty() {
        return html! { <Card><Nothing title={words::PEOPLE_TITLE} text={words::NOBODY_FOUND} icon={IconName::Users} /></Card> };
    }
    html! { <Card flush=true><Table caption={words::PEOPLE_TITLE} {columns} {rows} {tools} /></Card> }
}

fn person_row(person: &PersonView, onopen: &Callback<PersonView>) -> Row {
    let open = {
        let person = person.clone();
        onopen.reform(move |()| person.clone())
    };
    let onclick = open.reform(|_: MouseEvent| ());
    let roles = person.roles.iter().map(|role| html! { <RoleChip role={role.clone()} /> });
    let cells = vec![
        html! { <button type="button" class="link-button" {onclick}>{ &person.name }</button> },
        html! { &person.email },
        html! { <span class="row-tight">{ for roles }</span> },
        state_chip(person),
    ];
    Row::new(person.id.to_string(), cells).opens(open)
}

/// Whether every word wanted stands in the name, the address, a role or its place.
fn matches(person: &PersonView, wanted: &str) -> bool {
    let roles = person.roles.iter().map(|role| format!("{} {}", role.role.title(), role.scope_title));
    let text = [person.name.clone(), person.email.clone()].into_iter().chain(roles).collect::<Vec<_>>().join(" ").to_lowercase();
    wanted.split_whitespace().all(|word| text.contains(word))
}

/// The account's state as icon and word.
pub fn state_chip(person: &PersonView) -> Html {
    match (person.active, person.has_password) {
        (false, _) => html! { <Chip tone={Tone::Bad}>{ words::CLOSED }</Chip> },
        (true, false) => html! { <Chip tone={Tone::Warn}>{ words::NOT_ACCEPTED }</Chip> },
        (true, true) => html! { <Chip tone={Tone::Good}>{ words::ACTIVE }</Chip> },
    }
}

#[derive(Properties, PartialEq)]
pub struct RoleChipProps {
    pub role: RoleView,
}

/// `Principal, Lincoln Elementary`; marked while it waits.
#[component]
pub fn RoleChip(props: &RoleChipProps) -> Html {
    let role = &props.role;
    let (tone, icon) = if role.confirmed { (Tone::Plain, None) } else { (Tone::Warn, Some(IconName::Hourglass)) };
    html! { <Chip {tone} {icon}>{ words::role_for(role.role.title(), &role.scope_title) }</Chip> }
}

#[derive(Properties, PartialEq)]
struct WaitingRolesProps {
    people: Vec<PersonView>,
    onchanged: Callback<PersonView>,
}

/// Proposed roles, for those who may confirm: nobody confirms what they proposed.
#[component]
fn WaitingRoles(props: &WaitingRolesProps) -> Html {
    let session = use_session();
    let toasts = use_toasts();
    let onchanged = props.onchanged.clone();
    let sender = use_sender::<ConfirmRole>(Callback::from(move |person| {
        toasts.say(words::CONFIRMED);
        onchanged.emit(person);
    }));
    let me = session.view().map(|view| view.person.id);
    let waiting: Vec<(&PersonView, &RoleView)> =
        props.people.iter().flat_map(|person| person.roles.iter().filter(|role| !role.confirmed).map(move |role| (person, role))).collect();
    if waiting.is_empty() {
        return Html::default();
    }
    let items = waiting.into_iter().map(|(person, role)| {
        let mine = role.proposed_by.as_ref().map(|by| by.id) == me || Some(person.id) == me;
        let onclick = {
            let (sender, id) = (sender.clone(), role.id);
            Callback::from(move |_: MouseEvent| sender.send(Call::to(id)))
        };
        html! {
            <li>
                <div>
                    <span class="grow"><b>{ &person.name }</b>{ ": " }{ words::role_for(role.role.title(), &role.scope_title) }
                        if let Some(by) = &role.proposed_by {
                            <span class="muted small">{ format!(" · {}", words::proposed_by(&by.name)) }</span>
                        }
                    </span>
                    if session.may(Permission::ConfirmRoles) && !mine {
                        <Button compact=true icon={IconName::Check} busy={sender.busy()} {onclick}>{ words::CONFIRM }</Button>
                    }
                </div>
            </li>
        }
    });
    html! {
        <Card title={words::WAITING_TITLE} flush=true>
            if let Some(failure) = sender.failure() { <Notice tone={Tone::Bad}>{ failure.message() }</Notice> }
            <ul class="work-list">{ for items }</ul>
        </Card>
    }
}
