//! Fields for passwords: shown on demand, pasted freely, checked by the same rule as on the server.

use shared::error::FieldError;
use shared::identity::input::new_password;
use shared::words::identity as words;
use yew::prelude::*;

use crate::ui::{Checkbox, TextField, TextKind};

#[derive(Properties, PartialEq)]
pub struct PasswordFieldProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    pub autocomplete: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// A password that can be looked at while typing.
#[component]
pub fn PasswordField(props: &PasswordFieldProps) -> Html {
    let shown = use_state(|| false);
    let onchange = {
        let shown = shown.clone();
        Callback::from(move |on| shown.set(on))
    };
    html! {
        <div class="stack-tight">
            <TextField name={props.name.clone()} label={props.label.clone()} value={props.value.clone()} oninput={props.oninput.clone()}
                kind={if *shown { TextKind::Text } else { TextKind::Password }} autocomplete={props.autocomplete.clone()} maxlength=256
                hint={props.hint.clone()} error={props.error.clone()} />
            <Checkbox name={format!("{}-shown", props.name)} label={words::SHOW_PASSWORD} checked={*shown} {onchange} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct NewPasswordFieldProps {
    pub name: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// A password being chosen.
#[component]
pub fn NewPasswordField(props: &NewPasswordFieldProps) -> Html {
    html! {
        <PasswordField name={props.name.clone()} label={words::NEW_PASSWORD} value={props.value.clone()} oninput={props.oninput.clone()}
            autocomplete="new-password" hint={words::NEW_PASSWORD_HINT} error={props.error.clone()} />
    }
}

/// The chosen password, or the fault for `field`; the server adds the district's own words to the check.
pub fn checked(field: &str, raw: &str) -> Result<String, FieldError> {
    new_password(raw, &[]).map_err(|message| FieldError::new(field, message))
}
