//! Keys that work everywhere: `/` to search, `?` for help, `g d` to the desk.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::utils::document;
use shared::words::shell as words;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::address;
use crate::ui::Dialog;

/// Listens to the whole page while mounted.
#[hook]
pub fn use_keys(onhelp: Callback<()>) {
    use_effect_with((), move |()| {
        let awaiting_place = Rc::new(Cell::new(false));
        let listener =
            EventListener::new_with_options(&document(), "keydown", EventListenerOptions::enable_prevent_default(), move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    pressed(event, &awaiting_place, &onhelp);
                }
            });
        move || drop(listener)
    });
}

fn pressed(event: &KeyboardEvent, awaiting_place: &Cell<bool>, onhelp: &Callback<()>) {
    if is_typing(event) || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let after_g = awaiting_place.replace(false);
    match (event.key().as_str(), after_g) {
        ("/", _) => focus_search(event),
        ("?", _) => onhelp.emit(()),
        ("g", false) => awaiting_place.set(true),
        ("d", true) => address::open("/"),
        _ => {}
    }
}

/// Whether the key belongs to a field.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.closest("input, textarea, select, dialog, [contenteditable]").ok().flatten().is_some())
}

/// The page's own search comes before the one in the head.
fn focus_search(event: &KeyboardEvent) {
    let own = document().query_selector("main [data-search]").ok().flatten();
    let found = own.or_else(|| document().query_selector("[data-search]").ok().flatten());
    if let Some(field) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        let _ = field.focus();
    }
}

#[derive(Properties, PartialEq)]
pub struct KeyHelpProps {
    pub onclose: Callback<()>,
}

/// What `?` shows, while it is mounted.
#[component]
pub fn KeyHelp(props: &KeyHelpProps) -> Html {
    html! {
        <Dialog open=true title={words::KEYBOARD_TITLE} onclose={props.onclose.clone()}>
            <dl class="facts">
                { for words::KEYS.iter().map(|(key, what)| html! { <><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></> }) }
            </dl>
        </Dialog>
    }
}
