//! Small parts that the pages of orders share: states as chips, names as links.

use shared::orders::OrderState;
use shared::orders::api::{OrderSummary, WaitsFor};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;
use crate::ui::{Chip, Tone, When};

/// The colour of a state; the word beside it carries the meaning.
pub const fn tone(state: OrderState) -> Tone {
    match state {
        OrderState::Draft | OrderState::Withdrawn | OrderState::Cancelled => Tone::Plain,
        OrderState::Submitted | OrderState::Approved | OrderState::Delivered => Tone::Info,
        OrderState::Returned | OrderState::Countered => Tone::Warn,
        OrderState::Accepted | OrderState::InDelivery => Tone::Board,
        OrderState::Closed => Tone::Good,
    }
}

/// The state as a chip.
pub fn state_chip(state: OrderState) -> Html {
    html! { <Chip tone={tone(state)}>{ state.title() }</Chip> }
}

/// Number and service as a link to the order's page.
pub fn order_link(order: &OrderSummary) -> Html {
    let to = Route::Order { id: order.id.to_string() };
    html! {
        <span class="stack-tight">
            <Link<Route> {to}>{ words::order_title(order.number) }</Link<Route>>
            <span>{ &order.title }<span class="muted">{ " · " }{ &order.tier_name }</span></span>
        </span>
    }
}

/// Who has to act next, with the clock.
pub fn waiting(waits: Option<&WaitsFor>) -> Html {
    let Some(waits) = waits else { return html! { <span class="muted">{ words::NOBODY }</span> } };
    html! {
        <span class="stack-tight">
            <span>{ words::waits(&waits.owner, &waits.action) }</span>
            if waits.rests.is_some() {
                <span class="tiny muted">{ words::CLOCK_AT_REST }</span>
            } else if let Some(due) = waits.due {
                <span class="tiny muted"><When at={due} /></span>
            }
        </span>
    }
}

/// The same with everything its clock says: since when, until when, at rest, whom it has climbed to, who acts meanwhile.
pub fn clock(waits: Option<&WaitsFor>) -> Html {
    let Some(found) = waits else { return waiting(None) };
    html! {
        <div class="stack-tight">
            <span>{ words::waits(&found.owner, &found.action) }</span>
            if let Some(since) = found.since { <span class="tiny muted">{ words::WAITS_SINCE }{ " " }<When at={since} /></span> }
            if found.rests.is_some() {
                <span class="tiny muted">{ words::CLOCK_AT_REST }</span>
            } else if let Some(due) = found.due {
                <span class="tiny muted">
                    { if found.climbed_to.is_some() { words::WAS_DUE } else { words::IS_DUE } }{ " " }<When at={due} />
                </span>
            }
            if let Some(name) = &found.climbed_to { <Chip tone={Tone::Bad}>{ words::climbed_to(name) }</Chip> }
            if let Some(deputy) = &found.deputy { <span class="tiny">{ deputy }</span> }
        </div>
    }
}
