//! What is wrong with a form, at its top: each entry leads to its field.

use gloo::utils::document;
use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::icon::{Icon, IconName};

/// One refusal; `field` is the control's id when it belongs to one.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub field: Option<AttrValue>,
    pub text: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    pub faults: Vec<Fault>,
    /// The server's request id, to quote when asking for help.
    #[prop_or_default]
    pub request_id: Option<AttrValue>,
}

/// Takes the focus when it appears, so that nobody misses it; draws nothing without faults.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let node = use_node_ref();
    use_effect_with((props.faults.clone(), node.clone()), |(faults, node)| {
        if let (false, Some(element)) = (faults.is_empty(), node.cast::<HtmlElement>()) {
            let _ = element.focus();
        }
    });
    if props.faults.is_empty() {
        return Html::default();
    }
    html! {
        <div class="error-summary" role="alert" tabindex="-1" ref={node}>
            <h2><Icon name={IconName::CircleAlert} />{ words::ERROR_SUMMARY }</h2>
            <ul>{ for props.faults.iter().map(one_fault) }</ul>
            if let Some(id) = &props.request_id { <p class="reference">{ words::reference(id) }</p> }
        </div>
    }
}

fn one_fault(fault: &Fault) -> Html {
    let Some(field) = fault.field.clone() else { return html! { <li>{ &fault.text }</li> } };
    let href = format!("#{field}");
    let onclick = Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        let control = document().get_element_by_id(&field).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(control) = control {
            let _ = control.focus();
        }
    });
    html! { <li><a {href} {onclick}>{ &fault.text }</a></li> }
}
