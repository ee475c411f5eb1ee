//! A service on the shelf: why a school would want it, what it costs this school, which funds can pay.

use shared::words::catalog as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::state::CardView;
use crate::route::Route;
use crate::ui::{Checkbox, Chip, Icon, IconName, Tone};

#[derive(Properties, PartialEq)]
pub struct ServiceCardProps {
    pub card: CardView,
    /// The short name of the school that the price is for.
    pub school: Option<AttrValue>,
    pub compared: bool,
    /// Why it cannot be taken into the comparison.
    pub compare_full: bool,
    pub oncompare: Callback<(String, bool)>,
}

/// The title is the link; the whole card leads there, the comparison apart.
#[component]
pub fn ServiceCard(props: &ServiceCardProps) -> Html {
    let card = &props.card;
    let to = Route::Service { id: card.id.clone() };
    let oncompare = {
        let package = card.package.clone();
        props.oncompare.reform(move |on| (package.clone(), on))
    };
    html! {
        <article class="card service-card">
            <div class="row between service-card-top">
                <span class="row-tight">
                    <Chip tone={Tone::Board}>{ &card.division }</Chip>
                    if card.contracted_out.is_some() { <Chip tone={Tone::Warn}>{ words::CONTRACTED_OUT }</Chip> }
                </span>
                { rating(card) }
            </div>
            <div>
                <h3><Link<Route> {to}>{ &card.title }</Link<Route>></h3>
                <p class="tiny muted">{ &card.seller }</p>
            </div>
            <p class="small muted service-card-value">{ &card.value_statement }</p>
            <p class="service-card-price">
                <b class="num">{ words::card_price(&card.price) }</b>
                if let Some(school) = &props.school { <span class="small muted">{ " " }{ words::for_school(school) }</span> }
            </p>
            if let Some(share) = card.contracted_out.filter(|share| share.0 > 0) { <p class="tiny muted">{ words::brokerage_share(share) }</p> }
            if let Some(start) = card.start { <p class="tiny muted">{ words::next_start(start) }</p> }
            <div class="row-tight">
                { badges(card) }
                <span class="push">
                    <Checkbox name="compare" label={words::COMPARE_THIS} checked={props.compared} onchange={oncompare}
                        disabled={props.compare_full && !props.compared} />
                </span>
            </div>
        </article>
    }
}

fn rating(card: &CardView) -> Html {
    let Some(tenths) = card.rating_tenths else {
        return html! { <span class="tiny muted">{ words::NOT_RATED_YET }</span> };
    };
    html! {
        <span class="tiny muted nowrap star-line">
            <span class="visually-hidden">{ words::rating_spoken(tenths, card.schools) }</span>
            <span aria-hidden="true"><Icon name={IconName::Star} />{ format!(" {}.{} · {}", tenths / 10, tenths % 10, words::schools_bought(card.schools)) }</span>
        </span>
    }
}

fn badges(card: &CardView) -> Html {
    html! {
        <>
            { for card.funds.iter().map(|fund| html! { <Chip tone={Tone::Good}>{ fund }</Chip> }) }
            if card.more_funds > 0 { <Chip>{ words::more_funds(card.more_funds) }</Chip> }
            if card.only_unrestricted { <Chip>{ words::UNRESTRICTED }</Chip> }
            if card.unpayable { <Chip tone={Tone::Warn}>{ words::NO_FUND }</Chip> }
            if let Some(left) = card.left { <Chip tone={Tone::Warn}>{ words::few_left(left) }</Chip> }
        </>
    }
}
