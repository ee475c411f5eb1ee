//! Carts that were suggested to a school: the principal takes lines of one, or declines it with a word.

use std::collections::BTreeSet;

use shared::contract::Empty as NoQuery;
use shared::id::SchoolId;
use shared::orders::api::{AdoptSuggestion, DeclineSuggestion, ListSuggestions};
use shared::orders::support::{Adoption, Declining, SuggestedLine, SuggestionState, SuggestionView};
use shared::words::orders::support as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::api::Call;
use crate::form::{use_form, use_sender};
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{Button, ButtonKind, Card, Checkbox, Chip, Day, ErrorSummary, Money, SkeletonShape, TextField, Tone, When, use_toasts};

#[derive(Properties, PartialEq)]
pub struct SuggestionsProps {
    pub school: SchoolId,
    /// Drafts have come into the cart.
    pub onadopted: Callback<()>,
    /// Only those that wait for an answer; nothing at all where there is none.
    #[prop_or_default]
    pub open_only: bool,
}

/// What was suggested, the newest first.
#[component]
pub fn Suggestions(props: &SuggestionsProps) -> Html {
    let list = use_load::<ListSuggestions>(props.school, NoQuery {});
    let put = list.put();
    if props.open_only && list.data().is_none_or(|list| list.iter().all(|one| one.state != SuggestionState::Open)) {
        return Html::default();
    }
    list.draw(SkeletonShape::Lines, |list| {
        let shown: Vec<&SuggestionView> = list.iter().filter(|one| !props.open_only || one.state == SuggestionState::Open).collect();
        if shown.is_empty() {
            return html! { <Card title={words::SUGGESTED}><p class="small muted">{ words::NO_SUGGESTIONS }</p></Card> };
        }
        html! { <>{ for shown.into_iter().map(|one| html! {
            <Suggestion key={one.id.to_string()} suggestion={one.clone()} put={put.clone()} onadopted={props.onadopted.clone()} />
        }) }</> }
    })
}

#[derive(Properties, PartialEq)]
struct SuggestionProps {
    suggestion: SuggestionView,
    put: Callback<Vec<SuggestionView>>,
    onadopted: Callback<()>,
}

#[component]
fn Suggestion(props: &SuggestionProps) -> Html {
    let one = &props.suggestion;
    let subtitle = words::suggestion_by(&one.by.name);
    let tone = match one.state {
        SuggestionState::Open => Tone::Info,
        SuggestionState::Adopted => Tone::Good,
        SuggestionState::Declined => Tone::Plain,
    };
    html! {
        <Card title={one.title.clone()} {subtitle} actions={html! { <Chip {tone}>{ one.state.title() }</Chip> }}>
            <div class="stack">
                <p class="tiny muted"><When at={one.at} /></p>
                if !one.note.is_empty() { <p class="small measure">{ &one.note }</p> }
                if one.may_answer {
                    <Answer suggestion={one.clone()} put={props.put.clone()} onadopted={props.onadopted.clone()} />
                } else {
                    <ul class="stack">{ for one.lines.iter().map(|line| html! { <li>{ told(line, one.state) }</li> }) }</ul>
                    if let (Some(by), false) = (&one.answered_by, one.answer.is_empty()) {
                        <p class="small"><b>{ &by.name }</b>{ ": " }{ &one.answer }</p>
                    }
                }
            </div>
        </Card>
    }
}

/// One line in words: what, how many, when, for which goal, why, and what it costs.
fn told(line: &SuggestedLine, state: SuggestionState) -> Html {
    let what = words::line_title(line.quantity, &line.title, &line.tier_name);
    html! {
        <span class="stack-tight">
            <span class="line-item">
                <span>
                    if let Some(service) = line.service { <Link<Route> to={Route::Service { id: service.to_string() }}>{ what }</Link<Route>> } else { { what } }
                </span>
                if let Some(price) = line.price { <Money cents={price} /> }
            </span>
            <span class="small">{ &line.reason }</span>
            <span class="tiny muted row-tight">
                if let Some(start) = line.start { <Day date={start} /> }
                if let Some(goal) = &line.goal { <span>{ goal }</span> }
                if !line.problem.is_empty() && state == SuggestionState::Open { <Chip tone={Tone::Warn}>{ &line.problem }</Chip> }
                if state == SuggestionState::Adopted {
                    <Chip tone={if line.order.is_some() { Tone::Good } else { Tone::Plain }}>
                        { if line.order.is_some() { words::IN_CART_NOW } else { words::LEFT_OUT } }
                    </Chip>
                }
            </span>
        </span>
    }
}

/// Ticks for the lines, and the two ways to answer.
#[component]
fn Answer(props: &SuggestionProps) -> Html {
    let one = &props.suggestion;
    let toasts = use_toasts();
    let takeable = || one.lines.iter().filter(|line| line.problem.is_empty()).map(|line| line.position);
    let ticked = use_state(|| takeable().collect::<BTreeSet<u32>>());
    let form = use_form(&[("word", "")]);
    let adopt = {
        let (put, onadopted, toasts) = (props.put.clone(), props.onadopted.clone(), toasts.clone());
        use_sender::<AdoptSuggestion>(Callback::from(move |list| {
            toasts.say(words::ADOPTED_TOAST);
            put.emit(list);
            onadopted.emit(());
        }))
    };
    let decline = {
        let put = props.put.clone();
        use_sender::<DeclineSuggestion>(Callback::from(move |list| {
            toasts.say(words::DECLINED_TOAST);
            put.emit(list);
        }))
    };
    let form = form.showing(adopt.failure().or(decline.failure()));
    let (id, version) = (one.id, one.version);
    let onadopt = {
        let (adopt, ticked) = (adopt.clone(), ticked.clone());
        Callback::from(move |_: MouseEvent| adopt.send(Call::to(id).body(Adoption { version, lines: ticked.iter().copied().collect() })))
    };
    let ondecline = {
        let (decline, form) = (decline.clone(), form.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            decline.send(Call::to(id).body(Declining { version, word: form.text("word").to_string() }));
        })
    };
    let line = |line: &SuggestedLine| {
        let (position, ticked) = (line.position, ticked.clone());
        let checked = ticked.contains(&position);
        let onchange = Callback::from(move |on: bool| {
            let mut next = (*ticked).clone();
            if on {
                next.insert(position)
            } else {
                next.remove(&position)
            };
            ticked.set(next);
        });
        html! {
            <li key={position} class="suggested-line">
                <Checkbox name={format!("line-{id}-{position}")} label={line.title.clone()} {checked} {onchange} disabled={!line.problem.is_empty()} />
                { told(line, one.state) }
            </li>
        }
    };
    html! {
        <>
            <ErrorSummary faults={form.faults()} request_id={form.request_id()} />
            <ul class="stack">{ for one.lines.iter().map(line) }</ul>
            <div class="row wrap">
                <Button kind={ButtonKind::Primary} busy={adopt.busy()} onclick={onadopt}>{ words::ADOPT }</Button>
                <span class="muted small">{ words::lines_of(ticked.len()) }</span>
            </div>
            <form class="row wrap suggestion-decline" onsubmit={ondecline} novalidate=true>
                <TextField name="word" label={words::DECLINE_WORD} value={form.text("word")} oninput={form.typing("word")} error={form.error("word")} maxlength={300} />
                <Button submit=true busy={decline.busy()}>{ words::DECLINE }</Button>
            </form>
        </>
    }
}
