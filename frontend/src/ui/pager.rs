//! Paging by cursor: on to the next rows, or back to the start; the cursor lives in the URL.

use shared::words::shell as words;
use yew::prelude::*;

use super::button::Button;

#[derive(Properties, PartialEq)]
pub struct PagerProps {
    /// Rows on this page.
    pub shown: usize,
    /// The server's cursor of the next page, if there is one.
    #[prop_or_default]
    pub next: Option<AttrValue>,
    /// Whether this is not the first page.
    #[prop_or_default]
    pub later: bool,
    /// `None` asks for the first page.
    pub onpage: Callback<Option<AttrValue>>,
}

/// Count of the rows shown and where to go from here.
#[component]
pub fn Pager(props: &PagerProps) -> Html {
    html! {
        <nav class="pager" aria-label={words::NEXT_PAGE}>
            <span class="num">{ words::shown(props.shown) }</span>
            <span class="row-tight">
                if props.later {
                    <Button compact=true onclick={props.onpage.reform(|_: MouseEvent| None)}>{ words::FIRST_PAGE }</Button>
                }
                if let Some(cursor) = props.next.clone() {
                    <Button compact=true onclick={props.onpage.reform(move |_: MouseEvent| Some(cursor.clone()))}>
                        { words::NEXT_PAGE }
                    </Button>
                }
            </span>
        </nav>
    }
}
