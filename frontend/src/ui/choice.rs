//! Choosing: a select, one checkbox, a facet of checkboxes with counts, a segmented choice of few.

use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::field::{Field, described_by, error};

/// One thing to choose: the value sent and the words shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub value: AttrValue,
    pub label: AttrValue,
}

impl Choice {
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

#[derive(Properties, PartialEq)]
pub struct SelectProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub choices: Vec<Choice>,
    pub onchange: Callback<String>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
    #[prop_or_default]
    pub optional: bool,
    #[prop_or_default]
    pub disabled: bool,
}

/// A native select; while nothing is chosen it says "Choose…".
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        select.map(|select| select.value()).unwrap_or_default()
    });
    let known = props.choices.iter().any(|choice| choice.value == props.value);
    html! {
        <Field name={props.name.clone()} label={props.label.clone()} hint={props.hint.clone()} error={props.error.clone()}
            optional={props.optional}>
            <select class="select" id={props.name.clone()} name={props.name.clone()} {onchange} disabled={props.disabled}
                aria-invalid={props.error.is_some().then_some("true")}
                aria-describedby={described_by(&props.name, props.hint.as_ref(), props.error.as_ref())}>
                if !known { <option value="" selected=true>{ words::CHOOSE }</option> }
                { for props.choices.iter().map(|choice| html! {
                    <option value={choice.value.clone()} selected={choice.value == props.value}>{ &choice.label }</option>
                }) }
            </select>
        </Field>
    }
}

#[derive(Properties, PartialEq)]
pub struct CheckboxProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub checked: bool,
    pub onchange: Callback<bool>,
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// Right-aligned: how many results it would show.
    #[prop_or_default]
    pub count: Option<u64>,
    #[prop_or_default]
    pub disabled: bool,
}

/// One native checkbox with its label.
#[component]
pub fn Checkbox(props: &CheckboxProps) -> Html {
    let onchange = props.onchange.reform(|event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        input.is_some_and(|input| input.checked())
    });
    html! {
        <label class="check">
            <input type="checkbox" name={props.name.clone()} checked={props.checked} disabled={props.disabled} {onchange} />
            <span>{ &props.label } if let Some(hint) = &props.hint { <span class="hint tiny muted">{ hint }</span> }</span>
            if let Some(count) = props.count { <span class="count">{ count }</span> }
        </label>
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct FacetOption {
    pub value: AttrValue,
    pub label: AttrValue,
    pub count: u64,
    pub checked: bool,
}

#[derive(Properties, PartialEq)]
pub struct FacetProps {
    pub name: AttrValue,
    pub title: AttrValue,
    pub options: Vec<FacetOption>,
    /// The value that was switched, and whether it is on now.
    pub onchange: Callback<(AttrValue, bool)>,
}

/// A group of filters with counts; several may be on.
#[component]
pub fn Facet(props: &FacetProps) -> Html {
    html! {
        <fieldset class="facet">
            <legend>{ &props.title }</legend>
            { for props.options.iter().map(|option| {
                let value = option.value.clone();
                html! {
                    <Checkbox key={option.value.to_string()} name={props.name.clone()} label={option.label.clone()} checked={option.checked}
                        count={option.count} onchange={props.onchange.reform(move |on| (value.clone(), on))} />
                }
            }) }
        </fieldset>
    }
}

#[derive(Properties, PartialEq)]
pub struct SegmentsProps {
    pub name: AttrValue,
    pub label: AttrValue,
    pub value: AttrValue,
    pub choices: Vec<Choice>,
    pub onchange: Callback<AttrValue>,
    #[prop_or_default]
    pub error: Option<AttrValue>,
}

/// One of a few, all visible: native radios drawn as a segmented control.
#[component]
pub fn Segments(props: &SegmentsProps) -> Html {
    html! {
        <fieldset class="field">
            <legend>{ &props.label }</legend>
            <div class="segments">
                { for props.choices.iter().map(|choice| {
                    let value = choice.value.clone();
                    html! {
                        <label>
                            <input type="radio" name={props.name.clone()} value={choice.value.clone()} checked={choice.value == props.value}
                                onchange={props.onchange.reform(move |_: Event| value.clone())} />
                            <span>{ &choice.label }</span>
                        </label>
                    }
                }) }
            </div>
            { error(&props.name, props.error.as_ref()) }
        </fieldset>
    }
}
