//! One's own account: roles and what they allow, password, open sessions.

use std::collections::BTreeSet;

use shared::contract::Empty;
use shared::identity::api::{ChangePassword, ListSessions, OpenSession, PasswordChange, SessionView, SignOutEverywhere};
use shared::identity::policy::Permission;
use shared::words::identity as words;
use shared::words::orders::away as page;
use yew::prelude::*;

use super::new_password::{NewPasswordField, PasswordField, checked};
use crate::address;
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{
    Button, ButtonKind, ButtonLink, Card, Chip, Column, Disclosure, ErrorSummary, IconName, PageHead, Row, SkeletonShape, Table, Tone, When, use_toasts,
};

/// Who I am here, how I get in, where I am in.
#[component]
pub fn AccountPage() -> Html {
    let session = use_session();
    let Some(view) = session.view() else { return Html::default() };
    html! {
        <>
            <PageHead title={words::ACCOUNT_TITLE} lead={html! { format!("{} · {}", view.person.name, view.email) }} />
            <div class="two">
                <div class="stack-wide"><MyRoles view={(**view).clone()} /><Sessions /></div>
                <div class="stack-wide"><PasswordCard /></div>
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct MyRolesProps {
    view: SessionView,
}

#[component]
fn MyRoles(props: &MyRolesProps) -> Html {
    let roles = props.view.roles.iter().map(|role| {
        html! {
            <li class="row wrap between">
                <span>{ words::role_for(role.role.title(), &role.scope_title) }</span>
                if !role.confirmed { <Chip tone={Tone::Warn}>{ words::WAITS_FOR_SECOND }</Chip> }
            </li>
        }
    });
    let decisions: BTreeSet<&'static str> = props.view.permissions.iter().map(|permission| permission.title()).collect();
    html! {
        <Card title={words::MY_ROLES} subtitle={words::MY_ROLES_NOTE}>
            if props.view.roles.is_empty() { <p>{ words::NO_ROLES }</p> }
            <ul class="stack small">
                { for roles }
                { for props.view.acting.iter().map(|one| html! { <li>{ words::acting_row(one) }</li> }) }
            </ul>
            if !props.view.permissions.contains(&Permission::ViewProviderOrders) {
                <div><ButtonLink to={Route::Away} compact=true>{ page::AWAY }</ButtonLink></div>
            }
            if !decisions.is_empty() {
                <Disclosure label={words::MAY_DECIDE} open=true>
                    <ul class="decisions small">{ for decisions.into_iter().map(|decision| html! { <li>{ decision }</li> }) }</ul>
                </Disclosure>
            }
        </Card>
    }
}

const LABELS: [(&str, &str); 2] = [("old_password", words::OLD_PASSWORD), ("new_password", words::NEW_PASSWORD)];

#[component]
fn PasswordCard() -> Html {
    let toasts = use_toasts();
    let sender = use_sender::<ChangePassword>(Callback::from(move |Empty {}| toasts.say(words::PASSWORD_CHANGED)));
    let form = use_form(&[("old_password", ""), ("new_password", "")]).labelled(&LABELS).showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match checked("new_password", &form.text("new_password")) {
                Ok(new_password) => {
                    form.refuse(Vec::new());
                    sender.send(Call::to(()).body(PasswordChange { old_password: form.text("old_password").to_string(), new_password }));
                }
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    html! {
        <Card title={words::CHANGE_PASSWORD} subtitle={words::CHANGE_PASSWORD_NOTE}>
            <form class="form" {onsubmit} novalidate=true aria-label={words::CHANGE_PASSWORD}>
                <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                <PasswordField name="old_password" label={words::OLD_PASSWORD} autocomplete="current-password"
                    value={form.text("old_password")} oninput={form.typing("old_password")} error={form.error("old_password")} />
                <NewPasswordField name="new_password" value={form.text("new_password")} oninput={form.typing("new_password")}
                    error={form.error("new_password")} />
                <div class="actions">
                    <Button kind={ButtonKind::Primary} submit=true busy={sender.busy()}>{ words::CHANGE_PASSWORD }</Button>
                </div>
            </form>
        </Card>
    }
}

#[component]
fn Sessions() -> Html {
    let session = use_session();
    let sessions = use_load::<ListSessions>((), Empty {});
    let sender = use_sender::<SignOutEverywhere>(Callback::from(move |Empty {}| {
        session.act(Act::SignedOut);
        address::open("/sign-in");
    }));
    let onclick = {
        let sender = sender.clone();
        Callback::from(move |_: MouseEvent| sender.send(Call::to(())))
    };
    let actions =
        html! { <Button compact=true icon={IconName::LogOut} busy={sender.busy()} {onclick}>{ words::SIGN_OUT_EVERYWHERE }</Button> };
    html! {
        <Card title={words::SESSIONS} subtitle={words::SESSIONS_NOTE} {actions} flush=true>
            { sessions.draw(SkeletonShape::Lines, |all| session_table(all)) }
        </Card>
    }
}

fn session_table(all: &[OpenSession]) -> Html {
    let columns = vec![
        Column::text("browser", words::SESSION_BROWSER),
        Column::text("begun", words::SESSION_BEGUN),
        Column::text("seen", words::SESSION_SEEN),
    ];
    let rows = all.iter().map(|open| {
        let name = if open.browser.is_empty() { words::SESSION_UNNAMED } else { open.browser.as_str() };
        let browser = html! {
            <span class="row-tight">{ name } if open.current { <Chip tone={Tone::Board}>{ words::THIS_SESSION }</Chip> }</span>
        };
        Row::new(open.id.to_string(), vec![browser, html! { <When at={open.begun} /> }, html! { <When at={open.last_seen} /> }])
    });
    html! { <Table caption={words::SESSIONS} {columns} rows={rows.collect::<Vec<_>>()} /> }
}
