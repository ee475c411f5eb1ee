//! All orders within the caller's scope: words, state, pages by cursor; the address holds the filter.

use std::rc::Rc;

use shared::orders::OrderState;
use shared::orders::api::{ListOrders, OrderFilter, OrderSummary};
use shared::page::Page;
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::fields::{order_link, state_chip, waiting};
use super::pace::pace_chip;
use super::renewals::yearly_links;
use crate::address::use_query;
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{Card, Choice, Column, Money, PageHead, Pager, PrintButton, Row, SearchBox, Select, SkeletonShape, Table, When};

/// The list with its filter.
#[component]
pub fn OrdersPage() -> Html {
    let (filter, change) = use_query::<OrderFilter>();
    let orders = use_load::<ListOrders>((), filter.clone());
    let navigator = use_navigator();
    let typed = use_state(|| AttrValue::from(filter.words.clone().unwrap_or_default()));
    let onsearch = {
        let (filter, change) = (filter.clone(), change.clone());
        Callback::from(move |text: String| {
            let words = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            change.emit(OrderFilter { words, after: None, ..filter.clone() });
        })
    };
    let onstate = {
        let (filter, change) = (filter.clone(), change.clone());
        Callback::from(move |name: String| change.emit(OrderFilter { state: OrderState::parse(&name), after: None, ..filter.clone() }))
    };
    let onpage = {
        let filter = filter.clone();
        change.reform(move |after: Option<String>| OrderFilter { after, ..filter.clone() })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |text: String| typed.set(text.into()))
    };
    let open = Callback::from(move |id: String| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Order { id });
        }
    });
    html! {
        <>
            <PageHead title={words::ORDERS} lead={html! { words::ORDERS_LEAD }} tools={html! { <PrintButton /> }} />
            <div class="stack">
                { yearly_links() }
                <div class="row wrap orders-filter">
                    <SearchBox id="orders-search" full=true label={words::FIND} value={(*typed).clone()} {oninput} {onsearch} />
                    <Select name="state" label={words::STATE} value={filter.state.map_or("", OrderState::name)} choices={states()} onchange={onstate} />
                </div>
                { orders.draw(SkeletonShape::Blocks, |page| table(page, &filter, &onpage, &open)) }
            </div>
        </>
    }
}

fn states() -> Vec<Choice> {
    let named = OrderState::ALL.iter().filter(|state| **state != OrderState::Draft);
    std::iter::once(Choice::new("", words::ANY_STATE)).chain(named.map(|state| Choice::new(state.name(), state.title()))).collect()
}

fn table(page: &Rc<Page<OrderSummary>>, filter: &OrderFilter, onpage: &Callback<Option<String>>, open: &Callback<String>) -> Html {
    html! {
        <>
            <Card flush=true><Table caption={words::ORDERS} columns={columns()} rows={rows(&page.items, open)} empty={words::NO_ORDERS} /></Card>
            <Pager shown={page.items.len()} next={page.next.clone().map(AttrValue::from)} later={filter.after.is_some()}
                onpage={onpage.reform(|after: Option<AttrValue>| after.map(|after| after.to_string()))} />
        </>
    }
}

/// The columns of every list of orders.
pub fn columns() -> Vec<Column> {
    vec![
        Column::text("order", words::NUMBER),
        Column::text("school", words::SCHOOL),
        Column::text("unit", words::UNIT),
        Column::text("state", words::STATE),
        Column::text("waits", words::WAITS_FOR),
        Column::text("submitted", words::SUBMITTED_WHEN),
        Column::amount("price", words::PRICE),
    ]
}

/// One row for each order; the whole row opens it.
pub fn rows(orders: &[OrderSummary], open: &Callback<String>) -> Vec<Row> {
    let row = |order: &OrderSummary| {
        let id = order.id.to_string();
        let cells = vec![
            order_link(order),
            html! { &order.school.name },
            html! { &order.unit.name },
            html! { <span class="stack-tight">{ state_chip(order.state) }if let Some(pace) = order.pace { { pace_chip(pace) } }</span> },
            waiting(order.waits_for.as_ref()),
            html! { if let Some(at) = order.submitted { <When {at} /> } },
            html! { <Money cents={order.price} /> },
        ];
        Row::new(id.clone(), cells).opens(open.reform(move |()| id.clone()))
    };
    orders.iter().map(row).collect()
}
