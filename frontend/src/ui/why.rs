//! Explanations on demand: "why?" under a number, a disclosure, a native popover.

use shared::words::shell as words;
use yew::prelude::*;

use super::icon::{Icon, IconName};

#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// The short working itself (`15 days × $902.50`), or "Why?".
    #[prop_or(AttrValue::Static(words::WHY))]
    pub label: AttrValue,
    /// The whole working, line by line.
    pub children: Html,
}

/// A number's working, opened in place.
#[component]
pub fn Why(props: &WhyProps) -> Html {
    html! {
        <details class="why">
            <summary>{ &props.label }</summary>
            <div class="working">{ props.children.clone() }</div>
        </details>
    }
}

#[derive(Properties, PartialEq)]
pub struct DisclosureProps {
    pub label: AttrValue,
    #[prop_or_default]
    pub open: bool,
    pub children: Html,
}

/// A part of the page that is closed until asked for.
#[component]
pub fn Disclosure(props: &DisclosureProps) -> Html {
    html! {
        <details class="disclosure" open={props.open}>
            <summary>{ &props.label }</summary>
            { props.children.clone() }
        </details>
    }
}

#[derive(Properties, PartialEq)]
pub struct PopoverProps {
    /// Unique on the page.
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub icon: Option<IconName>,
    pub children: Html,
}

/// A button that opens a native popover above the page; Esc and a click elsewhere close it.
#[component]
pub fn Popover(props: &PopoverProps) -> Html {
    html! {
        <>
            <button type="button" class="button compact" popovertarget={props.id.clone()}>
                if let Some(name) = props.icon { <Icon {name} /> }
                { &props.label }
            </button>
            <div class="popover" id={props.id.clone()} popover="auto">{ props.children.clone() }</div>
        </>
    }
}
