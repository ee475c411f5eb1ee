//! Fields that are typed into: text, mail, password, whole numbers, dates, sums of money, longer text.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::field::{Field, described_by};

/// What is typed, so that the browser offers the right keyboard and suggestions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    #[default]
    Text,
    Email,
    Password,
    /// A whole number; parsed by `shared`, never by the browser.
    Number,
    Date,
    /// A sum of money, typed as `1,234.56`.
    Money,
}

impl TextKind {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number | Self::Money => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Date => "date",
        }
    }

    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("numeric"),
            Self::Money => Some("decimal"),
            Self::Email => Some("email"),
            Self::Text | Self::Password | Self::Date => None,
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub kind: TextKind,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub optional: bool,
    #[prop_or_default]
    pub disabled: bool,
    /// For example `username`, `current-password`, `new-password`.
    #[prop_or_default]
    pub autocomplete: Option<AttrValue>,
    #[prop_or(200)]
    pub maxlength: u32,
    /// Suggestions of a native datalist.
    #[prop_or_default]
    pub options: Vec<AttrValue>,
    /// After the control: a unit such as "days" or "%".
    #[prop_or_default]
    pub unit: Option<AttrValue>,
    #[prop_or_default]
    pub min: Option<AttrValue>,
    #[prop_or_default]
    pub max: Option<AttrValue>,
}

/// One line of text with label, hint and error.
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let oninput = props.oninput.reform(|event: InputEvent| typed(&event));
    let list = (!props.options.is_empty()).then(|| format!("{}-options", props.name));
    let money = props.kind == TextKind::Money;
    let input = html! {
        <input class={classes!("input", money.then_some("money"))} id={props.name.clone()} name={props.name.clone()}
            type={props.kind.input_type()} inputmode={props.kind.input_mode()} value={props.value.clone()} {oninput}
            disabled={props.disabled} list={list.clone()}
            autocomplete={props.autocomplete.clone().unwrap_or(AttrValue::Static("off"))} maxlength={props.maxlength.to_string()}
            min={props.min.clone()} max={props.max.clone()} aria-required={(!props.optional).then_some("true")}
            aria-invalid={props.error.is_some().then_some("true")}
            aria-describedby={described_by(&props.name, props.hint.as_ref(), props.error.as_ref())} />
    };
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()} error={props.error.clone()}
            optional={props.optional}>
            if money || props.unit.is_some() {
                <div class="affix">
                    if money { <span class="before" aria-hidden="true">{ "$" }</span> }
                    { input }
                    if let Some(unit) = &props.unit { <span class="after">{ unit }</span> }
                </div>
            } else {
                { input }
            }
            if let Some(id) = list {
                <datalist {id}>{ for props.options.iter().map(|value| html! { <option {value} /> }) }</datalist>
            }
        </Field>
    }
}

#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub optional: bool,
    #[prop_or(2000)]
    pub maxlength: u32,
    #[prop_or(4)]
    pub rows: u32,
}

/// Several lines of text with label, hint and error.
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let oninput = props.oninput.reform(|event: InputEvent| typed(&event));
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()} error={props.error.clone()}
            optional={props.optional}>
            <textarea class="textarea" id={props.name.clone()} name={props.name.clone()} value={props.value.clone()} {oninput}
                rows={props.rows.to_string()} maxlength={props.maxlength.to_string()} aria-required={(!props.optional).then_some("true")}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={described_by(&props.name, props.hint.as_ref(), props.error.as_ref())} />
        </Field>
    }
}

fn typed(event: &InputEvent) -> String {
    let Some(target) = event.target() else { return String::new() };
    match target.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(other) => other.dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
    }
}
