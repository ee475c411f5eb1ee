//! Two versions of a service side by side; what changed is marked by a word, not by colour alone.

use shared::catalog::api::ServiceDraft;
use shared::catalog::edition::changes::{Pair, side_by_side};
use shared::words::catalog as words;
use yew::prelude::*;

use crate::ui::{Chip, Column, Row, Table, Tone};

/// The fields of both versions as a table; only those that changed, where asked.
pub fn comparison(caption: String, before: Option<&ServiceDraft>, after: Option<&ServiceDraft>, only_changes: bool) -> Html {
    let pairs: Vec<Pair> = side_by_side(before, after).into_iter().filter(|pair| !only_changes || pair.changed()).collect();
    if pairs.is_empty() {
        return html! { <p class="small muted pad">{ words::NO_CHANGES }</p> };
    }
    let columns = vec![Column::text("field", words::FIELD), Column::text("before", words::EARLIER), Column::text("after", words::LATER)];
    let rows = pairs.iter().enumerate().map(|(at, pair)| Row::new(at.to_string(), cells(pair))).collect::<Vec<_>>();
    html! { <Table {caption} {columns} {rows} /> }
}

fn cells(pair: &Pair) -> Vec<Html> {
    let tone = if pair.is_price() { Tone::Warn } else { Tone::Info };
    let of = pair.tier.as_ref().map_or(words::WHOLE_SERVICE, |(_, name)| name.as_str()).to_owned();
    vec![
        html! { <><span class="tiny muted">{ of }</span><br />{ &pair.label }</> },
        html! { &pair.before },
        html! {
            <>
                { &pair.after }
                if pair.changed() { { " " }<Chip {tone}>{ words::CHANGED_MARK }</Chip> }
            </>
        },
    ]
}
