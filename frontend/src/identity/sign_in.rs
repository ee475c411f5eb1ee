//! Signing in with address and password; afterwards the page that was wanted.

use std::rc::Rc;

use shared::error::FieldError;
use shared::identity::api::{Credentials, SessionView, SignIn};
use shared::identity::input::Email;
use shared::words::{identity as words, shell};
use yew::prelude::*;
use yew_router::prelude::*;

use super::new_password::PasswordField;
use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::session::{Act, use_session};
use crate::ui::{Button, ButtonKind, Card, ErrorSummary, PageHead, TextField, TextKind};

/// The door.
#[component]
pub fn SignInPage() -> Html {
    let session = use_session();
    let sender = use_sender::<SignIn>(Callback::from(move |view: SessionView| session.act(Act::SignedIn(Rc::new(view)))));
    let form = use_form(&[("email", ""), ("password", "")]).showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match Email::parse(&form.text("email")) {
                Ok(email) => {
                    form.refuse(Vec::new());
                    let credentials = Credentials { email: email.as_str().to_owned(), password: form.text("password").to_string() };
                    sender.send(Call::to(()).body(credentials));
                }
                Err(message) => form.refuse(vec![FieldError::new("email", message)]),
            }
        })
    };
    html! {
        <>
            <PageHead title={words::SIGN_IN} />
            <Card>
                <form class="form" {onsubmit} novalidate=true aria-label={words::SIGN_IN}>
                    <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                    <TextField name="email" label={words::EMAIL} kind={TextKind::Email} autocomplete="username" maxlength=254
                        value={form.text("email")} oninput={form.typing("email")} error={form.error("email")} />
                    <PasswordField name="password" label={words::PASSWORD} autocomplete="current-password"
                        value={form.text("password")} oninput={form.typing("password")} error={form.error("password")} />
                    <Button kind={ButtonKind::Primary} submit=true wide=true busy={sender.busy()}>{ words::SIGN_IN }</Button>
                    <Link<Route> to={Route::Forgot} classes="small">{ words::FORGOT }</Link<Route>>
                </form>
            </Card>
            <p class="small muted">{ shell::FOOTER }</p>
        </>
    }
}
