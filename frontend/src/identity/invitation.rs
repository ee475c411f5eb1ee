//! Accepting an invitation by choosing a password.

use shared::contract::Empty;
use shared::identity::api::{AcceptInvitation, GetInvitation, InvitationView, NewPassword};
use shared::words::identity as words;
use yew::prelude::*;

use super::new_password::{NewPasswordField, checked};
use crate::address;
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::session::{Act, use_session};
use crate::ui::{Button, ButtonKind, Card, ErrorSummary, Facts, PageHead, SkeletonShape, use_toasts};

#[derive(Properties, PartialEq)]
pub struct InvitationPageProps {
    pub token: AttrValue,
}

/// Says who invites whom, then asks for a password.
#[component]
pub fn InvitationPage(props: &InvitationPageProps) -> Html {
    let invitation = use_load::<GetInvitation>(props.token.to_string(), Empty {});
    invitation.draw(SkeletonShape::Page, |view| html! { <Acceptance token={props.token.clone()} view={Invited::from(&**view)} /> })
}

#[derive(Clone, PartialEq)]
struct Invited {
    name: AttrValue,
    email: AttrValue,
    district: AttrValue,
}

impl From<&InvitationView> for Invited {
    fn from(view: &InvitationView) -> Self {
        Self { name: view.name.clone().into(), email: view.email.clone().into(), district: view.district.clone().into() }
    }
}

#[derive(Properties, PartialEq)]
struct AcceptanceProps {
    token: AttrValue,
    view: Invited,
}

#[component]
fn Acceptance(props: &AcceptanceProps) -> Html {
    let toasts = use_toasts();
    let session = use_session();
    let sender = use_sender::<AcceptInvitation>(Callback::from(move |Empty {}| {
        toasts.say(words::ACCEPTED);
        session.act(Act::SignedOut);
        address::replace("/sign-in");
    }));
    let form = use_form(&[("password", "")]).showing(sender.failure());
    let onsubmit = {
        let (form, sender, token) = (form.clone(), sender.clone(), props.token.to_string());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match checked("password", &form.text("password")) {
                Ok(password) => sender.send(Call::to(token.clone()).body(NewPassword { password })),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    html! {
        <>
            <PageHead title={words::WELCOME} lead={html! { words::invitation_for(&props.view.name, &props.view.district) }} />
            <Card>
                <Facts facts={vec![(words::EMAIL.into(), html! { &props.view.email })]} />
                <form class="form" {onsubmit} novalidate=true aria-label={words::WELCOME}>
                    <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                    // Lets a password manager file the new password under the right account.
                    <input class="visually-hidden" type="text" name="username" autocomplete="username" value={props.view.email.clone()}
                        readonly=true tabindex="-1" aria-hidden="true" />
                    <NewPasswordField name="password" value={form.text("password")} oninput={form.typing("password")}
                        error={form.error("password")} />
                    <Button kind={ButtonKind::Primary} submit=true wide=true busy={sender.busy()}>{ words::ACCEPT }</Button>
                </form>
            </Card>
        </>
    }
}
