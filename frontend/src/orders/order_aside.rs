//! Beside an order: its money with the account strings, its facts, and the buyer's answer.

use std::rc::Rc;

use shared::orders::api::{Closing, OrderProvider, OrderSplitView, OrderView};
use shared::words::catalog as catalog_words;
use shared::words::identity as identity_words;
use shared::words::orders as words;
use shared::words::orders::renewal as renewal_words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::catalog::extras::price_lines;
use crate::route::Route;
use crate::ui::{BudgetLine, BudgetParts, Card, Chip, Day, Facts, Money, Notice, Rating, Tone, Why};

#[derive(Properties, PartialEq)]
pub struct AsideProps {
    pub order: Rc<OrderView>,
}

/// Money, facts, answer.
#[component]
pub fn Aside(props: &AsideProps) -> Html {
    let order = &props.order;
    html! {
        <>
            if let Some(provider) = &order.provider { { outside(provider) } }
            <Card title={words::MONEY}>
                <div class="stack">
                    <p class="price"><Money cents={order.summary.price} /></p>
                    <Why label={order.working.clone()}><span>{ words::WORKING }{ ": " }{ &order.working }</span></Why>
                    { price_lines(&order.price_lines) }
                    if !order.summary.price.is_zero() { { drawn(order) } }
                    if !order.split.is_empty() { <ul class="stack">{ for order.split.iter().map(share) }</ul> }
                </div>
            </Card>
            <Card title={words::order_title(order.summary.number)}><Facts facts={facts(order)} /></Card>
            if let Some(rating) = &order.rating { { answer(rating) } }
        </>
    }
}

/// Contracted out: by whom, the district's fee, and what is wrong with the papers while it runs.
fn outside(provider: &OrderProvider) -> Html {
    html! {
        <Card title={provider.name.clone()} actions={html! { <Chip tone={Tone::Warn}>{ catalog_words::CONTRACTED_OUT }</Chip> }}>
            <p class="small">{ catalog_words::CONTRACTED_OUT_TEXT }</p>
            if !provider.brokerage.is_zero() {
                <p class="line-item"><span>{ catalog_words::BROKERAGE_FEE }</span><Money cents={provider.brokerage} /></p>
            }
            { for provider.warnings.iter().map(|warning| html! { <Notice tone={Tone::Warn}>{ warning }</Notice> }) }
        </Card>
    }
}

/// The order's own budget line: spent, encumbered, not yet committed.
fn drawn(order: &OrderView) -> Html {
    let parts = BudgetParts { total: order.summary.price, spent: order.spent, encumbered: order.encumbered, ..BudgetParts::default() };
    html! { <BudgetLine title={words::order_title(order.summary.number)} {parts} /> }
}

fn share(share: &OrderSplitView) -> Html {
    html! {
        <li class="stack-tight">
            <span class="line-item"><span>{ &share.fund_title }</span><Money cents={share.part.amount} /></span>
            <span class="tiny muted num">{ &share.account }</span>
        </li>
    }
}

fn facts(order: &OrderView) -> Vec<(AttrValue, Html)> {
    let terms = catalog_words::terms(&order.service.content.terms);
    let ordered = words::counted(order.summary.ordered_units, order.measure.title());
    let acted = order.bought_for.as_ref().map(|absent| identity_words::acting_for(&order.buyer.name, &absent.name));
    let buyer = acted.unwrap_or_else(|| order.buyer.name.clone());
    let mut facts: Vec<(AttrValue, Html)> = vec![
        (words::BUYER.into(), html! { buyer }),
        (words::TIER.into(), html! { &order.summary.tier_name }),
        (words::QUANTITY.into(), html! { ordered }),
        (words::START.into(), html! { <Day date={order.summary.start} /> }),
    ];
    if let Some(goal) = &order.goal {
        facts.push((words::GOAL.into(), html! { goal }));
    }
    if !order.note.is_empty() {
        facts.push((words::NOTE.into(), html! { &order.note }));
    }
    if let Some(old) = order.renews {
        let to = Route::Order { id: old.order.to_string() };
        facts.push((renewal_words::RENEWS.into(), html! { <Link<Route> {to}>{ words::order_title(old.number) }</Link<Route>> }));
    }
    facts.push((words::TERMS.into(), html! { terms }));
    facts
}

fn answer(rating: &Closing) -> Html {
    let tenths = Some(u32::from(rating.stars) * 10);
    let facts: Vec<(AttrValue, Html)> = vec![
        (words::STARS.into(), html! { <Rating {tenths} count=1 /> }),
        (words::DID_IT_HELP.into(), html! { words::helped_title(rating.helped) }),
        (words::HOURS_SAVED.into(), html! { rating.hours_saved.to_string() }),
    ];
    html! {
        <Card title={words::RATED}>
            <div class="stack"><Facts {facts} />if !rating.comment.is_empty() { <q class="small">{ &rating.comment }</q> }</div>
        </Card>
    }
}
