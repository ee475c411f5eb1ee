//! Deliveries against what was ordered: each entry is confirmed in one tap; what is disputed is talked over on the entry itself.

use std::rc::Rc;

use shared::id::DeliveryId;
use shared::orders::DeliveryState;
use shared::orders::api::{ConfirmDelivery, DeliveryView, OrderVersion, OrderView};
use shared::words::orders as words;
use yew::prelude::*;

use super::entry::{Asked, EntryDialog, conversation, doings};
use crate::api::Call;
use crate::form::use_sender;
use crate::ui::{Card, Chip, Column, Day, Money, Notice, Progress, Row, Table, Tone, When};

#[derive(Properties, PartialEq)]
pub struct DeliveriesCardProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// The draw-down and its entries.
#[component]
pub fn DeliveriesCard(props: &DeliveriesCardProps) -> Html {
    let order = &props.order;
    let version = order.version;
    let asked = use_state(|| None::<(DeliveryId, Asked)>);
    let close = {
        let asked = asked.clone();
        Callback::from(move |()| asked.set(None))
    };
    let changed = {
        let (onchanged, close) = (props.onchanged.clone(), close.clone());
        Callback::from(move |view: OrderView| {
            close.emit(());
            onchanged.emit(view);
        })
    };
    let confirmer = use_sender::<ConfirmDelivery>(props.onchanged.clone());
    let busy = confirmer.busy();
    let confirm = {
        let confirmer = confirmer.clone();
        Callback::from(move |entry: DeliveryId| confirmer.send(Call::to(entry).body(OrderVersion { version })))
    };
    let ask = {
        let asked = asked.clone();
        Callback::from(move |what: (DeliveryId, Asked)| asked.set(Some(what)))
    };
    let row = |entry: &DeliveryView| row(entry, order, (busy, &confirm, &ask));
    let (done, total) = (order.summary.delivered_units, order.summary.ordered_units);
    let open = asked.and_then(|(id, what)| order.deliveries.iter().find(|entry| entry.id == id).map(|entry| (entry.clone(), what)));
    html! {
        <Card title={words::DELIVERIES} subtitle={words::silence_words(&order.silence)} flush=true>
            <div class="drawdown">
                <Progress label={words::drawdown(done, total, word(order))} done={u64::from(done)} total={u64::from(total)} />
                if let Some(failure) = confirmer.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            </div>
            <Table caption={words::DELIVERIES} columns={columns(order)} empty={words::NO_DELIVERIES}
                rows={order.deliveries.iter().map(row).collect::<Vec<_>>()} />
            if let Some((entry, what)) = open {
                <EntryDialog asked={what} {entry} {version} onchanged={changed} onclose={close} />
            }
        </Card>
    }
}

/// What one unit of an order is called.
pub fn word(order: &OrderView) -> &'static str {
    words::unit_word(order.measure, !order.periods.is_empty())
}

/// The column of buttons stands only where there are some.
fn columns(order: &OrderView) -> Vec<Column> {
    let mut columns = vec![
        Column::text("day", words::DAY),
        Column::text("what", words::WHAT),
        Column::text("state", words::ENTRY_STATE),
        Column::amount("amount", words::AMOUNT),
    ];
    if can_do(order) {
        columns.push(Column::text("doings", words::DECIDE));
    }
    columns
}

fn can_do(order: &OrderView) -> bool {
    order.deliveries.iter().any(|entry| entry.may.anything())
}

/// The colour of an entry's state; the word beside it carries the meaning.
pub const fn entry_tone(state: DeliveryState) -> Tone {
    match state {
        DeliveryState::Logged => Tone::Info,
        DeliveryState::Confirmed => Tone::Good,
        DeliveryState::Disputed => Tone::Bad,
        DeliveryState::StoodBy | DeliveryState::Contested => Tone::Warn,
        DeliveryState::Reversed => Tone::Plain,
    }
}

/// Where an entry stands, who answered it, and what silence will do.
pub fn entry_state(entry: &DeliveryView) -> Html {
    html! {
        <span class="stack-tight">
            <Chip tone={entry_tone(entry.state)}>{ words::entry_title(entry.state) }</Chip>
            if entry.by_policy { <span class="tiny muted">{ words::BY_POLICY }</span> }
            if let Some(person) = &entry.answered_by { <span class="tiny muted">{ &person.name }</span> }
            if let Some(at) = entry.confirms { <span class="tiny muted">{ words::CONFIRMS_BY_POLICY }{ ": " }<When {at} /></span> }
        </span>
    }
}

type Doing<'a> = (bool, &'a Callback<DeliveryId>, &'a Callback<(DeliveryId, Asked)>);

fn row(entry: &DeliveryView, order: &OrderView, (busy, confirm, ask): Doing<'_>) -> Row {
    let id = entry.id;
    let what = html! {
        <span class="stack-tight">
            <span>{ words::counted(entry.quantity, word(order)) }<span class="muted">{ " · " }{ &entry.logged_by.name }</span></span>
            if !entry.note.is_empty() { <span class="tiny muted">{ &entry.note }</span> }
            if let Some(dispute) = entry.dispute { <span class="tiny strong">{ dispute.title() }</span> }
            if !entry.reason.is_empty() && entry.messages.is_empty() { <span class="tiny"><q>{ &entry.reason }</q></span> }
            { conversation(&entry.messages) }
        </span>
    };
    let days = html! { <span>if let Some(first) = entry.first { <Day date={first} />{ " – " } }<Day date={entry.day} /></span> };
    let mut cells = vec![days, what, entry_state(entry), html! { <Money cents={entry.amount} /> }];
    if can_do(order) {
        let onask = ask.reform(move |what: Asked| (id, what));
        cells.push(doings(entry, busy, confirm.reform(move |_: MouseEvent| id), &onask));
    }
    Row::new(id.to_string(), cells)
}
