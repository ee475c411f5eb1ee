//! Orders that wait for the budget office, the most urgent first.

use shared::orders::OrderState;
use shared::orders::api::{ListOrders, OrderFilter, OrderSummary};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::list::{columns, rows};
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{Card, Empty, IconName, PageHead, SkeletonShape, Table};

/// What waits for approval.
#[component]
pub fn ApprovalsPage() -> Html {
    let filter = OrderFilter { state: Some(OrderState::Submitted), ..OrderFilter::default() };
    let orders = use_load::<ListOrders>((), filter);
    let navigator = use_navigator();
    let open = Callback::from(move |id: String| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Order { id });
        }
    });
    html! {
        <>
            <PageHead title={words::APPROVALS} lead={html! { words::APPROVALS_LEAD }} />
            { orders.draw(SkeletonShape::Blocks, |page| waiting(&page.items, &open)) }
        </>
    }
}

fn waiting(orders: &[OrderSummary], open: &Callback<String>) -> Html {
    if orders.is_empty() {
        return html! { <Empty title={words::NO_APPROVALS} text={words::NOTHING_WAITS} icon={IconName::CircleCheck} /> };
    }
    let mut urgent = orders.to_vec();
    urgent.sort_by_key(|order| order.waits_for.as_ref().and_then(|waits| waits.due));
    html! { <Card flush=true><Table caption={words::APPROVALS} columns={columns()} rows={rows(&urgent, open)} /></Card> }
}
