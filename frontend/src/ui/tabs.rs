//! Tabs after the ARIA pattern: arrows move, the selected panel is tied to its tab.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::chip::Chip;

#[derive(Clone, Debug, PartialEq)]
pub struct Tab {
    pub id: AttrValue,
    pub label: AttrValue,
    pub count: Option<u64>,
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// What the tabs divide.
    pub label: AttrValue,
    pub tabs: Vec<Tab>,
    pub selected: AttrValue,
    pub onselect: Callback<AttrValue>,
    /// The selected tab's content.
    pub children: Html,
}

/// A row of tabs and the panel of the selected one.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    html! {
        <div>
            <div class="tabs" role="tablist" aria-label={props.label.clone()} onkeydown={Callback::from(move_along)}>
                { for props.tabs.iter().map(|tab| one_tab(props, tab)) }
            </div>
            <div class="tab-panel" role="tabpanel" id={format!("panel-{}", props.selected)}
                aria-labelledby={format!("tab-{}", props.selected)}>
                { props.children.clone() }
            </div>
        </div>
    }
}

fn one_tab(props: &TabsProps, tab: &Tab) -> Html {
    let selected = tab.id == props.selected;
    let id = tab.id.clone();
    html! {
        <button key={tab.id.to_string()} type="button" role="tab" id={format!("tab-{}", tab.id)}
            aria-selected={if selected { "true" } else { "false" }}
            aria-controls={selected.then(|| format!("panel-{}", tab.id))} tabindex={if selected { "0" } else { "-1" }}
            onclick={props.onselect.reform(move |_: MouseEvent| id.clone())}>
            { &tab.label }
            if let Some(count) = tab.count { <Chip>{ count }</Chip> }
        </button>
    }
}

fn move_along(event: KeyboardEvent) {
    let Some(tab) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let list = tab.parent_element();
    let next = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling().or_else(|| list.and_then(|list| list.first_element_child())),
        "ArrowLeft" => tab.previous_element_sibling().or_else(|| list.and_then(|list| list.last_element_child())),
        "Home" => list.and_then(|list| list.first_element_child()),
        "End" => list.and_then(|list| list.last_element_child()),
        _ => return,
    };
    event.prevent_default();
    if let Some(element) = next.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
        element.click();
    }
}
