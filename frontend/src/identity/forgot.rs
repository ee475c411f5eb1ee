//! Asking for a link to a new password.

use shared::contract::Empty;
use shared::error::FieldError;
use shared::identity::api::{AskPasswordReset, ResetMail};
use shared::identity::input::Email;
use shared::words::identity as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Card, ErrorSummary, Notice, PageHead, TextField, TextKind, Tone};

/// The same answer whether or not there is such an account.
#[component]
pub fn ForgotPage() -> Html {
    let sent = use_state(|| false);
    let sender = {
        let sent = sent.clone();
        use_sender::<AskPasswordReset>(Callback::from(move |Empty {}| sent.set(true)))
    };
    let form = use_form(&[("email", "")]).showing(sender.failure());
    let onsubmit = {
        let (form, sender) = (form.clone(), sender.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match Email::parse(&form.text("email")) {
                Ok(email) => sender.send(Call::to(()).body(ResetMail { email: email.as_str().to_owned() })),
                Err(message) => form.refuse(vec![FieldError::new("email", message)]),
            }
        })
    };
    html! {
        <>
            <PageHead title={words::FORGOT_TITLE} lead={html! { words::FORGOT_LEAD }} />
            if *sent {
                <Notice tone={Tone::Good}>{ words::LINK_SENT }</Notice>
            } else {
                <Card>
                    <form class="form" {onsubmit} novalidate=true aria-label={words::FORGOT_TITLE}>
                        <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
                        <TextField name="email" label={words::EMAIL} kind={TextKind::Email} autocomplete="username" maxlength=254
                            value={form.text("email")} oninput={form.typing("email")} error={form.error("email")} />
                        <Button kind={ButtonKind::Primary} submit=true wide=true busy={sender.busy()}>{ words::SEND_LINK }</Button>
                    </form>
                </Card>
            }
            <Link<Route> to={Route::SignIn} classes="small">{ words::BACK_TO_SIGN_IN }</Link<Route>>
        </>
    }
}
