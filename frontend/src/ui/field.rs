//! The frame of every form control: label, hint and error, tied to the control for assistive technology.

use shared::words::shell as words;
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// The form's name of the field, also the control's id; server errors map to it.
    pub name: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Says "optional" beside the label; what is not marked is needed.
    #[prop_or_default]
    pub optional: bool,
    /// The control, with `id={name}` and `aria-describedby={described_by(…)}`.
    pub children: Html,
}

/// Label above, hint below it, the control, then the error.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    html! {
        <div class="field">
            <label for={props.name.clone()}>
                { &props.label }
                if props.optional { <span class="optional">{ format!(" ({})", words::OPTIONAL) }</span> }
            </label>
            { hint(&props.name, props.hint.as_ref()) }
            { props.children.clone() }
            { error(&props.name, props.error.as_ref()) }
        </div>
    }
}

fn hint(name: &AttrValue, hint: Option<&AttrValue>) -> Html {
    hint.map_or_else(Html::default, |text| html! { <p class="hint" id={format!("{name}-hint")}>{ text }</p> })
}

pub(super) fn error(name: &AttrValue, error: Option<&AttrValue>) -> Html {
    error.map_or_else(Html::default, |text| {
        html! { <p class="error" id={format!("{name}-error")}><Icon name={IconName::CircleAlert} /><span>{ text }</span></p> }
    })
}

/// The ids that explain a control, for `aria-describedby`.
pub fn described_by(name: &AttrValue, hint: Option<&AttrValue>, error: Option<&AttrValue>) -> Option<String> {
    match (hint, error) {
        (None, None) => None,
        (Some(_), None) => Some(format!("{name}-hint")),
        (None, Some(_)) => Some(format!("{name}-error")),
        (Some(_), Some(_)) => Some(format!("{name}-hint {name}-error")),
    }
}
