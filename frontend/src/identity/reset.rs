//! Setting a new password by a mailed link.

use shared::contract::Empty;
use shared::error::ErrorCode;
use shared::identity::api::{PasswordReset, ResetPassword};
use shared::words::identity as words;
use yew::prelude::*;

use super::new_password::{NewPasswordField, checked};
use crate::address;
use crate::api::{Call, Failure};
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{Button, ButtonKind, ButtonLink, Card, ErrorSummary, PageHead, use_toasts};

#[derive(Properties, PartialEq)]
pub struct ResetPageProps {
    pub token: AttrValue,
}

/// One field; a used or old link leads to a new one.
#[component]
pub fn ResetPage(props: &ResetPageProps) -> Html {
    let toasts = use_toasts();
    let session = use_session();
    let sender = use_sender::<ResetPassword>(Callback::from(move |Empty {}| {
        toasts.say(words::PASSWORD_SET);
        session.act(Act::SignedOut);
        address::replace("/sign-in");
    }));
    let form = use_form(&[("new_password", "")]).showing(sender.failure());
    let onsubmit = {
        let (form, sender, token) = (form.clone(), sender.clone(), props.token.to_string());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match checked("new_password", &form.text("new_password")) {
                Ok(new_password) => sender.send(Call::to(()).body(PasswordReset { token: token.clone(), new_password })),
                Err(fault) => form.refuse(vec![fault]),
            }
        })
    };
    let expired = sender.failure().and_then(Failure::code) == Some(ErrorCode::LinkExpired);
    html! {
        <>
            <PageHead title={words::RESET_TITLE} />
            <Card>
                <form class="form" {onsubmit} novalidate=true aria-label={words::RESET_TITLE}>
                    <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                    <NewPasswordField name="new_password" value={form.text("new_password")} oninput={form.typing("new_password")}
                        error={form.error("new_password")} />
                    if expired {
                        <ButtonLink to={Route::Forgot} kind={ButtonKind::Primary} wide=true>{ words::ASK_NEW_LINK }</ButtonLink>
                    } else {
                        <Button kind={ButtonKind::Primary} submit=true wide=true busy={sender.busy()}>{ words::SET_PASSWORD }</Button>
                    }
                </form>
            </Card>
        </>
    }
}
