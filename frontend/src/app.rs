//! The application: contexts around the router, one page per route, the door and back, focus and titles on the way.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo::utils::document;
use shared::contract::encode;
use shared::words::shell as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::address;
use crate::identity;
use crate::later::{Later, Part, Piece};
use crate::preferences::{Density, Theme};
use crate::route::Route;
use crate::session::{Act, Presence, SessionProvider, use_session};
use crate::shell::{Door, Shell, use_scroll_memory};
use crate::ui::{BudgetPatterns, Button, ButtonKind, ButtonLink, Empty, IconName, Notice, PageHead, Skeleton, ToastProvider, Tone};

static NAVIGATED: AtomicBool = AtomicBool::new(false);

/// Whether the reader has moved inside the site since it was loaded.
pub fn has_navigated() -> bool {
    NAVIGATED.load(Ordering::Relaxed)
}

/// Mounts the application; without the element there is nothing to mount to.
pub fn start() {
    Theme::stored().apply();
    Density::stored().apply();
    if let Some(root) = document().get_element_by_id("app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}

/// The whole site.
#[component]
pub fn App() -> Html {
    html! {
        <BrowserRouter>
            <ToastProvider>
                <SessionProvider>
                    <BudgetPatterns />
                    <Pages />
                </SessionProvider>
            </ToastProvider>
        </BrowserRouter>
    }
}

/// Chooses the page and its frame by address and session.
#[component]
fn Pages() -> Html {
    let session = use_session();
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let location = use_location();
    let (path, query) = location.map(|l| (l.path().to_owned(), l.query_str().to_owned())).unwrap_or_default();
    let first_path = use_memo((), |()| path.clone());
    if *first_path != path {
        NAVIGATED.store(true, Ordering::Relaxed);
    }
    use_scroll_memory(path.clone(), query.clone());
    match (&session.presence, route) {
        (Presence::Waiting, _) => html! { <Door><Skeleton /></Door> },
        (Presence::Failed(failure), _) => {
            let onclick = Callback::from({
                let session = session.clone();
                move |_: MouseEvent| session.act(Act::Refresh)
            });
            let actions = html! { <Button kind={ButtonKind::Primary} {onclick}>{ words::TRY_AGAIN }</Button> };
            html! { <Door><Notice tone={Tone::Bad} {actions}>{ failure.message() }</Notice></Door> }
        }
        (Presence::Out, route) if route.is_open() => html! { <Door>{ page(&route) }</Door> },
        (Presence::Out, _) => html! { <Redirect to={door_with_way_back(&path, &query)} /> },
        (Presence::In(_), Route::SignIn) => html! { <Redirect to={way_back(&query)} /> },
        (Presence::In(_), route) if route.is_open() => html! { <Door>{ page(&route) }</Door> },
        (Presence::In(_), route) => html! { <Shell here={route.clone()}>{ page(&route) }</Shell> },
    }
}

/// The page of a route: of a part that loads later, or one that travels with the first load. Pages read their filters from the query themselves.
fn page(route: &Route) -> Html {
    match Part::of(route) {
        Some(part) => html! { <Later {part} piece={Piece::Page(route.clone())} /> },
        None => first_page(route),
    }
}

fn first_page(route: &Route) -> Html {
    match route {
        Route::SignIn => html! { <identity::SignInPage /> },
        _ => html! { <NotFoundPage /> },
    }
}

/// `/sign-in?next=…`, so that a deep link survives the door.
fn door_with_way_back(path: &str, query: &str) -> AttrValue {
    let wanted = format!("{path}{query}");
    if wanted == "/" { "/sign-in".into() } else { format!("/sign-in?next={}", encode(&wanted)).into() }
}

/// Where the door was come to from; the desk when nothing is said or the address is not ours.
fn way_back(query: &str) -> AttrValue {
    let next = web_sys::UrlSearchParams::new_with_str(query).ok().and_then(|params| params.get("next"));
    next.filter(|path| address::is_inside(path)).unwrap_or_else(|| "/".to_owned()).into()
}

#[derive(Properties, PartialEq)]
struct RedirectProps {
    to: AttrValue,
}

#[component]
fn Redirect(props: &RedirectProps) -> Html {
    use_effect_with(props.to.clone(), |to| address::replace(to));
    html! { <Door><Skeleton /></Door> }
}

/// What is not there, or not the caller's to see.
#[component]
pub fn NotFoundPage() -> Html {
    html! {
        <>
            <PageHead title={words::NOT_FOUND_TITLE} />
            <Empty title={words::NOT_FOUND_HERE} icon={IconName::Search} text={words::NOT_FOUND_TEXT}>
                <ButtonLink to={Route::Desk} kind={ButtonKind::Primary}>{ words::TO_MY_DESK }</ButtonLink>
            </Empty>
        </>
    }
}
