//! The top of every page: breadcrumb, the one h1 (which takes the focus after navigation), lead, tools; sets the document's title.

use gloo::utils::document;
use shared::words::shell as words;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;

/// One step of the way here.
#[derive(Clone, Debug, PartialEq)]
pub struct Crumb {
    pub label: AttrValue,
    pub to: Option<Route>,
}

impl Crumb {
    pub fn to(label: impl Into<AttrValue>, to: Route) -> Self {
        Self { label: label.into(), to: Some(to) }
    }

    pub fn here(label: impl Into<AttrValue>) -> Self {
        Self { label: label.into(), to: None }
    }
}

#[derive(Properties, PartialEq)]
pub struct PageHeadProps {
    pub title: AttrValue,
    /// One sentence under the title.
    #[prop_or_default]
    pub lead: Html,
    #[prop_or_default]
    pub crumbs: Vec<Crumb>,
    /// Buttons at the right.
    #[prop_or_default]
    pub tools: Html,
}

/// Stands first on every page.
#[component]
pub fn PageHead(props: &PageHeadProps) -> Html {
    let node = use_node_ref();
    use_effect_with(props.title.clone(), |title| document().set_title(&words::page_title(title)));
    let path = use_location().map(|location| location.path().to_owned());
    use_effect_with((path, node.clone()), |(_, node)| {
        // The first page after loading keeps the browser's own focus; later ones announce themselves through the h1.
        if let (true, Some(heading)) = (crate::app::has_navigated(), node.cast::<HtmlElement>()) {
            let _ = heading.focus();
        }
    });
    html! {
        <>
            if !props.crumbs.is_empty() { <Breadcrumb crumbs={props.crumbs.clone()} /> }
            <div class="page-head">
                <div>
                    <h1 tabindex="-1" ref={node}>{ &props.title }</h1>
                    if props.lead != Html::default() { <div class="lead">{ props.lead.clone() }</div> }
                </div>
                if props.tools != Html::default() { <div class="tools">{ props.tools.clone() }</div> }
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub struct BreadcrumbProps {
    pub crumbs: Vec<Crumb>,
}

/// The way here, as links.
#[component]
pub fn Breadcrumb(props: &BreadcrumbProps) -> Html {
    html! {
        <nav class="crumbs" aria-label={words::BREADCRUMB}>
            <ol>
                { for props.crumbs.iter().map(|crumb| {
                    let label = crumb.label.clone();
                    let inner = match crumb.to.clone() {
                        Some(to) => html! { <Link<Route> {to}>{ label }</Link<Route>> },
                        None => html! { <span aria-current="page">{ label }</span> },
                    };
                    html! { <li>{ inner }</li> }
                }) }
            </ol>
        </nav>
    }
}
