//! The application: contexts around the router, one page per route, focus and titles on the way.

use std::sync::atomic::{AtomicBool, Ordering};

use gloo::utils::document;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::clock::ClockProvider;
use crate::route::Route;
use crate::ui::{BudgetPatterns, ToastProvider};

static NAVIGATED: AtomicBool = AtomicBool::new(false);

/// Whether the reader has moved inside the site since it was loaded.
pub fn has_navigated() -> bool {
    NAVIGATED.load(Ordering::Relaxed)
}

/// Mounts the application; without the element there is nothing to mount to.
pub fn start() {
    if let Some(root) = document().get_element_by_id("app") {
        yew::Renderer::<App>::with_root(root).render();
    }
}

#[component]
pub fn App() -> Html {
    html! {
        <BrowserRouter>
            <ToastProvider>
                <ClockProvider>
                    <BudgetPatterns />
                    <Switch<Route> render={page} />
                </ClockProvider>
            </ToastProvider>
        </BrowserRouter>
    }
}

fn page(_route: Route) -> Html {
    Html::default()
}
