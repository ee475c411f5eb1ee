//! The unit's board: its orders in lanes by where they stand, each with owner and clock.

use shared::orders::OrderState;
use shared::orders::api::{ListOrders, OrderFilter, OrderSummary};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::fields::{state_chip, waiting};
use super::pace::pace_chip;
use crate::load::use_load_if;
use crate::route::Route;
use crate::session::use_session;
use crate::ui::{ButtonLink, Card, Empty, IconName, Money, PageHead, SkeletonShape};

/// The lanes from left to right.
const LANES: [(&str, &[OrderState]); 3] = [
    (words::DO_ANSWER, &[OrderState::Approved, OrderState::Countered]),
    (words::IN_WORK, &[OrderState::Accepted, OrderState::InDelivery]),
    (words::ENDED, &[OrderState::Delivered, OrderState::Closed, OrderState::Withdrawn, OrderState::Cancelled]),
];
/// A lane shows so many; the list has the rest.
const LANE_LENGTH: usize = 12;

/// Orders to the caller's unit.
#[component]
pub fn UnitPage() -> Html {
    let session = use_session();
    let unit = session.unit().cloned();
    let filter = unit.as_ref().map(|unit| ((), OrderFilter { unit: Some(unit.id), ..OrderFilter::default() }));
    let orders = use_load_if::<ListOrders>(filter);
    let Some(unit) = unit else {
        return html! {
            <>
                <PageHead title={words::BOARD} />
                <Empty title={words::NO_UNIT} text={words::NO_UNIT_TEXT} icon={IconName::Building2} />
            </>
        };
    };
    html! {
        <>
            <PageHead title={unit.name} lead={html! { words::BOARD_LEAD }}
                tools={html! { <ButtonLink to={Route::UnitDays} icon={IconName::Calendar}>{ words::booking::CALENDAR_LINK }</ButtonLink> }} />
            { orders.draw(SkeletonShape::Page, |page| html! {
                <div class="lanes">{ for LANES.iter().map(|(title, states)| lane(*title, states, &page.items)) }</div>
            }) }
        </>
    }
}

fn lane(title: &'static str, states: &[OrderState], orders: &[OrderSummary]) -> Html {
    let mut here: Vec<&OrderSummary> = orders.iter().filter(|order| states.contains(&order.state)).collect();
    here.sort_by_key(|order| order.waits_for.as_ref().map_or((true, None), |waits| (waits.due.is_none(), waits.due)));
    let count = here.len().to_string();
    html! {
        <Card {title} subtitle={count} flush=true>
            if here.is_empty() { <p class="small muted desk-empty">{ words::LANE_EMPTY }</p> }
            <ul class="work-list">{ for here.into_iter().take(LANE_LENGTH).map(ticket) }</ul>
        </Card>
    }
}

fn ticket(order: &OrderSummary) -> Html {
    let to = Route::Order { id: order.id.to_string() };
    html! {
        <li>
            <Link<Route> {to}>
                <span class="grow stack-tight">
                    <span class="strong">{ &order.school.name }</span>
                    <span>{ words::order_head(order.number, &order.title) }<span class="muted">{ " · " }{ &order.tier_name }</span></span>
                    <span class="tiny muted">{ waiting(order.waits_for.as_ref()) }</span>
                </span>
                <span class="stack-tight right">{ state_chip(order.state) }if let Some(pace) = order.pace { { pace_chip(pace) } }<Money cents={order.price} /></span>
            </Link<Route>>
        </li>
    }
}
