//! Buttons and links that look like buttons; a button that may not be used says why.

use shared::words::shell as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::icon::{Icon, IconName};
use crate::route::Route;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    #[default]
    Normal,
    /// At most one on a page or card.
    Primary,
    Quiet,
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Normal => "",
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Danger => "danger",
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    #[prop_or_default]
    pub kind: ButtonKind,
    #[prop_or_default]
    pub icon: Option<IconName>,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
    /// Submits the form around it; otherwise a plain button.
    #[prop_or_default]
    pub submit: bool,
    /// Shows that the command is on its way; further clicks do nothing.
    #[prop_or_default]
    pub busy: bool,
    /// Why it cannot be used now and what to do next; shown under the button.
    #[prop_or_default]
    pub refusal: Option<AttrValue>,
    #[prop_or_default]
    pub wide: bool,
    #[prop_or_default]
    pub compact: bool,
    /// Spoken name where the children are only an icon or repeat on the page.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub children: Html,
}

/// A button; `refusal` keeps it focusable, so that everybody can read why.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let blocked = props.busy || props.refusal.is_some();
    let onclick = {
        let inner = props.onclick.clone();
        Callback::from(move |event: MouseEvent| {
            if blocked {
                event.prevent_default();
            } else {
                inner.emit(event);
            }
        })
    };
    let class = classes!(
        "button",
        props.kind.class(),
        props.wide.then_some("wide"),
        props.compact.then_some("compact"),
        (props.children == Html::default()).then_some("only-icon")
    );
    let button = html! {
        <button {class} type={if props.submit { "submit" } else { "button" }} {onclick} aria-label={props.label.clone()}
            aria-disabled={blocked.then_some("true")} aria-busy={props.busy.then_some("true")}>
            if props.busy {
                <span class="spin" role="img" aria-label={words::WORKING}></span>
            } else if let Some(name) = props.icon {
                <Icon {name} />
            }
            { props.children.clone() }
        </button>
    };
    match &props.refusal {
        None => button,
        Some(why) => html! {
            <div>
                { button }
                <p class="button-why"><Icon name={IconName::TriangleAlert} /><span>{ why }</span></p>
            </div>
        },
    }
}

#[derive(Properties, PartialEq)]
pub struct ButtonLinkProps {
    pub to: Route,
    #[prop_or_default]
    pub kind: ButtonKind,
    #[prop_or_default]
    pub icon: Option<IconName>,
    #[prop_or_default]
    pub wide: bool,
    #[prop_or_default]
    pub compact: bool,
    pub children: Html,
}

/// A link inside the site that looks like a button: it goes somewhere and changes nothing.
#[component]
pub fn ButtonLink(props: &ButtonLinkProps) -> Html {
    let classes = classes!("button", props.kind.class(), props.wide.then_some("wide"), props.compact.then_some("compact"));
    html! {
        <Link<Route> {classes} to={props.to.clone()}>
            if let Some(name) = props.icon { <Icon {name} /> }
            { props.children.clone() }
        </Link<Route>>
    }
}
