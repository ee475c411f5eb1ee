//! “No, but…”: what was asked for beside what the unit offers, and the button that takes it.

use std::rc::Rc;

use shared::orders::api::{OfferView, OrderAction, OrderView, TakeAlternative, Taking};
use shared::words::orders as words;
use yew::prelude::*;

use crate::api::Call;
use crate::form::use_sender;
use crate::ui::{Button, ButtonKind, Card, Chip, Day, Facts, Money, Notice, Tone, Why};

#[derive(Properties, PartialEq)]
pub struct CounterCardProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// The unit's answer with its offers side by side.
#[component]
pub fn CounterCard(props: &CounterCardProps) -> Html {
    let order = &props.order;
    let taker = use_sender::<TakeAlternative>(props.onchanged.clone());
    let Some(counter) = &order.counter else { return Html::default() };
    let take = {
        let (taker, id, version) = (taker.clone(), order.summary.id, order.version);
        Callback::from(move |alternative: u32| taker.send(Call::to(id).body(Taking { version, alternative })))
    };
    let may = order.actions.contains(&OrderAction::Take);
    let number = |offer: &OfferView| counter.counter.alternatives.iter().position(|known| *known == offer.alternative);
    html! {
        <Card title={format!("{} {}", words::action_question(OrderAction::Counter), counter.counter.reason.title())} subtitle={counter.by.name.clone()}>
            <div class="stack">
                <p class="measure">{ &counter.counter.explanation }</p>
                if !counter.counter.rule_quoted.is_empty() {
                    <p class="small"><b>{ words::RULE }{ ": " }</b><q>{ &counter.counter.rule_quoted }</q></p>
                }
                if !counter.counter.offer_to_talk.is_empty() { <p class="small"><b>{ words::TALK }{ ": " }</b>{ &counter.counter.offer_to_talk }</p> }
                if let Some(failure) = taker.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
                <div class="auto-grid">
                    { asked(order) }
                    { for counter.offers.iter().map(|found| offer(order, found, number(found).filter(|_| may), &take)) }
                </div>
            </div>
        </Card>
    }
}

fn asked(order: &OrderView) -> Html {
    let facts: Vec<(AttrValue, Html)> = vec![
        (words::QUANTITY.into(), html! { order.quantity.to_string() }),
        (words::START.into(), html! { <Day date={order.summary.start} /> }),
    ];
    html! {
        <section class="offer" aria-label={words::ASKED_FOR}>
            <h3>{ words::ASKED_FOR }</h3>
            <p>{ &order.summary.title }<span class="muted">{ " · " }{ &order.summary.tier_name }</span></p>
            <p class="price"><Money cents={order.summary.price} /></p>
            <Facts {facts} />
        </section>
    }
}

/// In what it differs from what was asked for.
fn kinds(order: &OrderView, offer: &OfferView) -> Vec<&'static str> {
    let (asked, instead) = (order, &offer.alternative);
    let (elsewhere, other_service) = (offer.unit.id != asked.summary.unit.id, offer.title != asked.summary.title);
    let all = [
        (elsewhere, words::OTHER_UNIT),
        (!elsewhere && other_service, words::OTHER_SERVICE),
        (!other_service && instead.package != asked.package.id, words::OTHER_TIER),
        (instead.start != asked.summary.start, words::OTHER_DATE),
        (instead.quantity != asked.quantity && instead.package == asked.package.id, words::OTHER_QUANTITY),
        (instead.fund.is_some(), words::OTHER_FUND),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect()
}

fn offer(order: &OrderView, offer: &OfferView, number: Option<usize>, take: &Callback<u32>) -> Html {
    let mut facts: Vec<(AttrValue, Html)> = vec![
        (words::QUANTITY.into(), html! { offer.alternative.quantity.to_string() }),
        (words::START.into(), html! { <Day date={offer.alternative.start} /> }),
    ];
    if let Some(fund) = &offer.fund_title {
        facts.push((words::PAID_FROM.into(), html! { fund }));
    }
    let elsewhere = offer.unit.id != order.summary.unit.id;
    if elsewhere {
        facts.push((words::UNIT.into(), html! { &offer.unit.name }));
    }
    let (tone, word) = if offer.needs_approval { (Tone::Warn, words::NEEDS_APPROVAL) } else { (Tone::Good, words::INSIDE_ENVELOPE) };
    let number = number.and_then(|number| u32::try_from(number).ok());
    html! {
        <section class="offer now" aria-label={words::OFFERED}>
            <h3>{ words::OFFERED }</h3>
            <span class="row-tight">{ for kinds(order, offer).into_iter().map(|kind| html! { <Chip>{ kind }</Chip> }) }</span>
            <p>{ &offer.title }<span class="muted">{ " · " }{ &offer.tier_name }</span></p>
            <p class="price"><Money cents={offer.price} /></p>
            <Why label={offer.working.clone()}><span>{ words::WORKING }{ ": " }{ &offer.working }</span></Why>
            <Facts {facts} />
            if !offer.alternative.note.is_empty() { <p class="small">{ &offer.alternative.note }</p> }
            <Chip {tone}>{ word }</Chip>
            if elsewhere { <p class="small">{ words::answers_then(&offer.unit.name) }</p> }
            if let Some(number) = number {
                <Button kind={ButtonKind::Primary} onclick={take.reform(move |_: MouseEvent| number)}>{ words::TAKE_THIS }</Button>
            }
        </section>
    }
}
