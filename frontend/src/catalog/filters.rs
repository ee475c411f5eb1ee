//! The filters beside the results: facets with counts, and chips for what is in force.

use shared::catalog::search::{FacetKind, Found, Index};
use shared::words::catalog as words;
use yew::prelude::*;

use super::state::ShelfQuery;
use crate::ui::{Button, ButtonKind, Disclosure, Facet, FacetOption, FilterChip};

/// More values than this stand behind a disclosure.
const OPEN_VALUES: usize = 8;

/// All facets; a value without any result stays only while it is chosen.
pub fn facets(index: &Index, found: &Found, query: &ShelfQuery, change: &Callback<ShelfQuery>) -> Html {
    let all = index.facets().iter().zip(&found.counts).map(|(facet, counts)| {
        let chosen = query.chosen(facet.kind);
        let values = facet.values.iter().zip(counts);
        let options: Vec<FacetOption> = values
            .map(|(value, count)| FacetOption {
                value: value.key.clone().into(),
                label: value.title.clone().into(),
                count: u64::from(*count),
                checked: chosen.contains(&value.key),
            })
            .filter(|option| option.checked || option.count > 0)
            .collect();
        one(facet.kind, options, query, change)
    });
    html! { <div class="facets">{ for all }</div> }
}

fn one(kind: FacetKind, options: Vec<FacetOption>, query: &ShelfQuery, change: &Callback<ShelfQuery>) -> Html {
    if options.is_empty() {
        return Html::default();
    }
    let onchange = {
        let (query, change) = (query.clone(), change.clone());
        Callback::from(move |(key, on): (AttrValue, bool)| change.emit(query.switched(kind, &key, on)))
    };
    let long = options.len() > OPEN_VALUES;
    let open = options.iter().any(|option| option.checked);
    let facet = html! { <Facet key={kind.name()} name={kind.name()} title={kind.title()} {options} {onchange} /> };
    if long {
        html! { <Disclosure key={kind.name()} label={kind.title()} {open}>{ facet }</Disclosure> }
    } else {
        facet
    }
}

/// What narrows the shelf now, each with a cross.
pub fn chips(index: &Index, query: &ShelfQuery, change: &Callback<ShelfQuery>) -> Html {
    let mut chips: Vec<Html> = Vec::new();
    for facet in index.facets() {
        for key in query.chosen(facet.kind) {
            let label = facet.values.iter().find(|value| value.key == key).map_or_else(|| key.clone(), |value| value.title.clone());
            let onremove = {
                let next = query.switched(facet.kind, &key, false);
                change.reform(move |()| next.clone())
            };
            chips.push(html! { <FilterChip key={format!("{}-{key}", facet.kind.name())} {label} {onremove} /> });
        }
    }
    if !chips.is_empty() {
        let next = query.cleared().with_words(query.q.as_deref().unwrap_or_default());
        let onclick = change.reform(move |_: MouseEvent| next.clone());
        chips.push(html! { <Button key="clear" kind={ButtonKind::Quiet} compact=true {onclick}>{ words::CLEAR_ALL }</Button> });
    }
    html! { <div class="row-tight grow">{ for chips }</div> }
}
