//! Menus made of `details` close when one clicks elsewhere or presses Esc, as menus do.

use gloo::events::EventListener;
use gloo::utils::document;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent, Node};
use yew::prelude::*;

/// Closes the `details` in `node` on a click outside of it and on Esc, which also gives the focus back to its summary.
#[hook]
pub fn use_closing_menu(node: NodeRef) {
    use_effect_with((), move |()| {
        let on_click = {
            let node = node.clone();
            EventListener::new(&document(), "click", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                if let Some(menu) = node.cast::<HtmlElement>().filter(|menu| !menu.contains(target.as_ref())) {
                    close(&menu);
                }
            })
        };
        let on_key = EventListener::new(&document(), "keydown", move |event| {
            let is_escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            let open = node.cast::<HtmlElement>().filter(|menu| is_escape && menu.has_attribute("open"));
            if let Some(menu) = open {
                close(&menu);
                let summary = menu.first_element_child().and_then(|child| child.dyn_into::<HtmlElement>().ok());
                if let Some(summary) = summary {
                    let _ = summary.focus();
                }
            }
        });
        move || drop((on_click, on_key))
    });
}

/// A closing menu with its node, whether it stands open, and what to call when it turns: what is in it may load with the first opening.
#[hook]
pub fn use_opening_menu() -> (NodeRef, bool, Callback<Event>) {
    let node = use_node_ref();
    use_closing_menu(node.clone());
    let opened = use_state(|| false);
    let ontoggle = {
        let (node, opened) = (node.clone(), opened.clone());
        Callback::from(move |_: Event| opened.set(node.cast::<HtmlElement>().is_some_and(|menu| menu.has_attribute("open"))))
    };
    (node, *opened, ontoggle)
}

fn close(menu: &HtmlElement) {
    let _ = menu.remove_attribute("open");
}
