//! Arrow keys among the shelf's cards: left and right along the row, up and down between rows.

use gloo::utils::document;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// What a card is focused by: the link in its title.
const LINKS: &str = ".shelf-grid .service-card h3 a";

/// Moves the focus from card to card; other keys and other places are left alone.
pub fn move_among(event: &KeyboardEvent) {
    let links = links();
    let here = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(at) = here.and_then(|here| links.iter().position(|link| link.is_same_node(Some(&here)))) else { return };
    let columns = links.iter().take_while(|link| top(link) == top(&links[0])).count().max(1);
    let next = match event.key().as_str() {
        "ArrowRight" => at.checked_add(1),
        "ArrowLeft" => at.checked_sub(1),
        "ArrowDown" => at.checked_add(columns),
        "ArrowUp" => at.checked_sub(columns),
        "Home" => Some(0),
        "End" => links.len().checked_sub(1),
        _ => return,
    };
    if let Some(link) = next.and_then(|next| links.get(next)) {
        event.prevent_default();
        let _ = link.focus();
    }
}

/// From the search field down to the first card.
pub fn enter_cards(event: &KeyboardEvent) {
    if event.key() == "ArrowDown"
        && let Some(first) = links().first()
    {
        event.prevent_default();
        let _ = first.focus();
    }
}

/// How far down the card stands that a link is in.
fn top(link: &HtmlElement) -> Option<i32> {
    link.closest("article").ok().flatten()?.dyn_into::<HtmlElement>().ok().map(|card| card.offset_top())
}

fn links() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(LINKS) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}
