//! One timeline for both sides: everything, or only the facts, or only what was said.

use std::rc::Rc;

use shared::orders::api::{OrderView, TimelineEntry};
use shared::words::orders as words;
use yew::prelude::*;

use crate::ui::{Card, Choice, Fact, Mark, Segments, Timeline, When};

#[derive(Properties, PartialEq)]
pub struct TimelineCardProps {
    pub order: Rc<OrderView>,
}

const ALL: &str = "all";
const FACTS: &str = "facts";
const MESSAGES: &str = "messages";

/// Newest first, with a filter where there is something to leave out.
#[component]
pub fn TimelineCard(props: &TimelineCardProps) -> Html {
    let shown = use_state(|| AttrValue::Static(ALL));
    let onchange = {
        let shown = shown.clone();
        Callback::from(move |value: AttrValue| shown.set(value))
    };
    let choices =
        vec![Choice::new(ALL, words::SHOW_ALL), Choice::new(FACTS, words::SHOW_FACTS), Choice::new(MESSAGES, words::SHOW_MESSAGES)];
    let entries: Vec<&TimelineEntry> = props.order.timeline.iter().rev().filter(|entry| fits(&shown, entry)).collect();
    let mixed = props.order.timeline.iter().any(|entry| entry.comment);
    html! {
        <Card title={words::TIMELINE} subtitle={words::MESSAGES_AND_FACTS}>
            <div class="stack">
                if mixed { <Segments name="timeline" label={words::SHOW} value={(*shown).clone()} {choices} {onchange} /> }
                if entries.is_empty() { <p class="small muted">{ words::NOTHING_SAID }</p> }
                <Timeline label={words::TIMELINE} facts={entries.into_iter().enumerate().map(|(at, entry)| fact(at, entry)).collect::<Vec<_>>()} />
            </div>
        </Card>
    }
}

fn fits(shown: &str, entry: &TimelineEntry) -> bool {
    match shown {
        FACTS => !entry.comment,
        MESSAGES => entry.comment,
        _ => true,
    }
}

fn fact(at: usize, entry: &TimelineEntry) -> Fact {
    let mark = match (at, entry.comment) {
        (_, true) => Mark::Open,
        (0, false) => Mark::Now,
        (_, false) => Mark::Done,
    };
    let title = if entry.comment {
        html! { <q>{ &entry.text }</q> }
    } else {
        html! { <b>{ &entry.text }</b> }
    };
    let by = entry.by.as_ref().map(|person| match &entry.on_behalf_of {
        Some(absent) => words::by_for(&person.name, &absent.name),
        None => person.name.clone(),
    });
    let detail = html! {
        <>
            if !entry.detail.is_empty() { <span class="fact-detail">{ &entry.detail }</span> }
            <span class="tiny">if let Some(by) = by { { by }{ " · " } }<When at={entry.at} /></span>
        </>
    };
    Fact { mark, title, detail }
}
