//! Orders whose next step of approval is the caller's, the most urgent first.

use std::rc::Rc;

use shared::contract::Empty as NoQuery;
use shared::orders::api::{ListApprovals, PendingApproval};
use shared::words::orders as words;
use yew::prelude::*;
use yew_router::prelude::*;

use super::fields::order_link;
use crate::load::use_load;
use crate::route::Route;
use crate::ui::{Card, Chip, Column, Empty, IconName, Money, PageHead, Row, SearchBox, SkeletonShape, Table, Tone, When};

/// What waits for the caller's decision.
#[component]
pub fn ApprovalsPage() -> Html {
    let waiting = use_load::<ListApprovals>((), NoQuery {});
    let wanted = use_state(String::new);
    let navigator = use_navigator();
    let open = Callback::from(move |id: String| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Order { id });
        }
    });
    let oninput = {
        let wanted = wanted.clone();
        Callback::from(move |text| wanted.set(text))
    };
    html! {
        <>
            <PageHead title={words::APPROVALS} lead={html! { words::APPROVALS_LEAD }} />
            { waiting.draw(SkeletonShape::Blocks, |all| listed(all, (&wanted, oninput), &open)) }
        </>
    }
}

fn listed(all: &Rc<Vec<PendingApproval>>, (wanted, oninput): (&str, Callback<String>), open: &Callback<String>) -> Html {
    if all.is_empty() {
        return html! { <Empty title={words::NO_APPROVALS} text={words::NOTHING_WAITS} icon={IconName::CircleCheck} /> };
    }
    let fits = |item: &&PendingApproval| {
        let order = &item.order;
        let text = format!("{} {} {} {}", order.number, order.title, order.school.name, order.unit.name).to_lowercase();
        wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
    };
    let columns = vec![
        Column::text("order", words::NUMBER),
        Column::text("school", words::SCHOOL),
        Column::text("because", words::BECAUSE),
        Column::text("step", words::STEP),
        Column::text("due", words::DUE),
        Column::amount("price", words::PRICE),
    ];
    let rows: Vec<Row> = all.iter().filter(fits).map(|item| row(item, open)).collect();
    html! {
        <Card flush=true>
            <div class="card-tools"><SearchBox id="find-approval" full=true label={words::FIND} value={wanted.to_owned()} {oninput} /></div>
            <Table caption={words::APPROVALS} {columns} {rows} empty={words::NO_APPROVAL_FITS} />
        </Card>
    }
}

fn row(item: &PendingApproval, open: &Callback<String>) -> Row {
    let order = &item.order;
    let id = order.id.to_string();
    let due = order.waits_for.as_ref().and_then(|waits| waits.due);
    let cells = vec![
        order_link(order),
        html! { <span class="stack-tight"><span>{ &order.school.name }</span><span class="tiny muted">{ &order.unit.name }</span></span> },
        html! { <span class="small">{ &item.because }</span> },
        html! {
            <span class="stack-tight">
                <span>{ words::step_of(item.step, item.steps) }</span>
                if let Some(person) = &item.acting_for { <span class="tiny muted">{ words::deciding_for(&person.name) }</span> }
                if item.barred.is_some() { <Chip tone={Tone::Warn}>{ words::NOT_YOURS }</Chip> }
            </span>
        },
        html! { if let Some(at) = due { <When {at} /> } },
        html! { <Money cents={order.price} /> },
    ];
    Row::new(id.clone(), cells).opens(open.reform(move |()| id.clone()))
}
