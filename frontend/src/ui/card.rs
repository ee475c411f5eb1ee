//! Surfaces: cards with a head, notices, and the empty state that teaches the next step.

use yew::prelude::*;

use super::icon::{Icon, IconName};
use super::tone::Tone;

#[derive(Properties, PartialEq)]
pub struct CardProps {
    #[prop_or_default]
    pub title: Option<AttrValue>,
    #[prop_or_default]
    pub subtitle: Option<AttrValue>,
    /// Right of the title: a chip, a button, a link.
    #[prop_or_default]
    pub actions: Html,
    /// No padding around the body, for tables and lists.
    #[prop_or_default]
    pub flush: bool,
    #[prop_or_default]
    pub class: Classes,
    pub children: Html,
}

/// A section on its own surface.
#[component]
pub fn Card(props: &CardProps) -> Html {
    html! {
        <section class={classes!("card", props.flush.then_some("flush"), props.class.clone())} aria-label={props.title.clone()}>
            if let Some(title) = &props.title {
                <div class="card-head">
                    <div>
                        <h2>{ title }</h2>
                        if let Some(subtitle) = &props.subtitle { <p>{ subtitle }</p> }
                    </div>
                    { props.actions.clone() }
                </div>
            }
            <div class="body">{ props.children.clone() }</div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
pub struct NoticeProps {
    #[prop_or(Tone::Info)]
    pub tone: Tone,
    #[prop_or_default]
    pub title: Option<AttrValue>,
    #[prop_or_default]
    pub icon: Option<IconName>,
    #[prop_or_default]
    pub actions: Html,
    #[prop_or_default]
    pub children: Html,
}

/// A sentence or two that must not be overlooked; bad ones are announced.
#[component]
pub fn Notice(props: &NoticeProps) -> Html {
    let role = if props.tone == Tone::Bad { "alert" } else { "note" };
    html! {
        <div class={classes!("notice", props.tone.class())} {role}>
            if let Some(name) = props.icon.or(props.tone.icon()) { <Icon {name} /> }
            <div class="text">
                if let Some(title) = &props.title { <b>{ title }</b> }
                { props.children.clone() }
            </div>
            { props.actions.clone() }
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct EmptyProps {
    pub title: AttrValue,
    #[prop_or(IconName::ClipboardList)]
    pub icon: IconName,
    /// What to do next.
    pub text: AttrValue,
    #[prop_or_default]
    pub children: Html,
}

/// Nothing to show, and what to do about it.
#[component]
pub fn Empty(props: &EmptyProps) -> Html {
    html! {
        <div class="empty">
            <span class="mark"><Icon name={props.icon} /></span>
            <p class="title">{ &props.title }</p>
            <p class="measure small">{ &props.text }</p>
            { props.children.clone() }
        </div>
    }
}
