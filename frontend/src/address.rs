//! The address bar: paths given as text, and queries that hold filters, sorting and cursors.

use serde::Serialize;
use serde::de::DeserializeOwned;
use yew::prelude::*;
use yew_router::history::{BrowserHistory, History as _};
use yew_router::prelude::*;

use crate::route::Route;

/// Whether a text is a path inside this site: never another site's address.
pub fn is_inside(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains('\\') && !path.chars().any(char::is_control)
}

/// Goes to a path inside the site; anything else leads to the desk.
pub fn open(path: &str) {
    BrowserHistory::new().push(if is_inside(path) { path } else { "/" });
}

/// As [`open`], without an entry in the history.
pub fn replace(path: &str) {
    BrowserHistory::new().replace(if is_inside(path) { path } else { "/" });
}

/// The page's query as a value, and how to change it. Unknown or broken queries read as the default.
#[hook]
pub fn use_query<T: Serialize + DeserializeOwned + Default + PartialEq + 'static>() -> (T, Callback<T>) {
    let location = use_location();
    let route = use_route::<Route>();
    let navigator = use_navigator();
    let query = location.and_then(|location| location.query::<T>().ok()).unwrap_or_default();
    let change = Callback::from(move |next: T| {
        if let (Some(navigator), Some(route)) = (&navigator, &route) {
            let _ = navigator.replace_with_query(route, &next);
        }
    });
    (query, change)
}

#[derive(Properties, PartialEq)]
pub struct PathLinkProps {
    /// A path inside the site, as the server gives it.
    pub to: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    pub children: Html,
}

/// A link to a path that comes as text, for example from a desk item.
#[component]
pub fn PathLink(props: &PathLinkProps) -> Html {
    let to = props.to.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // With a modifier the browser opens its own tab or window.
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            open(&to);
        }
    });
    let href = if is_inside(&props.to) { props.to.clone() } else { AttrValue::Static("/") };
    html! { <a class={props.class.clone()} {href} {onclick}>{ props.children.clone() }</a> }
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn another_site_is_never_a_way_back() {
        assert!(is_inside("/orders/ord_1?tab=open"));
        for bad in ["", "https://x.example", "//x.example", "/\\x.example", "orders", "/a\nb"] {
            assert!(!is_inside(bad), "{bad}");
        }
    }
}
