//! Deliveries against what was ordered: each entry is confirmed or disputed in one tap.

use std::rc::Rc;

use shared::id::DeliveryId;
use shared::orders::DeliveryState;
use shared::orders::api::{
    ConfirmDelivery, DeliveryView, DisputeDelivery, OrderReason, OrderVersion, OrderView, RetractDelivery, ReverseDelivery,
};
use shared::words::orders as words;
use yew::prelude::*;

use super::actions::ReasonDialog;
use crate::api::Call;
use crate::form::use_sender;
use crate::ui::{Button, ButtonKind, Card, Chip, Column, Day, IconName, Money, Notice, Progress, Row, Table, Tone};

#[derive(Properties, PartialEq)]
pub struct DeliveriesCardProps {
    pub order: Rc<OrderView>,
    pub onchanged: Callback<OrderView>,
}

/// What is asked with a reason about one entry.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Dispute,
    Retract,
    Reverse,
}

impl Asked {
    const fn title(self) -> &'static str {
        match self {
            Self::Dispute => words::DISPUTE,
            Self::Retract => words::RETRACT,
            Self::Reverse => words::REVERSE,
        }
    }
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
    let disputer = use_sender::<DisputeDelivery>(changed.clone());
    let retracter = use_sender::<RetractDelivery>(changed.clone());
    let reverser = use_sender::<ReverseDelivery>(changed);
    let confirm = {
        let confirmer = confirmer.clone();
        Callback::from(move |entry: DeliveryId| confirmer.send(Call::to(entry).body(OrderVersion { version })))
    };
    let ask = {
        let asked = asked.clone();
        Callback::from(move |what: (DeliveryId, Asked)| asked.set(Some(what)))
    };
    let (busy, failure) = match *asked {
        Some((_, Asked::Retract)) => (retracter.busy(), retracter.failure().cloned()),
        Some((_, Asked::Reverse)) => (reverser.busy(), reverser.failure().cloned()),
        Some((_, Asked::Dispute)) | None => (disputer.busy(), disputer.failure().cloned()),
    };
    let onreason = {
        let asked = *asked;
        Callback::from(move |reason: String| {
            let body = OrderReason { version, reason };
            match asked {
                Some((entry, Asked::Dispute)) => disputer.send(Call::to(entry).body(body)),
                Some((entry, Asked::Retract)) => retracter.send(Call::to(entry).body(body)),
                Some((entry, Asked::Reverse)) => reverser.send(Call::to(entry).body(body)),
                None => {}
            }
        })
    };
    let (done, total) = (order.summary.delivered_units, order.summary.ordered_units);
    html! {
        <Card title={words::DELIVERIES} flush=true>
            <div class="drawdown">
                <Progress label={words::drawdown(done, total, order.measure)} done={u64::from(done)} total={u64::from(total)} />
                if let Some(failure) = confirmer.failure() { <Notice tone={Tone::Bad}>{ failure.message().to_owned() }</Notice> }
            </div>
            <Table caption={words::DELIVERIES} columns={columns(order)} empty={words::NO_DELIVERIES}
                rows={order.deliveries.iter().map(|entry| row(entry, order, &confirm, &ask)).collect::<Vec<_>>()} />
            if let Some((_, what)) = *asked {
                <ReasonDialog title={what.title()} {busy} {failure} onclose={close} onsend={onreason} />
            }
        </Card>
    }
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
    order.deliveries.iter().any(|entry| entry.may_answer || entry.may_retract || entry.may_reverse)
}

fn row(entry: &DeliveryView, order: &OrderView, confirm: &Callback<DeliveryId>, ask: &Callback<(DeliveryId, Asked)>) -> Row {
    let id = entry.id;
    let tone = match entry.state {
        DeliveryState::Logged => Tone::Info,
        DeliveryState::Confirmed => Tone::Good,
        DeliveryState::Disputed => Tone::Bad,
        DeliveryState::Reversed => Tone::Plain,
    };
    let what = html! {
        <span class="stack-tight">
            <span>{ words::counted(entry.quantity, order.measure.title()) }<span class="muted">{ " · " }{ &entry.logged_by.name }</span></span>
            if !entry.note.is_empty() { <span class="tiny muted">{ &entry.note }</span> }
            if !entry.reason.is_empty() { <span class="tiny"><q>{ &entry.reason }</q></span> }
        </span>
    };
    let state = html! {
        <span class="stack-tight">
            <Chip {tone}>{ words::entry_title(entry.state) }</Chip>
            if let Some(person) = &entry.answered_by { <span class="tiny muted">{ &person.name }</span> }
        </span>
    };
    let onconfirm = confirm.reform(move |_: MouseEvent| id);
    let asking = |what: Asked| ask.reform(move |_: MouseEvent| (id, what));
    let doings = html! {
        <span class="row-tight">
            if entry.may_answer {
                <Button compact=true kind={ButtonKind::Primary} icon={IconName::Check} onclick={onconfirm}>{ words::CONFIRM }</Button>
                <Button compact=true onclick={asking(Asked::Dispute)}>{ words::DISPUTE }</Button>
            }
            if entry.may_retract { <Button compact=true kind={ButtonKind::Quiet} onclick={asking(Asked::Retract)}>{ words::RETRACT }</Button> }
            if entry.may_reverse { <Button compact=true kind={ButtonKind::Quiet} onclick={asking(Asked::Reverse)}>{ words::REVERSE }</Button> }
        </span>
    };
    let mut cells = vec![html! { <Day date={entry.day} /> }, what, state, html! { <Money cents={entry.amount} /> }];
    if can_do(order) {
        cells.push(doings);
    }
    Row::new(id.to_string(), cells)
}
