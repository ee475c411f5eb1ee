//! Renders a sample with the contexts that pages have: router, a fixed clock, the patterns.

use std::fs;
use std::io;
use std::path::PathBuf;

use frontend::clock::Clock;
use frontend::ui::BudgetPatterns;
use shared::time::{Date, Timestamp};
use yew::prelude::*;
use yew_router::Router;
use yew_router::history::{AnyHistory, MemoryHistory};

#[derive(Properties, PartialEq)]
struct StageProps {
    sample: Callback<(), Html>,
}

#[component]
fn Stage(props: &StageProps) -> Html {
    let clock =
        Clock { now: Timestamp::from_micros(1_763_766_000_000_000), today: Date::new(2025, 11, 21).ok(), zone: AttrValue::default() };
    let history = AnyHistory::from(MemoryHistory::new());
    html! {
        <Router {history}>
            <ContextProvider<Clock> context={clock}><Sample sample={props.sample.clone()} /></ContextProvider<Clock>>
        </Router>
    }
}

#[component]
fn Sample(props: &StageProps) -> Html {
    props.sample.emit(())
}

#[component]
fn Patterns() -> Html {
    html! { <BudgetPatterns /> }
}

/// One element per line, so that a snapshot's difference is readable.
pub async fn render(sample: fn() -> Html) -> String {
    let renderer =
        yew::ServerRenderer::<Stage>::with_props(move || StageProps { sample: Callback::from(move |()| sample()) }).hydratable(false);
    renderer.render().await.replace("><", ">\n<")
}

/// Writes `parts.html` beside copies of the styles and fonts into the target folder.
pub async fn page_of(parts: &str) -> io::Result<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("parts");
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(folder.join("fonts"))?;
    let mut links = String::new();
    for name in ["tokens", "base", "components", "print"] {
        fs::copy(here.join(format!("styles/{name}.css")), folder.join(format!("{name}.css")))?;
        links.push_str(&format!("<link rel=stylesheet href={name}.css>"));
    }
    for font in ["public-sans-latin.woff2", "public-sans-latin-ext.woff2"] {
        fs::copy(here.join("assets/fonts").join(font), folder.join("fonts").join(font))?;
    }
    let patterns = yew::ServerRenderer::<Patterns>::new().hydratable(false).render().await;
    let page = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Parts</title>{links}\
         <body>{patterns}<main class=stack-wide>{parts}</main></body></html>"
    );
    fs::write(folder.join("parts.html"), page)?;
    Ok(folder)
}
