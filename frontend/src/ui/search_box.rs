//! A search field; `/` from anywhere puts the cursor into the first one of the page.

use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct SearchBoxProps {
    #[prop_or(AttrValue::Static("search"))]
    pub id: AttrValue,
    #[prop_or(AttrValue::Static(words::SEARCH))]
    pub label: AttrValue,
    #[prop_or_default]
    pub value: AttrValue,
    /// On every key.
    #[prop_or_default]
    pub oninput: Callback<String>,
    /// On Enter.
    #[prop_or_default]
    pub onsearch: Callback<String>,
    /// As wide as its place, on the surface; otherwise the pill in the page's head.
    #[prop_or_default]
    pub full: bool,
}

/// Search as you type or on Enter.
#[component]
pub fn SearchBox(props: &SearchBoxProps) -> Html {
    let node = use_node_ref();
    let onsubmit = {
        let (node, onsearch) = (node.clone(), props.onsearch.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = node.cast::<HtmlInputElement>() {
                onsearch.emit(input.value());
            }
        })
    };
    let oninput = props.oninput.reform(|event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        input.map(|input| input.value()).unwrap_or_default()
    });
    html! {
        <form class={classes!("search-box", props.full.then_some("full"))} role="search" aria-label={props.label.clone()} {onsubmit}>
            <Icon name={IconName::Search} />
            <input ref={node} id={props.id.clone()} type="search" data-search="true" aria-label={props.label.clone()}
                placeholder={props.label.clone()} value={props.value.clone()} {oninput} autocomplete="off" maxlength="200" />
            <kbd aria-hidden="true">{ words::SEARCH_KEY }</kbd>
        </form>
    }
}
