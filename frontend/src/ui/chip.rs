//! Chips: a state in one or two words, and filters that can be taken off.

use shared::words::shell as words;
use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::tone::Tone;

#[derive(Properties, PartialEq)]
pub struct ChipProps {
    #[prop_or_default]
    pub tone: Tone,
    /// Instead of the tone's own icon.
    #[prop_or_default]
    pub icon: Option<IconName>,
    pub children: Html,
}

/// A state, a fact or a label in one or two words.
#[component]
pub fn Chip(props: &ChipProps) -> Html {
    html! {
        <span class={classes!("chip", props.tone.class())}>
            if let Some(name) = props.icon.or(props.tone.icon()) { <Icon {name} /> }
            <span>{ props.children.clone() }</span>
        </span>
    }
}

#[derive(Properties, PartialEq)]
pub struct FilterChipProps {
    pub label: AttrValue,
    pub onremove: Callback<()>,
}

/// A filter in force; one click takes it off.
#[component]
pub fn FilterChip(props: &FilterChipProps) -> Html {
    let onclick = props.onremove.reform(|_: MouseEvent| ());
    html! {
        <button type="button" class="chip info" {onclick} aria-label={words::remove(&props.label)}>
            <span>{ &props.label }</span><Icon name={IconName::X} />
        </button>
    }
}
